"""Corroboration by party: how many parties an impact rests on, and how many it can lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations, Attested
from impactgraph.graph import CaseGraph, GraphNode, Kind, nodes_of
from impactgraph.model import Basis
from impactgraph.parties import Colleagues, Party, describe_parties, find_colleagues
from impactgraph.wording import capitalise, count_of, join_words, level_words, name_together

__all__ = ["Corroboration", "Cut", "Tally", "measure_corroboration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Three numbers: sources, known parties of these, and of them those with no known part."""

    sources: int
    parties: int
    no_known_part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The fewest parties whose withdrawal leaves an impact, or a claim, without a source.

    `parties` are the known ones among them. Who speaks for the sources in `unknown` may be one of
    these, or somebody else for each: hence a least and a most. `claim` is the claim, or None where
    it is the impact that is left without a source.
    """

    parties: tuple[Party, ...]
    unknown: tuple[GraphNode, ...]
    claim: GraphNode | None = None

    @property
    def least(self) -> int:
        """How many must withdraw at the least."""
        return max(len(self.parties), int(bool(self.unknown)))

    @property
    def most(self) -> int:
        """How many must withdraw at the most."""
        return len(self.parties) + len(self.unknown)

    @property
    def names(self) -> str:
        """Who must withdraw."""
        whose = [f"whoever speaks for {source.name}" for source in self.unknown]
        return join_words([*(party.name for party in self.parties), *whose])


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How many sources and parties corroborate an impact, and how many it can lose.

    `tally` counts what corroborates the impact or one of its claims. `weakest` is the least of
    each number over its claims (None: it has no claim); `unsourced` are the claims without a
    source. `to_lose_all` are the fewest parties without whom nothing corroborates the impact,
    `to_lose_one` those without whom one of its claims loses its last source (None: no claim has
    one). `colleagues` notes which parties are, or work at, one organisation.
    """

    impact: GraphNode
    basis: Basis
    attested: Attested
    tally: Tally
    weakest: Tally | None
    claims: int
    unsourced: tuple[GraphNode, ...]
    to_lose_all: Cut
    to_lose_one: Cut | None
    colleagues: tuple[Colleagues, ...]

    @property
    def sentence(self) -> str:
        """The numbers, who the parties are, and what withdrawals the impact survives."""
        if not self.tally.sources:
            return f"{capitalise(self.impact.name)} has no source ({level_words(self.basis)})."
        sources = count_of(self.tally.sources, "source")
        names = join_words([source.notation or source.label for source in self.attested.sources])
        clauses = [
            f"{self.impact.name} has {sources} ({names}) of {_say_parties(self.tally.parties)} "
            f"({level_words(self.basis)})",
            describe_parties(self.attested.parties, self.attested.unknown),
        ]
        if self.weakest is not None:
            clauses.append(self._say_weakest(self.weakest))
        clauses.append(_say_cut(self.to_lose_all))
        one = self.to_lose_one
        if one is not None and one.claim is not None and one.most < self.to_lose_all.most:
            clauses.append(
                f"{one.claim.name} would have none left if the word of {one.names} did not count"
            )
        return capitalise("; ".join(clauses)) + "."

    def _say_weakest(self, weakest: Tally) -> str:
        if self.unsourced:
            have = "has" if len(self.unsourced) == 1 else "have"
            return f"{len(self.unsourced)} of its {count_of(self.claims, 'claim')} {have} no source"
        said = f"each of its claims has at least {count_of(weakest.sources, 'source')}"
        if not weakest.parties:
            return f"{said}, but not each has one of a known party"
        said += f" and {_say_parties(weakest.parties)}"
        if not weakest.no_known_part:
            return f"{said}, but not each has one with no known part in the research"
        return f"{said}, {weakest.no_known_part} of them with no known part in the research"


def measure_corroboration(
    graph: CaseGraph, *, basis: Basis, known: Attestations | None = None
) -> tuple[Corroboration, ...]:
    """Return how many parties each impact rests on, and how many it can lose.

    The network of an impact leads from the impact to its claims, from each of these and from
    itself to sources, from each source to each of its parties, and from each party to one sink.
    Only parties have a capacity, of one. The fewest parties whose withdrawal leaves the impact
    without a source are the least set of vertices that cuts the sink off: a joint source stands
    while a path through one of its parties does. By K. Menger's theorem ("Zur allgemeinen
    Kurventheorie", Fundamenta Mathematicae 10, 1927) they are as many as there are paths to the
    sink of which no two share a party. Each party has a step of its own to the sink, so each lies
    on such a path and no other vertex stands in for it: the cut is the set of all parties that are
    reached. It needs no flow, and is exact. Of a claim the same holds for the sources of the claim.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        known: who attests what at this level, where it has been made already.

    Returns:
        For each impact, in their order, its corroboration.
    """
    known = known or Attestations(graph, basis)
    claims = nodes_of(graph, Kind.CLAIM)
    return tuple(
        _measure_impact(known, impact, [claim for claim in claims if claim.claim_of == impact.iri])
        for impact in nodes_of(graph, Kind.IMPACT)
    )


def _measure_impact(
    known: Attestations, impact: GraphNode, claims: Sequence[GraphNode]
) -> Corroboration:
    attested = known.of(impact.iri)
    each = [(claim, known.of(claim.iri)) for claim in claims]
    tallies = [_count(found) for _, found in each]
    cuts = [_cut(found, claim) for claim, found in each if found.sources]
    return Corroboration(
        impact=impact,
        basis=known.basis,
        attested=attested,
        tally=_count(attested),
        weakest=Tally(
            sources=min(tally.sources for tally in tallies),
            parties=min(tally.parties for tally in tallies),
            no_known_part=min(tally.no_known_part for tally in tallies),
        )
        if tallies
        else None,
        claims=len(claims),
        unsourced=tuple(claim for claim, found in each if not found.sources),
        to_lose_all=_cut(attested),
        to_lose_one=min(cuts, key=lambda cut: (cut.least, cut.most), default=None),
        colleagues=find_colleagues(attested.parties),
    )


def _count(attested: Attested) -> Tally:
    return Tally(
        sources=len(attested.sources),
        parties=len(attested.parties),
        no_known_part=sum(not party.known_part for party in attested.parties),
    )


def _cut(attested: Attested, claim: GraphNode | None = None) -> Cut:
    return Cut(parties=attested.parties, unknown=attested.unknown, claim=claim)


def _say_parties(number: int) -> str:
    return {0: "no known party", 1: "one known party"}.get(number, f"{number} known parties")


def _say_cut(cut: Cut) -> str:
    if cut.most == 1:
        return f"no source would be left if the word of {cut.names} did not count"
    several = (
        "one of both parties" if len(cut.parties) == 2 else f"one of {len(cut.parties)} parties"
    )
    known = several if len(cut.parties) > 1 else cut.parties[0].name if cut.parties else ""
    whose = f"whoever speaks for {name_together(cut.unknown)}" if cut.unknown else ""
    word = join_words([part for part in (known, whose) if part], "or")
    return f"a source is left as long as the word of {word} counts"
