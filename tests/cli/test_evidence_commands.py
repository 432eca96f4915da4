"""The commands about evidence print what was asked for, and the report writes its formats."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SLUG = "jam-and-justice"


def test_robustness_says_who_speaks_and_what_is_lost(run: Run) -> None:
    printed = run("robustness", SLUG)
    said = " ".join(printed.out.split())
    assert printed.code == 0
    for words in (
        "Impact 2 has one source (B) of one known party",
        "No chain is attested from an output to an impact by one and the same party.",
        "Without source B, impact 2",
        "Whose research it is",
    ):
        assert words in said
    assert said.count("nothing is lost") == 1


def test_remedies_are_numbered_and_limited(run: Run) -> None:
    said = " ".join(run("remedies", SLUG).out.split())
    assert "Impact 3 would need a source from somebody with no known part" in said
    assert "Source B is the only source of" in said
    two = json.loads(run("remedies", SLUG, "--limit", "2", "--json").out)
    assert len(two["remedies"]) == 2
    assert two["left"]


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("r.html", b"<!DOCTYPE html>"),
        ("r.md", b"# Jam and Justice"),
        ("r.XLSX", b"PK"),
        ("r.json", b"{"),
    ],
)
def test_the_ending_of_the_name_chooses_the_format(
    run: Run, tmp_path: Path, name: str, beginning: bytes
) -> None:
    done = run("report", SLUG, "-o", str(tmp_path / name))
    assert (done.code, done.out) == (0, "")
    assert f"Wrote {tmp_path / name}" in done.err
    assert (tmp_path / name).read_bytes().startswith(beginning)


def test_the_workbook_is_whole(run: Run, tmp_path: Path) -> None:
    run("report", SLUG, "-o", str(tmp_path / "r.xlsx"))
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        assert book.testzip() is None


def test_without_a_file_markdown_is_printed_and_json_is_the_record(
    run: Run, tmp_path: Path
) -> None:
    assert run("report", SLUG).out.startswith("# Jam and Justice")
    run("report", SLUG, "-o", str(tmp_path / "r.json"), "--basis", "stated")
    printed = json.loads(run("report", SLUG, "--json", "--basis", "stated").out)
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == printed


def test_a_file_of_another_kind_is_refused_and_not_written(run: Run, tmp_path: Path) -> None:
    refused = run("report", SLUG, "-o", str(tmp_path / "r.pdf"))
    assert refused.code == 2
    assert ".html, .md, .xlsx, .json" in refused.err
    assert not list(tmp_path.iterdir())


def test_an_unknown_case_study_is_not_found(run: Run) -> None:
    for command in ("robustness", "remedies", "report"):
        assert run(command, "nobody").code == 3
