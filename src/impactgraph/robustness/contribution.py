"""Distinct contribution: what remains with the submitting institution's own research alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from impactgraph.graph import CaseGraph, GraphNode, Kind, model_of, nodes_of
from impactgraph.model import Basis, CaseStudy, Organisation, RoleType
from impactgraph.parties import find_organisations
from impactgraph.parts import find_parts, find_workplaces
from impactgraph.robustness.influence import Influence
from impactgraph.wording import capitalise, join_words, level_words, name_together

__all__ = ["Contribution", "Shares", "measure_contribution"]

_DOING = frozenset(
    {
        RoleType.AUTHOR,
        RoleType.STAFF,
        RoleType.INVESTIGATOR,
        RoleType.DELIVERER,
        RoleType.CO_PRODUCER,
    }
)
"""The parts of those who did the research: to fund it, or to hold a grant of it, is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Whose outputs or grants are, by IRI: the institution's own, shared, others', unknown."""

    own: tuple[str, ...]
    shared: tuple[str, ...]
    elsewhere: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """What is the institution's own, or that it has a share in."""
        return self.own + self.shared

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.own + self.shared + self.elsewhere + self.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What remains of a case study with only the submitting institution's research.

    An output is the institution's own if each of its authors is known to work there, shared if one
    is, others' if each is known to work elsewhere, else unknown. A grant is its own if it holds
    it, shared if an investigator on it works there. `findings` are those that an own or shared
    output reports; `reached` are the impacts that chains from the research reach, `remaining`
    those that chains over these findings and outputs alone reach. `others` are the organisations,
    but for the institution, that are known to have done or shared in doing the research, `holders`
    those of which no more is known than that they hold a grant of it.
    """

    institution: Organisation
    basis: Basis
    outputs: Shares
    grants: Shares
    findings: tuple[GraphNode, ...]
    all_findings: int
    reached: tuple[GraphNode, ...]
    remaining: tuple[GraphNode, ...]
    others: tuple[Organisation, ...]
    holders: tuple[Organisation, ...]

    @property
    def sentence(self) -> str:
        """Whose research it is, and what remains with that of the institution alone."""
        clauses = [f"{self.institution.label} submits the case study"]
        if self.outputs.total:
            clauses.append(_say_outputs(self.outputs))
        if self.grants.total:
            clauses.append(_say_grants(self.grants))
        clauses.append(self._say_remaining())
        if self.holders:
            holds = "holds a grant" if len(self.holders) == 1 else "hold grants"
            holders = join_words([holder.label for holder in self.holders])
            clauses.append(f"{holders} {holds} of the research")
        if self.others:
            clauses.append(
                f"{join_words([other.label for other in self.others])} had a part in doing the "
                "research, and how much of the impact is due to whom is not known"
            )
        return capitalise("; ".join(clauses)) + "."

    def _say_remaining(self) -> str:
        level = level_words(self.basis)
        if not self.reached:
            return f"no chain from the research reaches an impact ({level})"
        if self.outputs.unknown and not self.outputs.kept:
            return f"what its own research reaches by itself cannot be told ({level})"
        kept = "those outputs, and the findings that they report, reach by themselves"
        if self.remaining == self.reached:
            return f"{kept} every impact that the research reaches ({level})"
        least = "at least " if self.outputs.unknown and self.remaining else ""
        remaining = name_together(self.remaining) if self.remaining else "none"
        known = " as far as is known" if self.outputs.unknown and not self.remaining else ""
        return f"{kept} {least}{remaining} of {name_together(self.reached)}{known} ({level})"


def measure_contribution(
    graph: CaseGraph, *, basis: Basis, influence: Influence | None = None
) -> Contribution | None:
    """Return what remains with only the submitting institution's findings, authors and grants.

    In the graph of the steps of influence, findings and outputs that are not known to be the
    institution's, alone or with others, are left out, and what the rest reach is compared with
    what all reach. The measure is this project's own. What it asks, that the submitted unit's own
    research made a distinct and material contribution, is the definition of underpinning research
    in the "Guidance on submissions" (REF 2019/01, part 3, section 3).

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        influence: the steps at this level, where they have been read already.

    Returns:
        None where the graph does not say who submits the case study.
    """
    model = model_of(graph)
    if model.submitted_by is None:
        return None
    influence = influence or Influence(graph, basis)
    institution, locate = model.submitted_by, _locate(graph, model)
    outputs = _share_outputs(model, institution, locate)
    kept = set(outputs.kept)
    findings = nodes_of(graph, Kind.FINDING)
    reported = tuple(
        finding for finding in findings if not kept.isdisjoint(influence.steps.links[finding.iri])
    )
    kept.update(finding.iri for finding in reported)
    left = _reach_with(influence, kept)
    others = _find_others(graph, institution, locate)
    holders = {grant.awarded_to for grant in model.grants if grant.awarded_to}
    return Contribution(
        institution=find_organisations(model, [institution])[0],
        basis=basis,
        outputs=outputs,
        grants=_share_grants(model, institution, locate),
        findings=reported,
        all_findings=len(findings),
        reached=influence.reached,
        remaining=tuple(impact for impact in influence.reached if impact.iri in left),
        others=find_organisations(model, sorted(others)),
        holders=find_organisations(model, sorted(holders - others - {institution})),
    )


def _locate(graph: CaseGraph, model: CaseStudy) -> Callable[[str], tuple[str, ...]]:
    """Return what says at which organisations an agent is: itself one, or works there."""
    workplaces = find_workplaces(graph)
    people = {person.iri for person in model.people} | {group.iri for group in model.groups}
    return lambda agent: workplaces.get(agent, ()) if agent in people else (agent,)


def _share_outputs(
    model: CaseStudy, institution: str, locate: Callable[[str], tuple[str, ...]]
) -> Shares:
    authors = {output.iri: set(output.creators) for output in model.outputs}
    for authorship in model.authorships:
        authors.setdefault(authorship.output, set()).add(authorship.agent)
    return _share(
        {
            iri: [_is_at(institution, locate(agent)) for agent in authors[iri]]
            for iri in sorted(output.iri for output in model.outputs)
        }
    )


def _share_grants(
    model: CaseStudy, institution: str, locate: Callable[[str], tuple[str, ...]]
) -> Shares:
    holders = {grant.iri: grant.awarded_to for grant in model.grants}
    there = {
        iri: [_is_at(institution, (holder,) if (holder := holders[iri]) else ())]
        for iri in sorted(holders)
    }
    for role in model.roles:
        if role.role_in in there and institution in locate(role.agent):
            there[role.role_in].append(True)
    return _share(there)


def _is_at(institution: str, places: tuple[str, ...]) -> bool | None:
    """Return whether an institution is one of some places; None where no place is known."""
    return institution in places if places else None


def _share(there: Mapping[str, Sequence[bool | None]]) -> Shares:
    """Sort things by whether each of those behind them is at the institution."""
    found: dict[str, list[str]] = {"own": [], "shared": [], "elsewhere": [], "unknown": []}
    for iri, each in there.items():
        if any(each):
            found["own" if all(each) else "shared"].append(iri)
        else:
            found["elsewhere" if each and None not in each else "unknown"].append(iri)
    return Shares(**{whose: tuple(iris) for whose, iris in found.items()})


def _reach_with(influence: Influence, kept: Collection[str]) -> set[str]:
    """Return what chains reach that start at some findings and outputs, and pass no others."""
    research = {node.iri for node in nodes_of(influence.graph, Kind.FINDING, Kind.OUTPUT)}
    gone = research.difference(kept)
    reached = set(kept)
    for iri, following in influence.steps.links.items():
        if iri in reached and iri not in gone:
            reached.update(following)
    return reached


def _find_others(
    graph: CaseGraph, institution: str, locate: Callable[[str], tuple[str, ...]]
) -> set[str]:
    """Return the organisations, but for one, that did the research or whose people did."""
    found: set[str] = set()
    for agent, parts in find_parts(graph).items():
        if any(part.role_type in _DOING for part in parts):
            found.update(locate(agent))
    return found - {institution}


def _say_outputs(shares: Shares) -> str:
    if len(shares.unknown) == shares.total:
        return f"where the authors of {_say_total(shares, 'output')} work is not known"
    have = "has" if 1 in (len(shares.kept), shares.total) else "have"
    kept = f"{len(shares.kept) or 'none'} of {_say_total(shares, 'output')}"
    said = f"{kept} {have} an author known to work there"
    if shares.own:
        said += f", {len(shares.own)} no other author"
    return said + _say_unknown(shares)


def _say_grants(shares: Shares) -> str:
    if len(shares.unknown) == shares.total:
        return f"who holds {_say_total(shares, 'grant')} is not known"
    holds = "is known to hold" if shares.unknown else "holds"
    said = f"it {holds} {len(shares.own) or 'none'} of {_say_total(shares, 'grant')}"
    if shares.shared:
        them = "the others" if shares.own else "them"
        where = f"{len(shares.shared)} of {them}" if shares.total > 1 else "it"
        said += f", and people who work there have a part in {where}"
    return said + _say_unknown(shares)


def _say_total(shares: Shares, noun: str) -> str:
    return f"{shares.total} {noun}{'' if shares.total == 1 else 's'}"


def _say_unknown(shares: Shares) -> str:
    return f" (of {len(shares.unknown)} it is not known)" if shares.unknown else ""
