"""Paths over the steps that count, strongest first: the widest of a pair, or all of them lazily.

A path is as strong as its weakest step, so the strongest between two nodes is the widest (M.
Pollack, "The Maximum Capacity Through a Network", Operations Research 8(5), 1960). Of equally
strong paths the shorter come first, then those whose nodes do. A walk holds one path and, for each
node, a few integers: what it needs does not grow with the number of paths.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from impactgraph.steps import Steps

__all__ = ["Path", "find_widest_paths", "walk_strongest"]

Path: TypeAlias = tuple[str, ...]
_Ranks: TypeAlias = dict[str, dict[str, int]]

_AT_ONCE = 256
"""How many ranks are looked at together: a graph may have as many as it has links."""
_NEVER = sys.maxsize


def walk_strongest(
    steps: Steps,
    starts: Collection[str],
    ends: Collection[str],
    *,
    least: int = 1,
    most: int | None = None,
) -> Iterator[Path]:
    """Yield the paths from a start to an end, strongest first.

    Passes over the steps find which ranks the weakest step of such a path can have, a few ranks at
    a time. For each of these another pass finds which lengths of path end well, so that the walk
    meets no dead ends.

    Args:
        steps: the steps that count.
        starts: the nodes to start from.
        ends: the nodes to arrive at.
        least: how many steps a path has at least: one or more.
        most: how many it has at most; as many as there are where it is None.
    """
    firsts = [iri for iri in steps.ranks if iri in starts]
    weakest_of_all = max(
        (rank for following in steps.ranks.values() for rank in following.values()), default=-1
    )
    rank: int | None = 0
    while rank is not None:
        last = rank + _AT_ONCE - 1
        near = steps.ranks if last >= weakest_of_all else _keep(steps.ranks, last)
        for weakest in _find_weakest_ranks(near, firsts, ends, rank):
            lengths = _Lengths(near, ends, weakest)
            beyond = max(lengths.within[first].bit_length() for first in firsts)
            for length in range(least, beyond if most is None else min(beyond, most + 1)):
                for first in firsts:
                    yield from lengths.walk((first,), length, weakest_met=False)
        rank = None
        if last < weakest_of_all:
            rank = _find_next_rank(steps.ranks, firsts, ends, after=last)


def find_widest_paths(steps: Steps, starts: Collection[str], end: str) -> Mapping[str, Path]:
    """Return the strongest path from each start to an end, where there is one.

    Args:
        steps: the steps that count.
        starts: the nodes to start from.
        end: the node to arrive at.
    """
    widest = _find_widest_ranks(steps, end)
    wanted = [start for start in starts if start in widest and start != end]
    distances = {
        rank: _find_distances(steps, end, rank) for rank in {widest[start] for start in wanted}
    }
    return {
        start: _descend(steps, start, widest[start], distances[widest[start]]) for start in wanted
    }


def _keep(ranks: _Ranks, last: int) -> _Ranks:
    """Return the steps up to a rank."""
    return {
        node: {iri: rank for iri, rank in following.items() if rank <= last}
        for node, following in ranks.items()
    }


def _find_next_rank(
    ranks: _Ranks, starts: Collection[str], ends: Collection[str], *, after: int
) -> int | None:
    """Return the least rank beyond one that the weakest step of a path can have."""
    least: dict[str, int] = {}
    beyond: dict[str, int] = {}
    for node in reversed(ranks):
        any_rank = later = _NEVER
        for following, rank in ranks[node].items():
            weakest = max(rank, -1 if following in ends else least[following])
            any_rank = min(any_rank, weakest)
            later = min(later, weakest if rank > after else beyond[following])
        least[node], beyond[node] = any_rank, later
    found = min((beyond[start] for start in starts), default=_NEVER)
    return None if found == _NEVER else found


def _find_weakest_ranks(
    ranks: _Ranks, starts: Collection[str], ends: Collection[str], first: int
) -> Iterator[int]:
    """Yield which ranks, from one on, the weakest step of a path may have.

    Sets of ranks are bits of an integer: bit 0 stands for all ranks before `first`.
    """
    found: dict[str, int] = {}
    for node in reversed(ranks):
        weakest = 0
        for following, rank in ranks[node].items():
            own, rest = 1 << max(rank - first + 1, 0), found[following]
            if following in ends or rest & (own - 1):
                weakest |= own
            weakest |= rest & -own
        found[node] = weakest
    every = 0
    for start in starts:
        every |= found[start]
    for offset in range(every.bit_length() - 1):
        if every >> offset & 2:
            yield first + offset


def _find_widest_ranks(steps: Steps, end: str) -> Mapping[str, int]:
    """Return for every node that leads to an end the rank of the strongest path to it."""
    widest = {end: 0}
    for node in reversed(steps.ranks):
        ranks = [
            max(rank, widest[following])
            for following, rank in steps.ranks[node].items()
            if following in widest
        ]
        if ranks:
            widest[node] = min(ranks)
    return widest


def _find_distances(steps: Steps, end: str, weakest: int) -> Mapping[str, int]:
    """Return how many steps, none weaker than a rank, each node is at least away from an end."""
    distances = {end: 0}
    for node in reversed(steps.ranks):
        found = [
            distances[following] + 1
            for following, rank in steps.ranks[node].items()
            if rank <= weakest and following in distances
        ]
        if found:
            distances[node] = min(found)
    return distances


def _descend(steps: Steps, start: str, weakest: int, distances: Mapping[str, int]) -> Path:
    path = [start]
    while left := distances[path[-1]]:
        path.append(
            next(
                following
                for following, rank in steps.ranks[path[-1]].items()
                if rank <= weakest and distances.get(following) == left - 1
            )
        )
    return tuple(path)


class _Lengths:
    """Of which lengths there are paths to an end with no step weaker than a rank.

    Sets of lengths are bits of an integer: bit n stands for n steps.
    """

    def __init__(self, ranks: _Ranks, ends: Collection[str], weakest: int) -> None:
        self.ranks = ranks
        self.weakest = weakest
        self.without: dict[str, int] = {}
        """Any path with no weaker step."""
        self.within: dict[str, int] = {}
        """Such a path that has a step of just this rank."""
        for node in reversed(ranks):
            without, within = int(node in ends), 0
            for following, rank in ranks[node].items():
                if rank <= weakest:
                    without |= self.without[following] << 1
                    rest = self.without if rank == weakest else self.within
                    within |= rest[following] << 1
            self.without[node], self.within[node] = without, within

    def walk(self, path: Path, left: int, *, weakest_met: bool) -> Iterator[Path]:
        """Yield the ways to extend a path by just `left` steps."""
        fitting = self.without if weakest_met else self.within
        if not fitting[path[-1]] >> left & 1:
            return
        if left == 0:
            yield path
            return
        for following, rank in self.ranks[path[-1]].items():
            if rank <= self.weakest:
                met = weakest_met or rank == self.weakest
                yield from self.walk((*path, following), left - 1, weakest_met=met)
