"""Which findings are joined to an impact by content: every way of each, not the strongest only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from impactgraph.chains import Chain, chain_along
from impactgraph.graph import CaseGraph, GraphNode, Kind, nodes_of
from impactgraph.model import Basis
from impactgraph.paths import walk_strongest
from impactgraph.steps import Steps, read_steps
from impactgraph.underpinnings import ImpactUnderpinning
from impactgraph.views.values import Influence

__all__ = ["list_influences"]

MOST_CHAINS = 64
"""How many chains are looked through for each finding on average, the strongest first."""


def list_influences(graph: CaseGraph, explained: ImpactUnderpinning) -> Iterator[Influence]:
    """Yield what joins findings to an impact, save what the document states.

    A finding has a row for each weakest link of its chains, so that a way that all impacts share
    does not hide one of this impact's own.

    Args:
        graph: a case study's graph.
        explained: what the impact rests on, under the basis that counts.
    """
    steps = read_steps(graph, explained.basis, influence_only=True)
    impacts = {node.iri for node in nodes_of(graph, Kind.IMPACT)}
    chains = {found.finding.iri: [found.strongest] for found in explained.findings}
    paths = walk_strongest(steps, chains.keys(), {explained.impact.iri})
    for path in islice(paths, MOST_CHAINS * len(chains)):
        chains[path[0]].append(chain_along(graph, steps, path))
    for found in explained.findings:
        by_weakest: dict[str, Chain] = {}
        for chain in chains[found.finding.iri]:
            by_weakest.setdefault(chain.weakest.iri, chain)
        for chain in by_weakest.values():
            if chain.basis is not Basis.STATED:
                yield _describe(chain, _shared_by_all(steps, chain, impacts))


def _describe(chain: Chain, shared: GraphNode | None) -> Influence:
    link = chain.weakest
    return Influence(
        finding=chain.nodes[0].name,
        through=tuple(node.name for node in chain.nodes[1:-1]),
        basis=link.basis,
        confidence=link.confidence,
        because=link.rationale,
        shared=shared.kind.value if shared else None,
    )


def _shared_by_all(steps: Steps, chain: Chain, impacts: set[str]) -> GraphNode | None:
    """Return the last node before the impact where its steps to all impacts are said together."""
    last = chain.nodes[-2]
    if len(impacts) > 1 and impacts <= set(steps.links[last.iri]):
        links = [steps.links[last.iri][impact] for impact in impacts]
        if all(link.collective and link.basis is Basis.STATED for link in links):
            return last
    return None
