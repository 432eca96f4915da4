"""The page of curation: one form that works without scripts, kept whole where it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from impactgraph_api import Settings, create_app
from shipped import make_store

BASE = "/case-studies/jam-and-justice"
PATH = f"{BASE}/curation"
PROBABLE = "link/78c4c9769051"
OTHER = "link/2556e1f627e8"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(make_store(tmp_path / "store"), Settings(workers=1, token="a-token"))
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service in which nothing is ever decided."""
    store = make_store(tmp_path_factory.mktemp("still") / "store")
    app = create_app(store, Settings(workers=1, token="a-token"))
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def version(page: str) -> str:
    found = re.search(r'name="version" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def send(client: TestClient, decision: str, **fields: str) -> httpx.Response:
    given = {
        "who": "Ada",
        "token": "a-token",
        "version": version(client.get(PATH).text),
        "decision": decision,
    }
    return client.post(PATH, data={**given, **fields}, headers={"Accept": "text/html"})


def test_what_a_program_inferred_awaits_a_decision(still: TestClient) -> None:
    page = still.get(PATH).text
    assert page.count('value="accept link/') == 10
    assert page.count('value="reject link/') == 10
    for words in ("paragraph-scope", "inferred, 0.60", "Nobody has decided anything yet."):
        assert words in page


def test_a_decision_leads_to_the_page_that_tells_of_it(client: TestClient) -> None:
    sent = send(client, f"accept {PROBABLE}", **{f"why:{PROBABLE}": "the letter says so"})
    assert sent.status_code == 303, sent.text
    page = unescape(client.get(sent.headers["location"].partition("#")[0]).text)
    assert "Ada accepted that claim “The Combined Authority" in page
    assert "the letter says so" in page
    assert page.count('value="accept link/') == 9
    (act,) = set(re.findall(r'value="undo (act/\w+)"', page))
    assert send(client, f"undo {act}", who="Bo").status_code == 303
    after = client.get(PATH).text
    assert after.count('value="accept link/') == 10
    assert "undone by Bo" in after


def test_each_link_and_node_has_a_form_of_its_own(still: TestClient) -> None:
    link = still.get(f"{PATH}?link={PROBABLE}").text
    for value in ("accept", "correct", "reject"):
        assert f'value="{value} {PROBABLE}"' in link
    source = still.get(f"{PATH}?node=source/A").text
    for value in ("correct", "withdraw", "reject"):
        assert f'value="{value} source/A"' in source
    stated = re.findall(r"\?link=(link/\w+)", source)
    assert stated
    assert f'value="accept {stated[0]}"' not in still.get(f"{PATH}?link={stated[0]}").text
    assert 'value="reject' not in still.get(f"{PATH}?node=research").text
    for query in ("link=link/0", "node=finding/z", "link=https://example.org/", "node=%00"):
        assert still.get(f"{PATH}?{query}").status_code == 404


def test_every_node_and_link_of_the_case_study_leads_to_its_form(still: TestClient) -> None:
    page = unescape(still.get(f"{BASE}?basis=inferred").text)
    nodes = set(re.findall(r'href="[^"]*/curation\?node=([^"]+)"', page))
    links = set(re.findall(r'href="[^"]*/curation\?link=([^"]+)"', page))
    assert {"finding/a", "source/A", "impact/1"} <= nodes
    assert len(links) > 80
    for name, value in (("node", sorted(nodes)[0]), ("link", sorted(links)[0])):
        assert still.get(f"{PATH}?{name}={value}").status_code == 200


@pytest.mark.parametrize(
    ("decision", "fields", "status", "says"),
    [
        (f"accept {PROBABLE}", {"token": "wrong"}, 401, "not this service's"),
        (f"accept {PROBABLE}", {"token": ""}, 401, "not this service's"),
        (f"accept {PROBABLE}", {"who": ""}, 400, "Say who you are"),
        (f"reject {PROBABLE}", {}, 400, "Say why"),
        ("bless it", {}, 400, "take one of"),
        ("", {}, 400, "take one of"),
        ("add", {"why:add": "so", "from": "finding/a", "to": "impact/1"}, 400, "Say where"),
        ("accept link/0", {}, 400, "is not there"),
        ("import", {}, 422, "no act"),
    ],
)
def test_what_is_refused_keeps_what_was_written(
    still: TestClient, decision: str, fields: dict[str, str], status: int, says: str
) -> None:
    kept = {f"why:{OTHER}": "a <b>reason</b> of mine"}
    sent = send(still, decision, **{**kept, **fields})
    page = unescape(sent.text)
    assert (sent.status_code, says in page) == (status, True), page[:2000]
    assert "a &lt;b&gt;reason&lt;/b&gt; of mine" in sent.text
    assert 'role="alert"' in page
    assert "a-token" not in page
    assert version(page) == version(still.get(PATH).text)


def test_the_later_of_two_keeps_the_form_and_learns_who_was_first(client: TestClient) -> None:
    seen = version(client.get(PATH).text)
    assert send(client, f"accept {PROBABLE}", who="Ada Brook").status_code == 303
    reason = {f"why:{OTHER}": "it is about another year"}
    late = send(client, f"reject {OTHER}", version=seen, who="Bo", **reason)
    assert late.status_code == 412
    assert "Ada Brook" in late.text
    assert "it is about another year" in late.text
    again = send(client, f"reject {OTHER}", version=version(late.text), who="Bo", **reason)
    assert again.status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}]
)
def test_the_form_of_another_site_is_refused_whatever_it_knows(
    still: TestClient, headers: dict[str, str]
) -> None:
    fields = {
        "who": "Ada",
        "token": "a-token",
        "version": version(still.get(PATH).text),
        "decision": f"accept {PROBABLE}",
    }
    answer = still.post(PATH, data=fields, headers=headers | {"Accept": "text/html"})
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert "Nobody has decided anything yet." in still.get(PATH).text


def test_acts_go_out_and_in_as_a_file(client: TestClient) -> None:
    send(client, f"accept {PROBABLE}")
    out = client.get(f"{PATH}.ttl")
    assert out.headers["content-type"].startswith("text/turtle")
    fields = {
        "who": "Ada",
        "token": "a-token",
        "version": version(client.get(PATH).text),
        "decision": "import",
    }
    files = {"file": ("acts.ttl", out.content, "text/turtle")}
    taken = client.post(PATH, data=fields, files=files)
    assert taken.status_code == 303
    assert "were taken over" in client.get(taken.headers["location"].partition("#")[0]).text


def test_a_service_that_only_reads_shows_no_form(tmp_path: Path) -> None:
    with TestClient(create_app(make_store(tmp_path / "store"), Settings(workers=1))) as client:
        page = client.get(PATH).text
        assert "This service only reads." in page
        assert "<form" not in page.partition("<main")[2]
        assert client.post(PATH, data={"decision": "import"}).status_code == 403


def test_the_page_turns_where_there_is_much(still: TestClient) -> None:
    for number in ("0", "2", "99999", "-1", "x", "٣"):
        assert still.get(f"{PATH}?page={number}&acts={number}").status_code == 200
