"""What the pool answers: formats, datasets, generations, large answers, errors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.workers.pools import WIDE, ask, fill, read, run, values
from impactgraph.errors import QueryError, StoreError
from impactgraph.store import Store, open_store
from impactgraph_api.settings import KIBIBYTE, Settings
from impactgraph_api.sparql.operations import Dataset, QueryOperation
from impactgraph_api.workers import (
    NotAcceptableError,
    QueryWorkers,
    Question,
    ResultTooLargeError,
)

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
A, B = "http://example.org/a", "http://example.org/b"


def test_answers_come_in_the_format_asked_for_with_their_generation(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        answer = await ask(workers, "ASK {}", solutions="json")
        assert (answer.graph, answer.file, answer.size) == (False, None, len(answer.body or b""))
        assert answer.body == b'{"head":{},"boolean":true}'
        assert answer.generation == small_store.generation
        answer = await ask(workers, "CONSTRUCT WHERE { ?s ?p 'a 7' }")
        assert answer.graph
        assert read(answer) == b'<http://example.org/a/7> <http://example.org/p> "a 7" .\n'

    run(small_store, scenario)


def test_errors_come_back_as_what_they_are(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(QueryError, match="malformed"):
            await ask(workers, "SELECT")
        with pytest.raises(QueryError, match="SERVICE"):
            await ask(workers, "SELECT * { SERVICE <http://example.org/> {} }")
        with pytest.raises(NotAcceptableError, match=r"^solutions$"):
            await ask(workers, "ASK {}", solutions=None)
        with pytest.raises(NotAcceptableError, match=r"^graph$"):
            await ask(workers, "CONSTRUCT WHERE { ?s ?p ?o }", graphs=None)
        with pytest.raises(QueryError, match="cannot name a graph"):
            await ask(workers, COUNT, dataset=Dataset(default=("not an iri",)))
        assert workers.stats().crashed == 0

    run(small_store, scenario)


@pytest.mark.parametrize(
    ("default_graph", "text", "dataset", "expected"),
    [
        ("union", COUNT, Dataset(), "500"),
        ("strict", COUNT, Dataset(), "0"),
        ("union", f"SELECT (COUNT(*) AS ?n) FROM <{A}> {{ ?s ?p ?o }}", Dataset(), "300"),
        ("strict", f"SELECT (COUNT(*) AS ?n) FROM <{A}> {{ ?s ?p ?o }}", Dataset(), "300"),
        ("union", f"SELECT (COUNT(*) AS ?n) FROM NAMED <{A}> {{ ?s ?p ?o }}", Dataset(), "0"),
        ("union", COUNT, Dataset(default=(A, B)), "500"),
        ("union", COUNT, Dataset(default=(B,)), "200"),
        ("union", COUNT, Dataset(named=(B,)), "0"),
        (
            "union",
            f"SELECT (COUNT(*) AS ?n) FROM <{A}> {{ ?s ?p ?o }}",
            Dataset(default=(B,)),
            "200",
        ),
        (
            "union",
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
            Dataset(default=(A,), named=(B,)),
            "200",
        ),
        ("union", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", Dataset(default=(A,)), "0"),
        ("strict", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", Dataset(), "500"),
    ],
)
def test_a_query_sees_the_graphs_that_are_named(
    small_store: Store, default_graph: str, text: str, dataset: Dataset, expected: str
) -> None:
    async def scenario(workers: QueryWorkers) -> list[str]:
        return await values(workers, text, dataset=dataset)

    assert run(small_store, scenario, default_graph=default_graph) == [expected]


def test_a_question_may_choose_the_default_graph_itself(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> bytes:
        operation = QueryOperation(text=COUNT)
        question = Question(
            operation=operation, solutions="csv", graphs=None, default_graph="strict"
        )
        return read(await workers.ask(question))

    assert run(small_store, scenario) == b"n\r\n0\r\n"


def test_every_question_after_a_write_sees_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")

    async def scenario(workers: QueryWorkers) -> None:
        for count in (1, 2, 3):
            generation = fill(store, "a", count)
            for _ in range(4):
                answer = await ask(workers, COUNT)
                assert (answer.generation, answer.body) == (generation, b"n\r\n%d\r\n" % count)

    run(store, scenario)


def test_a_large_answer_comes_in_a_file_without_a_name(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        answer = await ask(workers, WIDE)
        assert answer.body is None
        assert answer.file is not None
        assert os.fstat(answer.file.fileno()).st_nlink == 0
        content = read(answer)
        assert len(content) == answer.size > 1024**2
        assert content.count(b"\r\n") == 500 * 500 + 1
        # The worker is free while the file is read.
        assert read(await ask(workers, "ASK {}")) == b"true"

    run(small_store, scenario)


def test_an_answer_that_is_too_large_is_refused(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(ResultTooLargeError, match="more than 65536 bytes"):
            await ask(workers, WIDE)
        assert workers.stats().crashed == 0
        assert await values(workers, COUNT) == ["500"]

    run(small_store, scenario, result_size=64 * KIBIBYTE)


def test_a_long_query_text_goes_through(small_store: Store) -> None:
    text = f"ASK {{}} # {'x' * 3_000_000}"

    async def scenario(workers: QueryWorkers) -> bytes:
        return read(await ask(workers, text))

    assert run(small_store, scenario) == b"true"


def test_a_store_that_is_gone_is_reported_and_not_made_anew(tmp_path: Path) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(StoreError, match="is gone"):
            await ask(workers, "ASK {}")

    absent = open_store(tmp_path / "store")
    (tmp_path / "store").rename(tmp_path / "elsewhere")
    run(absent, scenario)
    assert not (tmp_path / "store").exists()


def test_a_pool_that_is_not_running_answers_with_an_error(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> QueryWorkers:
        assert read(await ask(workers, "ASK {}")) == b"true"
        return workers

    closed = run(small_store, scenario)
    with pytest.raises(StoreError, match="not running"):
        run(small_store, lambda _: ask(closed, "ASK {}"))
    assert Settings().workers >= 1
