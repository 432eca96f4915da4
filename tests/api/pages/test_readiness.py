"""The page of readiness: the rules of an exercise, each met, not met, or not to be told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from impactgraph_api import Settings, create_app
from shipped import make_store

BRIDGES = Path(__file__).parents[2] / "documents" / "safer-bridges.md"
PAGE = "/case-studies/jam-and-justice/readiness"
CHECK = "/api/case-studies/jam-and-justice/check"


@pytest.mark.parametrize("profile", ["ref2014", "ref2021", "ref2029-draft"])
def test_each_rule_stands_with_its_reason_and_its_source(client: TestClient, profile: str) -> None:
    found = client.get(CHECK, params={"profile": profile}).json()
    page = client.get(PAGE, params={"profile": profile}).text
    assert page.count('<p class="verdict">') == len(found["results"]) > 2
    assert page.count('<p class="from">') == len(found["results"])
    assert ("is a draft" in page) is (profile == "ref2029-draft")
    met = sum(result["verdict"] == "kept" for result in found["results"])
    verdicts = re.findall(r'<p class="verdict"><span class="outcome o-([a-z-]+)"', page)
    assert verdicts.count("met") == met


def test_its_own_exercise_is_the_default_and_is_named(client: TestClient) -> None:
    page = client.get(PAGE).text
    assert '<option value="ref2021" selected>REF 2021 (its own exercise)</option>' in page
    assert "<h2>The rules of REF 2021</h2>" in page


def test_what_would_differ_under_other_rules_is_listed(client: TestClient) -> None:
    changes = client.get(CHECK, params={"against": "ref2014"}).json()["changes"]
    page = client.get(PAGE, params={"against": "ref2014"}).text
    listed = page.partition('<ul class="changes">')[2].partition("</ul>")[0]
    assert listed.count("<li>") == len(changes) > 0


@pytest.mark.parametrize("field", ["profile", "against"])
def test_an_unknown_profile_is_not_found(client: TestClient, field: str) -> None:
    assert client.get(PAGE, params={field: "ref1066"}).status_code == 404
    assert client.get(f"{PAGE}?{field}=").status_code == 200


def test_a_case_study_of_no_exercise_is_held_against_the_next_ones_rules(tmp_path: Path) -> None:
    app = create_app(make_store(tmp_path / "store"), Settings(workers=1, token="a-token"))
    with TestClient(app) as writing:
        kept = writing.put(
            "/case-studies/bridges",
            content=BRIDGES.read_bytes(),
            headers={"Authorization": "Bearer a-token", "Content-Type": "text/markdown"},
        )
        assert kept.status_code == 201
        page = writing.get("/case-studies/bridges/readiness").text
    assert "names no exercise" in page
    assert '<option value="ref2029-draft" selected>' in page
    assert '<p class="verdict">' in page
