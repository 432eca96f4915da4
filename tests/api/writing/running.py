"""A writer over a store in a folder, for the tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolution

from impactgraph.store import Solutions, Store
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.operations import UpdateOperation
from impactgraph_api.writing import UpdateRequest, Writer

DIGITS = " ".join(f"VALUES ?{v} {{ 1 2 3 4 5 6 7 8 9 }}" for v in "abcdefghi")

RUNAWAY = (
    f"INSERT {{ <x:s> <x:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {DIGITS} "
    "FILTER(?a + ?b + ?c + ?d + ?e + ?f + ?g + ?h + ?i = 7) } }"
)
"""An update that takes minutes."""

GREEDY = (
    f"INSERT {{ <x:s> <x:p> ?n }} WHERE {{ SELECT (COUNT(DISTINCT ?t) AS ?n) {{ {DIGITS} "
    "BIND(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e), STR(?f), STR(?g), STR(?h), STR(?i),"
    " 'a long text that takes up room, and then some more of that, to fill memory sooner') AS ?t)"
    " } }"
)
"""An update that takes ever more memory."""


@asynccontextmanager
async def writing(location: Path, **settings: Any) -> AsyncIterator[Writer]:
    writer = Writer(location, Settings(token="test", **settings))
    await writer.start()
    try:
        yield writer
    finally:
        await writer.close()


def update(text: str, **dataset: Any) -> UpdateRequest:
    return UpdateRequest(operation=UpdateOperation(text=text, **dataset))


def insert(number: int, graph: str = "x:g") -> UpdateRequest:
    """Return an update of two triples, of which there must never be one without the other."""
    return update(
        f"INSERT DATA {{ GRAPH <{graph}> {{ <x:{number}> <x:first> {number} }} }} ;"
        f"INSERT DATA {{ GRAPH <{graph}> {{ <x:{number}> <x:second> {number} }} }}"
    )


async def until(condition: Callable[[], bool], *, pause: float = 0.005) -> None:
    """Wait for something that must come about; without a pause also for what soon passes."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(pause)


async def outcome(write: Awaitable[object]) -> object:
    """Return what came of a write, be it an error."""
    try:
        return await write
    except Exception as error:
        return error


def select(store: Store, query: str) -> list[QuerySolution]:
    results: Any = store.query(query)
    assert isinstance(results, Solutions)
    return list(results)


def numbers(store: Store) -> set[int]:
    """Return the numbers that were inserted whole; none may be there in part."""
    with store.snapshot() as snapshot:
        found: list[set[int]] = []
        for name in ("first", "second"):
            results: Any = snapshot.query(f"SELECT ?n {{ ?s <x:{name}> ?n }}")
            found.append({int(row["n"].value) for row in results})
    first, second = found
    assert first == second
    return first


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(one).__name__ for one in outcomes]
