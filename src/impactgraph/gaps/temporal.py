"""Gaps in time: what happened in an order, or at a time, that cannot be right.

Only what is certain counts. A date is certainly before another where no day that it may mean is on
or after one that the other may mean (`intervals`); what has no date is before and after nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind
from impactgraph.intervals import Interval, date_words, interval_of, is_before
from impactgraph.model import Aspect, RuleProfile, SourceType, Step
from impactgraph.profiles import profile_of_exercise
from impactgraph.wording import capitalise, join_words

__all__ = [
    "TEMPORAL_KINDS",
    "find_impact_before_research",
    "find_impact_outside_period",
    "find_output_after_impact",
    "find_research_outside_period",
    "find_source_before_claim",
]

_TO_IMPACT = frozenset({Step.LED_TO, Step.CONTRIBUTED_TO})
_TO_PATHWAY = frozenset({Step.CARRIED_BY})
_FORWARD_LOOKING = (SourceType.AGREEMENT, SourceType.POLICY_DOCUMENT)


def find_impact_before_research(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts and claims that were over before the research began.

    The research began with the earliest start of its header and its projects, and before the
    first of its outputs came out. All periods of the impact or claim must end before.
    """
    began = evidence.times.began
    if not began:
        return
    known = (*began, *evidence.times.published.values())
    for node, times in _dated(evidence, Kind.IMPACT, Kind.CLAIM):
        if all(is_before(time.end, start) for time in times for start in known):
            yield evidence.gap(
                "impact-before-research",
                Severity.HIGH,
                (node,),
                f"{capitalise(node.name)} is said to have happened {_words(times)}, before the "
                f"research began ({join_words([date_words(start) for start in began])}).",
                "Correct the one date or the other, or say in section 2 which earlier research "
                "it rests on.",
            )


def find_impact_outside_period(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts, claims and headers' impact periods outside what the exercise assesses.

    The exercise is the case study's own, and its period that of the rule profile.
    """
    window = _window(evidence, Aspect.IMPACT_PERIOD)
    if window is None:
        return
    if evidence.times.impact.is_outside(window):
        yield _header_gap(evidence, "impact-outside-period", "impact", evidence.times.impact)
    for node, times in _dated(evidence, Kind.IMPACT, Kind.CLAIM):
        if all(time.is_outside(window) for time in times):
            yield evidence.gap(
                "impact-outside-period",
                Severity.HIGH if node.kind is Kind.IMPACT else Severity.MEDIUM,
                (node,),
                f"{capitalise(node.name)} is said to have happened {_words(times)}; the exercise "
                f"assesses impact {window.words}.",
                "Say what of it happened in that time, or make plain that it is background.",
            )


def find_research_outside_period(evidence: Evidence) -> Iterator[Gap]:
    """Yield outputs and headers' research periods outside what the exercise lets underpin."""
    window = _window(evidence, Aspect.RESEARCH_PERIOD)
    if window is None:
        return
    times = evidence.times
    if times.research.is_outside(window):
        yield _header_gap(evidence, "research-outside-period", "research", times.research)
    for node in evidence.nodes(Kind.OUTPUT):
        issued = times.published.get(node.iri)
        if issued is not None and interval_of(issued).is_outside(window):
            yield evidence.gap(
                "research-outside-period",
                Severity.MEDIUM,
                (node,),
                f"{capitalise(node.name)} came out {interval_of(issued).words}; the exercise "
                f"admits underpinning research {window.words}.",
                "List in section 3 what came out in that time, or say what it is there for.",
            )


def find_source_before_claim(evidence: Evidence) -> Iterator[Gap]:
    """Yield sources that are older than what they are to show.

    An agreement or policy may lay down what is to come, so for these the gap is low.
    """
    for node, times in _dated(evidence, Kind.PATHWAY, Kind.IMPACT, Kind.CLAIM):
        for source in evidence.sources_of(node.iri):
            date = evidence.times.dated.get(source.iri)
            if date is None or not all(is_before(date, time.start) for time in times):
                continue
            foresees = source.source_type in _FORWARD_LOOKING
            yield evidence.gap(
                "source-before-claim",
                Severity.LOW if foresees else Severity.MEDIUM,
                (node, source),
                f"{capitalise(source.name)} is of {date_words(date)} and is to show {node.name}, "
                f"which is said to have happened {_words(times)}: it can at most foresee it.",
                "Name a source from after it happened, or correct the one date or the other.",
                places=(*source.anchors, *node.anchors),
            )


def find_output_after_impact(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts that began before an output that is to have led to them came out.

    An impact began with the earliest of its own and its claims' periods. This is a note: research
    that is done together with its users has its impact while it runs.
    """
    for node in evidence.nodes(Kind.IMPACT):
        members = (node.iri, *(claim.iri for claim in evidence.claims_of(node.iri)))
        starts = [time.start for time in evidence.times.times_of(*members) if time.start]
        late = [
            output
            for output in _outputs_before(evidence, node.iri)
            if any(is_before(start, evidence.times.published.get(output.iri)) for start in starts)
        ]
        if not late:
            continue
        outputs = join_words(
            [
                f"{output.name} ({date_words(evidence.times.published[output.iri])})"
                for output in late
            ]
        )
        yield evidence.gap(
            "output-after-impact",
            Severity.NOTE,
            (node,),
            f"{capitalise(node.name)} began by {date_words(min(starts))}, before {outputs} came "
            "out, which by this graph led to it.",
            f"If the research reached people before it was published, say in section 4 how "
            f"it led to {node.name}.",
            places=(*node.anchors, *(place for output in late for place in output.anchors)),
        )


def _dated(evidence: Evidence, *kinds: Kind) -> Iterator[tuple[GraphNode, tuple[Interval, ...]]]:
    for node in evidence.nodes(*kinds):
        times = evidence.times.times_of(node.iri)
        if times:
            yield node, times


def _words(times: tuple[Interval, ...]) -> str:
    return join_words(sorted({time.words for time in times}))


def _window(evidence: Evidence, aspect: Aspect) -> Interval | None:
    profile: RuleProfile | None = profile_of_exercise(evidence.model.exercise)
    for rule in profile.rules if profile else ():
        if rule.aspect is aspect and rule.start and rule.end:
            return Interval(rule.start, rule.end)
    return None


def _header_gap(evidence: Evidence, kind: str, what: str, time: Interval) -> Gap:
    case_study = evidence.model
    return evidence.gap(
        kind,
        Severity.HIGH,
        (),
        f"The header says that the {what} took place {time.words}, outside the period of the "
        "exercise.",
        f"Correct the period of the {what} in the header, or see whether the case study is "
        "meant for this exercise.",
        places=tuple(place for place in case_study.anchors if place.section == "A"),
        about=(case_study.iri,),
    )


def _outputs_before(evidence: Evidence, impact: str) -> list[GraphNode]:
    """Return the outputs from which steps that count lead to an impact, in their order."""
    origins = {link.origin for link in evidence.to(impact, _TO_IMPACT)}
    carried = {link.origin for one in origins for link in evidence.to(one, _TO_PATHWAY)}
    return [node for node in evidence.nodes(Kind.OUTPUT) if node.iri in origins | carried]


TEMPORAL_KINDS = (
    GapKind(
        id="impact-before-research",
        title="Impact before the research",
        meaning="an impact or claim was over before the research began",
        severity=Severity.HIGH,
        find=find_impact_before_research,
    ),
    GapKind(
        id="impact-outside-period",
        title="Impact outside the exercise's period",
        meaning="an impact or claim happened at a time that the exercise does not assess",
        severity=Severity.HIGH,
        find=find_impact_outside_period,
    ),
    GapKind(
        id="research-outside-period",
        title="Research outside the exercise's period",
        meaning="an output or the research is of a time that the exercise does not admit",
        severity=Severity.MEDIUM,
        find=find_research_outside_period,
    ),
    GapKind(
        id="source-before-claim",
        title="Source older than what it shows",
        meaning="a source is older than the claim, impact or pathway that it is to show",
        severity=Severity.MEDIUM,
        find=find_source_before_claim,
    ),
    GapKind(
        id="output-after-impact",
        title="Output after the impact began",
        meaning="an impact began before an output came out that is to have led to it",
        severity=Severity.NOTE,
        find=find_output_after_impact,
    ),
)
