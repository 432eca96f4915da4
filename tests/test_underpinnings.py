"""Which findings underpin which impacts, as data and as sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from impactgraph.errors import NotFoundError
from impactgraph.model import Basis
from impactgraph.underpinnings import explain_finding, explain_impact, underpinnings
from small_case_studies import case_graph

LINES = (
    "research creditedFor impact 1",
    "research creditedFor impact 2",
    "finding a reportedIn output 1",
    "finding a reportedIn output 2",
    "finding b",
    "finding a contributedTo impact 1 curated 0.7",
    "finding d carriedBy pathway 3 curated 0.6",
    "finding d contributedTo impact 1 inferred 0.3",
    *(f"pathway {p} ledTo impact {i} collective" for p in (1, 2, 3) for i in (1, 2)),
    "impact 1 corroboratedBy source A",
    "impact 1 corroboratedBy source B",
    "source A report",
    "impact 2 corroboratedBy source B",
)


def pairs(found):
    return [(each.finding.notation, each.impact.notation, each.chain_count) for each in found]


def test_stated_links_alone_may_join_no_finding_to_any_impact():
    assert underpinnings(case_graph(*LINES), basis=Basis.STATED) == ()


def test_each_joined_pair_is_given_once_with_its_strongest_chain():
    found = underpinnings(case_graph(*LINES), basis=Basis.CURATED)
    assert pairs(found) == [("a", "1", 1), ("d", "1", 1), ("d", "2", 1)]
    assert [each.collective for each in found] == [False, True, True]
    assert [each.weakest_link.confidence for each in found] == [
        Decimal("0.7"),
        Decimal("0.6"),
        Decimal("0.6"),
    ]


def test_an_inferred_link_adds_a_chain_but_not_strength():
    found = underpinnings(case_graph(*LINES), basis=Basis.INFERRED)
    assert pairs(found) == [("a", "1", 1), ("d", "1", 2), ("d", "2", 1)]
    assert found[1].weakest_link.basis is Basis.CURATED
    assert [node.name for node in found[1].through] == ["pathway 3"]


def test_under_stated_an_impact_says_that_the_research_is_credited():
    assert explain_impact(case_graph(*LINES), "1", basis=Basis.STATED).sentence == (
        "The document credits the research as a whole and joins no finding to it; it states that "
        "pathways 1, 2 and 3 together led to it; evidenced by 2 sources (A and B)."
    )


def test_under_curated_an_impact_says_what_people_concluded_and_why():
    assert explain_impact(case_graph(*LINES), "1", basis=Basis.CURATED).sentence == (
        "The document credits the research as a whole and joins no finding to it; by content, "
        "finding a (curated, 0.70, because both speak of parameters) and finding d through "
        "pathway 3 (curated, 0.60, because both speak of parameters); it states that pathways "
        "1, 2 and 3 together led to it; evidenced by 2 sources (A and B)."
    )


def test_one_testimonial_is_called_so():
    sentence = explain_impact(case_graph(*LINES), "impact/2", basis=Basis.STATED).sentence
    assert sentence.endswith("; evidenced by one testimonial (B).")


def test_inferred_findings_are_told_apart():
    graph = case_graph(
        "finding a contributedTo impact 1 inferred 0.5", "finding b contributedTo impact 1"
    )
    assert explain_impact(graph, "1", basis=Basis.INFERRED).sentence == (
        "The document does not credit the research as a whole and joins finding b to it; by "
        "inference, finding a (inferred, 0.50, because both speak of parameters); no source "
        "corroborates it."
    )
    assert "finding a" not in explain_impact(graph, "1", basis=Basis.CURATED).sentence


def test_outputs_and_pathways_are_said_by_who_says_so():
    graph = case_graph(
        "output 2 contributedTo impact 1",
        "pathway 1 ledTo impact 1 curated 0.8",
        "pathway 2 ledTo impact 1 inferred 0.4",
    )
    assert (
        "; it states that output 2 contributed to it; a curator concluded that pathway 1 led to "
        "it; a program inferred that pathway 2 led to it;"
    ) in explain_impact(graph, "1", basis=Basis.INFERRED).sentence


def test_a_stated_chain_through_an_output_names_its_finding():
    graph = case_graph("finding a reportedIn output 2", "output 2 contributedTo impact 1")
    explained = explain_impact(graph, "1", basis=Basis.STATED)
    assert "joins finding a through output 2 to it" in explained.sentence


def test_an_impact_that_nothing_supports_says_so():
    assert explain_impact(case_graph("impact 1"), "1", basis=Basis.INFERRED).sentence == (
        "The document does not credit the research as a whole and joins no finding to it; "
        "no source corroborates it."
    )


def test_of_several_links_to_one_source_the_surest_is_given():
    graph = case_graph(
        "impact 1 corroboratedBy source A inferred 0.6", "impact 1 corroboratedBy source A"
    )
    (support,) = explain_impact(graph, "1", basis=Basis.INFERRED).evidence
    assert support.link.basis is Basis.STATED


def test_a_finding_can_be_asked_for_alone():
    graph = case_graph(*LINES)
    assert explain_finding(graph, "a", basis=Basis.STATED).sentence == (
        "Finding a is reported in outputs 1 and 2 (stated); the document joins it to no impact."
    )
    assert explain_finding(graph, "d", basis=Basis.CURATED).sentence == (
        "Finding d is reported in no output; the document joins it to no impact; by content, "
        "it underpins impacts 1 and 2 through pathway 3 (curated, 0.60, because both speak of "
        "parameters)."
    )


def test_nothing_but_an_impact_is_explained_as_one():
    with pytest.raises(NotFoundError, match="no impact 'finding/a'"):
        explain_impact(case_graph(*LINES), "finding/a", basis=Basis.STATED)
    with pytest.raises(NotFoundError, match="no finding 'impact/1'"):
        explain_finding(case_graph(*LINES), "impact/1", basis=Basis.STATED)
