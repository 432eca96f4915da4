from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from impactgraph.store import Store
from impactgraph_api import create_app
from impactgraph_api.security import POLICY

PAGES = [
    "/",
    "/case-studies/jam-and-justice",
    "/case-studies/jam-and-justice?basis=stated",
    "/case-studies/jam-and-justice?basis=inferred",
    "/sparql",
    "/api",
    "/case-studies/none",
]
HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_an_address_elsewhere(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for script in re.findall(r"<script[^>]*>", page.text):
        assert 'src="/static/' in script or 'type="application/json"' in script
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page.text)
    for address in re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', page.text):
        assert address.startswith("/static/")


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/static/js/picture.js", "/sparql?query=x"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_policy_allows_nothing_in_line_and_nothing_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'self'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_the_health_of_the_service(client: TestClient, store: Store) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert health["generation"] == store.generation
    assert health["case_studies"] == 1
    assert client.head("/healthz").status_code == 200


def test_the_overview_names_headline_and_counts(client: TestClient) -> None:
    page = client.get("/").text
    assert "<b>5</b> findings" in page
    assert "<b>7</b> sources" in page
    assert "stop between output and pathway" in page
    assert 'href="/case-studies/jam-and-justice"' in page


def test_the_text_of_the_page_holds_every_node_and_claim(client: TestClient, store: Store) -> None:
    from impactgraph.graph import nodes_of, to_networkx

    page = client.get("/case-studies/jam-and-justice").text
    graph = to_networkx(store, "jam-and-justice")
    keys = [node.iri.removeprefix(graph.graph["case_study"] + "/") for node in nodes_of(graph)]
    assert len(keys) >= 24 + 1 + 30
    for key in keys:
        assert page.count(f'id="node={key}"') == 1, key


def test_stated_hides_other_links_and_says_how_many(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=stated").text
    assert re.search(r'<a href="\?basis=curated"[^>]*>\d+ curated links hidden: show</a>', page)
    assert 'class="basis b-curated"' not in page
    assert 'class="basis b-inferred"' not in page
    data = page.partition('<script type="application/json"')[2]
    assert '"basis": "curated", "collective"' in data, "the layout counts them all the same"
    assert '"hidden": true' in data


def test_the_default_is_curated_and_the_page_says_so(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    assert re.search(r'data-basis="curated"[^>]*aria-current="true"', page)
    assert "The default, as a person has curated this" in page
    assert "complete chain" not in page


def test_a_bad_basis_gets_a_page_that_says_what_is_allowed(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=x", headers=HTML)
    assert page.status_code == 400
    assert "curated" in page.text


def test_an_unknown_case_study_gets_a_page(client: TestClient) -> None:
    page = client.get("/case-studies/<b>none", headers=HTML)
    assert page.status_code == 404
    assert "<b>none" not in page.text


def test_the_api_page_lists_the_routes_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/api").text
    assert "/api/case-studies/{slug}/chains" in page
    assert "<script" not in page
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_vis_network_is_served_from_pyvis_own_folder(client: TestClient) -> None:
    answer = client.get("/static/vis/vis-network.min.js")
    assert answer.status_code == 200
    assert "@version 9.1.2" in answer.text[:600]


def test_a_defect_is_a_problem_that_gives_nothing_away(store: Store) -> None:
    app = create_app(store)

    @app.get("/defect")
    def fail() -> None:
        raise RuntimeError("a secret")

    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/defect")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"] == POLICY
    assert "secret" not in answer.text


def test_the_service_works_below_a_path(store: Store) -> None:
    client = TestClient(create_app(store), root_path="/impact")
    page = client.get("/impact/").text
    assert 'href="/impact/case-studies/jam-and-justice"' in page
    assert 'href="/impact/static/css/site.css"' in page
