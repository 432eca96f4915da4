"""Readiness as the page shows it: rules by obligation; what only guides is never not met."""

from __future__ import annotations

import pytest

from impactgraph.graph import CaseGraph, to_networkx
from impactgraph.model import Obligation
from impactgraph.profiles import Verdict, check_case_study, rule_profiles
from impactgraph.views.readiness import RuleOutcome, view_readiness
from shipped import make_store


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> CaseGraph:
    store = make_store(tmp_path_factory.mktemp("readiness") / "store")
    return to_networkx(store, "jam-and-justice")


@pytest.mark.parametrize("notation", ["ref2014", "ref2021", "ref2029-draft"])
def test_each_rule_stands_once_under_its_obligation(graph: CaseGraph, notation: str) -> None:
    profile = rule_profiles()[notation]
    found = view_readiness(graph, profile)
    views = [view for rules in found.rules.values() for view in rules]
    assert {view.rule.iri for view in views} == {rule.iri for rule in profile.rules}
    assert len(views) == len(profile.rules) == sum(found.counts.values())
    for obligation, rules in found.rules.items():
        assert {view.rule.obligation for view in rules} == {obligation}
    verdicts = {
        result.rule.iri: result.verdict for result in check_case_study(graph, profile).results
    }
    for view in views:
        guides = view.rule.obligation is Obligation.INDICATIVE
        broken = RuleOutcome.BEYOND if guides else RuleOutcome.NOT_MET
        assert (
            view.outcome
            == {
                Verdict.KEPT: RuleOutcome.MET,
                Verdict.UNKNOWN: RuleOutcome.UNKNOWN,
                Verdict.BROKEN: broken,
            }[verdicts[view.rule.iri]]
        )
        assert view.source
