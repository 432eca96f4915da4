"""The command `check`: the rules of an exercise, as text, as JSON, and as the API gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from impactgraph.profiles import rule_profiles
from impactgraph.store import open_store
from impactgraph_api import create_app

SLUG = "jam-and-justice"
ROUTE = f"/api/case-studies/{SLUG}/check"


@pytest.fixture(scope="module")
def client(shipped_store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(open_store(shipped_store))) as client:
        yield client


def told(printed: Any) -> str:
    return " ".join(printed.out.split())


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"profile": "ref2014"},
        {"against": "ref2029-draft"},
        {"profile": "ref2014", "against": "ref2021"},
    ],
)
def test_the_command_line_and_the_api_say_the_same(
    run: Callable[..., Any], client: TestClient, options: dict[str, str]
) -> None:
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    printed = json.loads(run("check", SLUG, "--json", *arguments).out)
    served = client.get(ROUTE, params=options)
    assert served.status_code == 200
    assert served.json() == printed
    assert printed["profile"]["notation"] == options.get("profile", "ref2021")
    assert (printed["changes"] is None) == ("against" not in options)


def test_what_the_case_study_keeps_of_its_own_rules(run: Callable[..., Any]) -> None:
    answer = json.loads(run("check", SLUG, "--json").out)
    verdicts = {result["rule"]["iri"].split("#")[1]: result for result in answer["results"]}
    assert verdicts["words-4"]["verdict"] == "broken"
    assert verdicts["words-4"]["rule"]["obligation"] == "indicative"
    assert {name for name, it in verdicts.items() if it["verdict"] == "cannot be told"} == {
        "pages",
        "quality",
    }
    assert answer["verdicts"] == {"kept": 8, "broken": 1, "cannot be told": 2}


def test_beyond_a_guide_is_not_called_broken(run: Callable[..., Any]) -> None:
    text = told(run("check", SLUG))
    assert "REF 2021: 8 kept, 1 beyond the guide, 2 cannot be told." in text
    assert "broken" not in text


def test_a_draft_is_said_to_be_one(run: Callable[..., Any]) -> None:
    text = told(run("check", SLUG, "--profile", "ref2029-draft"))
    assert "REF 2029 (draft) is a draft: its rules are not final" in text
    assert "(not verified)" in text
    assert "is a draft" not in told(run("check", SLUG))


def test_differences_between_two_exercises(run: Callable[..., Any]) -> None:
    text = told(run("check", SLUG, "--against", "ref2014"))
    assert "5 rules differ between REF 2021 and REF 2014." in text
    assert "kept becomes broken" in text


def test_the_help_names_every_profile(run: Callable[..., Any]) -> None:
    text = told(run("check", "--help"))
    for notation in rule_profiles():
        assert notation in text


def test_an_unknown_profile_is_not_found(run: Callable[..., Any], client: TestClient) -> None:
    printed = run("check", SLUG, "--profile", "ref1066")
    assert printed.code == 3
    assert "there is no rule profile 'ref1066'; there are ref2014, ref2021" in printed.err
    answer = client.get(ROUTE, params={"against": "ref1066"})
    assert answer.status_code == 404
    assert "ref1066" in answer.json()["detail"]
