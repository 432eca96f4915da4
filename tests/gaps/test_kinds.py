"""Each kind of gap: where it is found, where it is not, and what it says."""

from __future__ import annotations

import pytest

from impactgraph.errors import NotFoundError
from impactgraph.gaps import KINDS, Absence, Severity, find_gaps
from impactgraph.model import Basis
from small_case_studies import case_graph

SOUND = (
    "finding a reportedIn output 1",
    "output 1 carriedBy pathway 1",
    "pathway 1 ledTo impact 1",
    "pathway 1 corroboratedBy source A",
    "impact 1 corroboratedBy source A",
    "claim c of 1",
    "claim c corroboratedBy source A",
)


def names(gaps):
    return [tuple(node.name for node in gap.nodes) for gap in gaps]


def test_a_sound_case_study_has_no_gap():
    for basis in Basis:
        assert find_gaps(case_graph(*SOUND), basis=basis) == ()


@pytest.mark.parametrize(
    ("kind", "lines", "expected", "severity"),
    [
        ("nothing-before", ("output 2 carriedBy pathway 1",), ("output 2",), "low"),
        ("nothing-before", ("pathway 2 ledTo impact 1",), ("pathway 2",), "medium"),
        ("nothing-before", ("impact 2",), ("impact 2",), "high"),
        ("nothing-before", ("research creditedFor impact 2",), ("impact 2",), "medium"),
        ("nothing-after", ("finding b",), ("finding b",), "medium"),
        ("nothing-after", ("finding a reportedIn output 2",), ("output 2",), "medium"),
        ("nothing-after", ("output 1 carriedBy pathway 2",), ("pathway 2",), "medium"),
        (
            "stage-skipped",
            ("finding a contributedTo impact 1",),
            ("finding a", "impact 1"),
            "note",
        ),
        ("stage-skipped", ("finding a carriedBy pathway 1",), ("finding a", "pathway 1"), "note"),
        ("stage-skipped", ("output 1 contributedTo impact 1",), ("output 1", "impact 1"), "note"),
        ("uncorroborated-impact", ("pathway 1 ledTo impact 2",), ("impact 2",), "high"),
        ("uncorroborated-claim", ("claim d of 1",), ("claim “claim d”",), "medium"),
        ("uncorroborated-pathway", ("output 1 carriedBy pathway 2",), ("pathway 2",), "low"),
        ("source-unused", ("source B",), ("source B",), "low"),
    ],
)
def test_each_kind_is_found_where_it_is(kind, lines, expected, severity):
    (gap,) = find_gaps(case_graph(*SOUND, *lines), basis=Basis.STATED, kinds=[kind])
    assert names([gap]) == [expected]
    assert gap.severity is Severity(severity)
    assert gap.kind == kind
    assert [place.exact for place in gap.places] == ["words"]
    for sentence in (gap.reason, gap.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "None" not in sentence
    assert all(node.name.casefold() in gap.reason.casefold() for node in gap.nodes)


def test_every_kind_is_tested_above():
    (mark,) = (
        mark
        for mark in test_each_kind_is_found_where_it_is.pytestmark
        if mark.name == "parametrize"
    )
    assert {values[0] for values in mark.args[1]} == set(KINDS)


def test_a_curated_link_closes_a_gap_of_stated():
    graph = case_graph(*SOUND, "finding b", "finding b reportedIn output 1 curated 0.7")
    assert names(find_gaps(graph, basis=Basis.STATED)) == [("finding b",)]
    assert find_gaps(graph, basis=Basis.CURATED) == ()


def test_an_inferred_link_closes_no_gap_but_is_named_as_probable():
    graph = case_graph(*SOUND, "claim d of 1", "claim d corroboratedBy source A inferred 0.6")
    (gap,) = find_gaps(graph, basis=Basis.INFERRED)
    assert gap.basis is Basis.CURATED
    assert gap.hints == (
        "probable link: claim “claim d” is corroborated by source A "
        "(inferred by paragraph-scope, 0.60)",
    )


@pytest.mark.parametrize("basis", [Basis.STATED, Basis.CURATED])
def test_no_inferred_link_shows_unless_it_was_asked_for(basis):
    graph = case_graph(*SOUND, "claim d of 1", "claim d corroboratedBy source A inferred 0.6")
    (gap,) = find_gaps(graph, basis=basis)
    assert gap.probable == ()
    assert gap.hints == ()


def test_an_inferred_link_opens_no_gap():
    graph = case_graph(*SOUND, "finding a contributedTo impact 1 inferred 0.6")
    assert find_gaps(graph, basis=Basis.INFERRED) == ()


def test_a_pair_is_skipped_once_though_two_links_say_so():
    graph = case_graph(
        *SOUND,
        "finding a contributedTo impact 1",
        "finding a contributedTo impact 1 curated 0.7",
    )
    assert names(find_gaps(graph, basis=Basis.CURATED)) == [("finding a", "impact 1")]


def test_the_most_severe_come_first_then_kinds_and_nodes_in_their_order():
    graph = case_graph("impact 2", "impact 10", "pathway 1", "source B")
    gaps = find_gaps(graph, basis=Basis.STATED)
    assert [(gap.severity.value, gap.kind, gap.nodes[0].name) for gap in gaps] == [
        ("high", "nothing-before", "impact 2"),
        ("high", "nothing-before", "impact 10"),
        ("high", "uncorroborated-impact", "impact 2"),
        ("high", "uncorroborated-impact", "impact 10"),
        ("medium", "nothing-before", "pathway 1"),
        ("medium", "nothing-after", "pathway 1"),
        ("low", "uncorroborated-pathway", "pathway 1"),
        ("low", "source-unused", "source B"),
    ]


def test_what_a_person_read_is_lacking_in_the_document():
    (gap,) = find_gaps(case_graph(*SOUND, "source B"), basis=Basis.STATED)
    assert gap.absence is Absence.DOCUMENT


def test_where_nothing_stated_was_read_the_reading_may_be_at_fault():
    gaps = find_gaps(case_graph("source B"), basis=Basis.STATED)
    assert [gap.absence for gap in gaps] == [Absence.READING]


def test_reasons_name_what_lacks_and_remedies_say_where_to_mend_it():
    graph = case_graph(*SOUND, "research creditedFor impact 2", "finding a reportedIn output 2")
    said = {gap.nodes[0].name: gap for gap in find_gaps(graph, basis=Basis.STATED)[1:]}
    assert said["impact 2"].reason == (
        "Impact 2 is credited to the research as a whole, but no stated step leads to it from a "
        "finding, an output or a pathway."
    )
    assert said["output 2"].reason == (
        "No stated step leads on from output 2 to a pathway or an impact."
    )
    assert said["output 2"].remedy == (
        "Cite output 2 in section 4 where its content reached people or changed something."
    )


def test_an_unknown_kind_is_named_beside_those_that_there_are():
    with pytest.raises(NotFoundError, match="'temporal'; there are nothing-before"):
        find_gaps(case_graph(*SOUND), basis=Basis.STATED, kinds=["temporal"])
