"""The page of the gaps: all of them, filtered, with what they mean and what mends them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

PAGE = "/case-studies/jam-and-justice/gaps"
HTML = {"Accept": "text/html"}


def reasons(page: str) -> list[str]:
    return re.findall(r'<p class="reason">(.*?)</p>', page)


@pytest.mark.parametrize("basis", ["stated", "curated", "inferred"])
def test_the_page_lists_the_gaps_of_the_api(client: TestClient, basis: str) -> None:
    gaps = client.get(f"/api{PAGE}", params={"basis": basis}).json()["gaps"]
    page = client.get(PAGE, params={"basis": basis}).text
    members = sum(len(gap["members"]) for gap in gaps)
    assert len(gaps) > 10
    assert len(reasons(page)) == len(gaps) + members
    assert f"{len(gaps)} gaps" in page
    assert f'<a href="?basis={basis}' in page


def test_each_kind_leads_to_what_it_means_and_each_place_to_its_card(client: TestClient) -> None:
    page = client.get(PAGE).text
    concepts = set(re.findall(r'href="/ontology#(gap\w+)"', page))
    assert "gapNothingBefore" in concepts
    ontology = client.get("/ontology", headers=HTML).text
    for concept in concepts:
        assert f'id="{concept}"' in ontology
    assert 'href="/case-studies/jam-and-justice#node=pathway/1"' in page
    assert 'href="/nodes/jam-and-justice/pathway/1"' in page


def test_kind_and_severity_narrow_the_list_and_stay_when_the_basis_is_switched(
    client: TestClient,
) -> None:
    page = client.get(PAGE, params={"kind": "no-date", "severity": "low"}).text
    assert reasons(page)
    assert all("does not date" in reason for reason in reasons(page))
    assert '<option value="no-date" selected>' in page
    assert '<option value="low" selected>' in page
    assert 'href="?basis=stated&amp;kind=no-date&amp;severity=low"' in page
    none = client.get(PAGE, params={"kind": "no-date", "severity": "high"}).text
    assert "No such gap under these links" in none


def test_empty_fields_of_the_form_ask_for_all(client: TestClient) -> None:
    assert client.get(f"{PAGE}?kind=&severity=").text.count('class="reason"') == client.get(
        PAGE
    ).text.count('class="reason"')


@pytest.mark.parametrize("query", ["kind=nonsense", "severity=grave", "basis=x", "kind=<script>"])
def test_a_value_that_cannot_be_used_gets_a_page_that_says_so(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"{PAGE}?{query}", headers=HTML)
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_what_would_mend_most_stands_beside_in_order(client: TestClient) -> None:
    report = client.get("/api/case-studies/jam-and-justice/report").json()
    page = client.get(PAGE).text
    advice = [unescape(said) for said in re.findall(r'<p class="advice">(.*?)</p>', page)]
    assert advice == report["advice"]
    assert len(advice) > 3


def test_the_impacts_stand_in_the_order_of_their_evidence(client: TestClient) -> None:
    report = client.get("/api/case-studies/jam-and-justice/report?basis=stated").json()
    for page in (f"{PAGE}?basis=stated", f"{PAGE.rpartition('/')[0]}/report?basis=stated"):
        shown = unescape(client.get(page).text)
        found = [
            shown.index(reason) for rung in report["from_the_weakest"] for reason in rung["reasons"]
        ]
        assert len(found) == 4
        assert found == sorted(found)


def test_an_unknown_case_study_has_no_gaps_page(client: TestClient) -> None:
    assert client.get("/case-studies/none/gaps").status_code == 404
    moved = client.get("/case-studies/JAM-and-justice/gaps?kind=no-date", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"] == f"{PAGE}?kind=no-date"
