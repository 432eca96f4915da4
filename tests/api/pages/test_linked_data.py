"""Every IRI of the store leads to a page and to RDF."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from impactgraph_api.negotiation import GRAPH_FORMATS

HTML = {"Accept": "text/html,application/xhtml+xml"}
BASE = "https://w3id.org/impactgraph/id/"
FINDING = "jam-and-justice/finding/a"


def test_a_thing_leads_a_person_to_its_page(client: TestClient) -> None:
    answer = client.get(f"/id/{FINDING}", headers=HTML, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/nodes/{FINDING}"
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
def test_a_thing_leads_a_program_to_rdf_of_it(client: TestClient, form: object) -> None:
    media_type = form.media_types[0]  # type: ignore[attr-defined]
    answer = client.get(f"/id/{FINDING}", headers={"Accept": media_type})
    assert answer.history[0].status_code == 303
    assert answer.headers["content-type"].startswith(media_type)
    subjects = {
        quad.subject.value
        for quad in ox.parse(answer.content, format=GRAPH_FORMATS[form])  # type: ignore[index]
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert subjects == {BASE + FINDING}


def test_the_data_of_a_case_study_are_its_whole_graph(client: TestClient) -> None:
    turtle = client.get("/data/jam-and-justice", headers={"Accept": "text/turtle"}).content
    subjects = {str(quad.subject) for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert len(subjects) > 200
    query = "SELECT ?s WHERE { GRAPH <https://w3id.org/impactgraph/id/jam-and-justice> {?s ?p ?o}}"
    rows = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text
    assert len(set(rows.split())) - 1 == len(subjects)


def test_a_page_shows_words_links_and_what_is_missing(client: TestClient) -> None:
    page = client.get("/nodes/jam-and-justice/impact/2", headers=HTML).text
    for heading in ("The words it rests on", "What is missing", "Links", "Where it is spoken of"):
        assert f">{heading}</h2>" in page
    assert '<a href="/nodes/jam-and-justice/output/3">' in page
    assert '<a href="/ontology#Impact">' in page
    assert '<link rel="alternate" type="text/turtle" href="/data/jam-and-justice/impact/2' in page


def test_a_claim_a_link_and_what_is_shared_have_pages_too(client: TestClient) -> None:
    query = """SELECT (SAMPLE(?x) AS ?one) WHERE { ?x a ?type } GROUP BY ?type"""
    answer = client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    things = [
        row["one"]["value"]
        for row in answer.json()["results"]["bindings"]
        if row["one"]["value"].startswith(BASE)
    ]
    assert len(things) > 20
    for thing in things:
        page = client.get(f"/nodes/{thing.removeprefix(BASE)}", headers=HTML)
        assert page.status_code == 200, thing
        assert thing in page.text


@pytest.mark.parametrize("place", ["id", "nodes", "data"])
@pytest.mark.parametrize(
    "path", ["none", "jam-and-justice/finding/z", "%3Cb%3E", "a%00b", "x" * 3000]
)
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, place: str, path: str) -> None:
    answer = client.get(f"/{place}/{path}")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/not-found")


def test_a_format_that_is_not_offered_is_refused(client: TestClient) -> None:
    assert client.get(f"/data/{FINDING}?format=pdf").status_code == 400
    answer = client.get(f"/id/{FINDING}", headers={"Accept": "image/png"}, follow_redirects=False)
    assert answer.status_code == 406
