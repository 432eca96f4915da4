"""Statistics of the data set, counted once for each generation, within a bound of time.

See https://www.w3.org/TR/void/#statistics for what is counted.
"""

from __future__ import annotations

import asyncio
import csv
import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from impactgraph.errors import ImpactGraphError
from impactgraph.resources import read_query
from impactgraph_api.settings import DefaultGraph
from impactgraph_api.sparql.operations import QueryOperation
from impactgraph_api.workers import Answer, OverloadedError, QueryWorkers, Question

__all__ = ["Count", "Statistics", "StatisticsKeeper"]

_LONGEST: Final = 32 * 1024 * 1024
"""Bytes of a list that is still read; a data set with more graphs than that goes without it."""

_log = logging.getLogger("impactgraph.api")


@dataclass(frozen=True, slots=True)
class Count:
    """A class, a property or a graph, and how many members or triples it has."""

    iri: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts of one generation; None is what could not be counted in time.

    Attributes:
        generation: the generation that was counted.
        triples: how many all graphs hold.
        default_triples: how many a query's default graph holds.
        classes: those that have members, the largest first.
        properties: those in use, the most used first.
        graphs: the named graphs that hold triples, by name.
        stale: the derived graphs that no longer follow from their case studies, each with the time
            since when, as XML Schema writes it.
    """

    generation: int
    triples: int | None = None
    default_triples: int | None = None
    classes: tuple[Count, ...] | None = None
    properties: tuple[Count, ...] | None = None
    graphs: tuple[Count, ...] | None = None
    stale: Mapping[str, str] = field(default_factory=dict)


class StatisticsKeeper:
    """Counts a generation when it is first asked for, and keeps the counts until the next.

    Args:
        workers: answer the counting queries, under the limits of any query.
        default_graph: what a query's default graph is at this service.
        seconds: how long one counting query may take.
        patience: how long who asks first waits for the counting to end.
    """

    def __init__(
        self,
        workers: QueryWorkers,
        *,
        default_graph: DefaultGraph,
        seconds: float,
        patience: float,
    ) -> None:
        self._workers = workers
        self._default_graph = default_graph
        self._seconds = seconds
        self._patience = patience
        self._kept: Statistics | None = None
        self._counting: asyncio.Task[Statistics | None] | None = None

    async def read(self, generation: int) -> Statistics | None:
        """Return the counts of a generation, or None while they are not ready.

        Args:
            generation: the number of the live one.
        """
        if self._kept is not None and self._kept.generation == generation:
            return self._kept
        if self._counting is None:
            self._counting = asyncio.create_task(self._count(generation))
            self._counting.add_done_callback(self._take)
        # It counts on where nobody waits: whoever asks next has the use of it.
        await asyncio.wait({self._counting}, timeout=self._patience)
        kept = self._kept
        return kept if kept is not None and kept.generation == generation else None

    async def close(self) -> None:
        """Give up counting."""
        counting = self._counting
        if counting is not None:
            counting.cancel()
            await asyncio.wait({counting})

    def _take(self, counting: asyncio.Task[Statistics | None]) -> None:
        self._counting = None
        if counting.cancelled():
            return
        error = counting.exception()
        if error is not None:
            _log.error("the statistics could not be counted", exc_info=error)
            return
        self._kept = counting.result() or self._kept

    async def _count(self, generation: int) -> Statistics | None:
        """Return the counts; None where no worker is free, so that the next request tries again."""
        try:
            triples = _number(await self._ask("statistics/triples"))
            strict = self._default_graph == "strict"
            return Statistics(
                generation=generation,
                triples=triples,
                default_triples=(
                    _number(await self._ask("statistics/triples", "strict")) if strict else triples
                ),
                classes=_counts(await self._ask("statistics/classes")),
                properties=_counts(await self._ask("statistics/properties")),
                graphs=_counts(await self._ask("statistics/graphs")),
                stale=dict(await self._ask("store/stale") or ()),
            )
        except OverloadedError:
            return None

    async def _ask(
        self, name: str, default_graph: DefaultGraph = "union"
    ) -> list[list[str]] | None:
        text = read_query(f"queries/{name}")
        operation = QueryOperation(text=text, seconds=self._seconds)
        try:
            answer = await self._workers.ask(
                Question(
                    operation=operation, solutions="csv", graphs=None, default_graph=default_graph
                )
            )
        except OverloadedError:
            raise
        except ImpactGraphError as error:
            _log.warning("%s could not be counted: %s", name, error)
            return None
        return await asyncio.to_thread(_read_rows, answer)


def _read_rows(answer: Answer) -> list[list[str]] | None:
    body = answer.body
    if answer.file is not None:
        with answer.file as file:
            body = file.read(_LONGEST) if answer.size <= _LONGEST else None
    if body is None:
        return None
    rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    next(rows)
    return list(rows)


def _number(rows: list[list[str]] | None) -> int | None:
    return None if rows is None else int(rows[0][0])


def _counts(rows: list[list[str]] | None) -> tuple[Count, ...] | None:
    return None if rows is None else tuple(Count(iri, int(number)) for iri, number in rows)
