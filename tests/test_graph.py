"""The graph of a case study: read from RDF, built, refused, and looked up."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from impactgraph.errors import DecodingError, NotFoundError
from impactgraph.graph import (
    Kind,
    build_graph,
    default_basis,
    find_node,
    links_of,
    model_of,
    node_of,
    nodes_of,
    to_networkx,
)
from impactgraph.model import Basis, SourceType, Stage, Step
from impactgraph.vocabulary import BASE, IG
from small_case_studies import CASE, UnionStore, case_graph, case_store, case_study_of, rdf_of

LINES = (
    "research creditedFor impact 1",
    "finding a reportedIn output 10",
    "finding a reportedIn output 2",
    "output 2 carriedBy pathway 1 curated 0.7",
    "output 2 carriedBy pathway 1 inferred 0.4",
    "pathway 1 ledTo impact 1 collective",
    "claim c of 1",
    "claim c corroboratedBy source A",
    "source A report",
    "impact 1 corroboratedBy source A",
)


def test_what_is_read_from_rdf_is_what_was_written():
    read, built = to_networkx(case_store(*LINES), "example"), case_graph(*LINES)
    assert list(read.nodes(data=True)) == list(built.nodes(data=True))
    assert list(read.edges(keys=True, data=True)) == list(built.edges(keys=True, data=True))
    assert (read.graph["case_study"], read.graph["slug"]) == (CASE, "example")
    assert (read.graph["label"], read.graph["title"]) == ("Example", "An example")
    assert set(model_of(read).links) == set(model_of(built).links)


def test_a_case_study_is_found_by_slug_and_by_iri():
    store = case_store(*LINES)
    assert list(to_networkx(store, "example")) == list(to_networkx(store, CASE))


@pytest.mark.parametrize("unknown", ["nowhere", BASE + "nowhere", "no iri://at all <"])
def test_an_unknown_case_study_is_not_found(unknown):
    with pytest.raises(NotFoundError, match=r"nowhere|no iri"):
        to_networkx(case_store(*LINES), unknown)


def test_other_case_studies_in_the_store_stay_out():
    triples = list(rdf_of("finding z reportedIn output 9"))
    elsewhere = [
        tuple(type(term)(str(term).replace("example", "other")) for term in triple)
        for triple in triples
    ]
    store = UnionStore({CASE: rdf_of(*LINES), BASE + "other": elsewhere})
    assert list(to_networkx(store, "example")) == list(case_graph(*LINES))
    assert [node.notation for node in nodes_of(to_networkx(store, "other"))] == ["z", "9"]


def test_the_order_of_nodes_and_links_given_does_not_matter():
    graph = case_graph(*LINES)
    nodes, links = list(nodes_of(graph)), list(links_of(graph))
    for seed in range(5):
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(links)
        again = build_graph(case_study_of(nodes, links))
        assert list(again.nodes) == list(graph.nodes)
        assert list(again.edges(keys=True)) == list(graph.edges(keys=True))


def test_nodes_carry_what_they_are():
    graph = case_graph(*LINES)
    source = node_of(graph, f"{CASE}/source/A")
    claim = node_of(graph, f"{CASE}/claim/c")
    assert (source.kind, source.stage, source.source_type) == (
        Kind.SOURCE,
        Stage.SOURCE,
        SourceType.REPORT,
    )
    assert (claim.stage, claim.claim_of, claim.anchors[0].section) == (
        None,
        f"{CASE}/impact/1",
        "4",
    )


def test_nodes_come_in_the_order_of_stages_and_of_counting():
    assert [node.name for node in nodes_of(case_graph(*LINES))] == [
        "finding a",
        "output 2",
        "output 10",
        "pathway 1",
        "impact 1",
        "source A",
        "the research as a whole",
        "claim “claim c”",
    ]


def test_an_edge_is_keyed_by_its_link_and_one_step_may_have_several():
    graph = case_graph(*LINES)
    edges = graph[f"{CASE}/output/2"][f"{CASE}/pathway/1"]
    assert [edge["link"].basis for edge in edges.values()] == [Basis.CURATED, Basis.INFERRED]
    assert all(key == edge["link"].iri for key, edge in edges.items())
    assert [edge["link"].confidence for edge in edges.values()] == [Decimal("0.7"), Decimal("0.4")]


@pytest.mark.parametrize(
    "line",
    [
        "impact 1 ledTo pathway 1",
        "output 1 reportedIn finding a",
        "source A corroboratedBy impact 1",
        "finding a ledTo impact 1",
        "pathway 1 contributedTo impact 1",
    ],
)
def test_a_link_that_leads_backwards_or_past_its_step_is_refused(line):
    with pytest.raises(DecodingError, match="turn it round, or give it the step"):
        case_graph(line)


def test_a_link_to_what_is_no_node_is_refused():
    graph = case_graph("finding a reportedIn output 1")
    nodes = nodes_of(graph, Kind.FINDING)
    with pytest.raises(DecodingError, match="output/1"):
        build_graph(case_study_of(nodes, links_of(graph)))


def test_a_link_without_its_basis_is_refused_by_name():
    triples = [
        triple for triple in rdf_of("finding a reportedIn output 1") if triple[1] != IG.basis
    ]
    with pytest.raises(DecodingError, match=r"link/.*lacks.*basis"):
        to_networkx(UnionStore({CASE: triples}), "example")


@pytest.mark.parametrize("reference", ["finding/a", CASE + "/finding/a"])
def test_a_node_is_found_by_iri_and_by_kind_and_notation(reference):
    assert find_node(case_graph(*LINES), reference).name == "finding a"


@pytest.mark.parametrize("reference", ["1", "impact/1", CASE + "/impact/1"])
def test_a_node_of_a_known_kind_is_found_by_its_notation_alone(reference):
    assert find_node(case_graph(*LINES), reference, Kind.IMPACT).name == "impact 1"


def test_a_node_that_is_not_there_is_named_beside_those_that_are():
    with pytest.raises(NotFoundError, match=r"no impact '7'; it has impact/1$"):
        find_node(case_graph(*LINES), "7", Kind.IMPACT)
    with pytest.raises(NotFoundError, match="no impact"):
        find_node(case_graph(*LINES), "finding/a", Kind.IMPACT)


def test_the_default_basis_is_curated_only_where_somebody_curated():
    assert default_basis(case_graph(*LINES)) is Basis.CURATED
    assert default_basis(case_graph("finding a reportedIn output 1")) is Basis.STATED
    assert default_basis(case_graph("finding a reportedIn output 1 inferred 1")) is Basis.STATED


def test_the_ends_that_are_checked_are_those_of_the_chains():
    from impactgraph.graph.building import _ENDS

    assert set(_ENDS) == {step for step in Step if step.chains}


def test_a_store_that_moves_is_read_from_one_snapshot():
    class Moving:
        snapshots = 0

        def snapshot(self):
            self.snapshots += 1
            return case_store(*LINES)

        def query(self, text, *, bindings=None):
            raise AssertionError("asked the moving store itself")

    store = Moving()
    assert len(to_networkx(store, "example")) == 8
    assert store.snapshots == 1
