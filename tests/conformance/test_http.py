"""What the specifications say of HTTP, and the W3C's tests do not ask."""

from __future__ import annotations

import gzip
from typing import Any

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from serving import Service, serving

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
QUERY = "SELECT ?s { ?s a <https://w3id.org/impactgraph/ontology#Finding> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/impactgraph/ontology#Finding> }"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


@pytest.fixture
def service(shipped_service: Service) -> Service:
    return shipped_service


def ask(service: Service, query: str = QUERY, *, method: str = "GET", **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.request(
        method,
        service.sparql,
        params={"query": query},
        headers=names,
        timeout=30,
        trust_env=False,
        verify=False,
    )


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (QUERY, JSON, JSON),
        (QUERY, XML, XML),
        (QUERY, "text/csv", "text/csv"),
        (QUERY, "text/tab-separated-values", "text/tab-separated-values"),
        (QUERY, f"{XML};q=0.5, text/csv;q=0.9, {JSON};q=0.1", "text/csv"),
        (QUERY, f"{XML};q=0.5, */*;q=0.1", XML),
        (QUERY, f"text/csv;q=0, {JSON};q=0, */*", XML),
        (QUERY, "text/*", "text/csv"),
        (QUERY, "TEXT/CSV", "text/csv"),
        (QUERY, f"text/turtle, {XML}", XML),
        ("ASK {}", XML, XML),
        (CONSTRUCT, "text/turtle", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, f"text/csv, {JSON}, application/n-triples;q=0.2", "application/n-triples"),
    ],
)
def test_the_format_is_the_best_that_the_client_accepts(
    service: Service, query: str, accept: str, expected: str
) -> None:
    answer = ask(service, query, Accept=accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == expected
    assert "accept" in answer.headers["Vary"].lower()


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "*/*;q=0"])
def test_no_acceptable_format_is_406(service: Service, accept: str) -> None:
    answer = ask(service, Accept=accept)
    assert answer.status_code == 406
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_the_format_parameter_overrides_accept(service: Service) -> None:
    parameters = {"query": QUERY, "format": "csv"}
    answer = httpx.get(
        service.sparql, params=parameters, headers={"Accept": XML}, trust_env=False, verify=False
    )
    assert answer.headers["Content-Type"].startswith("text/csv")
    parameters["format"] = "nonsense"
    assert httpx.get(
        service.sparql, params=parameters, trust_env=False, verify=False
    ).status_code in (400, 406)


def test_head_is_get_without_the_body(service: Service) -> None:
    get, head = ask(service, Accept=JSON), ask(service, method="HEAD", Accept=JSON)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Type", "ETag", "Content-Length"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("path", ["/sparql", "/rdf-graph-store"])
def test_options_names_the_methods(service: Service, path: str) -> None:
    answer = httpx.options(f"{service.url}{path}", trust_env=False, verify=False)
    assert answer.status_code in (200, 204)
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_pages_of_other_origins_may_read_and_not_write(service: Service) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    answer = ask(service, **origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    preflight = httpx.options(
        service.sparql,
        headers=origin
        | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
        trust_env=False,
        verify=False,
    )
    assert preflight.status_code in (200, 204)
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "content-type" in preflight.headers["Access-Control-Allow-Headers"].lower()
    write = httpx.options(
        f"{service.graph_store}?default",
        headers=origin
        | {
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "authorization",
        },
        trust_env=False,
        verify=False,
    )
    assert "PUT" not in write.headers.get("Access-Control-Allow-Methods", "")
    assert "authorization" not in write.headers.get("Access-Control-Allow-Headers", "").lower()


def test_gzip_where_the_client_accepts_it(service: Service) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2000"
    plain = ask(service, query, Accept=JSON, Accept_Encoding="identity")
    assert "Content-Encoding" not in plain.headers
    with httpx.stream(
        "GET",
        service.sparql,
        params={"query": query},
        headers={"Accept": JSON, "Accept-Encoding": "gzip"},
        timeout=30,
        trust_env=False,
        verify=False,
    ) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3
    assert "accept-encoding" in packed.headers["Vary"].lower()
    refused = ask(service, query, Accept=JSON, Accept_Encoding="gzip;q=0, identity")
    assert "Content-Encoding" not in refused.headers


def test_an_entity_tag_saves_the_second_answer(service: Service) -> None:
    tag = ask(service, Accept=JSON).headers["ETag"]
    again = ask(service, Accept=JSON, If_None_Match=tag)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == tag
    assert (
        ask(service, Accept=JSON, If_None_Match=f'"x", W/{tag.removeprefix("W/")}').status_code
        == 304
    )
    assert ask(service, Accept=JSON, If_None_Match='"x"').status_code == 200
    assert ask(service, Accept=XML).headers["ETag"] != tag
    assert ask(service, QUERY + " LIMIT 1", Accept=JSON).headers["ETag"] != tag


def test_a_write_changes_the_entity_tag(service: Service) -> None:
    tag = ask(service, Accept=JSON).headers["ETag"]
    assert service.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }").is_success
    answer = ask(service, Accept=JSON, If_None_Match=tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_no_query_gives_the_service_description(service: Service) -> None:
    answer = httpx.get(
        service.sparql, headers={"Accept": "text/turtle"}, trust_env=False, verify=False
    )
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.text, format="turtle", publicID=service.sparql)
    described = set(graph.subjects(RDF.type, SD.Service))
    assert len(described) == 1
    (node,) = described
    assert (node, SD.endpoint, URIRef(service.sparql)) in graph
    assert (node, SD.feature, SD.UnionDefaultGraph) in graph
    assert (node, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert len(set(graph.objects(node, SD.resultFormat))) >= 8
    assert any(graph.subject_objects(VOID.triples))


def test_the_service_description_in_other_formats(service: Service) -> None:
    for accept, form in (
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ):
        answer = httpx.get(
            service.sparql, headers={"Accept": accept}, trust_env=False, verify=False
        )
        assert answer.headers["Content-Type"].startswith(accept)
        graph = Graph().parse(data=answer.text, format=form, publicID=service.sparql)
        assert (None, RDF.type, SD.Service) in graph


def test_the_default_graph_is_the_union_and_a_request_may_choose_others(service: Service) -> None:
    update = "INSERT DATA { GRAPH <urn:union> { <urn:s> <urn:union:p> 1 } }"
    assert service.update(update).is_success
    count = "SELECT (COUNT(*) AS ?n) { ?s <urn:union:p> ?o }"
    assert service.select(count) == [{"n": "1"}]
    assert service.select(count, **{"default-graph-uri": "urn:union"}) == [{"n": "1"}]
    assert service.select(count, **{"default-graph-uri": "urn:other"}) == [{"n": "0"}]
    assert service.select("SELECT (COUNT(*) AS ?n) FROM <urn:other> { ?s <urn:union:p> ?o }") == [
        {"n": "0"}
    ]


def test_prefixes_are_never_assumed(service: Service) -> None:
    answer = ask(service, "SELECT * { ?s a ig:Finding }", Accept=JSON)
    assert answer.status_code == 400
    assert answer.json()["status"] == 400


def test_federation_is_refused(service: Service) -> None:
    for query in (
        f"SELECT * {{ SERVICE <{service.sparql}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{service.sparql}> {{ ?s ?p ?o }} }}",
        "SELECT * { VALUES ?x { <http://127.0.0.1:1/> } SERVICE ?x { ?s ?p ?o } }",
    ):
        answer = ask(service, query, Accept=JSON)
        # Without sockets a SILENT federation may also come back with no answer from elsewhere.
        assert answer.status_code in (400, 403) or (
            "SILENT" in query and answer.json()["results"]["bindings"] == [{}]
        )


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://localhost/", "file:///etc/passwd"]
)
def test_load_fetches_nothing_that_is_not_allowed(service: Service, address: str) -> None:
    for silent in ("", "SILENT "):
        answer = service.update(f"LOAD {silent}<{address}> INTO GRAPH <urn:loaded>")
        if silent:
            assert answer.status_code in (200, 204, 400, 403)
        else:
            assert answer.status_code in (400, 403), answer.text
    assert service.select("SELECT * { GRAPH <urn:loaded> { ?s ?p ?o } }") == []


def test_a_request_may_ask_for_less_time(service: Service) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = httpx.get(
        service.sparql,
        params={"query": slow, "timeout": "0.5"},
        timeout=20,
        trust_env=False,
        verify=False,
    )
    assert answer.status_code == 504
    assert answer.elapsed.total_seconds() < 10


def test_without_a_token_everything_is_read_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path_factory.mktemp("read-only"), "--workers", "1", token=None) as reading:
        answer = reading.update("INSERT DATA { <urn:s> <urn:p> 1 }")
        assert answer.status_code == 403
        assert "IMPACTGRAPH_TOKEN" in answer.text
        for method in ("PUT", "POST", "DELETE"):
            answer = httpx.request(
                method,
                f"{reading.graph_store}?graph=urn:g",
                content=b"<urn:s> <urn:p> 1 .",
                headers={"Content-Type": "text/turtle", "Authorization": "Bearer anything"},
                trust_env=False,
                verify=False,
            )
            assert answer.status_code == 403
        assert reading.select("SELECT * { ?s ?p ?o }") == []
