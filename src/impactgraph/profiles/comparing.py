"""One case study under the rules of two exercises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from impactgraph.graph import CaseGraph
from impactgraph.model import Aspect, Rule, RuleProfile
from impactgraph.profiles.checking import RuleResult, check_case_study

__all__ = ["RuleChange", "compare_profiles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """How a rule differs between two profiles for a case study; None where one lacks it."""

    aspect: Aspect
    section: str | None
    before: RuleResult | None
    after: RuleResult | None
    sentence: str


def compare_profiles(
    graph: CaseGraph, profile: RuleProfile, against: RuleProfile
) -> tuple[RuleChange, ...]:
    """Return the rules in which two profiles differ for a case study, by what they are about.

    Rules are the same where they are about the same aspect and section; they differ where their
    limits, their obligations or their verdicts do.

    Args:
        graph: the case study's graph.
        profile: the first profile.
        against: the second.
    """
    before = {_key(result): result for result in check_case_study(graph, profile).results}
    after = {_key(result): result for result in check_case_study(graph, against).results}
    aspects = list(Aspect)
    keys = sorted({*before, *after}, key=lambda key: (aspects.index(key[0]), key[1] or ""))
    changes = (
        RuleChange(
            aspect=key[0],
            section=key[1],
            before=before.get(key),
            after=after.get(key),
            sentence="; ".join(
                _describe(before.get(key), after.get(key), (profile, against)),
            ),
        )
        for key in keys
    )
    return tuple(change for change in changes if change.sentence)


def _describe(
    before: RuleResult | None, after: RuleResult | None, profiles: tuple[RuleProfile, RuleProfile]
) -> Iterator[str]:
    if before is None or after is None:
        having, lacking = profiles if after is None else reversed(profiles)
        result = before or after
        assert result is not None
        yield f"{having.label}: {result.rule.label}"
        yield f"{lacking.label}: no such rule in this profile"
        return
    if _limits(before.rule) != _limits(after.rule):
        for result, profile in zip((before, after), profiles, strict=True):
            yield f"{profile.label}: {result.rule.label}"
    if before.rule.obligation is not after.rule.obligation:
        yield f"{before.rule.obligation} becomes {after.rule.obligation}"
    if before.verdict is not after.verdict:
        yield f"{before.verdict} becomes {after.verdict}"


def _key(result: RuleResult) -> tuple[Aspect, str | None]:
    return result.rule.aspect, result.rule.section


def _limits(rule: Rule) -> tuple[object, ...]:
    return rule.maximum, rule.start, rule.end
