"""The questions of the SPARQL page, and its editor where its files are there and where not."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from impactgraph_api.security import POLICY
from impactgraph_api.sparql import form
from impactgraph_api.sparql.gallery import OTHERS, SUBJECTS, group_questions, read_questions

BROWSER = {"Accept": "text/html"}


def test_every_question_stands_under_one_subject() -> None:
    subjects = group_questions()
    assert [subject.title for subject in subjects] == list(SUBJECTS)
    assert OTHERS not in SUBJECTS
    grouped = [question for subject in subjects for question in subject.questions]
    assert len(grouped) == len(read_questions()) >= 21
    assert set(grouped) == set(read_questions())


def test_the_page_has_a_card_for_each_question(client: TestClient) -> None:
    page = client.get("/sparql", headers=BROWSER).text
    cards = re.findall(r'<li><a href="/sparql\?query=[^"]+#result">([^<]+)</a>', page)
    assert {unescape(card) for card in cards} == {question.title for question in read_questions()}


def test_the_editor_is_offered_where_its_files_are(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("yasgui.min.js", "yasgui.min.css"):
        (tmp_path / name).touch()
    monkeypatch.setattr(form, "_EDITOR", tmp_path)
    page = client.get("/sparql", headers=BROWSER)
    assert 'id="open-editor"' in page.text
    told = re.search(r'id="editor-data">(.*?)</script>', page.text, re.DOTALL)
    assert told is not None
    data = json.loads(told[1])
    assert data["pages"]["https://w3id.org/impactgraph/id/"] == "/nodes/"
    assert "ig" in data["prefixes"]
    policy = page.headers["content-security-policy"]
    assert policy.startswith(POLICY)
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert client.get("/ontology", headers=BROWSER).headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("there", [(), ("yasgui.min.js",)])
def test_the_page_is_the_plain_form_where_they_are_not(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...]
) -> None:
    for name in there:
        (tmp_path / name).touch()
    monkeypatch.setattr(form, "_EDITOR", tmp_path)
    page = client.get("/sparql", headers=BROWSER)
    assert page.status_code == 200
    assert "<textarea" in page.text
    assert "editor" not in page.text
    assert page.headers["content-security-policy"] == POLICY


def test_an_answer_has_its_question_over_it_and_labels_that_lead_to_pages(
    client: TestClient,
) -> None:
    first = read_questions()[0]
    page = client.get("/sparql", params={"query": first.query}, headers=BROWSER).text
    assert f'<h2 class="question">{first.title}</h2>' in page
    assert "findingLabel" not in page.partition("<table>")[2].partition("</thead>")[0]
    cell = re.search(r'<td><a href="/nodes/jam-and-justice/finding/a">([^<]+)</a> <small', page)
    assert cell is not None
    assert not cell[1].startswith("http")


def test_what_a_query_does_not_label_is_looked_up(client: TestClient) -> None:
    query = "SELECT ?a WHERE { ?a a <https://w3id.org/impactgraph/ontology#Impact> }"
    page = client.get("/sparql", params={"query": query}, headers=BROWSER).text
    assert '<h2 class="question">' not in page
    assert len(re.findall(r'<td><a href="/nodes/[^"]+">[^<]+</a> <small', page)) == 4
