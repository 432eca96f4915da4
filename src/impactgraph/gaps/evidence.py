"""The links that can close a gap at a level, and those that only suggest how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from impactgraph.gaps.gap import Absence, Gap, Severity
from impactgraph.graph import CaseGraph, GraphNode, links_of, node_of
from impactgraph.model import Anchor, Basis, Link, Step
from impactgraph.wording import VERBS, describe_basis, level_words

__all__ = ["Evidence"]


class Evidence:
    """What the kinds of gap look at: a case study's links at a level, by their ends.

    `basis` is the level at which gaps are closed: the one asked for, but never inferred.
    """

    def __init__(self, graph: CaseGraph, basis: Basis) -> None:
        self.graph = graph
        self.basis = Basis.STATED if basis is Basis.STATED else Basis.CURATED
        self._closing_to, self._closing_from = _by_ends(
            graph, {known for known in Basis if self.basis.admits(known)}
        )
        self._suggested_to, self._suggested_from = _by_ends(
            graph, {Basis.INFERRED} if basis is Basis.INFERRED else set()
        )
        self.absence = _whose_absence(graph)

    @property
    def level(self) -> str:
        """Which links close gaps, in words."""
        return level_words(self.basis)

    def to(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the links that lead to a node and count."""
        return _of_steps(self._closing_to, iri, steps)

    def out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the links that lead on from a node and count."""
        return _of_steps(self._closing_from, iri, steps)

    def suggested_to(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the inferred links to a node, where inferred links were asked for."""
        return _of_steps(self._suggested_to, iri, steps)

    def suggested_out_of(self, iri: str, steps: frozenset[Step]) -> tuple[Link, ...]:
        """Return the inferred links from a node, where inferred links were asked for."""
        return _of_steps(self._suggested_from, iri, steps)

    def missing_source(self, name: str) -> str:
        """Say that a thing has no source at this level."""
        if self.absence is Absence.READING:
            return f"No source was found for {name}."
        if self.basis is Basis.STATED:
            return f"The document marks no source for {name}."
        return f"Neither the document nor a curator gives a source for {name}."

    def gap(
        self,
        kind: str,
        severity: Severity,
        nodes: tuple[GraphNode, ...],
        reason: str,
        remedy: str,
        *,
        places: tuple[Anchor, ...] | None = None,
        probable: tuple[Link, ...] = (),
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
            probable=probable,
            hints=tuple(self._describe(link) for link in probable),
        )

    def _describe(self, link: Link) -> str:
        origin, target = node_of(self.graph, link.origin), node_of(self.graph, link.target)
        basis = describe_basis(link, origin, target)
        return f"probable link: {origin.name} {VERBS[link.step]} {target.name} ({basis})"


def _of_steps(
    links: Mapping[str, list[Link]], iri: str, steps: frozenset[Step]
) -> tuple[Link, ...]:
    return tuple(link for link in links.get(iri, ()) if link.step in steps)


def _by_ends(
    graph: CaseGraph, bases: set[Basis]
) -> tuple[Mapping[str, list[Link]], Mapping[str, list[Link]]]:
    leading_to: dict[str, list[Link]] = defaultdict(list)
    leading_from: dict[str, list[Link]] = defaultdict(list)
    for link in links_of(graph):
        if link.basis in bases:
            leading_to[link.target].append(link)
            leading_from[link.origin].append(link)
    return leading_to, leading_from


def _whose_absence(graph: CaseGraph) -> Absence:
    """Return whether a person read the document, so that what lacks is lacking in it.

    A stated link that names a method was read by a program, which may have overlooked things.
    """
    stated = [link for link in links_of(graph) if link.basis is Basis.STATED]
    by_person = stated and all(link.method is None for link in stated)
    return Absence.DOCUMENT if by_person else Absence.READING
