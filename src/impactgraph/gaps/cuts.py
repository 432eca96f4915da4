"""Gaps that are cuts: one node or one party on which everything hangs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.gaps.testimony import find_single_party
from impactgraph.graph import GraphNode
from impactgraph.parties import Party
from impactgraph.robustness import find_single_points
from impactgraph.wording import capitalise, name_together

__all__ = ["CUT_KINDS", "find_single_points_of_failure", "find_withdrawal_of_one_party"]


def find_single_points_of_failure(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts that several chains reach, all of them through one node.

    One chain alone hangs on each of its nodes: that says nothing that its length does not say.
    """
    points: dict[GraphNode, list[GraphNode]] = defaultdict(list)
    chains: dict[GraphNode, int] = {}
    for point in find_single_points(evidence.graph, basis=evidence.basis):
        if point.node is not None and point.chains > 1:
            points[point.impact].append(point.node)
            chains[point.impact] = point.chains
    for impact, nodes in points.items():
        names = name_together(nodes)
        yield evidence.gap(
            "single-point-of-failure",
            Severity.LOW,
            (impact, *nodes),
            f"{_say_all(chains[impact])} chains from the research to {impact.name} "
            f"({evidence.level}) pass through {names}.",
            f"Say in section 4 whether the research reached {impact.name} by another way too.",
        )


def find_withdrawal_of_one_party(evidence: Evidence) -> Iterator[Gap]:
    """Yield parties without whom two or more impacts are left without a source.

    Each gathers the gaps of the impacts for which that party alone speaks.
    """
    members: dict[Party, list[Gap]] = defaultdict(list)
    for gap in evidence.found(find_single_party):
        sources = evidence.attestations.sources_of(gap.nodes[0].iri)
        for party in evidence.attestations.parties_among(sources):
            members[party].append(gap)
    for party, gaps in members.items():
        if len(gaps) < 2:
            continue
        nodes = tuple(node for gap in gaps for node in gap.nodes)
        yield evidence.gap(
            "withdrawal-of-one-party",
            Severity.LOW,
            nodes,
            f"{capitalise(name_together(nodes))} rest on one and the same party: {party.name}.",
            f"Add sources from others than {party.name}, for one of these impacts at least.",
            places=tuple(place for gap in gaps for place in gap.places),
            members=tuple(gaps),
        )


def _say_all(chains: int) -> str:
    return "Both" if chains == 2 else f"All {chains}"


CUT_KINDS = (
    GapKind(
        id="withdrawal-of-one-party",
        title="Several impacts rest on one party",
        meaning="without one party, two or more impacts are left without a source",
        severity=Severity.LOW,
        find=find_withdrawal_of_one_party,
        unqueried="it groups by party what the query of single-party finds",
    ),
    GapKind(
        id="single-point-of-failure",
        title="Single point of failure",
        meaning="all of several chains from the research to an impact pass through one node",
        severity=Severity.LOW,
        find=find_single_points_of_failure,
        unqueried="SPARQL cannot say of all paths at once that they share a node",
    ),
)
