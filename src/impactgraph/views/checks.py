"""A case study beside the rules of exercises, as the records that every face gives out."""

from __future__ import annotations

from impactgraph.graph import CaseGraph
from impactgraph.model import Rule, RuleProfile
from impactgraph.profiles import (
    Check,
    RuleChange,
    RuleResult,
    Verdict,
    check_case_study,
    compare_profiles,
    own_profile,
    rule_profile,
)
from impactgraph.views.records import Record, anchor_record, short_record

__all__ = ["answer_check", "choose_profile"]


def choose_profile(graph: CaseGraph, notation: str | None) -> RuleProfile:
    """Return the rule profile that is named, else that of the case study's own exercise.

    Raises:
        NotFoundError: there is no such profile, or none of the case study's exercise.
    """
    return rule_profile(notation) if notation else own_profile(graph)


def answer_check(
    graph: CaseGraph, *, profile: str | None = None, against: str | None = None
) -> Record:
    """Return what can be said of each rule of a profile, and what differs under another one.

    Args:
        graph: a case study's graph.
        profile: the notation of a profile; that of the case study's own exercise if None.
        against: the notation of a second profile; without it, `changes` is None.

    Raises:
        NotFoundError: there is no such profile, or none of the case study's exercise.
    """
    chosen = choose_profile(graph, profile)
    other = rule_profile(against) if against else None
    check = check_case_study(graph, chosen)
    changes = compare_profiles(graph, chosen, other) if other else None
    return {
        "case_study": graph.graph["case_study"],
        **_check_record(check),
        "against": _profile_record(other) if other else None,
        "changes": None if changes is None else [_change_record(change) for change in changes],
    }


def _check_record(check: Check) -> Record:
    return {
        "profile": _profile_record(check.profile),
        "verdicts": {verdict.value: check.count(verdict) for verdict in Verdict},
        "results": [_result_record(result) for result in check.results],
    }


def _profile_record(profile: RuleProfile) -> Record:
    return {
        "iri": profile.iri,
        "notation": profile.notation,
        "label": profile.label,
        "status": profile.status.value,
        "version": profile.version,
    }


def _result_record(result: RuleResult) -> Record:
    return {
        "rule": _rule_record(result.rule),
        "verdict": result.verdict.value,
        "reason": result.reason,
        "nodes": [short_record(node) for node in result.nodes],
        "places": [anchor_record(place) for place in result.places],
    }


def _rule_record(rule: Rule) -> Record:
    return {
        "iri": rule.iri,
        "label": rule.label,
        "aspect": rule.aspect.value,
        "section": rule.section,
        "obligation": rule.obligation.value,
        "maximum": None if rule.maximum is None else int(rule.maximum),
        "start": rule.start,
        "end": rule.end,
        "source": {
            "title": rule.source.title,
            "identifier": rule.source.identifier,
            "issued": rule.source.issued,
            "locator": rule.locator,
        },
        "verified": rule.verified,
        "verification": rule.description,
    }


def _change_record(change: RuleChange) -> Record:
    return {
        "aspect": change.aspect.value,
        "section": change.section,
        "sentence": change.sentence,
        "before": None if change.before is None else _result_record(change.before),
        "after": None if change.after is None else _result_record(change.after),
    }
