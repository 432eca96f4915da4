"""The page of the report: what the report says, in the frame of the site."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

CASE = "/case-studies/jam-and-justice"


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("basis", ["stated", "curated"])
def test_the_page_says_what_the_report_says(client: TestClient, basis: str) -> None:
    report = client.get(f"/api{CASE}/report", params={"basis": basis}).json()
    page = client.get(f"{CASE}/report", params={"basis": basis}).text
    said = words(page)
    sentences = [statement["text"] for statement in (*report["summary"], *report["method"])]
    sentences += report["advice"] + [question["text"] for question in report["questions"]]
    assert len(sentences) > 10
    for sentence in sentences:
        assert " ".join(sentence.split()) in said
    table = page.partition('<table class="of-evidence">')[2].partition("</table>")[0]
    assert table.count("<tr>") == len(report["evidence"]) + 1


def test_it_can_be_taken_away(client: TestClient) -> None:
    page = client.get(f"{CASE}/report?basis=stated").text
    for name in ("report.html", "report.md", "report.xlsx"):
        assert f'href="{CASE}/download/{name}?basis=stated"' in page
