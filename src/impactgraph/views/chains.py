"""Chains as the page shows them: each a sentence, its steps, the weakest of them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from impactgraph.chains import Chain
from impactgraph.graph import CaseGraph, nodes_of
from impactgraph.model import Basis, Stage
from impactgraph.views.case_study import view_passages
from impactgraph.views.places import Place, view_places
from impactgraph.views.quotes import Passage
from impactgraph.views.values import name_basis
from impactgraph.wording import VERBS

__all__ = ["ChainStep", "ChainView", "list_ends", "view_chains"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """A step of a chain: what it says of the node before it and the node at its end, and why.

    `link` is the last part of its link's IRI, by which the page of the graph calls it.
    """

    link: str
    words: str
    target: Place
    basis: Basis
    sure: str
    weakest: bool
    rationale: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """A chain: where it starts, its steps, and the stages between its ends that it skips.

    `weakest` says how sure its weakest step is.
    """

    sentence: str
    start: Place
    steps: tuple[ChainStep, ...]
    weakest: str
    skipped: tuple[str, ...]
    complete: bool


def view_chains(chains: Iterable[Chain], graph: CaseGraph) -> Iterator[ChainView]:
    """Yield chains as the page shows them.

    Args:
        chains: chains of the case study.
        graph: the case study's graph.
    """
    for chain in chains:
        places = view_places(chain.nodes, graph)
        weakest = chain.weakest
        steps = tuple(
            ChainStep(
                link=link.iri.rpartition("/")[2],
                words=VERBS[link.step],
                target=target,
                basis=link.basis,
                sure=name_basis(link.basis, link.confidence, collective=link.collective),
                weakest=link.strength == weakest.strength,
                rationale=link.rationale,
                passages=view_passages(link.anchors),
            )
            for link, (_, target) in zip(chain.links, pairwise(places), strict=True)
        )
        yield ChainView(
            sentence=chain.sentence,
            start=places[0],
            steps=steps,
            weakest=next(step.sure for step in steps if step.weakest),
            skipped=tuple(stage.value for stage in chain.skipped),
            complete=chain.complete,
        )


def list_ends(graph: CaseGraph) -> tuple[tuple[Stage, tuple[Place, ...]], ...]:
    """Return the nodes between which chains may run, by their stages."""
    staged = [node for node in nodes_of(graph) if node.stage is not None]
    return tuple(
        (stage, view_places((node for node in staged if node.stage is stage), graph))
        for stage in Stage
    )
