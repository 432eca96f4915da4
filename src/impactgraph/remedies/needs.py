"""What each impact would need: a voice from outside, and evidence for its claims without source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, nodes_of
from impactgraph.model import Basis, Step
from impactgraph.remedies.asking import Asking
from impactgraph.wording import capitalise, count_of, join_words, level_words

__all__ = ["Need", "Wanted", "list_needs"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would show some claims that have no source."""

    evidence: str
    claims: tuple[GraphNode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an impact would need.

    `outside` says whether nobody without a known part in the research speaks for it; `voices` are
    the organisations named in it that could: they are a party to nothing in the work, and nobody
    who speaks for it works there; of these `funders` are named only as having given money. `groups`
    are people named in it as beneficiaries who have no known part. `wanted` is what would show its
    claims that have no source.
    """

    impact: GraphNode
    basis: Basis
    outside: bool
    voices: tuple[str, ...]
    funders: tuple[str, ...]
    groups: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def sentence(self) -> str:
        """What it would need."""
        clauses = []
        if self.outside:
            named = f" (named in it: {join_words(self.voices)})" if self.voices else ""
            clauses.append(f"a source from somebody with no known part in the research{named}")
        number = sum(len(wanted.claims) for wanted in self.wanted)
        if number:
            clauses.append(
                f"a source for {count_of(number, 'claim')} that {'has' if number == 1 else 'have'} "
                f"none ({level_words(self.basis)})"
            )
        if not clauses:
            return f"{capitalise(self.impact.name)} needs no further source."
        return f"{capitalise(self.impact.name)} would need {', and '.join(clauses)}."


def list_needs(
    graph: CaseGraph, *, basis: Basis, known: Attestations | None = None
) -> tuple[Need, ...]:
    """Return what each impact would need, in their order.

    Args:
        graph: a case study's graph.
        basis: the level; inferred links count for nothing here, as they close no gap.
        known: who attests what at that level, where it is made already.
    """
    level = Basis.STATED if basis is Basis.STATED else Basis.CURATED
    if known is None or known.basis is not level:
        known = Attestations(graph, level)
    asking = Asking(graph)
    sourced = {
        link.origin
        for link in links_of(graph)
        if link.step is Step.CORROBORATED_BY and level.admits(link.basis)
    }
    needs = []
    for impact in nodes_of(graph, Kind.IMPACT):
        parties = known.of(impact.iri).parties
        near = {place.iri for party in parties for place in party.organisations}
        claims = asking.claims_of[impact.iri]
        named = dict.fromkeys(iri for claim in claims for iri in asking.holders_of(claim.iri))
        outsiders = [iri for iri in named if iri not in near and iri not in asking.involved]
        groups = dict.fromkeys(iri for claim in claims for iri in asking.gaining_groups(claim.iri))
        wanted: dict[str, list[GraphNode]] = defaultdict(list)
        for claim in claims:
            if claim.iri not in sourced:
                wanted[asking.evidence_for(claim.iri)].append(claim)
        needs.append(
            Need(
                impact=impact,
                basis=level,
                outside=all(party.known_part for party in parties),
                voices=tuple(asking.organisations[iri].label for iri in outsiders),
                funders=tuple(
                    asking.organisations[iri].label for iri in outsiders if asking.is_funder(iri)
                ),
                groups=tuple(
                    asking.name_group(iri) for iri in groups if iri not in asking.involved
                ),
                wanted=tuple(Wanted(words, tuple(nodes)) for words, nodes in wanted.items()),
            )
        )
    return tuple(needs)
