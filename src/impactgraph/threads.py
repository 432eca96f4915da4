"""Threads: chains that one and the same party can tell from the output to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.chains import Chain, chain_along
from impactgraph.graph import CaseGraph, GraphNode, Kind, nodes_of
from impactgraph.model import Basis, Link, Step
from impactgraph.parties import Party
from impactgraph.paths import find_widest_paths
from impactgraph.steps import Steps, count_ways, read_steps
from impactgraph.wording import capitalise, count_of, name_together

__all__ = ["Thread", "find_threads", "find_witnesses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """That a party attests each step from an output to an impact.

    `strongest` is the strongest chain from the output to the impact over steps that the party
    attests, `chains` how many there are, `sources` in which of its sources the party speaks.
    """

    output: GraphNode
    impact: GraphNode
    party: Party
    basis: Basis
    chains: int
    strongest: Chain
    sources: tuple[GraphNode, ...]

    @property
    def sentence(self) -> str:
        """Who can tell the way from the output to the impact."""
        through = name_together(self.strongest.nodes[1:-1])
        way = f"through {through} " if through else ""
        many = f", by {count_of(self.chains, 'chain')}" if self.chains > 1 else ""
        return capitalise(
            f"{self.party.name} ({name_together(self.sources)}) attests each step from "
            f"{self.output.name} {way}to {self.impact.name}{many}."
        )


def find_threads(
    graph: CaseGraph, *, basis: Basis, known: Attestations | None = None
) -> tuple[Thread, ...]:
    """Return who attests every step from an output to an impact, by output, impact and name.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        known: who attests what at that level, where it is made already.
    """
    known = known or Attestations(graph, basis)
    steps = read_steps(graph, basis, influence_only=True)
    outputs, impacts = nodes_of(graph, Kind.OUTPUT), nodes_of(graph, Kind.IMPACT)
    attested = {
        link.iri: known.of_step(link)
        for following in steps.links.values()
        for link in following.values()
    }
    parties = {party.iri: party for found in attested.values() for party in found.parties}
    threads = []
    for party in parties.values():
        own = _narrow(steps, {iri for iri, found in attested.items() if party in found.parties})
        for impact in impacts:
            ways = count_ways(own, {impact.iri})
            widest = find_widest_paths(own, [output.iri for output in outputs], impact.iri)
            for output in outputs:
                if path := widest.get(output.iri):
                    chain = chain_along(graph, own, path)
                    speaking = {
                        source
                        for link in chain.links
                        for source in attested[link.iri].sources
                        if party in known.parties[source.iri]
                    }
                    threads.append(
                        Thread(
                            output=output,
                            impact=impact,
                            party=party,
                            basis=basis,
                            chains=ways[output.iri],
                            strongest=chain,
                            sources=tuple(sorted(speaking, key=lambda node: node.sort_key)),
                        )
                    )
    return tuple(
        sorted(
            threads,
            key=lambda found: (
                found.output.sort_key,
                found.impact.sort_key,
                found.party.sort_key,
            ),
        )
    )


def find_witnesses(chain: Chain, known: Attestations) -> tuple[Party, ...]:
    """Return the parties that attest every step of a chain after its output.

    A chain without an output, or that ends at one, has no such step, and so no witness. A source
    at its end is attested by those who speak for it.

    Args:
        chain: under the basis of `known`.
        known: who attests what.
    """
    kinds = [node.kind for node in chain.nodes]
    if Kind.OUTPUT not in kinds[:-1]:
        return ()
    speaking = [_find_parties(link, known) for link in chain.links[kinds.index(Kind.OUTPUT) :]]
    return tuple(party for party in speaking[0] if all(party in others for others in speaking[1:]))


def _find_parties(link: Link, known: Attestations) -> Sequence[Party]:
    if link.step is Step.CORROBORATED_BY:
        return known.parties[link.target]
    return known.of_step(link).parties


def _narrow(steps: Steps, links: set[str]) -> Steps:
    """Return those of the steps that some links stand for."""
    kept = {
        origin: {target: link for target, link in following.items() if link.iri in links}
        for origin, following in steps.links.items()
    }
    ranks = {
        origin: {target: steps.ranks[origin][target] for target in following}
        for origin, following in kept.items()
    }
    return Steps(kept, ranks)
