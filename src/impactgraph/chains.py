"""Chains: paths through the stages, under a chosen basis."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from impactgraph.graph import CaseGraph, GraphNode, find_node, node_of
from impactgraph.model import Anchor, Basis, Link, Stage, Step
from impactgraph.paths import find_widest_paths, walk_strongest
from impactgraph.steps import Steps, count_by_length, read_steps
from impactgraph.wording import VERBS, capitalise, describe_basis

__all__ = [
    "Chain",
    "ChainSearch",
    "chain_along",
    "count_chains",
    "find_chains",
    "find_strongest_chain",
    "iterate_chains",
    "search_chains",
]


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


class ChainSearch:
    """The chains between some nodes: counted without being made, and made one at a time.

    `least` and `most` bound how many steps they have; without `most` they are as long as they are.
    """

    def __init__(
        self,
        graph: CaseGraph,
        steps: Steps,
        *,
        starts: Collection[str],
        ends: Collection[str],
        least: int = 1,
        most: int | None = None,
    ) -> None:
        self._graph = graph
        self._steps = steps
        self._starts = starts
        self._ends = ends
        self._least = least
        self._most = most

    def __iter__(self) -> Iterator[Chain]:
        """Yield the chains, strongest first."""
        for path in walk_strongest(
            self._steps, self._starts, self._ends, least=self._least, most=self._most
        ):
            yield chain_along(self._graph, self._steps, path)

    def count(self) -> int:
        """Return how many there are."""
        return sum(self.count_by_length().values())

    def count_by_length(self) -> dict[int, int]:
        """Return how many there are of each number of steps, shortest first."""
        found = count_by_length(self._steps, self._starts, self._ends)
        return {
            length: number
            for length, number in found.items()
            if length >= self._least and (self._most is None or length <= self._most)
        }


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
    found = search_chains(graph, basis=basis, origin=origin, target=target)
    return tuple(islice(found, limit))


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
    return iter(search_chains(graph, basis=basis, origin=origin, target=target))


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
    return search_chains(graph, basis=basis, origin=origin, target=target).count()


def search_chains(
    graph: CaseGraph,
    *,
    basis: Basis,
    origin: str | GraphNode | None = None,
    target: str | GraphNode | None = None,
    least: int = 1,
    most: int | None = None,
) -> ChainSearch:
    """Return a search for the chains that `find_chains` returns; it can count and list them.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        origin: where chains shall start: a node, its IRI, or kind and notation ("finding/a").
        target: where chains shall stop, likewise.
        least: how many steps they have at least. A chain of four steps touches all five stages.
        most: how many steps they have at most.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    steps = read_steps(graph, basis)
    starts = steps.starts if origin is None else {find_node(graph, origin).iri}
    ends = steps.ends if target is None else {find_node(graph, target).iri}
    return ChainSearch(
        graph,
        steps,
        starts=starts & steps.links.keys(),
        ends=ends & steps.links.keys(),
        least=least,
        most=most,
    )


def chain_along(graph: CaseGraph, steps: Steps, path: tuple[str, ...]) -> Chain:
    """Return the chain over the steps of a path."""
    return Chain(
        nodes=tuple(node_of(graph, iri) for iri in path),
        links=tuple(steps.links[origin][target] for origin, target in pairwise(path)),
    )


def find_strongest_chain(
    graph: CaseGraph, origin: str | GraphNode, target: str | GraphNode, *, basis: Basis
) -> Chain | None:
    """Return the strongest chain between two nodes: the widest path, or None where none joins them.

    Args:
        graph: a case study's graph.
        origin: where it starts: a node, its IRI, or kind and notation ("finding/a").
        target: where it stops, likewise.
        basis: the level; links of this basis and of surer ones count.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    start, end = find_node(graph, origin).iri, find_node(graph, target).iri
    steps = read_steps(graph, basis)
    path = find_widest_paths(steps, [start], end).get(start)
    return chain_along(graph, steps, path) if path else None
