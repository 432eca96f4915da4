"""Case studies drawn at random: everything that the kinds of gap look at, but for dates."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

from hypothesis import strategies as st

from impactgraph.graph import model_of
from impactgraph.model import (
    Anchor,
    Authorship,
    CaseStudy,
    Figure,
    Grant,
    Group,
    Mark,
    Maturity,
    Period,
    Person,
    Project,
    Role,
    RoleType,
    SourceType,
)
from small_case_studies import CASE, case_graph

__all__ = ["draw_case_studies"]

_STEPS = {
    ("finding", "output"): "reportedIn",
    ("finding", "pathway"): "carriedBy",
    ("output", "pathway"): "carriedBy",
    ("finding", "impact"): "contributedTo",
    ("output", "impact"): "contributedTo",
    ("pathway", "impact"): "ledTo",
    ("claim", "source"): "corroboratedBy",
    ("pathway", "source"): "corroboratedBy",
    ("impact", "source"): "corroboratedBy",
    ("research", "impact"): "creditedFor",
    ("source", "finding"): "attests",
    ("source", "research"): "attests",
    ("impact", "impact"): "enabled",
}
_BASES = ("stated", "stated collective", "curated 0.7", "inferred 0.5")


def _place(name: str, section: str, start: int, end: int) -> Anchor:
    return Anchor(
        iri=f"{CASE}/anchor/{name}",
        source=f"{CASE}/document",
        start=start,
        end=end,
        exact="words",
        section=section,
    )


_HEADING = _place("heading", "4", 40, 60)
_PLACES = (
    _place("summary", "1", 3, 9),
    _HEADING,
    _place("in-heading", "4", 45, 50),
    _place("across-heading", "4", 55, 65),
    _place("text", "4", 70, 80),
    _place("research", "2", 20, 30),
)
_PEOPLE = tuple(
    Person(iri=f"{CASE}/person/{name}", label=name, anchors=_PLACES[:1]) for name in "pq"
)
_GROUP = Group(iri=f"{CASE}/group/g", label="g", anchors=_PLACES[:1])
_ORGANISATIONS = ("https://example.org/organisation/m", "https://example.org/organisation/n")
_AGENTS = (*(person.iri for person in _PEOPLE), _GROUP.iri, *_ORGANISATIONS)
_FIGURE = Figure(iri=f"{CASE}/figure/1", label="f", counted="people", anchors=_PLACES[:1])
_PERIOD = Period(iri=f"{CASE}/period/1", label="2019", start="2019", end="2019")

_agent = st.sampled_from(_AGENTS)
_some_agents = st.lists(_agent, max_size=1).map(tuple)
_maybe = st.booleans()


@st.composite
def draw_case_studies(draw: st.DrawFn) -> CaseStudy:
    """Draw a valid case study: up to three nodes of a kind, any lawful links, any descriptions."""
    case = model_of(case_graph(*draw(_lines())))
    projects = tuple(
        Project(iri=f"{CASE}/project/{name}", label=name, anchors=_PLACES[:1]) for name in "xy"
    )
    return dataclasses.replace(
        case,
        submitted_by=draw(st.none() | _agent),
        anchors=_PLACES,
        people=_PEOPLE,
        groups=(_GROUP,),
        figures=(_FIGURE,),
        periods=(_PERIOD,),
        projects=projects,
        research=tuple(
            dataclasses.replace(one, comprises=(projects[0].iri,)) for one in case.research
        ),
        outputs=tuple(
            dataclasses.replace(output, creators=draw(_some_agents)) for output in case.outputs
        ),
        authorships=tuple(_draw_authorship(draw, case) for _ in range(draw(st.integers(0, 1)))),
        grants=tuple(_draw_grant(draw, projects) for _ in range(draw(st.integers(0, 1)))),
        pathways=tuple(
            dataclasses.replace(pathway, figures=(_FIGURE.iri,) if draw(_maybe) else ())
            for pathway in case.pathways
        ),
        impacts=tuple(
            dataclasses.replace(
                impact, heading=_HEADING if draw(_maybe) else None, **_draw_description(draw)
            )
            for impact in case.impacts
        ),
        claims=tuple(
            dataclasses.replace(
                claim,
                claim_of=draw(st.sampled_from(case.impacts)).iri,
                maturity=draw(st.none() | st.sampled_from(Maturity)),
                **_draw_description(draw),
            )
            for claim in case.claims
        ),
        sources=tuple(
            dataclasses.replace(
                source,
                source_type=draw(st.sampled_from((SourceType.TESTIMONIAL, SourceType.REPORT))),
                party=draw(st.none() | _agent),
                speaker=draw(st.none() | _agent),
            )
            for source in case.sources
        ),
        marks=tuple(_draw_mark(draw, case, name) for name in range(draw(st.integers(0, 3)))),
        roles=tuple(
            _draw_role(draw, case, projects, name) for name in range(draw(st.integers(0, 4)))
        ),
    )


@st.composite
def _lines(draw: st.DrawFn) -> tuple[str, ...]:
    nodes = ["research x"] + [
        f"{kind} {number}"
        for kind in ("finding", "output", "pathway", "impact", "source")
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    nodes += [f"claim {number}" for number in range(1, draw(st.integers(1, 3)) + 1)]
    pairs = [
        f"{one} {_STEPS[ends]} {other}"
        for one, other in itertools.permutations(nodes, 2)
        if (ends := (one.split()[0], other.split()[0])) in _STEPS
    ]
    links = st.tuples(st.sampled_from(pairs), st.sampled_from(_BASES))
    drawn = draw(st.lists(links, max_size=25, unique_by=lambda it: (it[0], it[1].split()[0])))
    return (*nodes, *(f"{pair} {basis}" for pair, basis in drawn))


def _draw_description(draw: st.DrawFn) -> dict[str, Any]:
    places = draw(st.lists(st.sampled_from(_PLACES), max_size=2, unique=True))
    return {
        "beneficiaries": draw(_some_agents),
        "change": "otherwise" if draw(_maybe) else None,
        "temporal": (_PERIOD.iri,) if draw(_maybe) else (),
        "anchors": tuple(sorted(places, key=lambda place: (place.start, place.iri))),
    }


def _draw_authorship(draw: st.DrawFn, case: CaseStudy) -> Authorship:
    return Authorship(
        iri=f"{case.outputs[0].iri}/author/1",
        label="author 1",
        output=case.outputs[0].iri,
        agent=draw(_agent),
        position=1,
        name_as_printed="P.",
    )


def _draw_grant(draw: st.DrawFn, projects: tuple[Project, ...]) -> Grant:
    return Grant(
        iri=f"{CASE}/grant/1",
        label="grant 1",
        funder=draw(st.none() | _agent),
        awarded_to=draw(st.none() | _agent),
        funds=(projects[1].iri,) if draw(_maybe) else (),
        anchors=_PLACES[:1],
    )


def _draw_mark(draw: st.DrawFn, case: CaseStudy, name: int) -> Mark:
    targets = [member.iri for member in (*case.sources, *case.outputs)]
    cited = draw(st.lists(st.sampled_from(targets), max_size=6, unique=True))
    return Mark(
        iri=f"{CASE}/mark/{name}",
        label="mark",
        text="[A]",
        cites=tuple(sorted(cited)),
        unresolved=("Z",) if draw(_maybe) else (),
        pages="p. 3" if draw(_maybe) else None,
        on_heading=draw(_maybe),
        anchors=_PLACES[:1],
    )


def _draw_role(draw: st.DrawFn, case: CaseStudy, projects: tuple[Project, ...], name: int) -> Role:
    agent = draw(_agent)
    things = [
        *(case.research + case.sources + case.sources),
        *(case.findings + case.outputs[:1] + case.pathways + case.impacts + case.claims),
        *projects,
    ]
    employed = agent not in _ORGANISATIONS
    return Role(
        iri=f"{CASE}/role/{name}",
        label="role",
        agent=agent,
        role_type=draw(st.sampled_from(RoleType) | st.just(RoleType.CORROBORATOR)),
        role_in=draw(st.sampled_from(things)).iri,
        organisation=draw(st.none() | st.sampled_from(_ORGANISATIONS)) if employed else None,
        anchors=_PLACES[:1],
    )
