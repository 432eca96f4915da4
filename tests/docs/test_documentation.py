"""What the documentation says can be done can be done, and what can be done is in it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

import impactgraph as ig
from impactgraph.cli import EXIT_CODES, app
from impactgraph.encoding.mapping import COLLECTIONS
from impactgraph.extraction import WarningKind
from impactgraph.resources import ontology_path
from impactgraph.vocabulary import IG
from shipped import make_store

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
COMMANDS = re.findall(
    r"^\$ (impactgraph .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
)
PYTHON = re.findall(
    r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("docs") / "store").location


def test_there_are_pages_commands_and_code() -> None:
    names = [path.name for path in PAGES]
    assert names == [
        "README.md",
        "architecture.md",
        "benchmarks.md",
        "command-line.md",
        "conformance.md",
        "corpora.md",
        "curation.md",
        "engines.md",
        "extraction-of-jam-and-justice.md",
        "extraction.md",
        "jam-and-justice.md",
        "ontology.md",
        "operating.md",
        "profiles.md",
        "querying.md",
        "report.md",
        "service.md",
        "suggestions.md",
    ]
    assert len(COMMANDS) == 7
    assert len(PYTHON) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: str, store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=os.environ | {"IMPACTGRAPH_STORE": str(store)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 2


def test_the_code_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(PYTHON[0], {})
    assert "the stated chains stop between output and pathway" in capsys.readouterr().out


def test_the_code_of_the_page_on_extraction_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace("case-study.docx", str(ROOT / "tests/documents/safer-bridges.md")), names)
    assert len(names["graph"]) > 500
    for kind in WarningKind:
        assert f"`{kind.value}`" in page, kind


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    click = typer.main.get_command(app)
    commands = click.commands  # type: ignore[attr-defined]
    assert len(commands) == 25
    for name, command in commands.items():
        assert f"`{name}" in page, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert f"`{option}" in page, (name, option)
    for code in EXIT_CODES.values():
        assert f"| {code} |" in page
    assert "IMPACTGRAPH_STORE" in page


def test_every_question_of_the_ontology_page_can_be_asked(store: Path) -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert len(queries) == 1
    for query in queries:
        rows = ig.open_store(store).query(query)
        assert len(list(rows)) > 50  # type: ignore[arg-type]


def test_terms_that_pages_name_are_in_the_ontology() -> None:
    text = (ontology_path() / "impact.ttl").read_text(encoding="utf-8")
    declared = set(re.findall(r"^ig:(\w+)", text, re.MULTILINE))
    assert {prop.iri.removeprefix(IG) for prop in COLLECTIONS["links"].properties} & declared
    for path in PAGES:
        for term in re.findall(r"`ig:(\w+)`", path.read_text(encoding="utf-8")):
            assert term in declared, (path.name, term)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:ontology|data|src|api|docs|notebooks|tests)/[\w./-]*)`", text):
        assert (ROOT / name).exists(), name


def test_the_picture_is_that_of_the_shipped_graph(store: Path) -> None:
    view = ig.open_case_study(ig.open_store(store).snapshot(), "jam-and-justice")
    drawn = (ROOT / "docs" / "images" / "jam-and-justice.svg").read_text(encoding="utf-8")
    assert drawn.strip() == ig.draw_svg(view), "draw it again: see impactgraph.draw_svg"
