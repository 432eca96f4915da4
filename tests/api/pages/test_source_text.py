"""The page of the source text: marked where the text is kept, listed where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from impactgraph.documents import read_document, read_plain_text
from impactgraph_api import Settings, create_app
from shipped import make_store

BRIDGES = Path(__file__).parents[2] / "documents" / "safer-bridges.md"
PAGE = "/case-studies/bridges/text"
HEADERS = {"Authorization": "Bearer a-token", "Content-Type": "text/markdown"}


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(make_store(tmp_path / "store"), Settings(workers=1, token="a-token"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def put(client: TestClient, content: bytes, query: str = "?keep_text=true") -> int:
    answer = client.put(f"/case-studies/bridges{query}", content=content, headers=HEADERS)
    return answer.status_code


def test_a_kept_text_stands_whole_with_its_passages_marked(writing: TestClient) -> None:
    assert put(writing, BRIDGES.read_bytes()) == 201
    page = writing.get(PAGE).text
    document = page.partition('<div class="document">')[2]
    shown = "".join(unescape(re.sub(r"<[^>]+>", "", document)).split())
    for block in read_plain_text(read_document(BRIDGES)).text.split("\n"):
        assert "".join(block.split()) in shown
    links = re.findall(r'<a class="lit s-(\w+)[^"]*"[^>]* href="([^"]+)"', document)
    assert {kind for kind, _ in links} >= {"finding", "output", "impact", "claim", "source"}
    assert all(address.startswith("/case-studies/bridges#node=") for _, address in links)
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_no_text_is_kept_by_default_and_the_page_says_so(writing: TestClient) -> None:
    assert put(writing, BRIDGES.read_bytes(), "") == 201
    page = writing.get(PAGE).text
    assert "is not kept here" in page
    assert "measured in the week after a flood rather than at the yearly inspection" not in page
    assert page.count("<blockquote") > 20


def test_a_text_goes_when_it_is_put_again_without(writing: TestClient) -> None:
    put(writing, BRIDGES.read_bytes())
    assert put(writing, BRIDGES.read_bytes(), "") == 200
    assert "is not kept here" in writing.get(PAGE).text


def test_a_text_goes_with_the_graph_of_its_case_study(writing: TestClient) -> None:
    put(writing, BRIDGES.read_bytes())
    base = "https://w3id.org/impactgraph/id/bridges"
    graph = {"graph": f"{base}/text"}
    assert writing.get("/rdf-graph-store", params=graph).status_code == 200
    gone = writing.delete("/rdf-graph-store", params={"graph": base}, headers=HEADERS)
    assert gone.status_code == 204
    assert writing.get("/rdf-graph-store", params=graph).status_code == 404


def test_a_text_that_drifted_is_told_and_not_marked(writing: TestClient) -> None:
    put(writing, BRIDGES.read_bytes())
    change = """PREFIX schema: <https://schema.org/>
        WITH <https://w3id.org/impactgraph/id/bridges/text>
        DELETE { ?t schema:text ?old } INSERT { ?t schema:text "another text" }
        WHERE { ?t schema:text ?old }"""
    answer = writing.post(
        "/sparql", data={"update": change}, headers={"Authorization": HEADERS["Authorization"]}
    )
    assert answer.status_code in (200, 204), answer.text
    page = writing.get(PAGE).text
    assert "has another digest" in page
    assert 'class="lit' not in page.partition("<main")[2].partition('class="listed"')[2]


def test_markup_in_a_text_is_text(writing: TestClient) -> None:
    hostile = BRIDGES.read_text("utf-8").replace(
        "Since 2009 Ferry's group",
        'Since 2009 <script>alert(1)</script> "><img src=x onerror=alert(2)>',
    )
    put(writing, hostile.encode())
    page = writing.get(PAGE).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_what_ships_has_no_text_and_every_passage_leads_to_its_card(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice/text").text
    assert "is not kept here" in page
    assert page.count("<blockquote") > 60
    assert 'href="/case-studies/jam-and-justice#node=impact/1"' in page
