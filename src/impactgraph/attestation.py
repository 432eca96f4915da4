"""Attestation: how well claims, impacts, pathways and causal steps are evidenced.

It is apart from basis: basis says who says that a step exists, attestation who vouches for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, node_of, nodes_of
from impactgraph.model import Basis, Link, Step
from impactgraph.parties import Party, describe_parties, parties_of
from impactgraph.wording import VERBS, capitalise, name_together

__all__ = ["Attestation", "Attestations", "Attested"]


class Attestation(StrEnum):
    """How well something is evidenced, best first.

    "No known part" is no praise of independence: the document may leave a part out.

    >>> Attestation.NO_KNOWN_PART.rank < Attestation.PART.rank
    True
    """

    NO_KNOWN_PART = "no known part"
    PART = "part"
    PARTY_UNKNOWN = "party unknown"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the best to 3 for none at all."""
        return _RANKS[self]

    @property
    def words(self) -> str:
        """What a sentence says of the thing."""
        return _WORDS[self]


_RANKS = {attestation: rank for rank, attestation in enumerate(Attestation)}
_WORDS = {
    Attestation.NO_KNOWN_PART: "attested by a party with no known part in the research",
    Attestation.PART: "attested by a party with a part in the research",
    Attestation.PARTY_UNKNOWN: "attested by an unknown party",
    Attestation.NONE: "attested by no source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """How well one thing is evidenced: its sources, their parties, those of unknown party."""

    name: str
    sources: tuple[GraphNode, ...]
    parties: tuple[Party, ...]
    unknown: tuple[GraphNode, ...]

    @property
    def attestation(self) -> Attestation:
        """The best that one of the sources gives; a joint source counts as its best party."""
        if any(not party.known_part for party in self.parties):
            return Attestation.NO_KNOWN_PART
        if self.parties:
            return Attestation.PART
        return Attestation.PARTY_UNKNOWN if self.unknown else Attestation.NONE

    @property
    def sentence(self) -> str:
        """Who attests it, and with which part in the research."""
        clauses = [f"{self.name} is {self.attestation.words}"]
        if self.sources:
            clauses[0] += f" ({name_together(self.sources)})"
        if self.parties:
            clauses.append(describe_parties(self.parties, self.unknown))
        return capitalise("; ".join(clauses)) + "."


class Attestations:
    """Who attests what in a case study at a level: made once, then looked up.

    A source speaks of a claim, an impact or a pathway that it corroborates, and of the research,
    an output or a finding that it attests. Whoever speaks of a claim speaks of its impact, and
    whoever speaks of an output or a finding speaks of the research that it is part of. A source
    attests a step if it speaks of both its ends.
    """

    def __init__(self, graph: CaseGraph, basis: Basis) -> None:
        self.graph = graph
        self.basis = basis
        self.parties = parties_of(graph)
        """The parties of every source, by its IRI; none where the document does not say."""
        self._sources = nodes_of(graph, Kind.SOURCE)
        self._speaking = _find_speaking(graph, basis)

    def sources_of(self, iri: str) -> tuple[GraphNode, ...]:
        """Return the sources that speak of a node, in their order."""
        return self._to_nodes(self._speaking.get(iri, ()))

    def of(self, iri: str) -> Attested:
        """Return how well a claim, an impact or a pathway is evidenced.

        Args:
            iri: its IRI; or that of the research, an output or a finding: who speaks of it.
        """
        return self._attested(node_of(self.graph, iri).name, self.sources_of(iri))

    def of_source(self, iri: str) -> Attested:
        """Return how well one source alone evidences what it speaks of."""
        source = node_of(self.graph, iri)
        return self._attested(source.name, (source,))

    def of_step(self, link: Link) -> Attested:
        """Return how well a step is evidenced: by the sources that speak of both its ends."""
        origin, target = node_of(self.graph, link.origin), node_of(self.graph, link.target)
        speaking = self._speaking.get(link.origin, set()) & self._speaking.get(link.target, set())
        name = f"that {origin.name} {VERBS[link.step]} {target.name}"
        return self._attested(name, self._to_nodes(speaking))

    def parties_among(self, sources: Iterable[GraphNode]) -> tuple[Party, ...]:
        """Return the parties of some sources, each once, in the order of names."""
        found = {party.iri: party for source in sources for party in self.parties[source.iri]}
        return tuple(sorted(found.values(), key=lambda party: party.sort_key))

    def _attested(self, name: str, sources: tuple[GraphNode, ...]) -> Attested:
        return Attested(
            name=name,
            sources=sources,
            parties=self.parties_among(sources),
            unknown=tuple(source for source in sources if not self.parties[source.iri]),
        )

    def _to_nodes(self, iris: Collection[str]) -> tuple[GraphNode, ...]:
        return tuple(source for source in self._sources if source.iri in iris)


def _find_speaking(graph: CaseGraph, basis: Basis) -> Mapping[str, set[str]]:
    """Return for the IRI of each thing those of the sources that speak of it."""
    speaking: dict[str, set[str]] = defaultdict(set)
    admitted = frozenset(known for known in Basis if basis.admits(known))
    research = [node.iri for node in nodes_of(graph, Kind.RESEARCH)]
    for link in links_of(graph):
        if link.basis not in admitted:
            continue
        if link.step is Step.CORROBORATED_BY:
            origin = node_of(graph, link.origin)
            for iri in filter(None, (origin.iri, origin.claim_of)):
                speaking[iri].add(link.target)
        elif link.step is Step.ATTESTS:
            for iri in (link.target, *research):
                speaking[iri].add(link.origin)
    return speaking
