"""Jam and Justice: what its graph says of chains, underpinnings and gaps."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import Graph

from impactgraph.chains import count_chains, find_chains
from impactgraph.derivation import derive
from impactgraph.gaps import Absence, find_gaps
from impactgraph.graph import CaseGraph, Kind, default_basis, links_of, nodes_of, to_networkx
from impactgraph.headline import headline
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis, Stage, Step
from impactgraph.underpinnings import explain_finding, explain_impact, underpinnings
from impactgraph.vocabulary import BASE, CONCEPTS, IG, RDF
from small_case_studies import UnionStore

CASE = BASE + "jam-and-justice"


@pytest.fixture(scope="module")
def graph(jam_and_justice: Graph) -> CaseGraph:
    return to_networkx(UnionStore({CASE: jam_and_justice}), "jam-and-justice")


def test_every_node_and_link_is_there_with_its_place(graph, jam_and_justice):
    counted = Counter(node.kind for node in nodes_of(graph))
    assert [counted[kind] for kind in list(Kind)[:6]] == [5, 5, 3, 4, 7, 1]
    assert counted[Kind.CLAIM] == len(set(jam_and_justice.subjects(RDF.type, IG.Claim)))
    assert len(list(links_of(graph))) == len(set(jam_and_justice.subjects(RDF.type, IG.Link)))
    assert all(node.anchors for node in nodes_of(graph))
    assert all(link.anchors for link in links_of(graph))


def test_under_stated_every_chain_from_a_finding_stops_at_an_output(graph):
    from_findings = [
        chain for chain in find_chains(graph, basis=Basis.STATED) if chain.start is Stage.FINDING
    ]
    assert len(from_findings) == 7
    assert {chain.stop for chain in from_findings} == {Stage.OUTPUT}


def test_under_stated_the_pathways_lead_to_the_impacts_together_and_on_to_sources(graph):
    led = [
        link for link in links_of(graph) if link.step is Step.LED_TO and link.basis is Basis.STATED
    ]
    assert len(led) == 12
    assert all(link.collective for link in led)
    from_pathways = [
        chain for chain in find_chains(graph, basis=Basis.STATED) if chain.start is Stage.PATHWAY
    ]
    assert len(from_pathways) == 24
    assert count_chains(graph, basis=Basis.STATED) == 31


def test_under_stated_nothing_shows_that_the_document_does_not_say(graph):
    for chain in find_chains(graph, basis=Basis.STATED):
        assert {link.basis for link in chain.links} == {Basis.STATED}
    assert all(not gap.probable for gap in find_gaps(graph, basis=Basis.STATED))
    for impact in nodes_of(graph, Kind.IMPACT):
        sentence = explain_impact(graph, impact, basis=Basis.STATED).sentence
        assert "curated" not in sentence
        assert "inferred" not in sentence


def test_a_person_has_curated_it(graph):
    assert default_basis(graph) is Basis.CURATED


def test_the_document_credits_the_research_as_a_whole_for_each_impact(graph):
    said = [
        explain_impact(graph, impact, basis=Basis.STATED).sentence
        for impact in nodes_of(graph, Kind.IMPACT)
    ]
    whole = (
        "The document credits the research as a whole and joins no finding to it; "
        "it states that pathways 1, 2 and 3 together led to it; evidenced by "
    )
    assert said == [
        f"{whole}{sources}."
        for sources in (
            "5 sources (A, B, C, D and E)",
            "one testimonial (B)",
            "one testimonial (F)",
            "one testimonial (G)",
        )
    ]


def test_by_content_findings_underpin_every_impact_each_with_its_reason(graph):
    found = underpinnings(graph, basis=Basis.CURATED)
    assert {each.impact.notation for each in found} == {"1", "2", "3", "4"}
    assert {each.weakest_link.basis for each in found} == {Basis.CURATED}
    for each in found:
        sentence = explain_impact(graph, each.impact, basis=Basis.CURATED).sentence
        assert each.weakest_link.rationale.rstrip(".") in sentence
        back = explain_finding(graph, each.finding, basis=Basis.CURATED).sentence
        assert each.weakest_link.rationale.rstrip(".") in back


def test_the_matrix_of_stated_chains_is_empty_and_says_why(graph):
    matrix = underpinning_matrix(graph, basis=Basis.STATED)
    assert [[cell.chain_count for cell in row] for row in matrix.cells] == [[0] * 4] * 5
    assert matrix.remark == (
        "every cell is 0: no stated step leads on from any output; "
        "the stated chains stop between output and pathway"
    )


def test_the_headline_says_where_the_stated_chains_stop(graph):
    found = headline(graph)
    assert (found.impacts, found.reached_stated, found.reached_curated) == (4, 0, 4)
    assert found.credited == 4
    assert found.stops is not None
    assert found.stops.words == "between output and pathway"


def test_the_gaps_of_stated_are_what_the_document_lacks(graph):
    gaps = find_gaps(graph, basis=Basis.STATED)
    named = {
        kind: [node.name for gap in gaps if gap.kind == kind for node in gap.nodes]
        for kind in dict.fromkeys(gap.kind for gap in gaps)
    }
    outputs = [f"output {number}" for number in (1, 2, 3, 4, 5)]
    assert named["research-as-a-whole"] == [*outputs, "pathway 1", "pathway 2", "pathway 3"]
    assert named["pathway-figures-uncorroborated"] == ["pathway 1", "pathway 2"]
    assert named["uncorroborated-pathway"] == ["pathway 3"]
    assert "nothing-before" not in named
    assert "nothing-after" not in named
    for kind in ("all-parties-involved", "testimony-alone", "single-party"):
        assert named[kind] == ["impact 2", "impact 3", "impact 4"]
    assert len(named["uncorroborated-claim"]) == headline(graph).claims - headline(graph).sourced
    assert len(named["summary-only"]) == 2
    assert "step-unattested" not in named
    assert {gap.absence for gap in gaps} == {Absence.DOCUMENT}


def test_the_gap_of_the_whole_says_what_the_document_credits(graph):
    (whole,) = find_gaps(graph, basis=Basis.STATED, kinds=["research-as-a-whole"])
    assert whole.reason == (
        "The research is credited as a whole for impacts 1, 2, 3 and 4: no stated step joins a "
        "finding or an output to a pathway or an impact."
    )
    assert [member.kind for member in whole.members] == ["nothing-after"] * 5 + [
        "nothing-before"
    ] * 3


def test_the_gaps_of_parties_name_them_and_their_parts(graph):
    found = find_gaps(graph, basis=Basis.STATED, kinds=["all-parties-involved"])
    reasons = [gap.reason for gap in found]
    assert "Anne Lythgoe (whom the project worked with; through" in reasons[0]
    assert "Jonathan Atkinson (co-founder of a project partner; through " in reasons[1]
    assert "Chief Executive of Manchester Settlement (" in reasons[2]


def test_the_derived_underpinnings_are_those_of_the_matrix(graph):
    derived = Graph()
    for triple in derive(graph):
        derived.add(triple)
    for basis in Basis:
        joined = {
            (str(derived.value(each, IG.finding)), str(derived.value(each, IG.impact)))
            for each in derived.subjects(IG.basis, CONCEPTS[Basis][basis])
        }
        cells = [cell for row in underpinning_matrix(graph, basis=basis).cells for cell in row]
        assert joined == {(cell.finding, cell.impact) for cell in cells if cell.chain_count}
