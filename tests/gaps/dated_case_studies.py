"""Case studies with dates, figures and exercises, drawn at random or written by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from rdflib import Graph

from impactgraph.encoding import encode
from impactgraph.graph import model_of
from impactgraph.model import (
    Anchor,
    CaseStudy,
    Figure,
    Period,
    Project,
)
from impactgraph.resources import rule_profile_files
from impactgraph.vocabulary import ONTOLOGY_GRAPH
from small_case_studies import CASE, UnionStore, case_graph

__all__ = ["dated", "drawn_case_studies", "figure", "period", "store_of"]

EXERCISE = "https://w3id.org/impactgraph/id/exercise/"


def period(start: str | None, end: str | None, *, open_ended: bool = False) -> Period:
    """Return a period whose IRI says what it is."""
    iri = f"{CASE}/period/{start or ''}--{'present' if open_ended else end or ''}"
    return Period(iri=iri, label="a time", start=start, end=end, open_ended=open_ended)


def figure(name: str, counted: str, value: Any = None, **about: Any) -> Figure:
    """Return a figure."""
    about.setdefault("anchors", (_ANCHOR,))
    return Figure(
        iri=f"{CASE}/figure/{name}",
        label=name,
        counted=counted,
        value=None if value is None else Decimal(str(value)),
        **about,
    )


_ANCHOR = Anchor(
    iri=f"{CASE}/anchor/1", source=f"{CASE}/document", start=3, end=9, exact="words", section="4"
)


def dated(
    *lines: str,
    times: dict[str, Iterable[Period]] | None = None,
    dates: dict[str, str] | None = None,
    figures: dict[str, Iterable[Figure]] | None = None,
    research: Period | None = None,
    impact: Period | None = None,
    project: Period | None = None,
    exercise: str | None = "ref2021",
) -> CaseStudy:
    """Return the case study that the lines write, with times, dates and figures added.

    Args:
        lines: see `small_case_studies`.
        times: the periods of nodes, by the end of their IRIs ("impact/1").
        dates: of outputs and sources, likewise.
        figures: of pathways and claims, likewise; "" for those of none.
        research: the header's period of the research.
        impact: the header's period of the impact.
        project: the period of a project, where there is to be one.
        exercise: the notation of the exercise.
    """
    times, dates, figures = times or {}, dates or {}, figures or {}
    case = model_of(case_graph(*lines))

    def timed(members: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            dataclasses.replace(
                member,
                temporal=tuple(sorted(one.iri for one in times.get(_end(member), ()))),
            )
            for member in members
        )

    def counted(members: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            dataclasses.replace(
                member, figures=tuple(sorted(one.iri for one in figures.get(_end(member), ())))
            )
            for member in members
        )

    headers = [one for one in (research, impact, project) if one is not None]
    periods = {one.iri: one for group in (*times.values(), headers) for one in group}
    projects = (
        [Project(iri=f"{CASE}/project/p", label="p", period=project.iri, anchors=(_ANCHOR,))]
        if project
        else []
    )
    return dataclasses.replace(
        case,
        exercise=EXERCISE + exercise if exercise else None,
        research_period=research.iri if research else None,
        impact_period=impact.iri if impact else None,
        projects=tuple(projects),
        pathways=counted(timed(case.pathways)),
        impacts=timed(case.impacts),
        claims=counted(timed(case.claims)),
        outputs=tuple(
            dataclasses.replace(output, issued=dates.get(_end(output))) for output in case.outputs
        ),
        sources=tuple(
            dataclasses.replace(source, date=dates.get(_end(source))) for source in case.sources
        ),
        figures=tuple(
            sorted(
                {one.iri: one for group in figures.values() for one in group}.values(),
                key=lambda one: one.iri,
            )
        ),
        periods=tuple(sorted(periods.values(), key=lambda one: one.iri)),
    )


def store_of(*case_studies: CaseStudy) -> UnionStore:
    """Return a store of case studies and of the rules of all exercises."""
    rules = Graph()
    for file in rule_profile_files():
        rules.parse(file, format="turtle")
    graphs: dict[str, Iterable[Any]] = {case.iri: encode(case) for case in case_studies}
    return UnionStore({**graphs, ONTOLOGY_GRAPH: rules})


def _end(member: Any) -> str:
    return str(member.iri).removeprefix(f"{CASE}/")


_DATES = st.sampled_from(
    ("1992", "1999-12", "2000", "2008-01-01", "2013-07", "2013-08-01", "2015", "2015-03",
     "2015-03-09", "2016", "2020", "2020-12-31", "2021", "2021-01", "2021-01-01")
)  # fmt: skip
_KNOWN = st.none() | _DATES
_PERIODS = st.builds(
    lambda start, end, goes_on: period(start, None if goes_on else end, open_ended=goes_on),
    _KNOWN,
    _KNOWN,
    st.booleans(),
)
_LINES = (
    "output 1", "output 2", "pathway 1", "pathway 2", "impact 1", "impact 2", "claim c of 1",
    "claim d of 2", "source A", "source B agreement",
)  # fmt: skip
_LINKS = st.sampled_from(
    [
        f"{line} {basis}"
        for line in (
            "output 1 carriedBy pathway 1", "output 2 carriedBy pathway 2",
            "pathway 1 ledTo impact 1", "pathway 2 ledTo impact 2",
            "output 2 contributedTo impact 1", "claim c corroboratedBy source A",
            "claim d corroboratedBy source B", "impact 1 corroboratedBy source B",
            "pathway 1 corroboratedBy source A",
        )
        for basis in ("stated", "curated 0.7", "inferred 0.5")
    ]
)  # fmt: skip


def _rarely(*values: Any) -> st.SearchStrategy[Any]:
    """Draw nothing three times of four: what figures have in common makes them comparable."""
    return st.sampled_from((None,) * 3 * len(values) + values)


_VALUED = st.fixed_dictionaries(
    {
        "value": st.sampled_from(("12", "13", "700", "698", "400", "6.2", "6.4", "7.4", "0")),
        "qualifier": st.sampled_from((None, None, "over", "About", "up to", "nearly", "first")),
    }
)
_RANGED = st.builds(
    lambda ends, qualifier: {"minimum": ends[0], "maximum": ends[1], "qualifier": qualifier},
    st.sampled_from(
        (
            (Decimal(10), Decimal(13)),
            (Decimal(690), Decimal(900)),
            (Decimal("6.3"), None),
            (None, Decimal(13)),
        )
    ),
    _rarely("about"),
)
_FIGURES = st.builds(
    lambda number, about: {**number, **about},
    _VALUED | _RANGED,
    st.fixed_dictionaries(
        {
            "counted": st.sampled_from(("people", "people", "pounds")),
            "unit": _rarely("a year"),
            "currency": st.sampled_from((None, "GBP")),
            "scope": st.sampled_from((None, "the city", "the county")),
            "date": _rarely("2019"),
            "part_of": _rarely(*(f"{CASE}/figure/{number}" for number in range(3))),
        }
    ),
)


@st.composite
def drawn_case_studies(draw: st.DrawFn) -> CaseStudy:
    """Draw a case study with dates of every exactness, with figures, in any exercise or none."""
    chosen = draw(st.lists(_LINKS, max_size=9, unique=True))
    nodes = ("pathway/1", "pathway/2", "impact/1", "impact/2", "claim/c", "claim/d")
    things = ("output/1", "output/2", "source/A", "source/B")
    drawn = [
        figure(str(number), **about)
        for number, about in enumerate(draw(st.lists(_FIGURES, min_size=3, max_size=7)))
    ]
    owners = st.sampled_from(("", "pathway/1", "claim/c"))
    figures: dict[str, list[Figure]] = {}
    for one in drawn:
        figures.setdefault(draw(owners), []).append(one)
    return dated(
        *_LINES,
        *chosen,
        times={node: draw(st.lists(_PERIODS, max_size=2)) for node in nodes},
        dates={thing: date for thing in things if (date := draw(_KNOWN))},
        figures=figures,
        research=draw(_PERIODS),
        impact=draw(_PERIODS),
        project=draw(st.none() | _PERIODS),
        exercise=draw(st.sampled_from((None, "ref2014", "ref2021", "ref2029"))),
    )
