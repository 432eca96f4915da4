"""Gaps in time: each where it is, none where it is not certain, and what they say."""

from __future__ import annotations

from typing import Any

import pytest

from gaps.dated_case_studies import dated, period
from impactgraph.gaps import Gap, Severity, find_gaps
from impactgraph.graph import build_graph
from impactgraph.model import Basis

CHAIN = (
    "output 1 carriedBy pathway 1",
    "pathway 1 ledTo impact 1",
    "claim c of 1",
    "claim c corroboratedBy source A",
)


def found(kind: str, *lines: str, basis: Basis = Basis.STATED, **about: Any) -> tuple[Gap, ...]:
    return find_gaps(build_graph(dated(*CHAIN, *lines, **about)), basis=basis, kinds=[kind])


def test_an_impact_that_was_over_before_the_research_is_high() -> None:
    (gap,) = found(
        "impact-before-research",
        times={"impact/1": [period("2010", "2012-06")]},
        research=period("2012-07", "2015"),
    )
    assert gap.severity is Severity.HIGH
    assert gap.reason == (
        "Impact 1 is said to have happened from 2010 to June 2012, before the research began "
        "(July 2012)."
    )


@pytest.mark.parametrize(
    "about",
    [
        {"times": {"impact/1": [period("2010", "2012")]}, "research": period("2012-07", "2015")},
        {"times": {"impact/1": [period("2010", "2013")]}, "research": period("2012-07", "2015")},
        {"times": {"impact/1": [period("2010", None)]}, "research": period("2012", "2015")},
        {
            "times": {"impact/1": [period("2010", None, open_ended=True)]},
            "research": period("2012", "2015"),
        },
        {"times": {"impact/1": [period("2010", "2011")]}, "research": period(None, "2015")},
        {"times": {"impact/1": [period("2010", "2011")]}},
        {"research": period("2012", "2015")},
        {
            "times": {"impact/1": [period("2010", "2011"), period("2014", "2015")]},
            "research": period("2012", "2015"),
        },
        {
            "times": {"impact/1": [period("2010", "2011")]},
            "research": period("2012", "2015"),
            "dates": {"output/1": "2009"},
        },
        {
            "times": {"impact/1": [period("2010", "2011")]},
            "research": period("2012", "2015"),
            "project": period("2009", "2012"),
        },
    ],
    ids=[
        "same-year", "overlap", "no-end", "goes-on", "no-start-of-research", "no-research",
        "no-date", "one-of-two-periods", "older-output", "older-project",
    ],
)  # fmt: skip
def test_nothing_that_is_not_certain_is_before_the_research(about: dict[str, Any]) -> None:
    assert found("impact-before-research", **about) == ()


def test_the_period_is_that_of_the_exercise() -> None:
    times = {"impact/1": [period("2012", "2013-05")], "claim/c": [period("2008", "2008")]}
    (impact, claim) = found("impact-outside-period", times=times, exercise="ref2021")
    assert [impact.nodes[0].name, claim.nodes[0].name] == ["impact 1", "claim “claim c”"]
    assert [impact.severity, claim.severity] == [Severity.HIGH, Severity.MEDIUM]
    assert "from 1 August 2013 to 31 December 2020" in impact.reason
    assert found("impact-outside-period", times=times, exercise="ref2014") == ()
    assert found("impact-outside-period", times=times, exercise="ref2029") == ()
    assert found("impact-outside-period", times=times, exercise=None) == ()


def test_what_reaches_into_the_period_is_not_outside() -> None:
    for end in ("2013", "2013-08", "2014", None):
        times = {"impact/1": [period("2005", end)]}
        assert found("impact-outside-period", times=times) == ()


def test_a_header_outside_the_period_is_a_gap_of_the_case_study() -> None:
    (gap,) = found("impact-outside-period", impact=period("2001", "2005"))
    assert gap.nodes == ()
    assert gap.at == (dated(*CHAIN).iri,)
    (gap,) = found("research-outside-period", research=period("1990", "1999-12-31"))
    assert gap.severity is Severity.HIGH


def test_an_output_outside_the_period_of_research() -> None:
    (gap,) = found("research-outside-period", dates={"output/1": "1999-12"})
    assert gap.reason == (
        "Output 1 came out in December 1999; the exercise admits underpinning research from "
        "1 January 2000 to 31 December 2020."
    )
    assert found("research-outside-period", dates={"output/1": "2000"}) == ()
    assert found("research-outside-period") == ()


@pytest.mark.parametrize(
    ("line", "severity"), [("source A", "medium"), ("source A agreement", "low")]
)
def test_a_source_older_than_its_claim(line: str, severity: str) -> None:
    (gap,) = found(
        "source-before-claim",
        line,
        times={"claim/c": [period("2017-03", "2018")]},
        dates={"source/A": "2017-02-27"},
    )
    assert [node.name for node in gap.nodes] == ["claim “claim c”", "source A"]
    assert gap.severity is Severity(severity)


def test_a_source_that_may_be_of_the_time_is_not_older() -> None:
    for start, date in (("2017", "2017-02"), ("2017-02", "2017"), (None, "2000"), ("2017", None)):
        gaps = found(
            "source-before-claim",
            times={"claim/c": [period(start, "2018")]},
            dates={"source/A": date} if date else {},
        )
        assert gaps == ()


def test_an_inferred_link_makes_no_source_too_old() -> None:
    about: dict[str, Any] = {
        "times": {"impact/1": [period("2017", "2018")]},
        "dates": {"source/B": "2010"},
    }
    line = "impact 1 corroboratedBy source B"
    assert found("source-before-claim", f"{line} inferred 0.5", **about) == ()
    assert found("source-before-claim", f"{line} curated 0.5", **about) == ()
    assert (
        len(found("source-before-claim", f"{line} curated 0.5", basis=Basis.CURATED, **about)) == 1
    )


def test_one_note_for_an_impact_however_many_outputs_are_later() -> None:
    (gap,) = found(
        "output-after-impact",
        "output 2 contributedTo impact 1",
        times={"claim/c": [period("2016", "2017")]},
        dates={"output/1": "2017", "output/2": "2018-05"},
    )
    assert gap.severity is Severity.NOTE
    assert gap.reason == (
        "Impact 1 began by 2016, before output 1 (2017) and output 2 (May 2018) came out, which "
        "by this graph led to it."
    )


def test_an_output_that_no_step_joins_to_the_impact_is_not_compared() -> None:
    about: dict[str, Any] = {
        "times": {"impact/1": [period("2010", "2011")]},
        "dates": {"output/2": "2018"},
    }
    assert found("output-after-impact", "output 2", **about) == ()
    assert (
        found("output-after-impact", "output 2 contributedTo impact 1 inferred 0.6", **about) == ()
    )
