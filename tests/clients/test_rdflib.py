"""rdflib's SPARQLStore and SPARQLUpdateStore work over the service."""

from __future__ import annotations

import pytest
from rdflib import RDF, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from serving import Service

IG = Namespace("https://w3id.org/impactgraph/ontology#")
S, P = URIRef("urn:s"), URIRef("urn:p")
GRAPH = URIRef("urn:g")


def open_for_writing(service: Service) -> SPARQLUpdateStore:
    return SPARQLUpdateStore(service.sparql, service.sparql, headers=service.authorisation)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_query(shipped: Service, method: str) -> None:
    graph = Graph(SPARQLStore(shipped.sparql, method=method))
    rows = list(
        graph.query(
            "SELECT DISTINCT ?finding { ?finding a ig:Finding } ORDER BY ?finding",
            initNs={"ig": IG},
        )
    )
    assert str(rows[0].finding).endswith("/jam-and-justice/finding/a")


@pytest.mark.parametrize("form", ["xml", "json", "csv"])
def test_formats_of_results(shipped: Service, form: str) -> None:
    graph = Graph(SPARQLStore(shipped.sparql, returnFormat=form))
    assert len(list(graph.query(f"SELECT ?s {{ ?s a <{IG.Finding}> }}"))) > 1


def test_ask_and_construct(shipped: Service) -> None:
    graph = Graph(SPARQLStore(shipped.sparql))
    assert graph.query(f"ASK {{ ?s a <{IG.Finding}> }}").askAnswer is True
    built = graph.query(f"CONSTRUCT WHERE {{ ?s a <{IG.Finding}> }}").graph
    assert built is not None
    assert set(built.objects(None, RDF.type)) == {IG.Finding}


def test_triples_of_a_pattern(shipped: Service) -> None:
    graph = Graph(SPARQLStore(shipped.sparql))
    findings = set(graph.subjects(RDF.type, IG.Finding))
    assert len(findings) > 1
    assert (next(iter(findings)), RDF.type, IG.Finding) in graph


def test_one_named_graph(shipped: Service) -> None:
    name = URIRef("https://w3id.org/impactgraph/id/jam-and-justice")
    graph = Graph(SPARQLStore(shipped.sparql), identifier=name)
    assert len(set(graph.subjects(RDF.type, IG.Finding))) > 1


def test_add_and_remove(empty: Service) -> None:
    graph = Dataset(open_for_writing(empty)).graph(GRAPH)
    values = [
        Literal("naïve\n\"quoted\" \\ 'text'", lang="en"),
        Literal(7),
        Literal("2021-03", datatype=XSD.gYearMonth),
        URIRef("urn:o"),
    ]
    for value in values:
        graph.add((S, P, value))
    assert set(graph.objects(S, P)) == set(values)
    assert empty.select("SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }") == [{"n": "4"}]
    graph.remove((S, P, values[0]))
    assert set(graph.objects(S, P)) == set(values[1:])


def test_update_and_many_triples_at_once(empty: Service) -> None:
    store = open_for_writing(empty)
    dataset = Dataset(store)
    graph = dataset.graph(GRAPH)
    dataset.addN((URIRef(f"urn:s:{n}"), P, Literal(n), graph) for n in range(500))
    graph.update("DELETE { ?s <urn:p> ?n } WHERE { ?s <urn:p> ?n FILTER (?n >= 100) }")
    assert len(list(graph.triples((None, P, None)))) == 100


def test_a_transaction_is_committed_or_rolled_back(empty: Service) -> None:
    store = open_for_writing(empty)
    store.autocommit = False
    store.dirty_reads = True
    graph = Graph(store, identifier=GRAPH)
    graph.add((S, P, Literal(1)))
    assert empty.select("SELECT * { GRAPH ?g { ?s ?p ?o } }") == []
    store.rollback()
    graph.add((S, P, Literal(2)))
    store.commit()
    assert empty.select("SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == [{"o": "2"}]


def test_graphs_are_created_and_dropped(empty: Service) -> None:
    dataset = Dataset(open_for_writing(empty))
    graph = dataset.graph(GRAPH)
    graph.add((S, P, Literal(1)))
    names = {str(row["g"]) for row in empty.select("SELECT ?g { GRAPH ?g {} }")}
    assert names == {"urn:g"}
    dataset.remove_graph(graph)
    assert empty.select("SELECT ?g { GRAPH ?g {} }") == []
