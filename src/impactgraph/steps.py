"""The steps that count at a level of basis, and the paths over them: counted, or walked in order.

Counting never enumerates, and walking holds one path at a time: a graph may have more paths than
fit in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from impactgraph.graph import CaseGraph, Kind, links_of, nodes_of
from impactgraph.model import Basis, Link, Step

__all__ = ["StepGraph", "count_paths", "count_ways", "select_steps", "walk_strongest"]

if TYPE_CHECKING:
    StepGraph: TypeAlias = nx.DiGraph[str]
else:
    StepGraph = nx.DiGraph

_STAGES = tuple(kind for kind in Kind if kind.stage is not None)


def select_steps(graph: CaseGraph, basis: Basis, *, influence_only: bool = False) -> StepGraph:
    """Return the steps between stages that count at a level, one edge a step.

    Of several links for one step, the strongest that the level admits stands for it.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        influence_only: leave out corroboration, so that paths end at impacts.

    Returns:
        An acyclic graph of every node that is a member of a stage, in their order. Each edge has
        `link`, and `rank`: 0 for the strongest links of the graph, 1 for the next strongest.
    """
    steps: StepGraph = nx.DiGraph()
    steps.add_nodes_from(node.iri for node in nodes_of(graph, *_STAGES))
    counted = {step for step in Step if (step.leads if influence_only else step.chains)}
    admitted = {known for known in Basis if basis.admits(known)}
    best: dict[tuple[str, str], Link] = {}
    for link in links_of(graph):
        if link.step in counted and link.basis in admitted and link.origin in steps:
            ends = (link.origin, link.target)
            if ends not in best or _is_stronger(link, best[ends]):
                best[ends] = link
    kinds = {_kind_of(link): link for link in best.values()}
    strengths = sorted({link.strength for link in kinds.values()}, reverse=True)
    ranks = {kind: strengths.index(link.strength) for kind, link in kinds.items()}
    order = {iri: position for position, iri in enumerate(steps)}
    steps.add_edges_from(
        (
            origin,
            target,
            {"link": best[origin, target], "rank": ranks[_kind_of(best[origin, target])]},
        )
        for origin, target in sorted(best, key=lambda ends: (order[ends[0]], order[ends[1]]))
    )
    return steps


def count_paths(steps: StepGraph, starts: Collection[str], ends: Collection[str]) -> int:
    """Return how many paths of at least one step lead from a start to an end.

    >>> ladder = nx.DiGraph([("a", "1"), ("a", "2"), ("1", "x"), ("2", "x")])
    >>> count_paths(ladder, {"a"}, {"x"})
    2
    """
    ways = count_ways(steps, ends)
    return sum(ways[start] for start in starts)


def count_ways(steps: StepGraph, ends: Collection[str]) -> dict[str, int]:
    """Return for every node how many paths of at least one step lead from it to an end."""
    ways: dict[str, int] = {}
    for node in reversed(list(nx.topological_sort(steps))):
        ways[node] = sum(ways[following] + (following in ends) for following in steps[node])
    return ways


def walk_strongest(
    steps: StepGraph, starts: Collection[str], ends: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the paths from a start to an end, of at least one step, strongest first.

    A path is as strong as its weakest step. Of equally strong paths the shorter come first, then
    those whose nodes come first. For each strength one pass over the steps finds which lengths of
    path end well, so the walk meets no dead ends.
    """
    order = {iri: position for position, iri in enumerate(steps)}
    firsts = sorted(starts, key=order.__getitem__)
    backwards = list(reversed(list(nx.topological_sort(steps))))
    for rank in sorted({step["rank"] for _, _, step in steps.edges(data=True)}):
        lengths = _Lengths(steps, ends, rank, backwards)
        longest = max((lengths.within[first].bit_length() for first in firsts), default=0)
        for length in range(1, longest):
            for first in firsts:
                yield from lengths.walk((first,), length, weakest_met=False)


class _Lengths:
    """Of which lengths there are paths to an end with no step weaker than a rank.

    Sets of lengths are bits of an integer: bit n stands for n steps.
    """

    def __init__(
        self, steps: StepGraph, ends: Collection[str], rank: int, backwards: list[str]
    ) -> None:
        self.steps = steps
        self.rank = rank
        self.without: dict[str, int] = {}
        """Any path with no weaker step."""
        self.within: dict[str, int] = {}
        """Such a path that has a step of just this rank."""
        for node in backwards:
            without, within = int(node in ends), 0
            for following, step in steps[node].items():
                if step["rank"] <= rank:
                    without |= self.without[following] << 1
                    rest = self.without if step["rank"] == rank else self.within
                    within |= rest[following] << 1
            self.without[node], self.within[node] = without, within

    def walk(
        self, path: tuple[str, ...], left: int, *, weakest_met: bool
    ) -> Iterator[tuple[str, ...]]:
        """Yield the ways to extend a path by just `left` steps."""
        fitting = self.without if weakest_met else self.within
        if not fitting[path[-1]] >> left & 1:
            return
        if left == 0:
            yield path
            return
        for following, step in self.steps[path[-1]].items():
            if step["rank"] <= self.rank:
                met = weakest_met or step["rank"] == self.rank
                yield from self.walk((*path, following), left - 1, weakest_met=met)


def _kind_of(link: Link) -> tuple[Basis, bool, Decimal]:
    """Return what alone decides how strong a link is."""
    return link.basis, link.collective, link.confidence


def _is_stronger(link: Link, other: Link) -> bool:
    if link.strength != other.strength:
        return link.strength > other.strength
    return link.iri < other.iri
