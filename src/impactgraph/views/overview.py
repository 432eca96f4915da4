"""From a store to what the pages show: one case study, or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from impactgraph.gaps import KINDS, Absence, Gap, find_gaps
from impactgraph.graph import CaseGraph, Queryable, default_basis, narrow, to_networkx
from impactgraph.headline import Headline, headline
from impactgraph.model import Basis
from impactgraph.views.case_study import node_key, view_case_study
from impactgraph.views.reading import read_details, read_summaries
from impactgraph.views.values import CaseStudySummary, CaseStudyView, GapView

__all__ = ["OverviewEntry", "describe_absence", "describe_gap", "open_case_study", "read_overview"]

_ABSENCES = {
    Absence.DOCUMENT: "The document does not say it.",
    Absence.READING: "The reading did not find it; the document may say it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewEntry:
    """A case study among all: its headline, and its gaps by severity, under its default basis."""

    summary: CaseStudySummary
    basis: Basis
    headline: Headline
    gaps: Mapping[str, int]


def open_case_study(store: Queryable, case_study: str, basis: Basis | None = None) -> CaseStudyView:
    """Return what the page of a case study shows.

    Args:
        store: a snapshot where the store may be written meanwhile: several queries are asked.
        case_study: slug or IRI.
        basis: the level; the case study's default where it is None.

    Raises:
        NotFoundError: the store holds no such case study.
    """
    graph = to_networkx(store, case_study)
    level = basis or default_basis(graph)
    iri: str = graph.graph["case_study"]
    store = narrow(store, iri)
    return view_case_study(
        graph,
        basis=level,
        summary=read_summaries(store, iri)[0],
        details=read_details(store, iri),
        gaps=[describe_gap(gap, graph) for gap in find_gaps(graph, basis=level)],
    )


def read_overview(store: Queryable, case_study: str | None = None) -> tuple[OverviewEntry, ...]:
    """Return every case study of a store with its headline and gaps, by title.

    Args:
        store: what answers the queries.
        case_study: the IRI of one of them; all of them where it is None.
    """
    return tuple(_enter(store, summary) for summary in read_summaries(store, case_study))


def describe_gap(gap: Gap, graph: CaseGraph) -> GapView:
    """Return a gap as the page shows it."""
    case_study: str = graph.graph["case_study"]
    return GapView(
        kind=gap.kind,
        title=KINDS[gap.kind].title,
        severity=gap.severity.value,
        reason=gap.reason,
        remedy=gap.remedy,
        lacking=describe_absence(gap.absence),
        hints=gap.hints,
        places=tuple(node_key(node.iri, case_study) for node in gap.nodes),
        members=tuple(describe_gap(member, graph) for member in gap.members),
    )


def describe_absence(absence: Absence) -> str:
    """Return who lacks what a gap lacks, as a sentence."""
    return _ABSENCES[absence]


def _enter(store: Queryable, summary: CaseStudySummary) -> OverviewEntry:
    graph = to_networkx(store, summary.iri)
    basis = default_basis(graph)
    return OverviewEntry(
        summary=summary,
        basis=basis,
        headline=headline(graph),
        gaps=Counter(gap.severity.value for gap in find_gaps(graph, basis=basis)),
    )
