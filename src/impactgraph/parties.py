"""Parties: who speaks for a source, and which part each is known to have in the research."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from impactgraph.graph import CaseGraph, GraphNode, model_of, node_of
from impactgraph.model import CaseStudy, Organisation, RoleType
from impactgraph.parts import Part, find_parts, find_workplaces
from impactgraph.wording import capitalise, join_words, name_together

__all__ = [
    "Colleagues",
    "Party",
    "describe_parties",
    "find_colleagues",
    "find_organisations",
    "parties_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person, group or organisation on whose word a source counts.

    `parts` are its parts in the research, its own before those of the organisations at which it
    works; `organisations` are the latter, or itself where it is one. `benefits_from` are the
    impacts of which it, or an organisation at which it works, is a beneficiary: no part in the
    research, but worth knowing beside it.
    """

    iri: str
    name: str
    parts: tuple[Part, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    benefits_from: tuple[GraphNode, ...] = ()

    @property
    def known_part(self) -> bool:
        """Whether some part in the research is known."""
        return bool(self.parts)

    @property
    def sentence(self) -> str:
        """What is known of the party's part in the research."""
        return capitalise(describe_parties([self])) + "."

    @property
    def words(self) -> str:
        """Its name, and in brackets its own parts, then those through where it works."""
        if not self.parts:
            return self.name
        if self.name.endswith(")"):
            return f"{self.name[:-1]}, {self.part_words})"
        return f"{self.name} ({self.part_words})"

    @property
    def part_words(self) -> str:
        """Its own parts, then those through each organisation at which it works."""
        said = []
        for through in dict.fromkeys(part.through for part in self.parts):
            words = join_words([part.words for part in self.parts if part.through == through])
            said.append(f"through {through}, {words}" if through else words)
        return "; ".join(said)

    @property
    def sort_key(self) -> tuple[str, str]:
        """Sort key: names as they are read, then IRIs."""
        return self.name.casefold(), self.iri


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Several parties that are, or work at, one organisation: a note, as they stay apart."""

    organisation: Organisation
    parties: tuple[Party, ...]

    @property
    def sentence(self) -> str:
        """Who belongs together."""
        name = self.organisation.label
        people = [party.name for party in self.parties if party.iri != self.organisation.iri]
        works = "works" if len(people) == 1 else "work"
        itself = ", which is a party itself" if len(people) < len(self.parties) else ""
        return f"{join_words(people)} {works} at {name}{itself}."


def parties_of(graph: CaseGraph) -> Mapping[str, tuple[Party, ...]]:
    """Return for the IRI of every source its parties; none where the document does not say.

    The party of a source is its speaker, else the organisation that issued it. Whoever else has
    the role of a corroborator in it speaks with that party: the source is a joint one. An
    organisation at which somebody works who speaks for the source is no further party, and who
    signed an agreement does not vouch for what it says. The same agent is one party everywhere.

    Args:
        graph: a case study's graph.

    Returns:
        A mapping from every source, in the graph's order, to its parties: speaker or issuer first,
        then the others by IRI.
    """
    model = model_of(graph)
    workplaces = find_workplaces(graph)
    speakers = _find_speakers(model, workplaces)
    agents = dict.fromkeys(agent for speaking in speakers.values() for agent in speaking)
    parties = _describe_parties(graph, model, agents, workplaces)
    return {
        iri: tuple(parties[agent] for agent in speakers[iri]) for iri in graph if iri in speakers
    }


def find_colleagues(parties: Iterable[Party]) -> tuple[Colleagues, ...]:
    """Return which of some parties are, or work at, one organisation."""
    together: dict[Organisation, list[Party]] = defaultdict(list)
    for party in sorted({party.iri: party for party in parties}.values(), key=_party_key):
        for organisation in party.organisations:
            together[organisation].append(party)
    return tuple(
        Colleagues(organisation=organisation, parties=tuple(members))
        for organisation, members in sorted(together.items(), key=lambda pair: pair[0].iri)
        if len(members) > 1
    )


def describe_parties(parties: Sequence[Party], unknown: Sequence[GraphNode] = ()) -> str:
    """Return who has a part in the research, of whom none is known, and who is unknown.

    Args:
        parties: those to speak of.
        unknown: sources of which the party is unknown.
    """
    clauses = []
    if knowns := [party for party in parties if party.known_part]:
        have = "has" if len(knowns) == 1 else "have"
        names = join_words([party.words for party in knowns])
        clauses.append(f"{names} {have} a part in the research")
    if others := [party.name for party in parties if not party.known_part]:
        clauses.append(
            f"no part of {join_words(others, 'or')} in it is known"
            if knowns
            else f"no part of {join_words(others, 'or')} in the research is known"
        )
    if unknown:
        clauses.append(f"who speaks for {name_together(unknown)} is unknown")
    return "; ".join(clauses)


def find_organisations(model: CaseStudy, iris: Iterable[str]) -> tuple[Organisation, ...]:
    """Return what is known of some organisations; one that nothing describes is named by its IRI.

    Args:
        model: the case study that names them.
        iris: theirs.
    """
    known = {found.iri: found for found in model.reference.organisations}
    return tuple(
        known.get(iri) or Organisation(iri=iri, label=iri.rsplit("/", 1)[-1]) for iri in iris
    )


def _find_speakers(
    model: CaseStudy, workplaces: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Return for the IRI of each source the agents that speak for it."""
    vouching: dict[str, set[str]] = defaultdict(set)
    for role in model.roles:
        if role.role_type is RoleType.CORROBORATOR:
            vouching[role.role_in].add(role.agent)
    speakers = {}
    for source in model.sources:
        first = source.speaker or source.party
        agents = vouching[source.iri] | ({first} if first else set())
        spoken_for = {place for agent in agents for place in workplaces.get(agent, ())}
        others = sorted(agents - spoken_for - {first})
        speakers[source.iri] = (first, *others) if first else tuple(others)
    return speakers


def _describe_parties(
    graph: CaseGraph,
    model: CaseStudy,
    agents: Iterable[str],
    workplaces: Mapping[str, tuple[str, ...]],
) -> Mapping[str, Party]:
    parts = find_parts(graph)
    names = {person.iri: person.label for person in model.people}
    names |= {group.iri: group.label for group in model.groups}
    impacts = _find_benefits(model)

    def describe(agent: str) -> Party:
        places = workplaces.get(agent, ()) if agent in names else (agent,)
        organisations = find_organisations(model, places)
        through = (
            replace(part, through=organisation.label)
            for organisation in organisations
            if organisation.iri != agent
            for part in parts.get(organisation.iri, ())
        )
        benefits = {impact for iri in (agent, *places) for impact in impacts.get(iri, ())}
        return Party(
            iri=agent,
            name=names.get(agent) or organisations[0].label,
            parts=(*parts.get(agent, ()), *through),
            organisations=organisations,
            benefits_from=tuple(node_of(graph, iri) for iri in graph if iri in benefits),
        )

    return {agent: describe(agent) for agent in agents}


def _find_benefits(model: CaseStudy) -> Mapping[str, set[str]]:
    """Return for the IRI of each agent those of the impacts that it benefits from."""
    impacts = {claim.iri: claim.claim_of for claim in model.claims}
    impacts |= {impact.iri: impact.iri for impact in model.impacts}
    found: dict[str, set[str]] = defaultdict(set)
    for impact in model.impacts:
        for agent in impact.beneficiaries:
            found[agent].add(impact.iri)
    for claim in model.claims:
        for agent in claim.beneficiaries:
            found[agent].add(claim.claim_of)
    for role in model.roles:
        if role.role_type is RoleType.BENEFICIARY and role.role_in in impacts:
            found[role.agent].add(impacts[role.role_in])
    return found


def _party_key(party: Party) -> tuple[str, str]:
    return party.sort_key
