"""Small case studies in which somebody speaks for sources, and somebody did the research.

To the lines of `small_case_studies` come those that say who does what: "ann speaks for A", "acme
issued A", "bob vouches for A", "ann partner in research", "acme funder of project other",
"ann collaborator in pathway 1 at acme", "acme benefits from impact 1". A name of four letters is
an organisation's, any other a person's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import CaseStudy, Organisation, Person, Project, Role, RoleType
from impactgraph.vocabulary import BASE
from small_case_studies import CASE, case_graph

__all__ = ["agent_iri", "witnessed"]

_VERBS = ("speaks", "issued", "vouches", "benefits")


def witnessed(*lines: str, **about: Any) -> CaseGraph:
    """Return the graph that the lines write, and of whatever else is said of the case study."""
    said = [line for line in lines if _is_about_agent(line)]
    model = model_of(case_graph(*(line for line in lines if line not in said)))
    names = sorted({line.split()[0] for line in said} | {_workplace(line) for line in said} - {""})
    model = replace(
        model,
        people=tuple(
            Person(iri=agent_iri(name), label=name.capitalize(), anchors=model.anchors)
            for name in names
            if not _is_organisation(name)
        ),
        projects=tuple(
            Project(iri=f"{CASE}/project/{name}", label=name.capitalize(), anchors=model.anchors)
            for name in ("own", "other")
        ),
        research=tuple(
            replace(research, comprises=(f"{CASE}/project/own",)) for research in model.research
        ),
        reference=replace(
            model.reference,
            organisations=tuple(
                Organisation(iri=agent_iri(name), label=name.capitalize())
                for name in names
                if _is_organisation(name)
            ),
        ),
    )
    for number, line in enumerate(said):
        model = _say(model, line.split(), number)
    return build_graph(replace(model, **about))


def agent_iri(name: str) -> str:
    """Return the IRI of the person or organisation of a name."""
    return f"{BASE}organisation/{name}" if _is_organisation(name) else f"{CASE}/person/{name}"


def _say(model: CaseStudy, words: list[str], number: int) -> CaseStudy:
    agent, verb = agent_iri(words[0]), words[1]
    if verb in ("speaks", "issued"):
        field = "speaker" if verb == "speaks" else "party"
        return replace(
            model,
            sources=tuple(
                replace(source, **{field: agent}) if source.notation == words[-1] else source
                for source in model.sources
            ),
        )
    place = _workplace(" ".join(words))
    thing = words[3 : -2 if place else None]
    role_type = RoleType(verb) if verb in list(RoleType) else RoleType.BENEFICIARY
    if verb == "vouches":
        role_type, thing = RoleType.CORROBORATOR, ["source", words[3]]
    role = Role(
        iri=f"{CASE}/role/{number}",
        label=" ".join(words),
        agent=agent,
        role_type=role_type,
        role_in="/".join((CASE, *thing)),
        organisation=agent_iri(place) if place else None,
        anchors=model.anchors,
    )
    return replace(model, roles=(*model.roles, role))


def _is_about_agent(line: str) -> bool:
    words = line.split()
    return len(words) > 2 and (words[1] in _VERBS or words[1] in list(RoleType))


def _workplace(line: str) -> str:
    words = line.split()
    return words[-1] if words[-2:-1] == ["at"] else ""


def _is_organisation(name: str) -> bool:
    return len(name) == 4
