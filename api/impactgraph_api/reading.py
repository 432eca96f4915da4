"""What the routes read from the store, kept for as long as its generation lives."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Annotated, NoReturn, TypeVar, cast

from fastapi import Depends, Request

from impactgraph.graph import CaseGraph, default_basis, to_networkx
from impactgraph.model import Basis
from impactgraph.store import Store
from impactgraph.views import CaseStudyView, open_case_study, read_overview
from impactgraph.views.overview import OverviewEntry

__all__ = ["Readings", "ReadingsOf"]

KEPT = 64

_SECONDS_HELD = 5.0
"""For how long a generation of the store is held when nobody reads it any more."""

_Value = TypeVar("_Value")


class Readings:
    """Graphs and views of case studies, the latest used ones kept by the store's generation."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    async def let_go(self) -> NoReturn:
        """Let go of the store's generation now and then, so that an old one can be deleted.

        Whoever reads keeps it, and whoever reads next opens the live one, which takes 10 ms.
        """
        while True:
            await asyncio.sleep(_SECONDS_HELD)
            self.store.close()

    def graph(self, case_study: str) -> CaseGraph:
        """Return a case study's graph, which nobody may change.

        Raises:
            NotFoundError: there is no such case study.
        """
        with self.store.snapshot() as snapshot:
            return self._keep(
                ("graph", snapshot.generation, case_study),
                lambda: to_networkx(snapshot, case_study),
            )

    def view(self, case_study: str, basis: Basis | None) -> CaseStudyView:
        """Return what the page of a case study shows.

        Raises:
            NotFoundError: there is no such case study.
        """
        with self.store.snapshot() as snapshot:
            return self._keep(
                ("view", snapshot.generation, case_study, basis),
                lambda: open_case_study(snapshot, case_study, basis),
            )

    def overview(self) -> tuple[OverviewEntry, ...]:
        """Return every case study with its headline and gaps."""
        with self.store.snapshot() as snapshot:
            return self._keep(("overview", snapshot.generation), lambda: read_overview(snapshot))

    def graph_and_basis(self, case_study: str, basis: Basis | None) -> tuple[CaseGraph, Basis]:
        """Return a case study's graph, and the basis asked for or else its default.

        Raises:
            NotFoundError: there is no such case study.
        """
        graph = self.graph(case_study)
        return graph, basis or default_basis(graph)

    def _keep(self, key: Hashable, read: Callable[[], _Value]) -> _Value:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(_Value, self._kept[key])
        value = read()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return value


def _readings(request: Request) -> Readings:
    readings: Readings = request.app.state.readings
    return readings


ReadingsOf = Annotated[Readings, Depends(_readings)]
"""What a route names to get the readings of its app."""
