"""What the routes read from the store, kept for as long as its generation lives."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Annotated, NoReturn, Protocol, TypeVar, cast

from fastapi import Depends, Request

from impactgraph.curation import Curation, read_curation
from impactgraph.graph import CaseGraph, default_basis, to_networkx
from impactgraph.model import Basis
from impactgraph.store import Snapshot
from impactgraph.texts import KeptText, read_text
from impactgraph.views import CaseStudyView, open_case_study, read_overview
from impactgraph.views.changes import GapChange, compare_gaps
from impactgraph.views.overview import OverviewEntry
from impactgraph.views.reading import read_summaries, read_titles
from impactgraph.views.report import Report, build_report
from impactgraph.views.report.advice import gather_advice

__all__ = ["Readings", "ReadingsOf", "Snapshots"]

KEPT = 64

_SECONDS_HELD = 5.0
"""For how long a generation of the store is held when nobody reads it any more."""

_Value = TypeVar("_Value")


class Snapshots(Protocol):
    """What is read: a store, or what answers as one does."""

    def snapshot(self) -> Snapshot:
        """Return the data as they are now."""

    def close(self) -> None:
        """Let go of what is held of them."""


class Readings:
    """Graphs and views of case studies, the latest used ones kept by the store's generation."""

    def __init__(self, store: Snapshots, kept: int = KEPT) -> None:
        self.store = store
        self._most = kept
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

    def curation(self, case_study: str) -> Curation:
        """Return what people decided on a case study.

        Raises:
            NotFoundError: there is no such case study.
        """
        iri: str = self.graph(case_study).graph["case_study"]
        with self.store.snapshot() as snapshot:
            return self._keep(
                ("curation", snapshot.generation, iri), lambda: read_curation(snapshot, iri)
            )

    def advice(self, case_study: str, basis: Basis) -> tuple[str, ...]:
        """Return what would mend most of a case study, as its report says it.

        Raises:
            NotFoundError: there is no such case study.
        """
        with self.store.snapshot() as snapshot:
            return self._keep(
                ("advice", snapshot.generation, case_study, basis),
                lambda: gather_advice(to_networkx(snapshot, case_study), basis=basis),
            )

    def keep_change(self, act: str, before: CaseGraph, case_study: str) -> None:
        """Keep for a while what an act did to the gaps of a case study.

        Args:
            act: its IRI.
            before: the graph that it was decided on.
            case_study: whose acts are looked at after it.
        """
        after = self.graph(case_study)
        self._keep(("change", act), lambda: compare_gaps(before, after))

    def change(self, act: str) -> GapChange | None:
        """Return what an act did to the gaps; None where that is not kept any more."""
        with self._lock:
            return cast(GapChange | None, self._kept.get(("change", act)))

    def report(self, case_study: str, basis: Basis) -> Report:
        """Return the report of a case study.

        Raises:
            NotFoundError: there is no such case study.
        """
        with self.store.snapshot() as snapshot:
            return self._keep(
                ("report", snapshot.generation, case_study, basis),
                lambda: build_report(to_networkx(snapshot, case_study), basis=basis),
            )

    def text(self, case_study: str) -> KeptText | None:
        """Return the text that is kept of a case study's document; None where none is.

        Raises:
            NotFoundError: there is no such case study.
        """
        iri: str = self.graph(case_study).graph["case_study"]
        with self.store.snapshot() as snapshot:
            return read_text(snapshot, iri)

    def list_entries(self, first: int, most: int) -> tuple[tuple[OverviewEntry, ...], int]:
        """Return some case studies with headline and gaps, by title, and how many there are.

        Args:
            first: how many to pass over.
            most: how many to return at most.
        """
        with self.store.snapshot() as snapshot:
            summaries = self._keep(
                ("summaries", snapshot.generation), lambda: read_summaries(snapshot)
            )
            shown = summaries[first : first + most]
            return tuple(self._enter(snapshot, one.iri) for one in shown), len(summaries)

    def entry(self, case_study: str) -> OverviewEntry:
        """Return one case study with its headline and gaps.

        Raises:
            NotFoundError: there is no such case study.
        """
        iri: str = self.graph(case_study).graph["case_study"]
        with self.store.snapshot() as snapshot:
            return self._enter(snapshot, iri)

    def _enter(self, snapshot: Snapshot, iri: str) -> OverviewEntry:
        return self._keep(
            ("entry", snapshot.generation, iri), lambda: read_overview(snapshot, iri)[0]
        )

    def titles(self) -> Mapping[str, str]:
        """Return the titles of all case studies by their slugs, by title."""
        with self.store.snapshot() as snapshot:
            return self._keep(("titles", snapshot.generation), lambda: read_titles(snapshot))

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
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value


def _readings(request: Request) -> Readings:
    readings: Readings = request.app.state.readings
    return readings


ReadingsOf = Annotated[Readings, Depends(_readings)]
"""What a route names to get the readings of its app."""
