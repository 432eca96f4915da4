"""Documents that are sent: extracted and reported on, kept with a token; hostile ones refused."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from fastapi.testclient import TestClient

from benchmarks.extraction import invent_export
from filled_form import filled_form
from impactgraph.documents import read_document, read_export
from impactgraph.extraction import extract_case_study, reading_record
from impactgraph.graph import model_of, to_networkx
from impactgraph.importing import encode_extraction
from impactgraph.model import Basis
from impactgraph.store import Store
from impactgraph.vocabulary import CONCEPTS
from impactgraph_api import Settings, create_app
from impactgraph_api.documents.payload import ACCEPTED_TYPES
from impactgraph_api.documents.process import _pack_case_study, unpack_case_study
from serving import Service
from shipped import make_store

BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"
TOKEN = {"Authorization": "Bearer a-token"}
MARKDOWN = {"Content-Type": "text/markdown"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path / "store")


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, Settings(workers=2, body=100_000, token="a-token"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def reading_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that only reads."""
    store = make_store(tmp_path_factory.mktemp("reading") / "store")
    with TestClient(create_app(store, Settings(workers=2, body=100_000))) as client:
        yield client


def test_a_document_is_extracted_and_not_kept(reading_client: TestClient) -> None:
    before = reading_client.get("/api/case-studies").json()
    answer = reading_client.post("/api/extract", content=BRIDGES.read_bytes(), headers=MARKDOWN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    reading = extract_case_study(read_document(BRIDGES)).reading
    slug = "safer-bridges-for-slow-rivers"
    assert answer.json() == json.loads(json.dumps(reading_record(reading, slug)))
    assert len(answer.json()["outputs"]) == 6
    assert reading_client.get("/api/case-studies").json() == before


@pytest.mark.parametrize("kind", ["text/markdown", "application/octet-stream"])
def test_a_document_may_be_the_file_of_a_form(reading_client: TestClient, kind: str) -> None:
    answer = reading_client.post(
        "/api/extract", files={"file": ("Bridges.MD", BRIDGES.read_bytes(), kind)}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == "safer-bridges-for-slow-rivers"


@pytest.mark.parametrize(
    ("accept", "query", "kind", "begins"),
    [
        ("*/*", "", "application/json", b"{"),
        ("text/html", "", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("text/markdown", "", "text/markdown; charset=utf-8", b"# "),
        ("text/html", "?format=json", "application/json", b"{"),
        (
            "*/*",
            "?format=xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
    ],
)
def test_a_report_comes_in_the_format_that_is_asked(
    reading_client: TestClient, accept: str, query: str, kind: str, begins: bytes
) -> None:
    answer = reading_client.post(
        f"/api/report{query}",
        content=BRIDGES.read_bytes(),
        headers={**MARKDOWN, "Accept": accept},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == kind
    assert answer.content.startswith(begins)
    saved = answer.headers.get("content-disposition", "")
    assert saved.startswith("attachment") == (kind != "application/json")


def test_a_report_is_under_the_basis_that_is_asked(reading_client: TestClient) -> None:
    for basis in ("stated", "inferred"):
        answer = reading_client.post(
            f"/api/report?basis={basis}", content=BRIDGES.read_bytes(), headers=MARKDOWN
        )
        assert answer.json()["basis"] == basis


def test_a_report_shows_a_script_as_words(reading_client: TestClient) -> None:
    hostile = BRIDGES.read_text(encoding="utf-8").replace(
        "Safer bridges for slow rivers",
        "Safer <script>alert(1)</script> &lt;img src=x onerror=a&gt;",
    )
    answer = reading_client.post(
        "/api/report?format=html", content=hostile.encode(), headers=MARKDOWN
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/extract", "/api/report"])
@pytest.mark.parametrize(
    ("content", "headers", "status", "said"),
    [
        (b"x", {"Content-Type": "image/png"}, 415, "image/png; send text/plain"),
        (b"x", {"Content-Type": ""}, 415, "a Content-Type is needed"),
        (b"x", {"Content-Type": "multipart/form-data"}, 400, "a form with one file"),
        (b"A list\n1. Milk\n", MARKDOWN, 422, "no REF impact case study: looked for"),
        (b"x", {"Content-Type": "application/pdf"}, 422, "this is no PDF"),
        (b"%PDF-1.4 x", {"Content-Type": "application/pdf"}, 422, "PDF"),
        (b"a" * 100_001, MARKDOWN, 413, "at most 100000 bytes"),
        (b"\x1f\x8b", {**MARKDOWN, "Content-Encoding": "gzip"}, 415, "uncompressed"),
    ],
)
def test_what_is_no_case_study_is_refused(
    reading_client: TestClient,
    path: str,
    content: bytes,
    headers: dict[str, str],
    status: int,
    said: str,
) -> None:
    answer = reading_client.post(path, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_a_long_answer_comes_whole(shipped_service: Service, tmp_path: Path) -> None:
    invent_export(tmp_path / "invented.csv", 1)
    (row,) = read_export(tmp_path / "invented.csv")
    assert row.document is not None
    # More sources than anybody lists, so that the report is longer than a pipe holds.
    more = "".join(f"S{n}. A letter from county {n}, 2019.\n\n" for n in range(20, 120))
    with httpx.Client(
        base_url=shipped_service.url, timeout=60, trust_env=False, verify=False
    ) as client:
        for _ in range(3):
            answer = client.post(
                "/api/report?format=html&annex=true",
                content=f"{row.document.text}\n\n{more}".encode(),
                headers={"Content-Type": "text/plain"},
            )
            assert answer.status_code == 200, answer.text
            assert len(answer.content) > 2**16, "more than a pipe holds"
            assert answer.text.rstrip().endswith("</html>")


def test_a_format_or_basis_that_is_not_offered_is_refused(reading_client: TestClient) -> None:
    body = BRIDGES.read_bytes()
    for query, accept, status in (
        ("?format=pdf", "*/*", 400),
        ("?basis=guessed", "*/*", 400),
        ("", "image/png", 406),
    ):
        answer = reading_client.post(
            f"/api/report{query}", content=body, headers={**MARKDOWN, "Accept": accept}
        )
        assert answer.status_code == status


def test_a_document_that_takes_too_long_is_given_up(store: Store) -> None:
    settings = Settings(workers=1, query_timeout=0.05)
    with TestClient(create_app(store, settings)) as client:
        # The first document starts what forks the others, and that stays.
        client.post("/api/extract", content=BRIDGES.read_bytes(), headers=MARKDOWN)
        before = _descendants()
        large = BRIDGES.read_bytes() + b"\nR1. " * 50_000
        answer = client.post("/api/extract", content=large, headers=MARKDOWN)
        assert answer.status_code == 504
        assert answer.json()["type"].endswith("document-timeout")
        deadline = time.monotonic() + 10
        while _descendants() - before:
            assert time.monotonic() < deadline
        assert client.get("/healthz").status_code == 200


def _descendants() -> set[int]:
    return {child.pid for child in psutil.Process(os.getpid()).children(recursive=True)}


def test_a_document_is_kept_and_replaced_by_whom_has_the_token(
    client: TestClient, store: Store
) -> None:
    path = "/case-studies/safer-bridges"
    content = BRIDGES.read_bytes()
    answer = client.put(path, content=content, headers=MARKDOWN)
    assert answer.status_code == 401
    answer = client.put(path, content=content, headers=MARKDOWN | TOKEN)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == path
    assert answer.json()["slug"] == "safer-bridges"
    digests = _digests(store)
    assert client.get("/api/case-studies/safer-bridges").json()["counts"]["output"] == 6
    again = client.put(path, content=content, headers=MARKDOWN | TOKEN)
    assert (again.status_code, again.json()) == (200, answer.json())
    assert _digests(store) == digests
    changed = content.replace(b"R1. Ferry", b"R1. Barge")
    assert client.put(path, content=changed, headers=MARKDOWN | TOKEN).status_code == 200
    assert _digests(store) != digests


def test_what_a_person_encoded_is_replaced_only_if_asked(client: TestClient) -> None:
    path = "/case-studies/jam-and-justice"
    content = BRIDGES.read_bytes()
    answer = client.put(path, content=content, headers=MARKDOWN | TOKEN)
    assert answer.status_code == 409
    assert "a person encoded jam-and-justice" in answer.json()["detail"]
    assert client.get("/api/case-studies/jam-and-justice").json()["title"].startswith("Jam")
    asked = f"{path}?replace_curated=true"
    assert client.put(asked, content=content, headers=MARKDOWN | TOKEN).status_code == 200
    assert client.get("/api/case-studies/jam-and-justice").json()["counts"]["output"] == 6


@pytest.mark.parametrize("slug", ["Bridges", "organisation", "a" * 101, "a.b"])
def test_a_name_that_no_case_study_has_is_refused(client: TestClient, slug: str) -> None:
    answer = client.put(
        f"/case-studies/{slug}", content=BRIDGES.read_bytes(), headers=MARKDOWN | TOKEN
    )
    assert answer.status_code == 400
    assert "no name for a case study" in answer.json()["detail"]


def test_a_condition_is_refused(client: TestClient) -> None:
    headers = MARKDOWN | TOKEN | {"If-Match": '"1"'}
    answer = client.put("/case-studies/a", content=BRIDGES.read_bytes(), headers=headers)
    assert answer.status_code == 412


def test_a_service_without_a_token_keeps_nothing(reading_client: TestClient) -> None:
    answer = reading_client.put(
        "/case-studies/a", content=BRIDGES.read_bytes(), headers=MARKDOWN | TOKEN
    )
    assert answer.status_code == 403


def test_curation_stays_when_a_document_is_replaced(client: TestClient, store: Store) -> None:
    path = "/case-studies/safer-bridges"
    content = BRIDGES.read_bytes()
    client.put(path, content=content, headers=MARKDOWN | TOKEN)
    iri = "https://w3id.org/impactgraph/id/safer-bridges"
    nodes = client.get(f"/api{path}/graph").json()["nodes"]
    output, impact = (
        next(node["iri"] for node in nodes if node["kind"] == kind) for kind in ("output", "impact")
    )
    anchor = model_of(to_networkx(store, "safer-bridges")).anchors[0].iri
    added = f"""
        @prefix ig: <https://w3id.org/impactgraph/ontology#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <{output}> ig:contributedTo <{impact}> .
        <{iri}/link/c> a ig:Link ; rdfs:label "output 1 contributed to the impact"@en ;
          ig:inCaseStudy <{iri}> ; ig:from <{output}> ; ig:step ig:contributedTo ;
          ig:to <{impact}> ; ig:basis <{CONCEPTS[Basis][Basis.CURATED]}> ; ig:collective false ;
          ig:confidence 0.9 ; ig:rationale "A reader concluded it."@en ; ig:anchor <{anchor}> ;
          prov:wasAttributedTo <{iri}/person/reader> ."""
    answer = client.post(
        "/rdf-graph-store",
        params={"graph": f"{iri}/curation"},
        content=added,
        headers=TOKEN | {"Content-Type": "text/turtle"},
    )
    assert answer.status_code == 201, answer.text
    before = _digests(store)
    assert client.put(path, content=content, headers=MARKDOWN | TOKEN).status_code == 200
    assert _digests(store) == before
    links = client.get(f"/api{path}/graph?basis=curated").json()["links"]
    assert any(link["basis"] == "curated" for link in links)


def _digests(store: Store) -> dict[str | None, bytes]:
    found: dict[str | None, bytes] = {}
    store.write(lambda transaction: found.update(transaction.digests()))
    return found


def test_a_case_study_goes_through_the_pipe_whole() -> None:
    encoded = encode_extraction(extract_case_study(read_document(BRIDGES)))
    assert unpack_case_study(_pack_case_study(encoded)) == encoded
    for nonsense in (b"[]\n", b'{"slug": 1}\n'):
        with pytest.raises(ValueError, match="no case study"):
            unpack_case_study(nonsense)


def test_a_filled_form_of_word_is_reported_on(reading_client: TestClient) -> None:
    answer = reading_client.post("/api/report", files={"file": ("form.docx", filled_form())})
    assert answer.status_code == 200, answer.text
    assert answer.json()["slug"]


def test_the_openapi_description_names_what_may_be_sent(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, method in (
        ("/api/extract", "post"),
        ("/api/report", "post"),
        ("/case-studies/{slug}", "put"),
    ):
        operation = paths[path][method]
        assert set(operation["requestBody"]["content"]) == set(ACCEPTED_TYPES)
        assert {"413", "415", "422", "503", "504"} <= set(operation["responses"])
