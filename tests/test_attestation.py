"""How well claims, impacts, pathways and causal steps are evidenced."""

from __future__ import annotations

import pytest

from impactgraph.attestation import Attestation, Attestations
from impactgraph.graph import links_of
from impactgraph.model import Basis
from small_case_studies import CASE
from witnesses import witnessed

LINES = (
    "research",
    "claim c of 1",
    "claim d of 1",
    "impact 1",
    "claim c corroboratedBy source A",
    "source B",
)


def attested(node, *lines, basis=Basis.STATED):
    return Attestations(witnessed(*LINES, *lines), basis).of(f"{CASE}/{node}")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), "party unknown"),
        (("ann speaks for A",), "no known part"),
        (("ann speaks for A", "ann partner in research"), "part"),
        (
            ("claim c corroboratedBy source B", "ann speaks for A", "ann partner in research"),
            "part",
        ),
        (
            (
                "claim c corroboratedBy source B",
                "ann speaks for A",
                "bob speaks for B",
                "ann partner in research",
            ),
            "no known part",
        ),
        (("ann speaks for A", "bob vouches for A", "ann partner in research"), "no known part"),
    ],
)
def test_the_best_of_the_sources_counts(lines, expected):
    assert attested("claim/c", *lines).attestation is Attestation(expected)


def test_what_has_no_source_is_attested_by_none():
    found = attested("claim/d")
    assert found.attestation is Attestation.NONE
    assert found.sentence == "Claim “claim d” is attested by no source."


def test_the_grades_are_in_order():
    assert sorted(Attestation, key=lambda grade: grade.rank) == list(Attestation)
    assert [grade.value for grade in Attestation] == [
        "no known part",
        "part",
        "party unknown",
        "none",
    ]


def test_a_source_of_a_claim_speaks_of_its_impact_but_not_the_other_way_round():
    assert [source.name for source in attested("impact/1").sources] == ["source A"]
    assert attested("claim/d", "impact 1 corroboratedBy source B").sources == ()


def test_links_count_from_the_level_on():
    line = "claim d corroboratedBy source B curated 0.9"
    assert attested("claim/d", line).sources == ()
    assert len(attested("claim/d", line, basis=Basis.CURATED).sources) == 1


def steps(*lines):
    graph = witnessed("research", *lines)
    known = Attestations(graph, Basis.STATED)
    return {
        link.step.value: [source.name for source in known.of_step(link).sources]
        for link in links_of(graph)
        if link.step.leads or link.step.value == "creditedFor"
    }


def test_a_step_is_attested_by_what_speaks_of_both_ends():
    assert steps(
        "output 1 carriedBy pathway 1",
        "pathway 1 ledTo impact 1",
        "pathway 1 corroboratedBy source A",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "impact 1 corroboratedBy source B",
        "source B attests output 1",
    ) == {"carriedBy": [], "ledTo": ["source A"]}


def test_what_attests_an_output_attests_the_part_of_the_research():
    lines = (
        "research creditedFor impact 1",
        "output 1 contributedTo impact 1",
        "impact 1 corroboratedBy source A",
    )
    assert steps(*lines) == {"creditedFor": [], "contributedTo": []}
    assert steps(*lines, "source A attests output 1") == {
        "creditedFor": ["source A"],
        "contributedTo": ["source A"],
    }


def test_what_attests_the_research_as_a_whole_attests_no_output():
    assert steps(
        "research creditedFor impact 1",
        "output 1 contributedTo impact 1",
        "impact 1 corroboratedBy source A",
        "source A attests research",
    ) == {"creditedFor": ["source A"], "contributedTo": []}


def test_a_step_says_who_attests_it():
    graph = witnessed(
        "research",
        "pathway 1 ledTo impact 1",
        "pathway 1 corroboratedBy source A",
        "impact 1 corroboratedBy source A",
        "ann speaks for A",
    )
    (link,) = (link for link in links_of(graph) if link.step.leads)
    assert Attestations(graph, Basis.STATED).of_step(link).sentence == (
        "That pathway 1 led to impact 1 is attested by a party with no known part in the research "
        "(source A); no part of Ann in the research is known."
    )
