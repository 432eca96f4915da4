"""The service as an app: routers, pages, static files, headers, and the query workers' life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from impactgraph.store import Store
from impactgraph.views import vis_network_folder
from impactgraph_api import (
    api_listing,
    case_studies,
    case_study_api,
    health,
    overview,
    sparql,
)
from impactgraph_api.head import HeadAsGet
from impactgraph_api.pages import STATIC_FOLDER, create_environment
from impactgraph_api.problem import install_problem_handlers
from impactgraph_api.query_workers import Limits, QueryWorkers
from impactgraph_api.reading import Readings
from impactgraph_api.security import SecurityHeaders

__all__ = ["create_app"]


def create_app(store: Store, *, limits: Limits | None = None) -> FastAPI:
    """Return the service over a store.

    Args:
        store: what it reads; each answer comes from the generation that is live when it is asked.
        limits: of queries; see `Limits` for the defaults.
    """
    chosen = limits or Limits()
    workers = QueryWorkers(store.location, chosen)

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(workers.close)

    app = FastAPI(
        title="impactgraph",
        summary="How research became impact, and how well that is evidenced.",
        version=health.package_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=live,
    )
    app.state.readings = Readings(store)
    app.state.templates = create_environment()
    app.state.limits = chosen
    app.state.query_workers = workers
    app.state.query_threads = anyio.CapacityLimiter(chosen.workers * 8)
    for module in (overview, case_studies, case_study_api, sparql, health, api_listing):
        app.include_router(module.router)
    app.mount("/static/vis", StaticFiles(directory=vis_network_folder()), name="vis")
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    install_problem_handlers(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    return app
