"""The commands `curation` and `curate`: deciding, listing, taking acts elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from impactgraph.store import open_store
from impactgraph_api import create_app
from shipped import make_store

SLUG = "jam-and-justice"
PROBABLE = "link/78c4c9769051"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store").location


def test_what_is_decided_is_listed_as_the_api_lists_it(
    run: Callable[..., Any], store: Path
) -> None:
    assert "Nobody has decided anything yet." in run("curation", SLUG, store=store).out
    made = run("curate", SLUG, "accept", PROBABLE, "--who", "Ada", "--why", "so it is", store=store)
    assert made.code == 0, made.err
    assert "Ada accepted that claim" in " ".join(made.out.split())
    listed = " ".join(run("curation", SLUG, store=store).out.split())
    for words in ("act/", "Ada", "accepted that claim", "so it is", "UTC"):
        assert words in listed
    record = json.loads(run("curation", SLUG, "--json", store=store).out)
    with TestClient(create_app(open_store(store))) as client:
        assert client.get(f"/api/case-studies/{SLUG}/curation").json() == record
    undone = run(
        "curate", SLUG, "undo", record["acts"][0]["iri"], "--who", "Bo", "--json", store=store
    )
    assert json.loads(undone.out)["kind"] == "undo"
    assert "undone by Bo" in " ".join(run("curation", SLUG, store=store).out.split())


def test_a_link_is_added_with_its_words(run: Callable[..., Any], store: Path) -> None:
    made = run(
        "curate", SLUG, "add", "--from", "output/3", "--to", "impact/4", "--who", "Ada",
        "--quote", "a major shift in procurement", "--why", "both speak of it",
        "--confidence", "0.75", "--json", store=store,
    )  # fmt: skip
    assert made.code == 0, made.err
    assert json.loads(made.out)["generated"]


def test_acts_are_exported_and_imported(
    run: Callable[..., Any], store: Path, tmp_path: Path
) -> None:
    run("curate", SLUG, "accept", PROBABLE, "--who", "Ada", store=store)
    file = tmp_path / "acts.ttl"
    file.write_text(run("curation", SLUG, "--export", store=store).out, encoding="utf-8")
    other = make_store(tmp_path / "other").location
    taken = run("curate", SLUG, "import", str(file), store=other)
    assert "Imported 1 act on jam-and-justice." in taken.out
    assert (
        run("curation", SLUG, "--json", store=other).out
        == run("curation", SLUG, "--json", store=store).out
    )
    file.write_text(file.read_text(encoding="utf-8").replace("Ada", "Eve"), encoding="utf-8")
    spoilt = run("curate", SLUG, "import", str(file), store=other)
    assert (spoilt.code, "malformed" in spoilt.err) == (4, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("bless", PROBABLE), 2, "is no act"),
        (("accept", PROBABLE), 2, "say who you are"),
        (("accept", PROBABLE, "--who", "Ada", "--confidence", "much"), 2, "give a number"),
        (("accept", "link/0", "--who", "Ada"), 1, "is not there"),
        (("import",), 2, "name the file"),
        (("import", "none.ttl"), 4, "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    run: Callable[..., Any], arguments: tuple[str, ...], code: int, says: str
) -> None:
    outcome = run("curate", SLUG, *arguments)
    assert (outcome.code, says in outcome.err) == (code, True), outcome.err


def test_a_case_study_that_is_not_there_is_named(run: Callable[..., Any]) -> None:
    for command in (("curation", "none"), ("curate", "none", "accept", "link/0")):
        assert run(*command).code == 3
