"""What the catalogue keeps of one case study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from impactgraph.catalogue.passages import Passage, list_passages
from impactgraph.corpus import CaseStudyAnalysis, analyse_case_study
from impactgraph.gaps import Severity, find_gaps
from impactgraph.graph import CaseGraph, Kind, links_of, model_of, node_of, nodes_of
from impactgraph.headline import headline
from impactgraph.intervals import Interval
from impactgraph.model import Basis, CaseStudy, Stage, Step
from impactgraph.timeline import Timeline

__all__ = ["Coverage", "Entry", "enter"]

_LONGEST_PERIOD = 60
"""Years: what says more of itself has misread a date, and would stand under every year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the members of a stage lead on, under the two levels that close gaps.

    `findings` counts those reported in an output; `outputs` those that a pathway carries or that
    contributed to an impact directly; `pathways` those that led to an impact; `impacts` those that
    a source corroborates, itself or in one of its claims.
    """

    findings: int
    outputs: int
    pathways: int
    impacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue keeps of one case study.

    `years` are those of its impact, `stops` says where its stated chains stop, `gaps` counts by
    kind and severity. `names` are the IRIs of what it shares with others: where what is said of
    those changes, the entry is out of date.
    """

    analysis: CaseStudyAnalysis
    description: str | None
    exercise: str | None
    research_period: str | None
    impact_period: str | None
    years: tuple[int, ...]
    counts: Mapping[Stage, int]
    stops: str | None
    gaps: Mapping[tuple[str, Severity], int]
    coverage: Mapping[Basis, Coverage]
    passages: tuple[Passage, ...]
    names: tuple[str, ...]


def enter(graph: CaseGraph) -> Entry:
    """Return what the catalogue keeps of a case study."""
    model = model_of(graph)
    analysis = analyse_case_study(graph)
    stops = headline(graph).stops
    labels = {period.iri: period.label for period in model.periods}
    exercises = {known.iri: known.label for known in model.reference.exercises}
    timeline = Timeline(model)
    return Entry(
        analysis=analysis,
        description=model.description,
        exercise=exercises.get(model.exercise or ""),
        research_period=labels.get(model.research_period or ""),
        impact_period=labels.get(model.impact_period or ""),
        years=_list_years(timeline, model),
        counts={stage: len(nodes_of(graph, Kind(stage.value))) for stage in Stage},
        stops=stops.words if stops else None,
        gaps=Counter((gap.kind, gap.severity) for gap in find_gaps(graph, basis=analysis.basis)),
        coverage={basis: _cover(graph, basis) for basis in (Basis.STATED, Basis.CURATED)},
        passages=list_passages(model),
        names=tuple(sorted(_list_names(model))),
    )


def _list_years(timeline: Timeline, model: CaseStudy) -> tuple[int, ...]:
    """Return the years of the impact: the header's, or else those of the impacts themselves."""
    if timeline.impact.start is not None:
        return tuple(_years_of((timeline.impact,)))
    return tuple(_years_of(timeline.times_of(*(impact.iri for impact in model.impacts))))


def _years_of(intervals: Iterable[Interval]) -> Iterator[int]:
    years = set[int]()
    for interval in intervals:
        dates = (date[:4] for date in (interval.start, interval.end) if date)
        ends = [int(year) for year in dates if year.isdecimal()]
        if ends and ends[-1] - ends[0] < _LONGEST_PERIOD:
            years.update(range(ends[0], ends[-1] + 1))
    yield from sorted(years)


def _cover(graph: CaseGraph, basis: Basis) -> Coverage:
    leading: dict[Step, set[str]] = {step: set() for step in Step}
    for link in links_of(graph):
        if basis.admits(link.basis):
            origin = node_of(graph, link.origin)
            leading[link.step].add(origin.claim_of or origin.iri)

    def count(kind: Kind, *steps: Step) -> int:
        leads = set[str]().union(*(leading[step] for step in steps))
        return sum(node.iri in leads for node in nodes_of(graph, kind))

    return Coverage(
        findings=count(Kind.FINDING, Step.REPORTED_IN),
        outputs=count(Kind.OUTPUT, Step.CARRIED_BY, Step.CONTRIBUTED_TO),
        pathways=count(Kind.PATHWAY, Step.LED_TO),
        impacts=count(Kind.IMPACT, Step.CORROBORATED_BY),
    )


def _list_names(model: CaseStudy) -> set[str]:
    shared = model.reference
    described = (
        shared.organisations,
        shared.places,
        shared.units_of_assessment,
        shared.exercises,
        shared.software,
    )
    named = (model.submitted_by, model.unit_of_assessment, model.exercise)
    return {thing.iri for things in described for thing in things} | {
        name for name in named if name
    }
