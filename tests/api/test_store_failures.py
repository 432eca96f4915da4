"""A store that fails: the client learns what failed and what to do, the log also where."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from rdflib import Literal, URIRef

from impactgraph.store import Store, open_store
from impactgraph.store.locking import exclusive
from impactgraph_api import Settings, create_app

TOKEN = "a-token-for-tests"
PADDING = "x" * 50


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("impactgraph_api.writing.conversation._LOCK_WAIT", 0.1)
        with serve(store) as client:
            yield client


def make_store(folder: Path) -> Store:
    """A store in a folder whose name appears in nothing that a client may read."""
    store = open_store(folder / "hidden-place")
    # Enough for tables of many blocks.
    triples = [
        (URIRef(f"urn:s:{number}"), URIRef("urn:p"), Literal(f"{PADDING}{number}"))
        for number in range(3000)
    ]
    store.write(lambda transaction: transaction.add("urn:g", triples))
    return store


@contextmanager
def serve(store: Store) -> Iterator[TestClient]:
    app = create_app(store, Settings(workers=1, token=TOKEN))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def lose_pointer(store: Store) -> None:
    (store.location / "CURRENT").unlink()


def garble_pointer(store: Store) -> None:
    (store.location / "CURRENT").write_text("latest\n")


def lose_generation(store: Store) -> None:
    (store.location / "CURRENT").write_text("000009\n")


def lose_mark_of_tables(store: Store) -> None:
    """Make the live generation one that the engine cannot open."""
    damaged = store.location / "generations" / "000008"
    damaged.mkdir(exist_ok=True)
    (damaged / "CURRENT").write_text("x")
    (store.location / "CURRENT").write_text("000008\n")


def query(client: TestClient) -> Response:
    return client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"})


def fetch_graph(client: TestClient) -> Response:
    return client.get("/rdf-graph-store?graph=urn:g")


def fetch_page(client: TestClient) -> Response:
    return client.get("/api/case-studies")


def update(client: TestClient) -> Response:
    return client.post(
        "/sparql",
        content="INSERT DATA { <urn:s> <urn:p> 1 }",
        headers={"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"},
    )


@pytest.mark.parametrize("ask", [query, fetch_graph, fetch_page, update])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lose_pointer, "lost its CURRENT; write a line with the newest whole generation"),
        (garble_pointer, "holds 'latest', no generation; write a line"),
        (lose_generation, "cannot be opened: No such file or directory; restore the folder"),
        (lose_mark_of_tables, "damaged; restore the folder of the store from a copy"),
    ],
)
def test_what_is_lost_or_damaged_is_told_without_its_place(
    store: Store,
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Store], None],
    words: str,
    ask: Callable[[TestClient], Response],
) -> None:
    live = (store.location / "CURRENT").read_bytes()
    spoil(store)
    try:
        with caplog.at_level(logging.WARNING, "impactgraph.api"):
            response = ask(client)
    finally:
        (store.location / "CURRENT").write_bytes(live)
    refuse(response, store, caplog, words)
    assert query(client).status_code == 200, "what was mended serves again"


def refuse(response: Response, store: Store, caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Hold that a client is told the words alone, and the log the folder too."""
    assert response.status_code == 503, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]
    assert store.location.name not in response.text
    assert any(words in line and str(store.location) in line for line in caplog.messages)


def test_a_lock_that_another_holds_is_told_without_who_and_where(
    store: Store, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with exclusive(store.location / "lock", wait=0):
        response = update(client)
    assert response.json()["type"].endswith("/store-locked")
    refuse(response, store, caplog, "another program is writing to the store")
    assert "process" not in response.json()["detail"]


def test_a_table_that_is_damaged_is_the_stores_failure_and_no_querys(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store(tmp_path)
    store.close()
    tables = [
        table
        for table in (store.location / "generations" / "000001").glob("*.sst")
        if table.stat().st_size > 50_000
    ]
    assert tables
    for table in tables:
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 0xFF
        table.write_bytes(content)
    rest = "SELECT ?o { ?s ?p ?o } LIMIT 2900"
    with serve(store) as client:
        response = client.get("/sparql", params={"query": rest})
    refuse(response, store, caplog, "the store is damaged; restore its folder from a copy")
