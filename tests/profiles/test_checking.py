"""A case study beside the rules of an exercise: kept, broken, or cannot be told, and why."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from gaps.dated_case_studies import dated, period
from impactgraph.errors import NotFoundError
from impactgraph.graph import build_graph
from impactgraph.model import (
    Aspect,
    CaseStudy,
    Maturity,
    Role,
    RoleType,
    SectionDescription,
)
from impactgraph.profiles import (
    RuleResult,
    Verdict,
    check_case_study,
    compare_profiles,
    own_profile,
    rule_profile,
)

KEPT, BROKEN, UNKNOWN = Verdict.KEPT, Verdict.BROKEN, Verdict.UNKNOWN


def check(
    case_study: CaseStudy, aspect: Aspect, section: str | None = None, *, profile: str = "ref2021"
) -> RuleResult:
    results = check_case_study(build_graph(case_study), rule_profile(profile)).results
    (result,) = (one for one in results if (one.rule.aspect, one.rule.section) == (aspect, section))
    return result


@pytest.mark.parametrize(
    ("about", "verdict", "reason"),
    [
        ({"research": period("2005", "2010")}, KEPT, "from 2005 to 2010, and nothing dated"),
        ({"research": period("2000", "2020")}, KEPT, "from 2000 to 2020"),
        ({"research": period("1990", "1999")}, BROKEN, "from 1990 to 1999, outside that time"),
        ({"research": period("1998", "2010")}, UNKNOWN, "partly outside that time or open"),
        ({"research": period("2005", None, open_ended=True)}, UNKNOWN, "from 2005 on"),
        ({}, UNKNOWN, "does not say when the research took place"),
        ({"dates": {"output/1": "1999"}}, BROKEN, "Output 1 came out at another time"),
    ],
)
def test_the_period_of_research(about: dict[str, Any], verdict: Verdict, reason: str) -> None:
    about = {"dates": {"output/1": "2008"}, **about}
    result = check(dated("output 1", **about), Aspect.RESEARCH_PERIOD)
    assert result.verdict is verdict
    assert reason in result.reason


def test_an_output_without_a_date_leaves_the_period_open() -> None:
    result = check(dated("output 1", research=period("2005", "2010")), Aspect.RESEARCH_PERIOD)
    assert result.verdict is UNKNOWN
    assert [node.name for node in result.nodes] == ["output 1"]


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ({"impact": period("2014", "2020")}, KEPT),
        ({"impact": period("2013", "2020")}, UNKNOWN),
        ({"impact": period("2008", "2012")}, BROKEN),
        (
            {"impact": period("2014", "2020"), "times": {"impact/1": [period("2012", "2012")]}},
            BROKEN,
        ),
        ({"impact": period("2014", "2020"), "times": {"impact/1": [period("2012", None)]}}, KEPT),
        ({}, UNKNOWN),
    ],
)
def test_the_period_of_impact(about: dict[str, Any], verdict: Verdict) -> None:
    assert check(dated("impact 1", **about), Aspect.IMPACT_PERIOD).verdict is verdict


def test_what_is_listed_beyond_the_guide_is_named() -> None:
    lines = [f"output {number}" for number in range(1, 9)]
    result = check(dated(*lines), Aspect.REFERENCES, "3")
    assert result.verdict is BROKEN
    assert result.reason == (
        "The case study lists 8 outputs, 2 more than 6, which is only a guide."
    )
    assert [node.name for node in result.nodes] == ["output 7", "output 8"]
    assert check(dated(*lines[:6]), Aspect.REFERENCES, "3").verdict is KEPT
    assert check(dated("source A"), Aspect.SOURCES, "5").verdict is KEPT


def with_words(**words: int) -> CaseStudy:
    case = dated("impact 1")
    sections = tuple(
        SectionDescription(
            iri=f"{case.document.iri}/section/{name[1]}", section=name[1], word_count=count
        )
        for name, count in words.items()
    )
    return dataclasses.replace(case, document=dataclasses.replace(case.document, sections=sections))


def test_words_are_counted_where_the_reading_counted_them() -> None:
    case = with_words(s1=100, s4=1509)
    assert check(case, Aspect.WORDS, "1").verdict is KEPT
    assert check(case, Aspect.WORDS, "2").verdict is UNKNOWN
    result = check(case, Aspect.WORDS, "4")
    assert result.verdict is BROKEN
    assert "1,509 words, 759 more than 750" in result.reason


def test_a_limit_of_the_whole_needs_every_section() -> None:
    counts = {"s1": 100, "s2": 500, "s3": 200, "s4": 1300, "s5": 100}
    assert check(with_words(**counts), Aspect.WORDS, profile="ref2029-draft").verdict is KEPT
    longer = counts | {"s4": 1301}
    assert check(with_words(**longer), Aspect.WORDS, profile="ref2029-draft").verdict is BROKEN
    del counts["s3"]
    result = check(with_words(**counts), Aspect.WORDS, profile="ref2029-draft")
    assert result.verdict is UNKNOWN
    assert "section 3" in result.reason


def test_pages_and_quality_can_never_be_told() -> None:
    for aspect in (Aspect.PAGES, Aspect.QUALITY):
        assert check(dated("impact 1"), aspect).verdict is UNKNOWN


def test_a_rule_without_a_limit_cannot_be_told() -> None:
    case = dated("impact 1", impact=period("1900", "1901"))
    result = check(case, Aspect.IMPACT_PERIOD, profile="ref2029-draft")
    assert result.verdict is UNKNOWN
    assert "does not know the limit" in result.reason


def test_a_change_is_one_of_the_impact_or_of_a_claim_in_it() -> None:
    case = dated("impact 1", "impact 2", "claim c of 1")
    assert check(case, Aspect.CHANGE).verdict is UNKNOWN
    claims = tuple(dataclasses.replace(one, maturity=Maturity.ADOPTION) for one in case.claims)
    impacts = tuple(dataclasses.replace(one, change="fewer cars") for one in case.impacts)
    result = check(dataclasses.replace(case, claims=claims), Aspect.CHANGE)
    assert [node.name for node in result.nodes] == ["impact 2"]
    assert check(dataclasses.replace(case, impacts=impacts), Aspect.CHANGE).verdict is KEPT


def test_a_header_that_says_all_is_kept_and_what_lacks_is_named() -> None:
    case = dated("impact 1", research=period("2005", "2010"), impact=period("2014", "2020"))
    result = check(case, Aspect.HEADER, "A")
    assert result.verdict is UNKNOWN
    assert "who the staff are" in result.reason
    assert "when the research was done" not in result.reason
    staff = Role(
        iri=f"{case.iri}/role/1", label="staff", agent="https://example.org/p",
        role_type=RoleType.STAFF, role_in=case.iri, post="Reader",
        period=case.research_period, anchors=case.anchors,
    )  # fmt: skip
    whole = dataclasses.replace(case, roles=(staff,), continued=False)
    assert check(whole, Aspect.HEADER, "A").verdict is KEPT


def test_must_comes_before_indicative() -> None:
    results = check_case_study(build_graph(dated("impact 1")), rule_profile("ref2021")).results
    obligations = [result.rule.obligation.value for result in results]
    assert obligations == sorted(obligations, key=["must", "should", "indicative"].index)


def test_the_own_profile_is_that_of_the_exercise() -> None:
    assert own_profile(build_graph(dated("impact 1", exercise="ref2014"))).notation == "ref2014"
    with pytest.raises(NotFoundError, match=r"no exercise.*choose a profile: ref2014"):
        own_profile(build_graph(dated("impact 1", exercise=None)))
    with pytest.raises(NotFoundError, match="ref1066"):
        own_profile(build_graph(dated("impact 1", exercise="ref1066")))


def test_a_profile_does_not_differ_from_itself() -> None:
    graph = build_graph(dated("impact 1"))
    for notation in ("ref2014", "ref2021", "ref2029-draft"):
        profile = rule_profile(notation)
        assert compare_profiles(graph, profile, profile) == ()


def test_two_profiles_differ_in_limits_verdicts_and_rules() -> None:
    graph = build_graph(dated("output 1", impact=period("2014", "2020")))
    changes = {
        (change.aspect, change.section): change
        for change in compare_profiles(graph, rule_profile("ref2021"), rule_profile("ref2014"))
    }
    assert changes[Aspect.IMPACT_PERIOD, None].sentence.endswith("; kept becomes broken")
    assert "REF 2014: The whole case study has four pages" in changes[Aspect.PAGES, None].sentence
    header = changes[Aspect.HEADER, "A"]
    assert header.after is None
    assert header.sentence.endswith("REF 2014: no such rule in this profile")
    assert (Aspect.SOURCES, "5") not in changes
