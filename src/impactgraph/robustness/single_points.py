"""Single points of failure: what every chain from the research to an impact passes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from impactgraph.graph import CaseGraph, GraphNode, node_of
from impactgraph.model import Basis, Link
from impactgraph.robustness.influence import Influence
from impactgraph.wording import VERBS, capitalise, level_words

__all__ = ["Passage", "SinglePoint", "find_passages", "find_single_points"]

Passage: TypeAlias = tuple[str, ...]
"""A node as `(iri,)`, or a step as `(origin, target)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePoint:
    """A node or a link that all chains from the research to an impact pass through.

    One of `node` and `link` is None; `chains` is how many chains there are. Without it no chain
    from the research reaches the impact.
    """

    impact: GraphNode
    basis: Basis
    node: GraphNode | None
    link: Link | None
    origin: GraphNode
    target: GraphNode | None
    chains: int

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        if self.link is None or self.target is None:
            return self.origin.name
        return f"the step that {self.origin.name} {VERBS[self.link.step]} {self.target.name}"

    @property
    def sentence(self) -> str:
        """That without it no chain is left."""
        every = "the only chain" if self.chains == 1 else f"all {self.chains} chains"
        passes = "passes" if self.chains == 1 else "pass"
        return capitalise(
            f"{every} from the research to {self.impact.name} ({level_words(self.basis)}) {passes} "
            f"through {self.name}."
        )


def find_single_points(
    graph: CaseGraph, *, basis: Basis, influence: Influence | None = None
) -> tuple[SinglePoint, ...]:
    """Return the nodes and links that all chains from the research to an impact pass through.

    In the flow graph of the steps of influence, with a root before every finding and every output
    to which no finding leads, these are the dominators of the impact but for root and impact
    (T. Lengauer, R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM
    Transactions on Programming Languages and Systems 1(1), 1979), and the steps that would be
    dominators if each were cut in two by a node of its own.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        influence: the steps at this level, where they have been read already.

    Returns:
        For each impact that chains reach, in their order, its single points along the chains.
    """
    influence = influence or Influence(graph, basis)
    passages = find_passages(influence, influence.starts)
    chains = influence.count_chains()
    order = {iri: position for position, iri in enumerate(influence.steps.links)}
    return tuple(
        _to_single_point(influence, impact, passage, chains[impact.iri])
        for impact in influence.reached
        for passage in sorted(
            passages[impact.iri] - {(impact.iri,)}, key=lambda some: [order[iri] for iri in some]
        )
    )


def find_passages(
    influence: Influence, starts: tuple[str, ...]
) -> Mapping[str, frozenset[Passage]]:
    """Return for each node that some starts reach what every path to it passes through.

    The set of a node is itself and what is common to the ways to it: the equation that K. D.
    Cooper, T. J. Harvey and K. Kennedy solve by iteration ("A Simple, Fast Dominance Algorithm",
    2001). Steps lead to later stages only, so one pass in the graph's order solves it.
    """
    passages: dict[str, frozenset[Passage]] = {}
    for iri, preceding in influence.before.items():
        if iri in starts:
            passages[iri] = frozenset({(iri,)})
            continue
        ways = [passages[before] | {(before, iri)} for before in preceding if before in passages]
        if ways:
            passages[iri] = frozenset.intersection(*ways) | {(iri,)}
    return passages


def _to_single_point(
    influence: Influence, impact: GraphNode, passage: Passage, chains: int
) -> SinglePoint:
    origin = node_of(influence.graph, passage[0])
    step = passage[1:]
    return SinglePoint(
        impact=impact,
        basis=influence.basis,
        node=None if step else origin,
        link=influence.steps.links[origin.iri][step[0]] if step else None,
        origin=origin,
        target=node_of(influence.graph, step[0]) if step else None,
        chains=chains,
    )
