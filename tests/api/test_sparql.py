from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from rdflib import Graph, URIRef

IG = "https://w3id.org/impactgraph/ontology#"
COUNT = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a <{IG}Finding> }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s a <{IG}Finding> }}"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PROBLEM = "application/problem+json"


def ask(client: TestClient, query: str, accept: str | None = None, method: str = "GET") -> Response:
    headers = {"Accept": accept} if accept else {}
    answer: Response
    if method == "GET":
        answer = client.get("/sparql", params={"query": query}, headers=headers)
    elif method == "form":
        answer = client.post("/sparql", data={"query": query}, headers=headers)
    else:
        headers["Content-Type"] = "application/sparql-query"
        answer = client.post("/sparql", content=query, headers=headers)
    return answer


@pytest.mark.parametrize("method", ["GET", "form", "direct"])
def test_each_request_form_answers(client: TestClient, method: str) -> None:
    answer = ask(client, COUNT, method=method)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "5"


@pytest.mark.parametrize(
    ("kind", "number"),
    [("Finding", 5), ("Output", 5), ("Pathway", 3), ("Impact", 4), ("Source", 7)],
)
def test_the_counts_of_the_case_study(client: TestClient, kind: str, number: int) -> None:
    answer = ask(client, COUNT.replace("Finding", kind), "text/csv")
    assert list(csv.reader(io.StringIO(answer.text))) == [["n"], [str(number)]]


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", "{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?n"),
    ],
)
def test_rows_in_each_format(client: TestClient, accept: str, media_type: str, start: str) -> None:
    for query in (COUNT, "ASK {}"):
        answer = ask(client, query, accept)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == media_type
        assert "Accept" in answer.headers["vary"].split(", ")
    assert ask(client, COUNT, accept).text.startswith(start)


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_triples_in_each_format(client: TestClient, accept: str, parser: str) -> None:
    for query in (
        CONSTRUCT,
        "DESCRIBE <https://w3id.org/impactgraph/id/jam-and-justice/finding/a>",
    ):
        answer = ask(client, query, accept)
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == accept
        assert len(Graph().parse(data=answer.content, format=parser)) >= 5


def test_a_malformed_query_gets_the_parsers_message(client: TestClient) -> None:
    answer = ask(client, "SELECT * WHERE { ?s ?p }")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM
    assert "malformed" in answer.json()["detail"]
    assert "1:" in answer.json()["detail"]


def test_a_federated_query_is_refused(client: TestClient) -> None:
    answer = ask(client, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert answer.status_code == 400
    assert "SERVICE" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (COUNT, "text/turtle"),
        (CONSTRUCT, "text/csv"),
        (COUNT, "image/png"),
    ],
)
def test_a_format_that_does_not_fit_is_not_acceptable(
    client: TestClient, query: str, accept: str
) -> None:
    answer = ask(client, query, accept)
    assert answer.status_code == 406
    assert answer.headers["content-type"] == PROBLEM
    assert "can be had as" in answer.json()["detail"]


def test_another_media_type_is_not_supported(client: TestClient) -> None:
    answer = client.post("/sparql", content="{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 415
    assert "application/sparql-query" in answer.json()["detail"]


def test_another_method_is_not_allowed(client: TestClient) -> None:
    answer = client.delete("/sparql")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == PROBLEM
    assert "GET" in answer.headers["allow"]


def test_an_update_without_the_token_is_refused(client: TestClient) -> None:
    answer = client.post("/sparql", data={"update": "CLEAR ALL"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == PROBLEM
    assert ask(client, COUNT, "text/csv").text.split() == ["n", "5"]


@pytest.mark.parametrize("method", ["form", "direct"])
def test_a_body_past_the_limit_is_too_large(client: TestClient, method: str) -> None:
    answer = ask(client, "#" * 30_000 + "\nASK {}", method=method)
    assert answer.status_code == 413
    assert "20000 bytes" in answer.json()["detail"]


@pytest.mark.parametrize(
    "request_",
    [
        {"params": [("query", "ASK {}"), ("query", "ASK {}")]},
        {"params": {"query": "ASK {}", "default-graph-uri": "relative"}},
        {"params": {"query": "ASK {}", "format": "parquet"}},
        {"params": {"update": "CLEAR ALL"}},
    ],
)
def test_a_request_that_is_no_query_is_malformed(
    client: TestClient, request_: dict[str, Any]
) -> None:
    answer = client.get("/sparql", **request_)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM


def test_a_body_that_is_not_utf8_is_malformed(client: TestClient) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"ASK { \xff }", headers=headers).status_code == 400


def test_head_answers_as_get_without_the_body(client: TestClient) -> None:
    got = client.get("/sparql", params={"query": "ASK {}"})
    head = client.head("/sparql", params={"query": "ASK {}"})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["content-type"] == got.headers["content-type"]


def test_a_browser_gets_a_form_with_questions(client: TestClient) -> None:
    page = client.get("/sparql", headers=BROWSER)
    assert page.status_code == 200
    assert "<textarea" in page.text
    assert page.text.count("/sparql?query=") >= 15
    assert not re.search(r"<script(?! (type=\"application/json\"|type=\"module\" src))", page.text)


def test_a_browser_gets_a_table_of_bounded_length(client: TestClient) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 501"
    page = client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert page.text.count("<tr>") == 501
    assert "501 rows, the first 500 shown" in page.text
    long = 'SELECT * { ?s ?p ?o BIND (CONCAT(STR(?s), STR(?p), STR(?o), "%s") AS ?long) }' % (
        "x" * 999
    )
    page = client.get("/sparql", params={"query": long}, headers=BROWSER)
    assert page.text.count("<tr>") == 501
    assert "More than 500 rows" in page.text


def test_a_browser_gets_known_prefixes_if_it_asks(client: TestClient) -> None:
    parameters = {"query": "SELECT (COUNT(*) AS ?n) { ?s a ig:Finding }"}
    page = client.get("/sparql", params=parameters, headers=BROWSER)
    assert page.status_code == 400
    page = client.get("/sparql", params={**parameters, "prefixes": "known"}, headers=BROWSER)
    assert page.status_code == 200
    assert ">SELECT (COUNT(*) AS ?n) { ?s a ig:Finding }</textarea>" in page.text
    assert 'value="known" checked' in page.text


def test_a_browser_gets_links_to_the_pages_of_nodes(client: TestClient) -> None:
    query = CONSTRUCT.replace("CONSTRUCT WHERE", "SELECT ?s WHERE")
    page = client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert 'href="/nodes/jam-and-justice/finding/a"' in page.text


def test_the_page_leads_to_the_same_answer_as_a_file_and_in_a_shell(client: TestClient) -> None:
    query = "SELECT ?x WHERE { ?x a ig:Impact } # <b>&"
    page = client.get("/sparql", params={"query": query, "prefixes": "known"}, headers=BROWSER).text
    leading = {
        name: unescape(address)
        for address, name in re.findall(r'href="([^"]+)" download="answer\.(\w+)"', page)
    }
    assert set(leading) == {"csv", "tsv", "json", "xml"}
    assert len(client.get(leading["csv"]).text.splitlines()) == 1 + 4
    assert "curl -s -H" in page
    assert "<b>" not in page


def test_a_browser_gets_triples_and_truth(client: TestClient) -> None:
    page = client.get("/sparql", params={"query": CONSTRUCT}, headers=BROWSER)
    assert "finding/a" in page.text
    assert ">Yes<" in client.get("/sparql", params={"query": "ASK {}"}, headers=BROWSER).text


def test_a_browser_gets_the_message_beside_its_query(client: TestClient) -> None:
    page = client.get("/sparql", params={"query": "SELECT <b>"}, headers=BROWSER)
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert "malformed" in page.text
    assert "SELECT &lt;b&gt;</textarea>" in page.text


def test_results_are_escaped(client: TestClient) -> None:
    query = 'SELECT ("<img src=x onerror=alert(1)>" AS ?x) {}'
    page = client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert "<img" not in page.text


def test_every_competency_question_on_the_form_answers(client: TestClient) -> None:
    from impactgraph_api.sparql.gallery import read_questions

    questions = read_questions()
    assert len(questions) >= 15
    for question in questions:
        answer = ask(client, question.query)
        assert answer.status_code == 200, question.title
        assert json.loads(answer.text)["results"]["bindings"], question.title


def test_graphs_may_be_named_by_the_request(client: TestClient) -> None:
    graph = "https://w3id.org/impactgraph/id/jam-and-justice"
    for parameters, number in (
        ({"default-graph-uri": graph}, "5"),
        ({"default-graph-uri": f"{graph}/curation"}, "0"),
        ({"named-graph-uri": graph}, "0"),
    ):
        answer = client.get(
            "/sparql", params={"query": COUNT, **parameters}, headers={"Accept": "text/csv"}
        )
        assert answer.text.split() == ["n", number]


def test_a_client_that_has_the_answer_gets_304(client: TestClient) -> None:
    first = ask(client, COUNT)
    headers = {"If-None-Match": first.headers["etag"]}
    again = client.get("/sparql", params={"query": COUNT}, headers=headers)
    assert (again.status_code, again.content) == (304, b"")


def test_a_format_by_name(client: TestClient) -> None:
    for name, media_type in (("csv", "text/csv"), ("xml", "application/sparql-results+xml")):
        answer = client.get("/sparql", params={"query": COUNT, "format": name})
        assert answer.headers["content-type"].partition(";")[0] == media_type


def test_the_service_describes_itself_where_nothing_is_asked(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    description = Graph().parse(data=answer.content, format="nt")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoints = list(description.objects(None, URIRef(f"{sd}endpoint")))
    assert endpoints == [URIRef("http://testserver/sparql")]
    assert (None, None, URIRef(f"{sd}UnionDefaultGraph")) in description


def test_the_endpoint_is_in_the_openapi_description(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    assert set(description["paths"]["/sparql"]) == {"get", "post"}
    names = {item["name"] for item in description["paths"]["/sparql"]["get"]["parameters"]}
    assert names >= {"query", "default-graph-uri", "named-graph-uri", "format", "timeout"}
    assert "/sparql" in client.get("/api").text
