"""Gaps of the whole case study: each gathers the single gaps that share one cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from impactgraph.gaps.continuity import find_nothing_after, find_nothing_before
from impactgraph.gaps.corroboration import find_uncorroborated_pathways
from impactgraph.gaps.evidence import CREDIT, INFLUENCE, Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind, node_of
from impactgraph.model import Anchor
from impactgraph.wording import name_together

__all__ = [
    "GATHERING_KINDS",
    "find_pathway_figures_uncorroborated",
    "find_research_as_a_whole",
]

_FROM = frozenset({Kind.FINDING, Kind.OUTPUT})
_TO = frozenset({Kind.PATHWAY, Kind.IMPACT})


def find_research_as_a_whole(evidence: Evidence) -> Iterator[Gap]:
    """Yield one gap where impacts are credited to the research as a whole, and to no part of it.

    No step of influence then joins a finding or an output to a pathway or an impact. The gap
    gathers the outputs that nothing follows, and the pathways and credited impacts that nothing
    precedes: what they all lack is the same.
    """
    credited = [node for node in evidence.nodes(Kind.IMPACT) if evidence.to(node.iri, CREDIT)]
    if not credited or _is_joined(evidence):
        return
    members = [
        gap for gap in evidence.found(find_nothing_after) if gap.nodes[0].kind is Kind.OUTPUT
    ]
    members += [
        gap
        for gap in evidence.found(find_nothing_before)
        if gap.nodes[0].kind is Kind.PATHWAY or gap.nodes[0] in credited
    ]
    if members:
        yield evidence.gap(
            "research-as-a-whole",
            Severity.MEDIUM,
            _nodes_of(members),
            f"The research is credited as a whole for {name_together(credited)}: no "
            f"{evidence.level} step joins a finding or an output to a pathway or an impact.",
            "Name in section 4, for each pathway or impact, the finding or the output that it "
            "rests on: a mark of the output in that sentence is enough.",
            places=_places(evidence, credited),
            members=tuple(members),
        )


def find_pathway_figures_uncorroborated(evidence: Evidence) -> Iterator[Gap]:
    """Yield one gap where two or more pathways give figures, and none of these has a source."""
    figured = {pathway.iri for pathway in evidence.model.pathways if pathway.figures}
    members = [
        gap for gap in evidence.found(find_uncorroborated_pathways) if gap.nodes[0].iri in figured
    ]
    if len(members) == len(figured) > 1:
        nodes = _nodes_of(members)
        yield evidence.gap(
            "pathway-figures-uncorroborated",
            Severity.LOW,
            nodes,
            evidence.missing_source(f"the figures of {name_together(nodes)}"),
            "Add to section 5 one source for these figures, such as a final report or a record "
            "of attendance, and mark it at each of them.",
            places=tuple(place for gap in members for place in gap.places),
            members=tuple(members),
        )


def _is_joined(evidence: Evidence) -> bool:
    return any(
        node_of(evidence.graph, link.target).kind in _TO
        for node in evidence.nodes(*_FROM)
        for link in evidence.out_of(node.iri, INFLUENCE)
    )


def _nodes_of(gaps: Iterable[Gap]) -> tuple[GraphNode, ...]:
    nodes = {node.iri: node for gap in gaps for node in gap.nodes}
    return tuple(sorted(nodes.values(), key=lambda node: node.sort_key))


def _places(evidence: Evidence, credited: Iterable[GraphNode]) -> tuple[Anchor, ...]:
    """Return where the document credits the research as a whole."""
    places = (
        anchor
        for node in credited
        for link in evidence.to(node.iri, CREDIT)
        for anchor in link.anchors
    )
    return tuple(dict.fromkeys(places))


GATHERING_KINDS = (
    GapKind(
        id="research-as-a-whole",
        title="Research credited only as a whole",
        meaning="impacts are credited to the research as a whole, and to no finding or output",
        severity=Severity.MEDIUM,
        find=find_research_as_a_whole,
    ),
    GapKind(
        id="pathway-figures-uncorroborated",
        title="Pathways' figures without a source",
        meaning="of two or more pathways that give figures, none has a source",
        severity=Severity.LOW,
        find=find_pathway_figures_uncorroborated,
    ),
)
