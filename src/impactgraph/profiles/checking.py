"""Whether a case study keeps to the rules of an exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.graph import CaseGraph, GraphNode, Kind, model_of, nodes_of
from impactgraph.intervals import Interval, interval_of
from impactgraph.model import Anchor, Aspect, CaseStudy, Obligation, RoleType, Rule, RuleProfile
from impactgraph.timeline import Timeline
from impactgraph.wording import capitalise, count_of, join_words, name_together

__all__ = ["Check", "RuleResult", "Verdict", "check_case_study"]


class Verdict(StrEnum):
    """What can be said of a case study and a rule."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What can be said of one rule, why, at which nodes and where in the document."""

    rule: Rule
    verdict: Verdict
    reason: str
    nodes: tuple[GraphNode, ...] = ()
    places: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A case study beside the rules of a profile, strictest rules first."""

    profile: RuleProfile
    results: tuple[RuleResult, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many rules have a verdict."""
        return sum(result.verdict is verdict for result in self.results)


@dataclass(frozen=True, slots=True)
class _Subject:
    graph: CaseGraph
    case_study: CaseStudy
    times: Timeline

    @property
    def header(self) -> tuple[Anchor, ...]:
        return tuple(place for place in self.case_study.anchors if place.section == "A")


def check_case_study(graph: CaseGraph, profile: RuleProfile) -> Check:
    """Return what can be said of each rule of a profile for a case study.

    A rule is broken only where that is certain: what the case study does not say, or says less
    exactly than the rule asks, cannot be told. To go beyond what is only indicative is "broken"
    too, with that obligation beside it. No verdict says how a panel would judge.

    Args:
        graph: the case study's graph.
        profile: the rules; `own_profile(graph)` are those of its own exercise.
    """
    case_study = model_of(graph)
    subject = _Subject(graph, case_study, Timeline(case_study))
    rules = sorted(profile.rules, key=_order)
    return Check(
        profile=profile, results=tuple(_CHECKS[rule.aspect](subject, rule) for rule in rules)
    )


def _order(rule: Rule) -> tuple[int, int, str]:
    aspects, obligations = list(Aspect), list(Obligation)
    return obligations.index(rule.obligation), aspects.index(rule.aspect), rule.section or ""


def _check_research_period(subject: _Subject, rule: Rule) -> RuleResult:
    if rule.start is None and rule.end is None:
        return _no_limit(rule)
    window = Interval(rule.start, rule.end)
    outputs = nodes_of(subject.graph, Kind.OUTPUT)
    published = subject.times.published
    outside = tuple(
        output
        for output in outputs
        if output.iri in published and interval_of(published[output.iri]).is_outside(window)
    )
    header = subject.times.research
    if header.is_outside(window):
        reason = f"By the header the research took place {header.words}, outside that time."
        return RuleResult(rule=rule, verdict=Verdict.BROKEN, reason=reason, places=subject.header)
    if outside:
        reason = f"{capitalise(name_together(outside))} came out at another time."
        return _at(rule, Verdict.BROKEN, reason, outside)
    undated = tuple(
        output
        for output in outputs
        if output.iri not in published or not interval_of(published[output.iri]).is_inside(window)
    )
    return _weigh_period(subject, rule, header, "research", undated)


def _check_impact_period(subject: _Subject, rule: Rule) -> RuleResult:
    if rule.start is None and rule.end is None:
        return _no_limit(rule)
    window = Interval(rule.start, rule.end)
    header = subject.times.impact
    if header.is_outside(window):
        reason = f"By the header the impact took place {header.words}, outside that time."
        return RuleResult(rule=rule, verdict=Verdict.BROKEN, reason=reason, places=subject.header)
    outside = tuple(
        node
        for kind in (Kind.IMPACT, Kind.CLAIM)
        for node in nodes_of(subject.graph, kind)
        if (times := subject.times.times_of(node.iri))
        and all(time.is_outside(window) for time in times)
    )
    if outside:
        reason = f"{capitalise(name_together(outside))} happened at another time."
        return _at(rule, Verdict.BROKEN, reason, outside)
    return _weigh_period(subject, rule, header, "impact", ())


def _weigh_period(
    subject: _Subject,
    rule: Rule,
    header: Interval,
    what: str,
    undated: tuple[GraphNode, ...],
) -> RuleResult:
    """Return the verdict where nothing is certainly outside the rule's time."""
    if header.start is None and header.end is None:
        reason = f"The header does not say when the {what} took place."
        return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason, places=subject.header)
    if not header.is_inside(Interval(rule.start, rule.end)):
        reason = (
            f"By the header the {what} took place {header.words}, which is partly outside that "
            "time or open; what counts of it cannot be told apart."
        )
        return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason, places=subject.header)
    if undated:
        reason = f"When {name_together(undated)} came out is not known exactly enough."
        return _at(rule, Verdict.UNKNOWN, reason, undated)
    reason = f"By the header the {what} took place {header.words}, and nothing dated is outside."
    return RuleResult(rule=rule, verdict=Verdict.KEPT, reason=reason, places=subject.header)


def _check_header(subject: _Subject, rule: Rule) -> RuleResult:
    case_study = subject.case_study
    staff = [role for role in case_study.roles if role.role_type is RoleType.STAFF]
    present = {
        "when the research was done": case_study.research_period is not None,
        "when the impact happened": case_study.impact_period is not None,
        "who the staff are": bool(staff),
        "their posts": bool(staff) and all(role.post for role in staff),
        "when they were employed": bool(staff) and all(role.period for role in staff),
        "whether it continues an earlier case study": case_study.continued is not None,
    }
    lacking = [what for what, there in present.items() if not there]
    if lacking:
        reason = f"The graph does not have from the header {join_words(lacking)}."
        return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason, places=subject.header)
    reason = f"The header says {join_words(list(present))}."
    return RuleResult(rule=rule, verdict=Verdict.KEPT, reason=reason, places=subject.header)


def _check_references(subject: _Subject, rule: Rule) -> RuleResult:
    return _count(rule, nodes_of(subject.graph, Kind.OUTPUT), "output")


def _check_sources(subject: _Subject, rule: Rule) -> RuleResult:
    return _count(rule, nodes_of(subject.graph, Kind.SOURCE), "source")


def _check_words(subject: _Subject, rule: Rule) -> RuleResult:
    counted = {part.section: part.word_count for part in subject.case_study.document.sections}
    wanted = [rule.section] if rule.section else [str(number) for number in range(1, 6)]
    lacking = [section for section in wanted if section not in counted]
    if lacking:
        return RuleResult(
            rule=rule,
            verdict=Verdict.UNKNOWN,
            reason=f"The text is not kept, and the words of {_name_sections(lacking)} were not "
            "counted when it was read.",
        )
    words = sum(counted[section] for section in wanted)
    has = f"Section {rule.section} has" if rule.section else "The five sections together have"
    return _limit(rule, words, f"{has} {words:,} words")


def _name_sections(sections: list[str]) -> str:
    return f"section{'' if len(sections) == 1 else 's'} {join_words(sections)}"


def _check_pages(_: _Subject, rule: Rule) -> RuleResult:
    reason = "The text is kept without its pages, so they cannot be counted."
    return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason)


def _check_change(subject: _Subject, rule: Rule) -> RuleResult:
    changing = {claim.claim_of for claim in subject.case_study.claims if claim.maturity}
    changing.update(claim.claim_of for claim in subject.case_study.claims if claim.change)
    changing.update(impact.iri for impact in subject.case_study.impacts if impact.change)
    impacts = nodes_of(subject.graph, Kind.IMPACT)
    unclear = tuple(impact for impact in impacts if impact.iri not in changing)
    if unclear or not impacts:
        names = name_together(unclear) if unclear else "any impact"
        reason = f"The graph does not say what changed by {names}."
        return _at(rule, Verdict.UNKNOWN, reason, unclear)
    reason = f"For {name_together(impacts)} the graph says what changed."
    return _at(rule, Verdict.KEPT, reason, tuple(impacts))


def _check_quality(_: _Subject, rule: Rule) -> RuleResult:
    reason = "A panel judges the quality of the research; nothing in a case study settles it."
    return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason)


_CHECKS: dict[Aspect, Callable[[_Subject, Rule], RuleResult]] = {
    Aspect.RESEARCH_PERIOD: _check_research_period,
    Aspect.IMPACT_PERIOD: _check_impact_period,
    Aspect.HEADER: _check_header,
    Aspect.REFERENCES: _check_references,
    Aspect.SOURCES: _check_sources,
    Aspect.WORDS: _check_words,
    Aspect.PAGES: _check_pages,
    Aspect.CHANGE: _check_change,
    Aspect.QUALITY: _check_quality,
}


def _count(rule: Rule, nodes: Iterable[GraphNode], noun: str) -> RuleResult:
    listed = tuple(nodes)
    said = f"The case study lists {count_of(len(listed), noun)}"
    return _limit(rule, len(listed), said, listed)


def _limit(rule: Rule, number: int, said: str, nodes: tuple[GraphNode, ...] = ()) -> RuleResult:
    if rule.maximum is None:
        return _no_limit(rule)
    most = int(rule.maximum)
    if number <= most:
        reason = f"{said}; the most is {most:,}."
        return RuleResult(rule=rule, verdict=Verdict.KEPT, reason=reason)
    beyond = f"{said}, {number - most:,} more than {most:,}"
    if rule.obligation is Obligation.INDICATIVE:
        beyond += ", which is only a guide"
    return _at(rule, Verdict.BROKEN, f"{beyond}.", nodes[most:])


def _no_limit(rule: Rule) -> RuleResult:
    reason = "The profile does not know the limit of this rule."
    return RuleResult(rule=rule, verdict=Verdict.UNKNOWN, reason=reason)


def _at(rule: Rule, verdict: Verdict, reason: str, nodes: tuple[GraphNode, ...]) -> RuleResult:
    places = dict.fromkeys(place for node in nodes for place in node.anchors)
    return RuleResult(rule=rule, verdict=verdict, reason=reason, nodes=nodes, places=tuple(places))
