"""Running a scenario against a pool of query workers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from rdflib import Literal, URIRef

from impactgraph.store import Store
from impactgraph_api.settings import MEBIBYTE, Settings
from impactgraph_api.sparql.operations import Dataset, QueryOperation
from impactgraph_api.workers import Answer, QueryWorkers, Question

__all__ = ["GREEDY", "NESTED", "RUNAWAY", "WIDE", "ask", "fill", "read", "run", "until", "values"]

_T = TypeVar("_T")

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GREEDY = (
    "SELECT DISTINCT (CONCAT(?x, STR(?g)) AS ?y) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    f"BIND(CONCAT(STR(?a), STR(?d), '{'x' * 2000}') AS ?x) }}"
)
"""Each of its rows is long and another, and all are kept until the end."""
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
NESTED = "SELECT * {" + "{" * 50_000 + "}" * 50_000 + "}"
_EXAMPLE = "http://example.org/"


def fill(store: Store, graph: str, count: int) -> int:
    """Put that many triples into a graph, in the place of what it held."""
    triples = [
        (URIRef(f"{_EXAMPLE}{graph}/{n}"), URIRef(f"{_EXAMPLE}p"), Literal(f"{graph} {n}"))
        for n in range(count)
    ]
    return store.write(lambda change: change.replace_graph(_EXAMPLE + graph, triples))


def run(store: Store, scenario: Callable[[QueryWorkers], Awaitable[_T]], **settings: Any) -> _T:
    """Run a scenario against a pool of two workers with a ceiling of 512 MiB."""

    async def bounded() -> _T:
        chosen: dict[str, Any] = {"workers": 2, "query_memory": 512 * MEBIBYTE, **settings}
        workers = QueryWorkers(store.location, Settings(**chosen))
        await workers.start()
        try:
            async with asyncio.timeout(60):
                return await scenario(workers)
        finally:
            await workers.close()

    return asyncio.run(bounded())


async def ask(
    workers: QueryWorkers,
    text: str,
    *,
    seconds: float | None = None,
    dataset: Dataset | None = None,
    solutions: str | None = "csv",
    graphs: str | None = "ntriples",
) -> Answer:
    operation = QueryOperation(text=text, dataset=dataset or Dataset(), seconds=seconds)
    return await workers.ask(Question(operation=operation, solutions=solutions, graphs=graphs))


def read(answer: Answer) -> bytes:
    """Return the whole of an answer."""
    if answer.file is None:
        assert answer.body is not None
        return answer.body
    with answer.file as file:
        return file.read()


async def values(workers: QueryWorkers, text: str, **options: Any) -> list[str]:
    """Return the rows of a SELECT of one variable, without its name."""
    return sorted(read(await ask(workers, text, **options)).decode().split("\r\n")[1:-1])


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come about; the scenario's own bound ends the wait."""
    while not condition():
        await asyncio.sleep(0.01)
