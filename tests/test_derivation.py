"""The derived triples of a case study."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from impactgraph.derivation import derive
from impactgraph.graph import to_networkx
from impactgraph.model import Basis
from impactgraph.vocabulary import CONCEPTS, IG, RDF, RDFS, XSD
from small_case_studies import CASE, UnionStore, case_graph, rdf_of

LINES = (
    "finding a reportedIn output 1",
    "output 1 contributedTo impact 1 curated 0.7",
    "finding a contributedTo impact 1 inferred 0.4",
    "finding b contributedTo impact 1 inferred 0.4",
    "pathway 1 ledTo impact 1 collective",
    "impact 1 corroboratedBy source A",
)


def derived(graph) -> Graph:
    result = Graph()
    for triple in derive(graph):
        result.add(triple)
    return result


def test_only_stated_and_curated_steps_of_influence_lead():
    leads = {
        (str(origin).removeprefix(CASE), str(target).removeprefix(CASE))
        for origin, target in derived(case_graph(*LINES)).subject_objects(IG.leadsTo)
    }
    assert leads == {
        ("/finding/a", "/output/1"),
        ("/output/1", "/impact/1"),
        ("/pathway/1", "/impact/1"),
    }


def test_each_joined_pair_has_an_underpinning_at_each_level():
    graph = derived(case_graph(*LINES))
    found = {
        (
            str(graph.value(each, IG.finding))[-1],
            str(graph.value(each, IG.impact))[-1],
            str(graph.value(each, IG.basis)).rsplit("#", 1)[1],
            int(graph.value(each, IG.chainCount)),
        )
        for each in graph.subjects(RDF.type, IG.Underpinning)
    }
    assert found == {
        ("a", "1", "curated", 1),
        ("a", "1", "inferred", 2),
        ("b", "1", "inferred", 1),
    }


def test_an_underpinning_is_described_whole():
    graph = derived(case_graph(*LINES))
    (each,) = graph.subjects(IG.basis, CONCEPTS[Basis][Basis.CURATED])
    (link,) = (
        data["link"]
        for _, _, data in case_graph(*LINES).edges(data=True)
        if data["link"].basis is Basis.CURATED
    )
    assert str(each).startswith(f"{CASE}/underpinning/")
    assert set(graph.predicate_objects(each)) == {
        (RDF.type, IG.Underpinning),
        (IG.inCaseStudy, URIRef(CASE)),
        (RDFS.label, Literal("finding a underpins impact 1 (curated)", lang="en")),
        (IG.finding, URIRef(f"{CASE}/finding/a")),
        (IG.impact, URIRef(f"{CASE}/impact/1")),
        (IG.basis, IG.curated),
        (IG.chainCount, Literal("1", datatype=XSD.nonNegativeInteger)),
        (IG.weakestLink, URIRef(link.iri)),
        (IG.collective, Literal(False)),
    }


def test_the_same_graph_gives_the_same_triples_in_the_same_order():
    assert list(derive(case_graph(*LINES))) == list(derive(case_graph(*reversed(LINES))))
    assert len(set(derive(case_graph(*LINES)))) == len(list(derive(case_graph(*LINES))))


def test_deriving_again_from_a_store_that_holds_what_was_derived_changes_nothing():
    once = list(derive(case_graph(*LINES)))
    store = UnionStore({CASE: rdf_of(*LINES), CASE + "/derived": once})
    assert list(derive(to_networkx(store, "example"))) == once


def test_a_long_name_does_not_make_a_label_that_is_too_long():
    graph = case_graph(f"finding {'a' * 300} contributedTo impact 1")
    (label, *_) = derived(graph).objects(None, RDFS.label)
    assert len(label) == 200
