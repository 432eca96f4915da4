"""Disjoint chains: how many chains from the research to an impact share no node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from impactgraph.graph import CaseGraph, GraphNode
from impactgraph.model import Basis
from impactgraph.robustness.influence import Influence
from impactgraph.steps import find_leading
from impactgraph.wording import capitalise, level_words, name_together

__all__ = ["DisjointChains", "find_disjoint_chains"]

_Place: TypeAlias = tuple[str, bool]
"""One side of a node: False where steps come in, True where they go out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisjointChains:
    """The most chains from the research to an impact of which no two share a node but the impact.

    `paths` are such chains, `cut` as few nodes as can be without which no chain is left: there are
    as many of these as of the chains.
    """

    impact: GraphNode
    basis: Basis
    paths: tuple[tuple[GraphNode, ...], ...]
    cut: tuple[GraphNode, ...]

    @property
    def count(self) -> int:
        """How many chains share no node."""
        return len(self.paths)

    @property
    def sentence(self) -> str:
        """How many chains share no node, and which nodes are enough to break all."""
        level = level_words(self.basis)
        if not self.paths:
            return f"No chain from the research reaches {self.impact.name} ({level})."
        names = name_together(self.cut)
        if len(self.paths) == 1:
            said = (
                f"every chain from the research to {self.impact.name} ({level}) passes through "
                f"{names}"
            )
        else:
            said = (
                f"{len(self.paths)} chains from the research to {self.impact.name} ({level}) share "
                f"no other node; it takes the loss of {names} to break every chain"
            )
        return capitalise(said) + "."


def find_disjoint_chains(
    graph: CaseGraph, *, basis: Basis, influence: Influence | None = None
) -> tuple[DisjointChains, ...]:
    """Return for each impact how many chains from the research to it share no other node.

    They are paths from the set of findings, and of outputs to which no finding leads, to the
    impact. By K. Menger's theorem ("Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10,
    1927) the most that share no node are as many as the fewest nodes, starts included, that
    separate the two. Both are found by augmenting paths (L. R. Ford, D. R. Fulkerson, "Maximal
    Flow Through a Network", Canadian Journal of Mathematics 8, 1956) through the steps of
    influence, each node cut in two halves that one path may join.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        influence: the steps at this level, where they have been read already.
    """
    influence = influence or Influence(graph, basis)
    return tuple(_find_for_impact(influence, impact) for impact in influence.impacts)


def _find_for_impact(influence: Influence, impact: GraphNode) -> DisjointChains:
    flow = _Flow(influence, impact.iri)
    flow.saturate()
    return DisjointChains(
        impact=impact,
        basis=influence.basis,
        paths=tuple(influence.name_all(path) for path in flow.list_paths()),
        cut=influence.name_all(flow.list_cut()),
    )


class _Flow:
    """Paths to an impact that share no node, and what is left of the network beside them.

    Only what joins the halves of a node has a capacity, of one; steps have any. The network is not
    copied: `before` says of each node on a path what comes before it there ("" before a start), and
    `lasts` are the nodes from which the paths step to the impact. In a round of the search `fresh`
    are the nodes into which it has not come yet, `left` those out of which it has.
    """

    def __init__(self, influence: Influence, impact: str) -> None:
        self.links = influence.steps.links
        self.impact = impact
        leading = find_leading(influence.steps, (impact,)) - {impact}
        self.leading = tuple(iri for iri in self.links if iri in leading)
        self.starts = tuple(start for start in influence.starts if start in leading)
        self.before: dict[str, str] = {}
        self.lasts: list[str] = []
        self.fresh: set[str] = set()
        self.left: set[str] = set()

    def saturate(self) -> None:
        """Find as many paths as there can be; the last round of the search finds none."""
        found = -1
        while found < len(self.lasts):
            found = len(self.lasts)
            self.fresh, self.left = set(self.leading), set()
            for start in self.starts:
                if start in self.fresh and (path := self._find_path((start, False))):
                    self._send(path)

    def list_paths(self) -> Iterator[tuple[str, ...]]:
        """Yield the paths in the order of their starts."""
        paths = {}
        for last in self.lasts:
            path = [self.impact, last]
            while before := self.before[path[-1]]:
                path.append(before)
            paths[path[-1]] = tuple(reversed(path))
        return (paths[start] for start in self.starts if start in paths)

    def list_cut(self) -> tuple[str, ...]:
        """Return the nodes into which the last round came, but not through them."""
        passed = self.fresh | self.left
        return tuple(iri for iri in self.leading if iri not in passed)

    def _send(self, path: Sequence[_Place]) -> None:
        """Join a path to the others: one that it runs back along goes on as it began."""
        self.before.setdefault(path[0][0], "")
        for (origin, leaving), (target, left) in pairwise(path):
            if leaving and not left:
                if origin == target:
                    del self.before[origin]
                else:
                    self.before[target] = origin
        self.lasts.append(path[-1][0])

    def _find_path(self, start: _Place) -> list[_Place]:
        """Return a path to a node before the impact through what is new, if there is one."""
        path: list[_Place] = []
        ways: list[Iterator[_Place]] = [iter((start,))]
        while ways:
            place = next(ways[-1], None)
            if place is None:
                ways.pop()
                del path[-1:]
                continue
            iri, leaving = place
            path.append(place)
            if not leaving:
                self.fresh.discard(iri)
            else:
                self.left.add(iri)
                if self.impact in self.links[iri]:
                    return path
            ways.append(self._list_new(iri, leaving=leaving))
        return []

    def _list_new(self, iri: str, *, leaving: bool) -> Iterator[_Place]:
        """Yield where a path can go on from one half of a node, as far as that is new by then."""
        if leaving:
            for following in self.links[iri]:
                if following in self.fresh:
                    yield following, False
            if iri in self.before and iri in self.fresh:
                yield iri, False
        else:
            origin = self.before.get(iri, iri)
            if origin and origin not in self.left:
                yield origin, True
