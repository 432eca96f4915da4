"""Candidates that take a new source, and whom to ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from impactgraph.graph import GraphNode, Kind, nodes_of
from impactgraph.parties import Party
from impactgraph.remedies.candidate import Candidate, Surroundings, quote_claims
from impactgraph.remedies.remedy import Action
from impactgraph.wording import join_words, name_together

__all__ = ["ask_anybody", "ask_holders", "ask_outside", "show_pathways"]


def ask_holders(seen: Surroundings) -> Iterator[Candidate]:
    """Propose to ask the organisations that the claims of an impact name for their records."""
    for impact in nodes_of(seen.graph, Kind.IMPACT):
        named: dict[str, list[GraphNode]] = defaultdict(list)
        for claim in seen.asking.claims_of[impact.iri]:
            if seen.asking.names_project(claim.iri):
                continue
            for holder in seen.asking.holders_of(claim.iri):
                named[holder].append(claim)
        parties = seen.known.of(impact.iri).parties
        alike: dict[tuple[bool, tuple[GraphNode, ...]], list[str]] = defaultdict(list)
        for holder, claims in named.items():
            lacking = tuple(claim for claim in claims if claim.iri not in seen.sourced)
            if lacking or holder not in {party.iri for party in parties}:
                alike[holder in seen.asking.involved, lacking or tuple(claims)].append(holder)
        for (_, wanted), holders in alike.items():
            names = [seen.asking.organisations[iri].label for iri in holders]
            source = seen.new_source(_find_voice(holders, parties))
            yield Candidate(
                action=Action.OBTAIN,
                advice=f"Obtain from {_each_of(names)} {quote_claims(wanted)} ({impact.name}).",
                because=_weigh_holders(seen, holders, parties)
                + (
                    " It could show that money was given, not what led to it."
                    if all(seen.asking.is_of_sum(claim.iri) for claim in wanted)
                    else ""
                ),
                nodes=(impact, *wanted),
                adds=seen.corroborate((*wanted, impact), source.iri),
                source=source,
                among=_find_aims(seen, holders, wanted),
                outside=not _is_near(seen, holders, parties),
            )


def ask_outside(seen: Surroundings) -> Iterator[Candidate]:
    """Propose for each impact a source from somebody with no known part in the research."""
    for impact in nodes_of(seen.graph, Kind.IMPACT):
        source = seen.new_source(f"{impact.iri}/outside")
        yield Candidate(
            action=Action.OBTAIN,
            advice=f"Obtain for {impact.name} an outside voice: a document or data from somebody "
            "with no part in the research.",
            because=_weigh_voices(seen.known.of(impact.iri).parties),
            nodes=(impact,),
            adds=seen.corroborate((impact,), source.iri),
            source=source,
            outside=True,
        )


def ask_anybody(seen: Surroundings) -> Iterator[Candidate]:
    """Propose to show, or leave out, claims without source that name no organisation to ask."""
    for impact in nodes_of(seen.graph, Kind.IMPACT):
        wanted = [
            claim
            for claim in seen.asking.claims_of[impact.iri]
            if claim.iri not in seen.sourced | seen.suggested
            and not any(seen.asking.holders_of(claim.iri))
        ]
        if wanted:
            one = len(wanted) == 1
            source = seen.new_source(None)
            yield Candidate(
                action=Action.OBTAIN,
                advice=f"Obtain a document or data that {'shows' if one else 'show'} "
                f"{quote_claims(wanted)} ({impact.name}), or leave {'it' if one else 'them'} out.",
                because=f"{'It names' if one else 'They name'} no organisation that could be "
                "asked.",
                nodes=(impact, *wanted),
                adds=seen.corroborate(wanted, source.iri),
                source=source,
                among=frozenset(claim.iri for claim in wanted),
            )


def show_pathways(seen: Surroundings) -> Iterator[Candidate]:
    """Propose one source for what the pathways say was done."""
    pathways = [node for node in nodes_of(seen.graph, Kind.PATHWAY) if node.iri not in seen.sourced]
    if pathways:
        source = seen.new_source(None)
        yield Candidate(
            action=Action.OBTAIN,
            advice="Add to section 5 a final report, a programme or records of attendance that "
            f"show what {name_together(pathways)} say{'s' if len(pathways) == 1 else ''} was done, "
            "and mark it there.",
            because=f"No source is marked for {'them' if len(pathways) > 1 else 'it'}.",
            nodes=tuple(pathways),
            adds=seen.corroborate(pathways, source.iri),
            source=source,
        )


def _weigh_holders(seen: Surroundings, holders: Sequence[str], speaking: Iterable[Party]) -> str:
    """Say whether the holders of a record are an outside voice, as far as the document says."""
    names = [seen.asking.organisations[iri].label for iri in holders]
    reasons = []
    if holders[0] in seen.asking.involved:
        have = "has" if len(names) == 1 else "have"
        reasons.append(f"{join_words(names)} {have} a part in the work")
    colleagues = [
        party
        for party in speaking
        if party.iri not in holders and any(place.iri in holders for place in party.organisations)
    ]
    if colleagues:
        people = [party.name for party in colleagues]
        near = not reasons and all(party.known_part for party in colleagues)
        own = f"{'has' if len(people) == 1 else 'have'} a part in the work and " if near else ""
        reasons.append(f"{join_words(people)} {own}{_speak(people)} for it already")
    if not reasons:
        return (
            "An outside voice, as far as the document says: it states no part of "
            f"{names[0] if len(names) == 1 else 'theirs'} in the research."
        )
    return f"A missing record, not an outside voice: {', and '.join(reasons)}."


def _is_near(seen: Surroundings, holders: Sequence[str], speaking: Iterable[Party]) -> bool:
    """Return whether holders of a record have a part, or somebody who speaks works there."""
    return holders[0] in seen.asking.involved or any(
        place.iri in holders for party in speaking for place in party.organisations
    )


def _find_aims(
    seen: Surroundings, holders: Sequence[str], wanted: Sequence[GraphNode]
) -> frozenset[str]:
    """Return the nodes to whose gaps a record speaks: of a mere funder's, not those of the impact.

    Whoever gave money can show that it was given, and not what the research did for it.
    """
    if all(seen.asking.is_funder(holder) for holder in holders):
        return frozenset(claim.iri for claim in wanted)
    return frozenset()


def _each_of(names: Sequence[str]) -> str:
    """Say of whom a document is wanted, and what each is to show."""
    if len(names) == 1:
        return f"{names[0]} a document of its own that shows"
    return f"each of {join_words(names)} a document of its own that shows its part in"


def _find_voice(holders: Sequence[str], speaking: Iterable[Party]) -> str:
    """Return whose voice a record adds: that of whoever speaks already and works there, if any."""
    for party in speaking:
        if any(place.iri in holders for place in party.organisations):
            return party.iri
    return holders[0]


def _speak(names: Sequence[str]) -> str:
    return "speaks" if len(names) == 1 else "speak"


def _weigh_voices(parties: Sequence[Party]) -> str:
    """Say who speaks for an impact so far."""
    if not parties:
        return "Nobody is known to speak for it so far."
    one = len(parties) == 1
    names = [party.name for party in parties]
    said = f"So far {join_words(names)} {_speak(names)}"
    if all(party.known_part for party in parties):
        return f"{said} for it, who {'has' if one else 'have'} a part in the research."
    return f"{said} for it."
