from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import PROV, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from impactgraph.errors import QueryError
from impactgraph.store import Store, open_store
from impactgraph_api import Settings, create_app
from impactgraph_api.description import Count, Statistics, StatisticsKeeper, describe_service
from impactgraph_api.workers import Answer, OverloadedError, Question

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
IG = Namespace("https://w3id.org/impactgraph/ontology#")
ID = "https://w3id.org/impactgraph/id/"
# Every term that https://www.w3.org/TR/sparql11-service-description/ defines and this may use.
TERMS = {
    "BasicFederatedQuery", "Dataset", "EmptyGraphs", "Graph", "NamedGraph", "SPARQL11Query",
    "SPARQL11Update", "Service", "UnionDefaultGraph", "defaultDataset", "defaultEntailmentRegime",
    "defaultGraph", "endpoint", "feature", "graph", "inputFormat", "name", "namedGraph",
    "resultFormat", "supportedLanguage",
}  # fmt: skip


def describe(client: TestClient, accept: str = "text/turtle") -> Graph:
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == accept
    form = {"text/turtle": "turtle", "application/rdf+xml": "xml"}.get(accept, "json-ld")
    return Graph().parse(data=answer.text, format=form)


def only(graph: Graph, subject: Node | None, predicate: Node) -> Node:
    (value,) = graph.objects(subject, predicate)
    return value


def service_of(graph: Graph) -> Node:
    (service,) = graph.subjects(RDF.type, SD.Service)
    return service


@pytest.fixture(scope="module")
def union(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, Settings(workers=1))) as client:
        yield client


@pytest.fixture(scope="module")
def strict(store: Store) -> Iterator[TestClient]:
    settings = Settings(default_graph="strict", token="x", workers=1)
    with TestClient(create_app(store, settings)) as client:
        yield client


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_a_request_that_asks_nothing_gets_the_description(union: TestClient, accept: str) -> None:
    graph = describe(union, accept)
    service = service_of(graph)
    assert only(graph, service, SD.endpoint) == URIRef("http://testserver/sparql")
    assert only(graph, service, SD.supportedLanguage) == SD.SPARQL11Query
    assert SD.UnionDefaultGraph in set(graph.objects(service, SD.feature))
    assert SD.BasicFederatedQuery not in set(graph.objects(service, SD.feature))
    assert {FORMATS.SPARQL_Results_JSON, FORMATS.SPARQL_Results_CSV, FORMATS.Turtle} <= set(
        graph.objects(service, SD.resultFormat)
    )
    assert not list(graph.objects(service, SD.inputFormat))


def test_a_strict_service_that_takes_updates_says_so(strict: TestClient) -> None:
    graph = describe(strict)
    service = service_of(graph)
    assert SD.UnionDefaultGraph not in set(graph.objects(service, SD.feature))
    assert set(graph.objects(service, SD.supportedLanguage)) == {
        SD.SPARQL11Query,
        SD.SPARQL11Update,
    }
    assert FORMATS["N-Triples"] in set(graph.objects(service, SD.inputFormat))
    default = only(graph, only(graph, service, SD.defaultDataset), SD.defaultGraph)
    assert only(graph, default, VOID.triples) == Literal(0)


@pytest.mark.parametrize("kind", ["union", "strict"])
def test_the_statistics_are_what_the_store_holds(
    kind: str, request: pytest.FixtureRequest, store: Store
) -> None:
    graph = describe(request.getfixturevalue(kind))
    dataset = only(graph, service_of(graph), SD.defaultDataset)
    assert (dataset, RDF.type, VOID.Dataset) in graph
    counted = store.dataset()
    quads = list(counted.quads((None, None, None, None)))
    assert only(graph, dataset, VOID.triples) == Literal(len(quads))
    assert only(graph, dataset, VOID.properties) == Literal(len({quad[1] for quad in quads}))
    classes = {quad[2] for quad in quads if quad[1] == RDF.type}
    assert only(graph, dataset, VOID.classes) == Literal(len(classes))
    partitions = {
        only(graph, part, VOID["class"]): only(graph, part, VOID.entities)
        for part in graph.objects(dataset, VOID.classPartition)
    }
    assert partitions[IG.Finding] == Literal(5)
    assert set(partitions) == {kind for kind in classes if not isinstance(kind, BNode)}
    graphs = {
        str(only(graph, named, SD.name)): only(graph, only(graph, named, SD.graph), VOID.triples)
        for named in graph.objects(dataset, SD.namedGraph)
    }
    names = {str(quad[3]) for quad in quads}
    assert set(graphs) == names
    assert f"{ID}jam-and-justice" in names
    assert sum(int(str(number)) for number in graphs.values()) == len(quads)


def test_a_service_that_takes_updates_says_what_their_patterns_match(
    union: TestClient, strict: TestClient
) -> None:
    said = describe(strict)
    words = str(only(said, service_of(said), RDFS.comment))
    assert "In an update, a pattern outside GRAPH matches the data set's own default graph" in words
    silent = describe(union)
    assert not list(silent.objects(service_of(silent), RDFS.comment)), "it takes no updates"


def test_a_pattern_of_an_update_matches_what_the_description_says(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    token = {"Authorization": "Bearer x"}
    with TestClient(create_app(store, Settings(token="x", workers=1))) as client:

        def update(text: str, **parameters: str) -> None:
            answer = client.post(
                "/sparql",
                params=parameters,
                content=text,
                headers={**token, "Content-Type": "application/sparql-update"},
            )
            assert answer.status_code == 204, answer.text

        def select(text: str) -> list[str]:
            answer = client.get("/sparql", params={"query": text, "format": "csv"})
            return sorted(answer.text.split()[1:])

        update("INSERT DATA { <a:s> <a:p> 1 . GRAPH <a:g> { <a:s> <a:p> 2 } }")
        assert select("SELECT ?o { ?s ?p ?o }") == ["1", "2"], "a query sees the union"
        update("INSERT { GRAPH <a:own> { ?s ?p ?o } } WHERE { ?s ?p ?o }")
        update("INSERT { GRAPH <a:with> { ?s ?p ?o } } USING <a:g> WHERE { ?s ?p ?o }")
        update(
            "INSERT { GRAPH <a:request> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
            **{"using-graph-uri": "a:g"},
        )
        found = {
            name: select(f"SELECT ?o {{ GRAPH <a:{name}> {{ ?s ?p ?o }} }}")
            for name in ("own", "with", "request")
        }
        assert found == {"own": ["1"], "with": ["2"], "request": ["2"]}


def test_graphs_that_are_stale_are_marked_and_counted() -> None:
    statistics = Statistics(
        generation=1,
        graphs=(Count("a:case", 2), Count("a:case/derived", 3)),
        stale={"a:case/derived": "2026-01-02T03:04:05+00:00"},
    )
    described = describe_service("http://e.org/sparql", Settings(), statistics)
    graph = Graph().parse(data="".join(f"{triple} .\n" for triple in described), format="nt11")
    dataset = only(graph, service_of(graph), SD.defaultDataset)
    assert "named after: 1, marked by prov:invalid" in str(only(graph, dataset, RDFS.comment))
    ((marked, time),) = graph.subject_objects(PROV.invalidatedAtTime)
    assert time == Literal("2026-01-02T03:04:05+00:00", datatype=XSD.dateTime)
    (named,) = graph.subjects(SD.graph, marked)
    assert only(graph, named, SD.name) == URIRef("a:case/derived")


def test_every_term_is_one_of_the_vocabulary(union: TestClient, strict: TestClient) -> None:
    for graph in (describe(union), describe(strict)):
        used = {
            str(term).removeprefix(str(SD))
            for triple in graph
            for term in triple
            if str(term).startswith(str(SD))
        }
        assert used
        assert used <= TERMS


def test_a_write_is_counted_by_the_next_description(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    headers = {"Authorization": "Bearer x", "Content-Type": "text/turtle"}
    with TestClient(create_app(store, Settings(token="x", workers=1))) as client:
        numbers = []
        for body in ("<a:a> <a:b> 1, 2 .", "<a:a> <a:b> 1, 2, 3 ."):
            client.put("/rdf-graph-store?graph=a:g", content=body, headers=headers)
            graph = describe(client)
            dataset = only(graph, service_of(graph), SD.defaultDataset)
            numbers.append(only(graph, dataset, VOID.triples))
        assert numbers == [Literal(2), Literal(3)]


class Pool:
    """Stands for the query workers: counts what it is asked, and answers at will."""

    def __init__(self, *outcomes: Any, pause: float = 0) -> None:
        self.asked = 0
        self.outcomes = list(outcomes)
        self.pause = pause

    async def ask(self, question: Question) -> Answer:
        self.asked += 1
        await asyncio.sleep(self.pause)
        outcome = self.outcomes.pop(0) if self.outcomes else b"n\r\n7\r\n"
        if isinstance(outcome, Exception):
            raise outcome
        listed = "GROUP BY" in question.operation.text or "?time" in question.operation.text
        body = b"iri,number\r\n" if listed else outcome
        return Answer(generation=1, graph=False, body=body, file=None, size=len(body))


def keep(pool: Pool, patience: float = 5) -> StatisticsKeeper:
    return StatisticsKeeper(
        pool,  # type: ignore[arg-type]
        default_graph="union",
        seconds=1,
        patience=patience,
    )


def test_a_generation_is_counted_once() -> None:
    async def ask_often() -> None:
        pool = Pool()
        keeper = keep(pool)
        together = await asyncio.gather(*(keeper.read(3) for _ in range(5)))
        assert {found.triples for found in together if found} == {7}
        first = pool.asked
        assert await keeper.read(3) is together[0]
        assert pool.asked == first
        assert (await keeper.read(4)) is not together[0]
        assert pool.asked == 2 * first

    asyncio.run(ask_often())


def test_who_asks_does_not_wait_for_long_and_the_counting_goes_on() -> None:
    async def ask_twice() -> None:
        keeper = keep(Pool(pause=0.05), patience=0.01)
        assert await keeper.read(1) is None
        for _ in range(200):
            if (found := await keeper.read(1)) is not None:
                break
        assert found is not None
        assert found.triples == 7
        await keeper.close()

    asyncio.run(ask_twice())


def test_what_cannot_be_counted_is_left_out_and_not_tried_again() -> None:
    async def ask() -> None:
        pool = Pool(QueryError("too long"))
        keeper = keep(pool)
        found = await keeper.read(1)
        assert found is not None
        assert (found.triples, found.graphs) == (None, ())
        asked = pool.asked
        await keeper.read(1)
        assert pool.asked == asked

    asyncio.run(ask())


def test_where_no_worker_was_free_the_next_request_tries_again() -> None:
    async def ask() -> None:
        keeper = keep(Pool(OverloadedError("busy", retry_after=1)))
        assert await keeper.read(1) is None
        assert await keeper.read(1) is not None

    asyncio.run(ask())


def test_long_lists_are_cut_and_counted() -> None:
    graphs = tuple(Count(f"http://example.org/{number}", 1) for number in range(1500))
    classes = (Count("_:b1", 3), Count("http://example.org/C", 2))
    statistics = Statistics(generation=1, graphs=graphs, classes=classes)
    triples = describe_service("http://e.org/sparql", Settings(), statistics)
    named = [triple for triple in triples if triple.predicate.value == str(SD.namedGraph)]
    assert len(named) == 1000
    assert any("1500 named graphs" in str(triple.object) for triple in triples)
    numbers = [t.object for t in triples if t.predicate.value == str(VOID.classes)]
    assert [number.value for number in numbers] == ["2"]  # type: ignore[union-attr]
    assert str(XSD.integer) in str(numbers[0])
