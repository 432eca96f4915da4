"""Chains: paths through the stages, under a chosen basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from impactgraph.graph import CaseGraph, GraphNode, find_node, node_of
from impactgraph.model import Anchor, Basis, Link, Stage, Step
from impactgraph.steps import StepGraph, count_paths, select_steps, walk_strongest
from impactgraph.wording import VERBS, capitalise, describe_basis

__all__ = ["Chain", "chain_along", "count_chains", "find_chains", "iterate_chains"]


@dataclass(frozen=True, slots=True)
class Chain:
    """A path of at least one step through the stages: its nodes, and the links between them."""

    nodes: tuple[GraphNode, ...]
    links: tuple[Link, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stage of each node."""
        return tuple(node.stage for node in self.nodes if node.stage is not None)

    @property
    def start(self) -> Stage:
        """The stage at which the chain starts."""
        return self.stages[0]

    @property
    def stop(self) -> Stage:
        """The stage at which the chain stops."""
        return self.stages[-1]

    @property
    def skipped(self) -> tuple[Stage, ...]:
        """The stages between start and stop that the chain does not touch."""
        between = list(Stage)[self.start.rank : self.stop.rank]
        return tuple(stage for stage in between if stage not in self.stages)

    @property
    def reaching(self) -> bool:
        """Whether the chain leads from a finding or output to an impact."""
        return self.start in (Stage.FINDING, Stage.OUTPUT) and Stage.IMPACT in self.stages

    @property
    def complete(self) -> bool:
        """Whether the chain touches all five stages."""
        return len(self.stages) == len(Stage)

    @property
    def weakest(self) -> Link:
        """The weakest link; of equally weak ones, the first."""
        return min(self.links, key=lambda link: link.strength)

    @property
    def strength(self) -> tuple[int, Decimal]:
        """The strength of the weakest link: rank of its basis, then confidence, greatest best."""
        return self.weakest.strength

    @property
    def basis(self) -> Basis:
        """The basis of the weakest link."""
        return self.weakest.basis

    @property
    def collective(self) -> bool:
        """Whether some link is said of enumerated members together."""
        return any(link.collective for link in self.links)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The places that the links rest on, in the chain's order, each once."""
        return tuple(dict.fromkeys(anchor for link in self.links for anchor in link.anchors))

    @property
    def sentence(self) -> str:
        """The chain in words, each step with its basis."""
        words = self.nodes[0].name
        for position, link in enumerate(self.links):
            origin, target = self.nodes[position : position + 2]
            basis = describe_basis(link, origin, target)
            if position == 0:
                words += f" {VERBS[link.step]} {target.name} ({basis})"
            elif link.step is Step.CORROBORATED_BY:
                words += f", which {target.name} corroborates ({basis})"
            else:
                words += f", which {VERBS[link.step]} {target.name} ({basis})"
        return capitalise(words) + "."


def find_chains(
    graph: CaseGraph,
    *,
    basis: Basis,
    origin: str | GraphNode | None = None,
    target: str | GraphNode | None = None,
    limit: int | None = None,
) -> tuple[Chain, ...]:
    """Return the chains of a case study under a basis, strongest first.

    Without origin and target these are the paths that can be extended at neither end; with one of
    them, the paths from or to it that cannot be extended at the other end; with both, all paths
    between the two. Of equally strong chains the shorter come first, then those whose nodes do.
    Of several links for one step the strongest stands for it, so chains are told apart by nodes.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        origin: where chains shall start: a node, its IRI, or kind and notation ("finding/a").
        target: where chains shall stop, likewise.
        limit: how many to return at most; the rest is never made.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    return tuple(islice(iterate_chains(graph, basis=basis, origin=origin, target=target), limit))


def iterate_chains(
    graph: CaseGraph,
    *,
    basis: Basis,
    origin: str | GraphNode | None = None,
    target: str | GraphNode | None = None,
) -> Iterator[Chain]:
    """Yield the chains that `find_chains` returns, one at a time.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    steps = select_steps(graph, basis)
    starts, ends = _ends(graph, steps, origin, target)
    for path in walk_strongest(steps, starts, ends):
        yield chain_along(graph, steps, path)


def chain_along(graph: CaseGraph, steps: StepGraph, path: tuple[str, ...]) -> Chain:
    """Return the chain over the steps of a path."""
    return Chain(
        nodes=tuple(node_of(graph, iri) for iri in path),
        links=tuple(steps.edges[step]["link"] for step in pairwise(path)),
    )


def count_chains(
    graph: CaseGraph,
    *,
    basis: Basis,
    origin: str | GraphNode | None = None,
    target: str | GraphNode | None = None,
) -> int:
    """Return how many chains `find_chains` would find, without making them.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    steps = select_steps(graph, basis)
    return count_paths(steps, *_ends(graph, steps, origin, target))


def _ends(
    graph: CaseGraph,
    steps: StepGraph,
    origin: str | GraphNode | None,
    target: str | GraphNode | None,
) -> tuple[set[str], set[str]]:
    if origin is None:
        starts = {iri for iri in steps if not steps.pred[iri]}
    else:
        starts = {find_node(graph, origin).iri} & set(steps)
    if target is None:
        ends = {iri for iri in steps if not steps.succ[iri]}
    else:
        ends = {find_node(graph, target).iri} & set(steps)
    return starts, ends
