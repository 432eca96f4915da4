"""The steps of influence of a case study at a level, and where its chains of research start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from impactgraph.graph import CaseGraph, GraphNode, Kind, node_of, nodes_of
from impactgraph.model import Basis
from impactgraph.steps import Steps, count_ways, find_reached, read_steps

__all__ = ["Influence"]


class Influence:
    """How chains from the research reach impacts at a level: made once for all measures.

    Such a chain starts at a finding, or at an output to which no finding leads. The research as a
    whole is no member of a stage, so what is said of it makes no chain.
    """

    def __init__(self, graph: CaseGraph, basis: Basis) -> None:
        self.graph = graph
        self.basis = basis
        self.steps: Steps = read_steps(graph, basis, influence_only=True)
        self.before = _turn_round(self.steps)
        """What leads to each node, in the graph's order."""
        self.starts = tuple(
            node.iri
            for node in nodes_of(graph, Kind.FINDING, Kind.OUTPUT)
            if not self.before[node.iri]
        )
        reached = find_reached(self.steps, self.starts)
        self.impacts = nodes_of(graph, Kind.IMPACT)
        self.reached = tuple(impact for impact in self.impacts if impact.iri in reached)
        """The impacts that a chain from the research reaches."""

    def count_chains(self) -> Mapping[str, int]:
        """Return for each node how many chains lead to it from the research; 1 at a start."""
        count: dict[str, int] = {}
        for node, preceding in self.before.items():
            count[node] = sum(count[iri] for iri in preceding) + (node in self.starts)
        return count

    def count_ways(self) -> Mapping[str, int]:
        """Return for each node how many paths lead from it to an impact."""
        return count_ways(self.steps, {impact.iri for impact in self.impacts})

    def name_all(self, iris: tuple[str, ...]) -> tuple[GraphNode, ...]:
        """Return the nodes with some IRIs."""
        return tuple(node_of(self.graph, iri) for iri in iris)


def _turn_round(steps: Steps) -> Mapping[str, tuple[str, ...]]:
    before: dict[str, list[str]] = defaultdict(list)
    for origin, following in steps.links.items():
        for target in following:
            before[target].append(origin)
    return {iri: tuple(before[iri]) for iri in steps.links}
