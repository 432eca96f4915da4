"""What the measures say of the case study that impactgraph ships."""

from __future__ import annotations

import pytest
from rdflib import Graph

from impactgraph.attestation import Attestation, Attestations
from impactgraph.encoding import decode
from impactgraph.graph import CaseGraph, build_graph, find_node
from impactgraph.model import Basis
from impactgraph.robustness import Robustness, measure_robustness


@pytest.fixture(scope="module")
def graph(jam_and_justice: Graph, reference: Graph) -> CaseGraph:
    return build_graph(decode(jam_and_justice + reference))


@pytest.fixture(scope="module")
def stated(graph: CaseGraph) -> Robustness:
    return measure_robustness(graph, basis=Basis.STATED)


def test_impacts_2_3_and_4_rest_on_one_party_with_a_part_each(stated: Robustness) -> None:
    alone = {found.impact.notation: found for found in stated.corroboration[1:]}
    assert {
        notation: (
            [source.notation for source in found.attested.sources],
            [party.name for party in found.attested.parties],
        )
        for notation, found in alone.items()
    } == {
        "2": (["B"], ["Anne Lythgoe"]),
        "3": (["F"], ["Jonathan Atkinson"]),
        "4": (["G"], ["Chief Executive of Manchester Settlement (not named)"]),
    }
    for found in alone.values():
        assert (found.tally.sources, found.tally.parties, found.tally.no_known_part) == (1, 1, 0)
        assert found.to_lose_all.least == found.to_lose_all.most == 1


def test_the_sentences_say_each_part_as_the_document_does(stated: Robustness) -> None:
    said = [found.sentence for found in stated.corroboration[1:]]
    assert "Anne Lythgoe (whom the project worked with; through Greater Manchester" in said[0]
    assert (
        "Jonathan Atkinson (co-founder of a project partner; through Carbon Co-op, project partner)"
        in said[1]
    )
    assert (
        "Chief Executive of Manchester Settlement (not named, who worked with the project for three"
        " years) has a part" in said[2]
    )


def test_that_no_stated_chain_passes_through_anything_is_said_once(stated: Robustness) -> None:
    assert stated.spared == (
        "Without any one of findings a, b, c, d and e, outputs 1, 2, 3, 4 and 5 and pathways 1, 2 "
        "and 3, nothing is lost, as no chain from the research to an impact passes through it "
        "(stated).",
    )


def test_impact_1_rests_on_several_parties_of_which_the_issuers_of_a_and_d_have_a_part(
    graph: CaseGraph, stated: Robustness
) -> None:
    found = stated.corroboration[0]
    assert (found.tally.sources, found.tally.parties, found.tally.no_known_part) == (5, 4, 1)
    known = Attestations(graph, Basis.STATED)
    parts = {
        source.notation: [party.known_part for party in known.parties[source.iri]]
        for source in found.attested.sources
    }
    assert parts == {"A": [True], "B": [True], "C": [], "D": [True], "E": [False]}
    assert (found.to_lose_all.least, found.to_lose_all.most) == (4, 5)
    assert [note.organisation.label for note in found.colleagues] == [
        "Greater Manchester Combined Authority"
    ]


def test_no_stated_chain_from_the_research_reaches_an_impact(stated: Robustness) -> None:
    assert [found.count for found in stated.disjoint] == [0, 0, 0, 0]
    assert stated.single_points == ()


def test_no_pathway_has_a_source(graph: CaseGraph) -> None:
    known = Attestations(graph, Basis.CURATED)
    for notation in ("1", "2", "3"):
        pathway = find_node(graph, f"pathway/{notation}")
        assert known.of(pathway.iri).attestation is Attestation.NONE


def test_other_institutions_are_named_openly(stated: Robustness) -> None:
    found = stated.contribution
    assert found is not None
    assert found.institution.label == "University of Manchester"
    names = {other.label for other in found.others}
    assert {"University of Sheffield", "University of Birmingham"} <= names
    assert "Mistra Urban Futures" not in names
    assert "University of Salford" not in names
    assert [holder.label for holder in found.holders] == ["University of Salford"]
    assert "University of Salford holds a grant of the research;" in found.sentence
    assert "people who work there have a part in 2 of them (of 1 it" in found.sentence
    assert found.grants.own == ()
