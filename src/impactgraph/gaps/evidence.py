"""What the kinds of gap look at, computed once: links that count at a level, claims, sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from impactgraph.attestation import Attestations
from impactgraph.gaps.gap import Absence, Gap, Severity
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of
from impactgraph.model import Anchor, Basis, CaseStudy, Claim, Impact, Link, Step
from impactgraph.timeline import Timeline
from impactgraph.wording import VERBS, describe_basis, level_words

__all__ = ["CORROBORATION", "CREDIT", "INFLUENCE", "Evidence"]

INFLUENCE = frozenset(step for step in Step if step.leads)
CREDIT = frozenset({Step.CREDITED_FOR})
CORROBORATION = frozenset({Step.CORROBORATED_BY})

_MOST_HINTS = 3
"""How many probable links a gap tells in words; it has all of them as links."""

_ByEnd: TypeAlias = Mapping[str, list[Link]]


class Evidence:
    """What the kinds of gap look at in a case study's graph at a level.

    `basis` is the level at which gaps are closed: the one asked for, but never inferred.
    """

    def __init__(self, graph: CaseGraph, basis: Basis) -> None:
        self.graph = graph
        self.model: CaseStudy = model_of(graph)
        self.basis = Basis.STATED if basis is Basis.STATED else Basis.CURATED
        self.level = level_words(self.basis)
        """Which links close gaps, in words."""
        closing = [link for link in links_of(graph) if self.basis.admits(link.basis)]
        concluded = [
            link
            for link in links_of(graph)
            if link.basis is Basis.CURATED and not self.basis.admits(link.basis)
        ]
        inferred = [link for link in links_of(graph) if link.basis is Basis.INFERRED]
        self._closing_to, self._closing_from = _by_ends(closing)
        self._inferred_to, self._inferred_from = _by_ends(inferred)
        self._concluded_from = _by_ends(concluded)[1]
        self._asked_inferred = basis is Basis.INFERRED
        self.absence = _whose_absence(closing)
        self._found: dict[Callable[[Evidence], Iterable[Gap]], tuple[Gap, ...]] = {}

    @property
    def read_by_person(self) -> bool:
        """Whether a person read the document, so that what lacks is lacking in it."""
        return self.absence is Absence.DOCUMENT

    def nodes(self, *kinds: Kind) -> Iterable[GraphNode]:
        """Return the nodes of the given kinds, in their order."""
        return chain.from_iterable(self._nodes.get(kind, ()) for kind in Kind if kind in kinds)

    def to(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the links that lead to a node and count."""
        return _of_steps(self._closing_to, iri, steps)

    def out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the links that lead on from a node and count."""
        return _of_steps(self._closing_from, iri, steps)

    def concluded_out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the curated links from a node where only stated ones close a gap."""
        return _of_steps(self._concluded_from, iri, steps)

    def inferred_out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the inferred links from a node: they suggest something, and close nothing."""
        return _of_steps(self._inferred_from, iri, steps)

    def suggested_to(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the inferred links to a node, where inferred links were asked for."""
        return _of_steps(self._inferred_to, iri, steps) if self._asked_inferred else ()

    def suggested_out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the inferred links from a node, where inferred links were asked for."""
        return self.inferred_out_of(iri, steps) if self._asked_inferred else ()

    def sources_of(self, iri: str) -> tuple[GraphNode, ...]:
        """Return the sources that a claim, impact or pathway has itself, in their order."""
        sources = dict.fromkeys(link.target for link in self.out_of(iri, CORROBORATION))
        return tuple(node_of(self.graph, source) for source in sources)

    def claims_of(self, impact: str) -> tuple[GraphNode, ...]:
        """Return the claims that stand inside an impact, in their order."""
        return tuple(self._claims_of.get(impact, ()))

    @cached_property
    def attestations(self) -> Attestations:
        """Who speaks for what at the level, and with which part in the research."""
        return Attestations(self.graph, self.basis)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """What the case study says of each claim."""
        return {claim.iri: claim for claim in self.model.claims}

    @cached_property
    def impacts(self) -> Mapping[str, Impact]:
        """What the case study says of each impact."""
        return {impact.iri: impact for impact in self.model.impacts}

    @cached_property
    def times(self) -> Timeline:
        """When things happened, as far as the case study says."""
        return Timeline(self.model)

    def found(self, find: Callable[[Evidence], Iterable[Gap]]) -> tuple[Gap, ...]:
        """Return the gaps of a kind, looked for once however many kinds need them."""
        if find not in self._found:
            self._found[find] = tuple(find(self))
        return self._found[find]

    def missing_source(self, name: str) -> str:
        """Say that a thing has no source at this level."""
        if not self.read_by_person:
            return f"No source was found for {name}."
        if self.basis is Basis.STATED:
            return f"The document marks no source for {name}."
        return f"No source is marked for {name}."

    def gap(
        self,
        kind: str,
        severity: Severity,
        nodes: tuple[GraphNode, ...],
        reason: str,
        remedy: str,
        *,
        places: tuple[Anchor, ...] | None = None,
        about: tuple[str, ...] = (),
        probable: tuple[Link, ...] = (),
        members: tuple[Gap, ...] = (),
    ) -> Gap:
        """Return a gap at this level; its places are its first node's, unless given."""
        return Gap(
            kind=kind,
            severity=severity,
            basis=self.basis,
            nodes=nodes,
            places=nodes[0].anchors if places is None else places,
            reason=reason,
            remedy=remedy,
            absence=self.absence,
            about=about,
            probable=probable,
            hints=tuple(self._describe(link) for link in _choose_surest(probable)),
            members=members,
        )

    @cached_property
    def _nodes(self) -> Mapping[Kind, list[GraphNode]]:
        by_kind: dict[Kind, list[GraphNode]] = defaultdict(list)
        for _, attributes in self.graph.nodes(data=True):
            by_kind[attributes["node"].kind].append(attributes["node"])
        return by_kind

    @cached_property
    def _claims_of(self) -> Mapping[str, list[GraphNode]]:
        by_impact: dict[str, list[GraphNode]] = defaultdict(list)
        for claim in self._nodes.get(Kind.CLAIM, ()):
            if claim.claim_of is not None:
                by_impact[claim.claim_of].append(claim)
        return by_impact

    def _describe(self, link: Link) -> str:
        origin, target = node_of(self.graph, link.origin), node_of(self.graph, link.target)
        basis = describe_basis(link, origin, target)
        because = f", because: {link.rationale}" if link.rationale else ""
        return f"probable link: {origin.name} {VERBS[link.step]} {target.name} ({basis}){because}"


def _choose_surest(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: -link.confidence)[:_MOST_HINTS]


def _of_steps(links: _ByEnd, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
    return tuple(link for link in links.get(iri, ()) if link.step in steps)


def _by_ends(links: Iterable[Link]) -> tuple[_ByEnd, _ByEnd]:
    leading_to: dict[str, list[Link]] = defaultdict(list)
    leading_from: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        leading_to[link.target].append(link)
        leading_from[link.origin].append(link)
    return leading_to, leading_from


def _whose_absence(closing: Iterable[Link]) -> Absence:
    """Return whether a person read the document, so that what lacks is lacking in it.

    A stated link that names a method was read by a program, which may have overlooked things.
    """
    stated = [link for link in closing if link.basis is Basis.STATED]
    by_person = stated and all(link.method is None for link in stated)
    return Absence.DOCUMENT if by_person else Absence.READING
