"""Whole graphs by the Graph Store HTTP Protocol, over Oxigraph's server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from rdflib import Literal, URIRef

from impactgraph.errors import GraphNotFoundError
from impactgraph.loading import load_shipped, remove_case_study
from impactgraph.store import Store, Transaction
from impactgraph.store.remote import Engine, RemoteStore, open_remote_store
from impactgraph.views import open_case_study
from impactgraph_api.graph_store.reading import read_graph
from impactgraph_api.remote import RemoteWorkers
from impactgraph_api.settings import Settings
from shipped import make_store
from store.shared.engines import start_oxigraph

SLUG = "jam-and-justice"
CASE = f"https://w3id.org/impactgraph/id/{SLUG}"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as engine:
        address = engine.update_url.removesuffix("update") + "store"
        yield replace(engine, graph_store_url=address)


Sent = list[tuple[str, str]]
"""Method and path of requests that went to the engine."""


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[RemoteStore]:
    environment = {
        "IMPACTGRAPH_UPDATE_URL": engine.update_url,
        "IMPACTGRAPH_GRAPH_STORE_URL": engine.graph_store_url or "",
    }
    store = open_remote_store(engine.query_url, environment)
    with listening() as sent:
        load_shipped(store)
    assert sent.count(("PUT", "/store")) == 3, "the ontology, the case study, what follows from it"
    yield store
    store.close()


@contextmanager
def listening() -> Iterator[Sent]:
    """Give what is sent to the engine during the block."""
    sent: Sent = []
    send = httpx.Client.send

    def listen(self: httpx.Client, request: httpx.Request, **options: object) -> httpx.Response:
        sent.append((request.method, request.url.path))
        return send(self, request, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.Client, "send", listen)
        yield sent


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("embedded") / "store")


def test_what_was_loaded_by_it_is_what_a_folder_holds(store: RemoteStore, embedded: Store) -> None:
    there, here = store.snapshot(), embedded.snapshot()
    for graph in (CASE, f"{CASE}/derived"):
        assert set(there.graph(graph)) == set(here.graph(graph))
        assert len(here.graph(graph)) > 100
    assert open_case_study(there, SLUG) == open_case_study(here, SLUG)


def test_a_graph_is_put_and_fetched_there(store: RemoteStore) -> None:
    triple = (URIRef("urn:s"), URIRef("urn:p"), Literal("o"))
    with listening() as sent:
        store.write(lambda transaction: transaction.replace_graph("urn:g", [triple]))
        assert set(store.snapshot().graph("urn:g")) == {triple}
    assert sent == [("PUT", "/store"), ("GET", "/store")]


def test_a_graph_of_any_size_and_any_letters_is_kept(store: RemoteStore) -> None:
    name = "https://example.org/a?b=c&d#é"
    triples = {
        (URIRef(f"urn:s:{number}"), URIRef("urn:p"), Literal('\u0001\U0001f600\\"' * 100))
        for number in range(3000)
    }

    def put(transaction: Transaction) -> None:
        transaction.replace_graph(name, triples)

    store.write(put)
    assert set(store.snapshot().graph(name)) == triples
    store.write(put)
    assert set(store.snapshot().graph(name)) == triples
    store.write(lambda transaction: transaction.remove_graph(name))
    assert len(store.snapshot().graph(name)) == 0


def test_the_services_graph_store_reads_from_the_engines(store: RemoteStore) -> None:
    async def run(graph: str) -> bytes:
        workers = RemoteWorkers(store, Settings())
        await workers.start()
        try:
            answer = await read_graph(workers, graph, "ntriples")
            return answer.body if answer.file is None else answer.file.read()
        finally:
            await workers.close()

    body = asyncio.run(run(CASE))
    assert body.count(b" .\n") == len(store.snapshot().graph(CASE))
    with pytest.raises(GraphNotFoundError):
        asyncio.run(run(f"{CASE}/nowhere"))


def test_a_removed_case_study_is_gone(store: RemoteStore) -> None:
    assert len(store.snapshot().graph(CASE)) > 100
    remove_case_study(store, SLUG)
    for graph in (CASE, f"{CASE}/derived"):
        assert len(store.snapshot().graph(graph)) == 0
