"""Deciding over HTTP: who may, under which version, and what is refused; the store keeps it all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from impactgraph.curation import NO_ACTS
from impactgraph.identity import case_study_iri
from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from shipped import make_store

PATH = "/api/case-studies/jam-and-justice/curation"
CASE = case_study_iri("jam-and-justice")
BEARER = {"Authorization": "Bearer a-token"}
PROBABLE = "link/78c4c9769051"
OTHER = "link/2556e1f627e8"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path / "store")


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, Settings(workers=1, token="a-token"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service in which nothing is ever decided."""
    store = make_store(tmp_path_factory.mktemp("still") / "store")
    app = create_app(store, Settings(workers=1, token="a-token"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def decide(client: TestClient, tag: str | None = None, **fields: Any) -> httpx.Response:
    tag = tag or client.get(PATH).headers["etag"]
    return client.post(PATH, json={"who": "Ada", **fields}, headers=BEARER | {"If-Match": tag})


def test_nothing_is_decided_at_first(still: TestClient) -> None:
    answer = still.get(PATH)
    assert answer.json() == {"case_study": CASE, "version": NO_ACTS, "acts": []}
    assert answer.headers["etag"] == f'"{NO_ACTS}"'
    assert answer.headers["vary"] == "Accept"


def test_a_link_that_is_accepted_shows_at_once_and_undoing_brings_it_back(
    client: TestClient,
) -> None:
    graph = "/api/case-studies/jam-and-justice/graph?basis=inferred"
    before = client.get(graph).json()
    made = decide(client, kind="accept", target=PROBABLE, why="the letter says so")
    assert made.status_code == 201, made.text
    act = made.json()["act"]
    assert (act["who"], act["kind"], act["why"]) == ("Ada", "accept", "the letter says so")
    links = {link["iri"]: link for link in client.get(graph).json()["links"]}
    assert links[act["generated"][0]]["basis"] == "curated"
    assert f"{CASE}/{PROBABLE}" not in links
    assert made.headers["etag"] == client.get(PATH).headers["etag"]
    undone = decide(client, kind="undo", target=act["iri"], who="Bo")
    assert undone.status_code == 201, undone.text
    assert client.get(graph).json() == before
    first, second = client.get(PATH).json()["acts"]
    assert first["undone_by"] == second["iri"]


def test_the_later_of_two_learns_who_was_first_and_nothing_is_lost(client: TestClient) -> None:
    tag = client.get(PATH).headers["etag"]
    assert decide(client, tag, kind="accept", target=PROBABLE, who="Ada B").status_code == 201
    late = decide(client, tag, kind="accept", target=OTHER, who="Bo")
    assert late.status_code == 412
    assert late.json()["type"].endswith("/outdated")
    assert "Ada B" in late.json()["detail"]
    assert "signed an Accord" in late.json()["detail"]
    assert [act["who"] for act in client.get(PATH).json()["acts"]] == ["Ada B"]
    assert decide(client, kind="accept", target=OTHER, who="Bo").status_code == 201


def test_acts_go_out_and_in_as_turtle(client: TestClient, still: TestClient) -> None:
    decide(client, kind="accept", target=PROBABLE)
    out = client.get(PATH, headers={"Accept": "text/turtle"})
    assert out.headers["content-type"].startswith("text/turtle")
    assert "attachment" in out.headers["content-disposition"]
    assert out.content == client.get(f"{PATH}?format=ttl").content
    headers = BEARER | {"Content-Type": "text/turtle"}
    known = client.post(
        PATH, content=out.content, headers=headers | {"If-Match": client.get(PATH).headers["etag"]}
    )
    assert known.status_code == 200
    assert len(known.json()["acts"]) == 1
    spoilt = out.content.replace(b"Ada", b"Eve")
    refused = client.post(
        PATH, content=spoilt, headers=headers | {"If-Match": client.get(PATH).headers["etag"]}
    )
    assert refused.status_code == 422
    assert "malformed" in refused.json()["detail"]


def test_a_document_that_is_read_again_keeps_what_was_decided(client: TestClient) -> None:
    document = Path(__file__).parents[1] / "documents" / "safer-bridges.md"
    put = {"content": document.read_bytes(), "headers": BEARER | {"Content-Type": "text/markdown"}}
    assert client.put("/case-studies/bridges", **put).status_code == 201
    path = "/api/case-studies/bridges/curation"
    tag = client.get(path).headers["etag"]
    nodes = client.get("/api/case-studies/bridges/graph").json()["nodes"]
    output = next(node["iri"] for node in nodes if node["kind"] == "output")
    decision = {"kind": "reject", "target": output, "who": "Ada", "why": "no output of theirs"}
    made = client.post(path, json=decision, headers=BEARER | {"If-Match": tag})
    assert made.status_code == 201, made.text
    graph = client.get("/api/case-studies/bridges/graph?basis=inferred").json()
    assert client.put("/case-studies/bridges", **put).status_code == 200
    assert client.get("/api/case-studies/bridges/graph?basis=inferred").json() == graph
    assert output not in [node["iri"] for node in graph["nodes"]]
    assert client.get(path).json()["acts"][0]["without_effect"] is None


def test_a_graph_that_is_put_anew_keeps_what_was_decided(client: TestClient) -> None:
    whole = client.get("/rdf-graph-store", params={"graph": CASE}).content
    decide(client, kind="reject", target="source/A", why="no source")
    graph = client.get("/api/case-studies/jam-and-justice/graph").json()
    headers = BEARER | {"Content-Type": "text/turtle"}
    put = client.put("/rdf-graph-store", params={"graph": CASE}, content=whole, headers=headers)
    assert put.status_code in (200, 204), put.text
    assert client.get("/api/case-studies/jam-and-justice/graph").json() == graph


def test_a_service_that_validates_takes_every_kind_of_act(tmp_path: Path) -> None:
    app = create_app(
        make_store(tmp_path / "store"), Settings(workers=1, token="a-token", validate_writes=True)
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        for fields in (
            {"kind": "accept", "target": PROBABLE},
            {"kind": "correct", "target": "finding/a", "label": "Shorter", "why": "long"},
            {"kind": "withdraw", "target": "source/A", "why": "lost"},
        ):
            made = decide(client, **fields)
            assert made.status_code == 201, made.text


ACCEPT = {"kind": "accept", "who": "Ada", "target": PROBABLE}
TAG = {"If-Match": f'"{NO_ACTS}"'}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "content", "status", "says"),
    [
        (TAG, ACCEPT, 401, "Authorization"),
        (TAG | {"Authorization": "Bearer other"}, ACCEPT, 401, "not this service's"),
        (BEARER, ACCEPT, 428, "If-Match"),
        (BEARER | {"If-Match": "*"}, ACCEPT, 428, "If-Match"),
        (BEARER | {"If-Match": "nonsense"}, ACCEPT, 400, "one ETag"),
        (BEARER | {"If-Match": f'"{"0" * 24}"'}, ACCEPT, 412, "load the page anew"),
        (BEARER | TAG | {"Content-Type": "text/plain"}, ACCEPT, 415, "application/json"),
        (BEARER | TAG, [], 400, "no JSON object"),
        (BEARER | TAG, ACCEPT | {"colour": "red"}, 400, "no field of an act"),
        (BEARER | TAG, ACCEPT | {"kind": "bless"}, 400, "take one of"),
        (BEARER | TAG, ACCEPT | {"who": ""}, 400, "say who you are"),
        (BEARER | TAG, ACCEPT | {"who": 7}, 400, "it takes words"),
        (BEARER | TAG, ACCEPT | {"confidence": "much"}, 400, "give a number"),
        (BEARER | TAG, ACCEPT | {"target": "https://example.org/x"}, 400, "no part of"),
        (BEARER | TAG, ACCEPT | {"target": "link/0"}, 400, "is not there"),
        (BEARER | TAG, ACCEPT | {"kind": "reject"}, 400, "say why"),
        (BEARER | TAG, ACCEPT | {"why": "x" * 70_000}, 413, "at most"),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(
    still: TestClient, headers: dict[str, str], content: Any, status: int, says: str
) -> None:
    answer = still.post(PATH, content=json.dumps(content), headers=JSON | headers)
    assert (answer.status_code, says in answer.json()["detail"]) == (status, True), answer.text
    assert still.get(PATH).json()["acts"] == []


def test_what_is_no_json_or_no_case_study_is_refused(still: TestClient) -> None:
    headers = BEARER | TAG | JSON
    assert still.post(PATH, content="[" * 50_000, headers=headers).status_code == 400
    assert still.post("/api/case-studies/none/curation", headers=headers).status_code == 404
    assert still.get("/api/case-studies/none/curation").status_code == 404
    assert still.get(PATH, headers={"Accept": "image/png"}).status_code == 406


def test_a_service_without_a_token_only_reads(tmp_path: Path) -> None:
    with TestClient(create_app(make_store(tmp_path / "store"), Settings(workers=1))) as client:
        answer = client.post(PATH, json=ACCEPT, headers=BEARER | TAG)
        assert answer.status_code == 403
        assert client.get(PATH).status_code == 200
