"""A case study beside the rules of an exercise, as the page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.graph import CaseGraph
from impactgraph.model import Obligation, Rule, RuleProfile
from impactgraph.profiles import RuleResult, Verdict, check_case_study
from impactgraph.views.case_study import view_passages
from impactgraph.views.places import Place, view_places
from impactgraph.views.quotes import Passage

__all__ = ["Readiness", "RuleOutcome", "RuleView", "view_readiness"]


class RuleOutcome(StrEnum):
    """What can be said of a case study and a rule; nothing that only guides is ever not met."""

    NOT_MET = "not met"
    BEYOND = "beyond the guide"
    UNKNOWN = "cannot be told"
    MET = "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule, whether it is met and why, where that shows, and where the rule stands."""

    rule: Rule
    outcome: RuleOutcome
    reason: str
    places: tuple[Place, ...]
    passages: tuple[Passage, ...]

    @property
    def source(self) -> str:
        """The document that the rule stands in, and where in it."""
        source = self.rule.source
        named = f"{source.title} ({source.identifier})" if source.identifier else source.title
        return ", ".join(part for part in (named, self.rule.locator) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The rules of a profile by how strictly they bind, and how many have each outcome."""

    profile: RuleProfile
    rules: Mapping[Obligation, tuple[RuleView, ...]]
    counts: Mapping[RuleOutcome, int]


def view_readiness(graph: CaseGraph, profile: RuleProfile) -> Readiness:
    """Return what can be said of each rule of a profile.

    Args:
        graph: a case study's graph.
        profile: the rules.
    """
    views = [_view(result, graph) for result in check_case_study(graph, profile).results]
    counts = Counter(view.outcome for view in views)
    return Readiness(
        profile=profile,
        rules={
            obligation: some
            for obligation in Obligation
            if (some := tuple(view for view in views if view.rule.obligation is obligation))
        },
        counts={outcome: counts[outcome] for outcome in RuleOutcome if counts[outcome]},
    )


def _view(result: RuleResult, graph: CaseGraph) -> RuleView:
    return RuleView(
        rule=result.rule,
        outcome=_judge(result),
        reason=result.reason,
        places=view_places(result.nodes, graph),
        passages=view_passages(result.places),
    )


def _judge(result: RuleResult) -> RuleOutcome:
    if result.verdict is Verdict.KEPT:
        return RuleOutcome.MET
    if result.verdict is Verdict.UNKNOWN:
        return RuleOutcome.UNKNOWN
    guides = result.rule.obligation is Obligation.INDICATIVE
    return RuleOutcome.BEYOND if guides else RuleOutcome.NOT_MET
