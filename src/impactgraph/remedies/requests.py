"""Requests: whom to ask for what, so that each impact has an outside voice and its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, nodes_of
from impactgraph.model import Basis, Step
from impactgraph.remedies.asking import Asking, find_unchanging
from impactgraph.wording import join_words

__all__ = ["Asked", "Purpose", "Request", "list_requests"]


class Purpose(StrEnum):
    """What a request is for, what helps most first."""

    OUTSIDE = "outside"
    """A voice of somebody with no known part in the work."""
    RECORD = "record"
    """The record of whoever decided, acted or gained."""
    SHOW = "show"
    """Anything that shows a claim that names nobody who ought to have a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom to ask about some claims; `award_only` of a mere funder, `people` without names.

    `named_by` could name such people.
    """

    names: tuple[str, ...]
    claims: tuple[GraphNode, ...]
    award_only: bool = False
    people: bool = False
    named_by: tuple[str, ...] = ()

    @property
    def finding_words(self) -> str:
        """How to find people whom the text does not name."""
        who = join_words(self.named_by, "or")
        if self.award_only:
            return f"not named; {f'{who} can say which; ' if who else ''}for the awards only"
        if not who:
            return "not named"
        return f"not named; ask {who} for an evaluation or, with their consent, their feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an impact lacks, and whom to ask for it: nobody, where the text names nobody.

    `products` are named by the claims and are their own best evidence.
    """

    purpose: Purpose
    impact: GraphNode
    asked: tuple[Asked, ...]
    claims: tuple[GraphNode, ...] = ()
    products: tuple[str, ...] = ()


def list_requests(graph: CaseGraph, *, basis: Basis) -> tuple[Request, ...]:
    """Return what to ask for each impact, in their order.

    Args:
        graph: a case study's graph.
        basis: the level; inferred links count for nothing here, as they close no gap.
    """
    level = Basis.STATED if basis is Basis.STATED else Basis.CURATED
    asking, known = Asking(graph), Attestations(graph, level)
    sourced, suggested = set[str](), set[str]()
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY:
            (sourced if level.admits(link.basis) else suggested).add(link.origin)
    still = find_unchanging(graph)
    requests: list[Request] = []
    for impact in nodes_of(graph, Kind.IMPACT):
        claims = asking.claims_of[impact.iri]
        parties = known.of(impact.iri).parties
        if all(party.known_part for party in parties):
            near = {place.iri for party in parties for place in party.organisations}
            asked = tuple(_find_outside(asking, claims, near))
            requests.append(Request(purpose=Purpose.OUTSIDE, impact=impact, asked=asked))
        bare = [claim for claim in claims if claim.iri not in sourced | still]
        shown = [
            claim
            for claim in sorted(bare, key=lambda claim: claim.iri in suggested)
            if not (asking.names_project(claim.iri) or asking.is_judgement(claim.iri))
        ]
        requests += _find_records(asking, impact, shown)
        unheld = tuple(
            claim
            for claim in bare
            if claim.iri not in suggested and not asking.record_holders(claim.iri)
        )
        if unheld:
            names = dict.fromkeys(
                asking.organisations[iri].label
                for claim in claims
                for iri in asking.holders_of(claim.iri)
                if not asking.is_funder(iri)
            )
            asked = (Asked(names=tuple(names), claims=unheld),) if names else ()
            requests.append(
                Request(purpose=Purpose.SHOW, impact=impact, asked=asked, claims=unheld)
            )
    return tuple(requests)


def _find_outside(asking: Asking, claims: Iterable[GraphNode], near: set[str]) -> Iterator[Asked]:
    """Yield who could speak from outside: organisations, then people, then mere funders.

    Organisations that no claim names beside a party to the work come first.
    """
    about: dict[str, list[GraphNode]] = defaultdict(list)
    people: dict[str, list[GraphNode]] = defaultdict(list)
    for claim in claims:
        for iri in asking.holders_of(claim.iri):
            if iri not in near and iri not in asking.involved:
                about[iri].append(claim)
        for iri in asking.gaining_groups(claim.iri):
            if iri not in asking.involved:
                people[iri].append(claim)
    for funder in (False, True):
        alike: dict[tuple[GraphNode, ...], list[str]] = defaultdict(list)
        for iri, named in about.items():
            if asking.is_funder(iri) is funder:
                alike[tuple(named)].append(asking.organisations[iri].label)
        apart = sorted(alike.items(), key=lambda pair: _is_shared(asking, pair[0], near))
        for some, names in apart:
            yield Asked(names=tuple(names), claims=some, award_only=funder)
        if not funder:
            for iri, named in people.items():
                yield Asked(
                    names=(asking.name_group(iri),),
                    claims=tuple(named),
                    people=True,
                    named_by=_name_holders(asking, named),
                )
    won = [claim for claim in claims if asking.is_won_of_nobody(claim.iri)]
    if won:
        yield Asked(
            names=("The funders",),
            claims=tuple(won),
            award_only=True,
            people=True,
            named_by=_name_holders(asking, won),
        )


def _name_holders(asking: Asking, claims: Iterable[GraphNode]) -> tuple[str, ...]:
    """Return who has a record of some claims, each once."""
    return tuple(
        dict.fromkeys(name for claim in claims for name in asking.record_holders(claim.iri))
    )


def _is_shared(asking: Asking, claims: Iterable[GraphNode], near: set[str]) -> bool:
    """Return whether some claims name a party to the work too, or whoever speaks already."""
    named = {iri for claim in claims for iri in asking.holders_of(claim.iri)}
    return not named.isdisjoint(near | asking.involved)


def _find_records(
    asking: Asking, impact: GraphNode, bare: Iterable[GraphNode]
) -> Iterator[Request]:
    """Yield for each set of holders the claims without source of which they ought to have one."""
    held: dict[tuple[str, ...], list[GraphNode]] = defaultdict(list)
    for claim in bare:
        if holders := asking.record_holders(claim.iri):
            held[holders].append(claim)
    for holders, claims in held.items():
        products = dict.fromkeys(name for claim in claims for name in asking.products_in(claim.iri))
        yield Request(
            purpose=Purpose.RECORD,
            impact=impact,
            asked=(Asked(names=holders, claims=tuple(claims)),),
            claims=tuple(claims),
            products=tuple(products),
        )
