"""What a candidate for a remedy is, and what candidates are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, links_of
from impactgraph.model import Basis, Link, Source, SourceType, Step
from impactgraph.remedies.asking import Asking
from impactgraph.remedies.remedy import Action
from impactgraph.remedies.variations import make_link
from impactgraph.wording import join_words

__all__ = ["Candidate", "Surroundings", "quote_claims"]

_MOST_NAMED = 4
"""How many claims an advice names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that could be done: in words, and what it would add to the case study.

    `among` are the nodes at whose gaps it is aimed; where it is empty, it is aimed at all.
    `outside` says whether it is a voice with no known part in the research.
    """

    action: Action
    advice: str
    because: str
    nodes: tuple[GraphNode, ...]
    adds: tuple[Link, ...]
    source: Source | None = None
    among: frozenset[str] = frozenset()
    outside: bool = False


class Surroundings:
    """What the candidates are made from: what a case study has at a level, and what it lacks."""

    def __init__(self, graph: CaseGraph, basis: Basis) -> None:
        self.graph = graph
        self.basis = basis
        self.asking = Asking(graph)
        self.known = Attestations(graph, basis)
        self.case_study: str = graph.graph["case_study"]
        self.sourced: set[str] = set()
        """Claims, impacts and pathways that have a source at this level."""
        self.suggested: set[str] = set()
        """Claims and others for which a source is concluded or inferred, but not at this level."""
        self.leading: set[str] = set()
        """What a step of influence leads on from, at this level."""
        self.preceded: set[str] = set()
        """What a step of influence leads to, at this level."""
        for link in links_of(graph):
            if basis.admits(link.basis):
                if link.step is Step.CORROBORATED_BY:
                    self.sourced.add(link.origin)
                elif link.step.leads:
                    self.leading.add(link.origin)
                    self.preceded.add(link.target)
            elif link.step is Step.CORROBORATED_BY:
                self.suggested.add(link.origin)

    def new_source(self, party: str | None) -> Source:
        """Return a source that is not there yet; its party may be nobody known."""
        return Source(
            iri=f"{self.case_study}/source/new",
            label="a source that is not there yet",
            notation=None,
            source_type=SourceType.OTHER,
            party=party,
            anchors=(),
        )

    def corroborate(self, nodes: Sequence[GraphNode], source: str) -> tuple[Link, ...]:
        """Return the links by which a source would corroborate some nodes."""
        return tuple(
            make_link(self.graph, node.iri, Step.CORROBORATED_BY, source) for node in nodes
        )


def quote_claims(nodes: Sequence[GraphNode]) -> str:
    """Return some claims by their labels; of many the first few, and how many there are more."""
    named = nodes if len(nodes) <= _MOST_NAMED else nodes[: _MOST_NAMED - 1]
    quoted = [f"“{node.label}”" for node in named]
    more = len(nodes) - len(quoted)
    return join_words([*quoted, f"{more} more"] if more else quoted)
