from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from rdflib import Literal, URIRef

from impactgraph.errors import QueryError, StoreError
from impactgraph.store import Store, open_store
from impactgraph_api import Limits, create_app
from impactgraph_api.query_workers import (
    NotAcceptableError,
    OverloadedError,
    QueryTimeoutError,
    QueryWorkers,
)

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?n) { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture
def workers(store: Store) -> Iterator[QueryWorkers]:
    limits = Limits(workers=1, seconds=2, seconds_in_queue=0.3, memory=512 * 1024**2)
    workers = QueryWorkers(store.location, limits)
    yield workers
    workers.close()


def ask(workers: QueryWorkers, text: str) -> bytes:
    return workers.ask(text, solutions="csv", graphs="turtle").body


def test_a_runaway_query_ends_at_its_deadline_and_the_next_is_answered(
    workers: QueryWorkers,
) -> None:
    assert ask(workers, "ASK {}") == b"true"
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        ask(workers, RUNAWAY)
    assert time.monotonic() - started < 4
    assert ask(workers, "ASK {}") == b"true"


def test_a_query_that_wants_too_much_memory_ends_alone(workers: QueryWorkers) -> None:
    with pytest.raises((StoreError, QueryTimeoutError, QueryError)):
        ask(workers, GREEDY)
    assert ask(workers, "ASK {}") == b"true"


def test_who_finds_every_worker_busy_is_told_so(workers: QueryWorkers) -> None:
    assert ask(workers, "ASK {}") == b"true"
    with ThreadPoolExecutor() as threads:
        running = threads.submit(ask, workers, RUNAWAY)
        time.sleep(0.3)
        with pytest.raises(OverloadedError):
            ask(workers, "ASK {}")
        assert isinstance(running.exception(timeout=10), QueryTimeoutError)


def test_errors_come_back_as_they_were(workers: QueryWorkers) -> None:
    with pytest.raises(QueryError, match="malformed"):
        ask(workers, "SELECT")
    with pytest.raises(NotAcceptableError):
        workers.ask("ASK {}", solutions=None, graphs="turtle")


def test_a_worker_sees_what_was_written_since(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = open_store(tmp_path_factory.mktemp("written") / "store")
    own = QueryWorkers(store.location, Limits(workers=1))
    try:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert ask(own, count).split() == [b"n", b"0"]
        triple = (URIRef("http://example.org/s"), URIRef("http://example.org/p"), Literal("o"))
        store.write(lambda change: change.replace_graph("http://example.org/g", [triple]))
        assert ask(own, count).split() == [b"n", b"1"]
    finally:
        own.close()


def test_the_service_says_which_limit_was_met(store: Store) -> None:
    app = create_app(store, limits=Limits(workers=1, seconds=1, seconds_in_queue=0.2))
    with TestClient(app) as client:
        answer = client.get("/sparql", params={"query": RUNAWAY})
        assert answer.status_code == 504
        assert answer.json()["type"].endswith("query-timeout")
        assert "1 seconds" in answer.json()["detail"]
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
