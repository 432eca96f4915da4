"""The steps that count at a level of basis, and how many paths lead over them.

Counting never enumerates: a graph may have more paths than anybody could list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.graph import CaseGraph
from impactgraph.model import Basis, Link, Step

__all__ = [
    "Steps",
    "count_by_length",
    "count_paths",
    "count_ways",
    "find_leading",
    "find_reached",
    "read_steps",
]

_CHAINS = tuple(step for step in Step if step.chains)
_LEADS = tuple(step for step in Step if step.leads)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps between stages that count at a level, at most one from a node to another.

    `links` has for each member of a stage what it leads to and by which link, `ranks` how weak that
    link is: 0 for the strongest of the graph, 1 for the next strongest. Both are in the graph's
    order; as every step goes to a later stage, that order is topological.
    """

    links: dict[str, dict[str, Link]]
    ranks: dict[str, dict[str, int]]

    @property
    def starts(self) -> set[str]:
        """The nodes to which no step leads."""
        return set(self.links).difference(*self.links.values())

    @property
    def ends(self) -> set[str]:
        """The nodes from which no step leads on."""
        return {iri for iri, following in self.links.items() if not following}


def read_steps(graph: CaseGraph, basis: Basis, *, influence_only: bool = False) -> Steps:
    """Return the steps of a case study that count at a level.

    Of several links for one step, the strongest that the level admits stands for it.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        influence_only: leave out corroboration, so that paths end at impacts.
    """
    counted = _LEADS if influence_only else _CHAINS
    admitted = tuple(known for known in Basis if basis.admits(known))
    links: dict[str, dict[str, Link]] = {
        iri: {}
        for iri, attributes in graph.nodes(data=True)
        if attributes["node"].stage is not None
    }
    strengths: dict[str, dict[str, tuple[int, Decimal]]] = {iri: {} for iri in links}
    for origin, following in graph.adjacency():
        if origin not in links:
            continue
        best, known = links[origin], strengths[origin]
        for target, keyed in following.items():
            for attributes in keyed.values():
                link: Link = attributes["link"]
                if link.step in counted and link.basis in admitted:
                    strength = link.strength
                    if target not in known or strength > known[target]:
                        best[target], known[target] = link, strength
    return Steps(links, _rank(strengths))


def count_paths(steps: Steps, starts: Collection[str], ends: Collection[str]) -> int:
    """Return how many paths of at least one step lead from a start to an end."""
    ways = count_ways(steps, ends)
    return sum(ways[start] for start in starts)


def count_ways(steps: Steps, ends: Collection[str]) -> dict[str, int]:
    """Return for every node how many paths of at least one step lead from it to an end."""
    ways: dict[str, int] = {}
    for node in reversed(steps.links):
        following = steps.links[node]
        ways[node] = sum(ways[iri] for iri in following) + sum(iri in ends for iri in following)
    return ways


def count_by_length(steps: Steps, starts: Collection[str], ends: Collection[str]) -> dict[int, int]:
    """Return how many paths of each length lead from a start to an end.

    Returns:
        The number of paths by their number of steps, shortest first; lengths without any are left
        out.
    """
    ways: dict[str, Counter[int]] = {}
    for node in reversed(steps.links):
        found: Counter[int] = Counter()
        for following in steps.links[node]:
            found[1] += following in ends
            for length, number in ways[following].items():
                found[length + 1] += number
        ways[node] = found
    total = sum((ways[start] for start in starts), Counter[int]())
    return {length: total[length] for length in sorted(total) if total[length]}


def find_reached(steps: Steps, starts: Iterable[str]) -> set[str]:
    """Return the starts and every node to which a path leads from one of them."""
    reached = set(starts)
    for node, following in steps.links.items():
        if node in reached:
            reached.update(following)
    return reached


def find_leading(steps: Steps, ends: Iterable[str]) -> set[str]:
    """Return the ends and every node from which a path leads to one of them."""
    leading = set(ends)
    for node in reversed(steps.links):
        if not leading.isdisjoint(steps.links[node]):
            leading.add(node)
    return leading


def _rank(strengths: dict[str, dict[str, tuple[int, Decimal]]]) -> dict[str, dict[str, int]]:
    occurring = {strength for known in strengths.values() for strength in known.values()}
    ranks = {strength: rank for rank, strength in enumerate(sorted(occurring, reverse=True))}
    return {
        origin: {target: ranks[strength] for target, strength in known.items()}
        for origin, known in strengths.items()
    }
