"""A draft that is sent is shown on the pages of a case study, and is kept nowhere unasked."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from filled_form import filled_form
from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from shipped import make_store

BRIDGES = Path(__file__).parents[2] / "documents" / "safer-bridges.md"
TOKEN = "a-token"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ID = re.compile(r"/draft/[A-Za-z0-9_-]{22}")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("drafts") / "store")


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, Settings(workers=2, body=2_000_000, token=TOKEN))
    with TestClient(app, headers=BROWSER, raise_server_exceptions=False) as client:
        yield client


def _send(
    client: TestClient, content: bytes, name: str = "bridges.md", **headers: str
) -> httpx.Response:
    return client.post(
        "/draft", files={"file": (name, content)}, headers=headers, follow_redirects=False
    )


@pytest.fixture(scope="module")
def draft(client: TestClient) -> str:
    answer = _send(client, BRIDGES.read_bytes())
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    assert ID.fullmatch(address)
    return address


@pytest.mark.parametrize(
    "page",
    [
        *("", "/matrix", "/chains", "/gaps", "/readiness", "/report", "/text", "/keep"),
        *("/picture.svg", "/download/evidence.csv", "/download/graph.ttl"),
    ],
)
def test_a_draft_has_the_pages_of_a_case_study(client: TestClient, draft: str, page: str) -> None:
    answer = client.get(f"{draft}{page}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    if answer.headers["content-type"].startswith("text/html"):
        assert "Delete it now" in answer.text
        assert "bridges.md" in answer.text
        assert "/case-studies/safer" not in answer.text
        assert "/curation" not in answer.text


def test_the_first_page_names_the_three_gravest_gaps(client: TestClient, draft: str) -> None:
    page = client.get(draft).text
    summary = page.partition("draft-summary")[2].partition("</section>")[0]
    assert "3 gravest gaps" in summary
    assert summary.count("To mend it:") == 3


def test_a_draft_is_in_no_list_and_no_query(client: TestClient, draft: str) -> None:
    assert draft
    assert "safer-bridges" not in client.get("/").text
    asked = "ASK { ?s ?p ?o FILTER(CONTAINS(STR(?s), 'safer-bridges')) }"
    answer = client.get("/sparql", params={"query": asked}, headers={"Accept": "application/json"})
    assert answer.json()["boolean"] is False


def test_programs_are_told_the_address(client: TestClient) -> None:
    answer = _send(client, filled_form(), "form.docx", Accept="application/json")
    assert answer.status_code == 201
    assert ID.fullmatch(answer.json()["address"])


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        (b"A list\n1. Milk\n", "list.txt", 422, "no REF impact case study"),
        (b"", "", 400, "No file was chosen"),
        (b"", "empty.md", 422, "empty.md"),
        (b"plain text", "seems.pdf", 422, "this is no PDF"),
        (b"PK\x03\x04 and no more", "seems.docx", 422, "seems.docx"),
        (b"%PDF-1.4 x", "broken.pdf", 422, "broken.pdf"),
        (b"[" * 1_900_000, "many.md", 422, "many.md"),
        (b"a" * 2_100_000, "large.txt", 413, "too large"),
        (b"x", "<img src=x onerror=alert(1)>.md", 422, "&lt;img src=x onerror=alert(1)&gt;.md"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_page(
    client: TestClient, content: bytes, name: str, status: int, said: str
) -> None:
    if name:
        answer = _send(client, content, name)
    else:
        form = b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--'
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = client.post("/draft", content=form, headers=kind)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert said in answer.text
    assert "<img" not in answer.text
    assert 'type="file"' in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_can_neither_send_nor_delete(
    client: TestClient, draft: str, headers: dict[str, str]
) -> None:
    assert _send(client, BRIDGES.read_bytes(), **headers).status_code == 403
    assert client.post(f"{draft}/delete", headers=headers).status_code == 403
    assert client.post(f"{draft}/keep", headers=headers).status_code == 403
    assert client.get(draft).status_code == 200


def test_a_draft_is_deleted_at_once(client: TestClient) -> None:
    address = _send(client, BRIDGES.read_bytes()).headers["location"]
    answer = client.post(f"{address}/delete")
    assert "was deleted" in answer.text
    gone = client.get(address)
    assert gone.status_code == 404
    assert "Send a document" in gone.text
    assert gone.headers["cache-control"] == "no-store"


def test_a_draft_is_kept_by_whom_has_the_token(client: TestClient) -> None:
    address = _send(client, BRIDGES.read_bytes()).headers["location"]

    def keep(**fields: str) -> httpx.Response:
        return client.post(f"{address}/keep", data=fields, follow_redirects=False)

    assert keep(slug="kept", token="another").status_code == 401
    assert keep(slug="Not Good", token=TOKEN).status_code == 400
    assert keep(slug="jam-and-justice", token=TOKEN).status_code == 409
    assert client.get("/case-studies/kept").status_code == 404
    answer = keep(slug="kept", token=TOKEN, keep_text="yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/case-studies/kept")
    assert client.get("/case-studies/kept/text").status_code == 200
    assert client.get(address).status_code == 404


def test_thirty_uploads_at_once_are_served_or_asked_to_wait(store: Store) -> None:
    app = create_app(store, Settings(workers=2, queue=8, query_timeout=120))

    async def send_all() -> list[httpx.Response]:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url="http://test", headers=BROWSER
            ) as client,
        ):
            files = {"file": ("bridges.md", BRIDGES.read_bytes())}
            sent = (client.post("/draft", files=files) for _ in range(30))
            return list(await asyncio.gather(*sent))

    answers = asyncio.run(send_all())
    counts = Counter(answer.status_code for answer in answers)
    assert set(counts) == {303, 503}
    assert counts[303] >= 10
    for answer in answers:
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) >= 1
            assert "send it again" in answer.text
