"""Case studies as they would be with a source or some links more, or with a source less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from impactgraph.gaps import Gap, find_gaps
from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.identity import link_iri
from impactgraph.model import Basis, Link, Source, Step

__all__ = ["GapKey", "count_affordable", "list_gaps", "make_link", "with_more", "without_source"]

_MOST_WORK = 500_000
"""How many links are looked at, at most, over all variations of a case study."""

GapKey = tuple[str, tuple[str, ...]]


def count_affordable(graph: CaseGraph) -> int:
    """Return how many variations of a case study may be tried: more than enough for any real one.

    Each takes as long as finding the gaps of the whole, so that a graph of a size that no document
    has could keep a service busy for hours.
    """
    return max(1, _MOST_WORK // (graph.number_of_edges() + graph.number_of_nodes() + 1))


def list_gaps(graph: CaseGraph, basis: Basis) -> dict[GapKey, Gap]:
    """Return the single gaps of a case study by kind and place, the gravest first."""
    found: dict[GapKey, Gap] = {}
    for gap in find_gaps(graph, basis=basis):
        for single in gap.members or (gap,):
            found.setdefault((single.kind, single.at), single)
    return found


def make_link(graph: CaseGraph, origin: str, step: Step, target: str) -> Link:
    """Return the link that would stand if the document stated a step."""
    case_study: str = graph.graph["case_study"]
    return Link(
        iri=link_iri(case_study, origin, step, target, Basis.STATED),
        label="a step that nobody has stated yet",
        origin=origin,
        step=step,
        target=target,
        basis=Basis.STATED,
        confidence=Decimal(1),
        rationale="the document would say so",
        attributed_to=case_study,
        anchors=(),
    )


def with_more(graph: CaseGraph, links: Iterable[Link], source: Source | None = None) -> CaseGraph:
    """Return a case study's graph with some links more, and perhaps a source."""
    model = model_of(graph)
    known = {link.iri for link in model.links}
    return build_graph(
        replace(
            model,
            sources=model.sources if source is None else (*model.sources, source),
            links=(*model.links, *(link for link in links if link.iri not in known)),
        )
    )


def without_source(graph: CaseGraph, iri: str) -> CaseGraph:
    """Return a case study's graph without a source and all that leads to or from it."""
    model = model_of(graph)
    return build_graph(
        replace(
            model,
            sources=tuple(source for source in model.sources if source.iri != iri),
            links=tuple(link for link in model.links if iri not in (link.origin, link.target)),
            roles=tuple(role for role in model.roles if role.role_in != iri),
        )
    )
