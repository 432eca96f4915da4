"""The headline of a case study."""

from __future__ import annotations

import pytest

from impactgraph.headline import find_break, headline
from impactgraph.model import Basis
from small_case_studies import case_graph

LINES = (
    "research creditedFor impact 1",
    "research creditedFor impact 2",
    "finding a reportedIn output 1",
    "output 1 carriedBy pathway 1 curated 0.7",
    "pathway 1 ledTo impact 1 collective",
    "pathway 1 ledTo impact 2 collective",
    "claim c of 1",
    "claim d of 1",
    "claim e of 1",
    "claim c corroboratedBy source A",
    "claim d corroboratedBy source A inferred 0.6",
)


def test_the_headline_counts_what_is_reached_and_what_has_a_source():
    found = headline(case_graph(*LINES))
    assert (found.impacts, found.reached_stated, found.reached_curated) == (2, 0, 2)
    assert (found.claims, found.sourced, found.covered, found.credited) == (3, 1, 2, 2)


def test_the_headline_reads_as_a_sentence():
    assert headline(case_graph(*LINES)).sentence == (
        "0 of 2 impacts are reached from a finding or output by stated steps, 2 with curation; "
        "the document credits the research as a whole for 2; 1 of 3 claims has a stated source; "
        "the stated chains stop between output and pathway."
    )


def test_where_stated_chains_reach_every_impact_nothing_stops():
    found = headline(case_graph("output 1 contributedTo impact 1"))
    assert found.stops is None
    assert found.sentence == ("1 of 1 impact is reached from a finding or output by stated steps.")


def test_a_case_study_without_impacts_says_so():
    assert headline(case_graph("finding a")).sentence == "The case study has no impact."


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("finding a", "impact 1"), "between finding and impact"),
        (("impact 1", "impact 2"), "before impacts 1 and 2"),
        (("finding a carriedBy pathway 1", "impact 1"), "between pathway and impact"),
        (
            ("finding a carriedBy pathway 1", "pathway 2 ledTo impact 1"),
            "between pathway and impact",
        ),
        (("output 1 contributedTo impact 1", "pathway 1 ledTo impact 2"), "before impact 2"),
        (
            ("finding a", "finding b reportedIn output 1", "pathway 1 ledTo impact 1"),
            "between finding and pathway and between output and pathway",
        ),
    ],
)
def test_where_the_chains_stop_is_said_in_words(lines, words):
    found = find_break(case_graph(*lines), basis=Basis.STATED)
    assert found is not None
    assert found.words == words
