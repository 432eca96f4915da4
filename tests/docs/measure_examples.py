"""The invented case studies that the pages on measures speak of, and their pictures.

`python tests/docs/measure_examples.py` draws the pictures again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from impactgraph.graph import CaseGraph, build_graph, default_basis, model_of
from impactgraph.views.case_study import view_case_study
from impactgraph.views.svg import draw_svg
from impactgraph.views.values import CaseStudySummary
from small_case_studies import CASE
from witnesses import agent_iri, witnessed

__all__ = ["EXAMPLES", "PICTURES", "draw_example"]

PICTURES = Path(__file__).parents[2] / "docs" / "images" / "measures"

_LABELS = {
    "finding/a": "Warnings in local words are acted on",
    "finding/b": "Wardens of the street are trusted most",
    "output/1": "Article: Who is believed?",
    "output/2": "Book: Warning together",
    "output/3": "Report: Drills with schools",
    "pathway/1": "Workshops with residents",
    "pathway/2": "A fellowship in the coastal authority",
    "impact/1": "The authority warns by a charter",
    "impact/2": "A charity pays street wardens",
    "source/A": "Testimonial of the warden who co-designed",
    "source/B": "Minutes of the coastal authority",
    "source/C": "Report of an inquiry",
    "claim/c": "The charter is in force",
    "claim/d": "More people leave in time",
}


def _speaking() -> CaseGraph:
    return _labelled(
        "research",
        "impact 1",
        "claim c of 1",
        "claim d of 1",
        "claim c corroboratedBy source A",
        "claim c corroboratedBy source B",
        "claim d corroboratedBy source C",
        "impact 1 corroboratedBy source A",
        "impact 1 corroboratedBy source B",
        "impact 1 corroboratedBy source C",
        "ann speaks for A",
        "ann co-producer in research",
        "acme issued B",
    )


def _passing() -> CaseGraph:
    return _labelled(
        "finding a reportedIn output 1",
        "finding b reportedIn output 1",
        "finding b reportedIn output 2",
        "output 1 carriedBy pathway 1",
        "output 2 carriedBy pathway 1",
        "output 2 carriedBy pathway 2",
        "pathway 1 ledTo impact 1",
        "pathway 2 ledTo impact 1",
        "pathway 1 ledTo impact 2",
    )


def _submitting() -> CaseGraph:
    graph = _labelled(
        "research",
        "finding a reportedIn output 1",
        "finding b reportedIn output 2",
        "output 1 carriedBy pathway 1",
        "output 2 carriedBy pathway 2",
        "pathway 1 ledTo impact 1",
        "pathway 2 ledTo impact 2",
        "ann staff of research at home",
        "bob investigator of research at away",
        submitted_by=agent_iri("home"),
    )
    model = model_of(graph)
    writers = {"1": ("ann", "bob"), "2": ("bob",)}
    return build_graph(
        replace(
            model,
            outputs=tuple(
                replace(output, creators=tuple(agent_iri(it) for it in writers[output.notation]))
                for output in model.outputs
                if output.notation is not None
            ),
        )
    )


def _chained() -> CaseGraph:
    return _labelled(
        "finding a reportedIn output 1",
        "output 1 carriedBy pathway 1 curated 0.8",
        "pathway 1 ledTo impact 1 collective",
        "finding b contributedTo impact 1 curated 0.6",
        "impact 1 corroboratedBy source A",
    )


def _threaded() -> CaseGraph:
    return _labelled(
        "finding a reportedIn output 1",
        "finding b reportedIn output 2",
        "output 1 carriedBy pathway 1",
        "output 2 carriedBy pathway 2",
        "pathway 1 ledTo impact 1",
        "pathway 2 ledTo impact 1",
        "source A attests output 1",
        "pathway 1 corroboratedBy source A",
        "impact 1 corroboratedBy source A",
        "impact 1 corroboratedBy source B",
        "ann speaks for A",
        "acme issued B",
    )


def _lacking() -> CaseGraph:
    return _labelled(
        "research creditedFor impact 1",
        "finding a reportedIn output 1",
        "finding a contributedTo impact 1 curated 0.7",
        "pathway 1 ledTo impact 1",
        "claim c of 1",
        "claim d of 1",
        "impact 1 corroboratedBy source A",
        "claim c corroboratedBy source A",
        "claim d corroboratedBy source A inferred 0.6",
        "source A attests research",
        "ann speaks for A",
        "ann co-producer in research",
        "acme benefits from claim d",
    )


EXAMPLES: dict[str, Callable[[], CaseGraph]] = {
    "corroboration-by-party": _speaking,
    "single-points-of-failure": _passing,
    "distinct-contribution": _submitting,
    "chains": _chained,
    "threads": _threaded,
    "remedies": _lacking,
}
"""The graph behind each picture, by the picture's name."""

_NAMES = {
    "Ann": "Ann Otter",
    "Bob": "Bob Heron",
    "Acme": "Coastal Authority",
    "Home": "University of the Coast",
    "Away": "University of the Hills",
}


def draw_example(name: str) -> str:
    """Return the picture of an example: what is stated, without its gaps."""
    graph = EXAMPLES[name]()
    summary = CaseStudySummary(
        iri=CASE,
        slug="example",
        label="Invented",
        title="An invented case study",
        institution=None,
        unit_of_assessment=None,
        exercise=None,
        research_period=None,
        impact_period=None,
        description=None,
        counts={},
        claims=0,
    )
    return draw_svg(
        view_case_study(graph, basis=default_basis(graph), summary=summary, details={}, gaps=[])
    )


def _labelled(*lines: str, **about: str) -> CaseGraph:
    """Return the graph of some lines, with what things are called in the invented case study."""
    model = model_of(witnessed(*lines, **about))
    members = ("findings", "outputs", "pathways", "impacts", "sources", "claims")
    named = {
        kind: tuple(
            replace(member, label=_LABELS[member.iri.removeprefix(f"{CASE}/")])
            for member in getattr(model, kind)
        )
        for kind in members
    }
    people = tuple(replace(person, label=_NAMES[person.label]) for person in model.people)
    organisations = tuple(
        replace(organisation, label=_NAMES[organisation.label])
        for organisation in model.reference.organisations
    )
    reference = replace(model.reference, organisations=organisations)
    return build_graph(replace(model, people=people, reference=reference, **named))


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        (PICTURES / f"{example}.svg").write_text(draw_example(example) + "\n", encoding="utf-8")
