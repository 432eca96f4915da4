"""The service as an app: routers, pages, static files, headers, and the life of its processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI

from impactgraph.store import Store
from impactgraph.store.layout import Layout
from impactgraph.store.remote import RemoteStore
from impactgraph.views import vis_network_folder
from impactgraph_api import (
    api_listing,
    case_study_api,
    check_api,
    curation_api,
    evidence_api,
    graph_store,
    health,
    metrics,
    search_api,
)
from impactgraph_api.cataloguing import CatalogueKeeper
from impactgraph_api.compressing import CompressedFiles, CompressedPages
from impactgraph_api.dispatching import DispatchingApp
from impactgraph_api.documents import routes as documents
from impactgraph_api.documents.reader import DocumentReader
from impactgraph_api.drafts import Drafts, PrivateDrafts
from impactgraph_api.generations import LiveGeneration
from impactgraph_api.graph_store import GraphStoreEndpoint
from impactgraph_api.head import HeadAsGet
from impactgraph_api.lingering import Lingering
from impactgraph_api.metrics import Monitored, RequestMeter
from impactgraph_api.pages import (
    STATIC_FOLDER,
    case_study,
    chains,
    corpus,
    create_environment,
    curation,
    downloads,
    draft,
    gaps,
    linked_data,
    matrix,
    ontology,
    overview,
    readiness,
    report,
    source_text,
)
from impactgraph_api.pages.opening import MovedError, follow_move
from impactgraph_api.problem import install_problem_handlers
from impactgraph_api.reading import Readings
from impactgraph_api.remote import RemoteWorkers, RemoteWriter
from impactgraph_api.security import SecurityHeaders
from impactgraph_api.settings import Settings
from impactgraph_api.sparql import endpoint, repeats
from impactgraph_api.sparql.answering import ReadGeneration
from impactgraph_api.sparql.endpoint import SparqlEndpoint
from impactgraph_api.sparql.exchange import ClientGoneError
from impactgraph_api.sparql.openapi import SPARQL_PATHS, extend_openapi
from impactgraph_api.sparql.repeats import Repeats
from impactgraph_api.workers import QueryWorkers
from impactgraph_api.writing import Writer

__all__ = ["create_app"]


def create_app(store: Store, settings: Settings | None = None) -> FastAPI:
    """Return the service over a store.

    Args:
        store: what it reads; each answer comes from the generation that is live when it is asked.
        settings: the limits, and who may do what; see `Settings` for the defaults.
    """
    chosen = settings or Settings()
    workers, writer, generation = _reach(store, chosen)
    sparql = SparqlEndpoint(workers=workers, writer=writer, settings=chosen, generation=generation)
    graphs = GraphStoreEndpoint(
        workers=workers, writer=writer, settings=chosen, generation=generation
    )
    readings = Readings(store)
    catalogue = CatalogueKeeper(store)
    document_reader = DocumentReader(chosen)
    drafts = Drafts(chosen)
    meter = RequestMeter()
    state = {}
    if generation is not None and chosen.cache_size:
        count = partial(meter.count, "sparql", "GET", 200)
        state[repeats.STATE] = Repeats(sparql.cache, generation, count)

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(workers.close)
            await workers.start()
            stack.push_async_callback(writer.close)
            await writer.start()
            stack.push_async_callback(sparql.close)
            await document_reader.start()
            stack.callback(asyncio.create_task(drafts.forget_unused()).cancel)
            stack.callback(catalogue.close)
            stack.callback(asyncio.create_task(catalogue.prepare()).cancel)
            if not isinstance(store, RemoteStore):
                stack.callback(asyncio.create_task(readings.let_go()).cancel)
            yield state

    app = DispatchingApp(
        title="impactgraph",
        summary="How research became impact, and how well that is evidenced.",
        version=health.package_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=live,
    )
    app.state.readings = readings
    app.state.catalogue = catalogue
    app.state.templates = create_environment()
    app.state.settings = chosen
    app.state.document_reader = document_reader
    app.state.drafts = drafts
    app.state.monitored = Monitored(
        meter=meter,
        workers=workers,
        writer=writer,
        cache=sparql.cache,
        drafts=drafts,
        generation=generation,
    )
    for module in (
        overview,
        corpus,
        search_api,
        case_study,
        draft,
        linked_data,
        ontology,
        case_study_api,
        curation,
        curation_api,
        chains,
        downloads,
        gaps,
        matrix,
        readiness,
        report,
        source_text,
        check_api,
        documents,
        evidence_api,
        health,
        api_listing,
        metrics,
    ):
        app.include_router(module.router)
    app.mount("/static/vis", CompressedFiles(directory=vis_network_folder()), name="vis")
    app.mount("/static", CompressedFiles(directory=STATIC_FOLDER), name="static")
    app.openapi = extend_openapi(app.openapi, SPARQL_PATHS)  # type: ignore[method-assign]
    install_problem_handlers(app)
    app.add_exception_handler(MovedError, follow_move)
    app.add_exception_handler(ClientGoneError, documents.answer_nobody)
    app.add_middleware(CompressedPages)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(PrivateDrafts)
    app.add_middleware(Lingering)
    app.hand_over(endpoint.PATH, meter.watch("sparql", Lingering(sparql)))
    app.hand_over(graph_store.PATH, meter.watch("graph store", Lingering(graphs)))
    return app


def _reach(store: Store, settings: Settings) -> tuple[QueryWorkers, Writer, ReadGeneration | None]:
    """Return who answers queries and makes writes, and what says whether answers still hold.

    Others write to a remote engine too, so that nothing says it of its answers.
    """
    if isinstance(store, RemoteStore):
        asking, writing = RemoteWorkers(store, settings), RemoteWriter(store, settings)
        return asking, writing, None
    location = store.location
    generation = LiveGeneration(Layout(location))
    return QueryWorkers(location, settings), Writer(location, settings), generation
