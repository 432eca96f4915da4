"""The commands that read documents: what they print, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from export_files import write_export
from impactgraph import open_store
from impactgraph.texts import read_text
from invented_exports import invent_row, write_invented_export

Run = Callable[..., Any]
BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_invented_export(tmp_path / "export.xlsx", 4)


def test_extract_prints_a_line_of_json_for_each_document(run: Run, export: Path) -> None:
    printed = run("extract", str(export), str(BRIDGES), "--processes", "1")
    assert (printed.code, printed.err) == (0, "")
    records = [json.loads(line) for line in printed.out.splitlines()]
    assert [record["id"] for record in records] == [
        *(f"0000-{number:04}" for number in range(4)),
        "safer-bridges-for-slow-rivers",
    ]
    first = records[0]
    assert [output["label"] for output in first["outputs"]] == ["R1", "R2"]
    assert first["outputs"][0]["doi"] == "10.5555/bridge.0"
    targets = [citation["targets"] for citation in first["citations"]]
    assert targets == [["output:1"], ["output:2"], ["output:2", "source:1"], ["source:2"]]


def test_extract_takes_parts_of_an_export(run: Run, export: Path) -> None:
    printed = run("extract", str(export), "--unit", "13", "--institution", "University of Bude")
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["0000-0001"]
    asked = ("--identifier", "0000-0003", "--identifier", "none")
    printed = run("extract", str(export), *asked)
    assert printed.code == 4
    assert len(printed.out.splitlines()) == 1
    assert "no row of export.xlsx has the identifier none" in printed.err
    assert printed.err.splitlines()[-1] == "impactgraph: one document could not be read"


def test_encode_says_what_it_read_and_what_it_skipped(
    run: Run, export: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    printed = run("encode", str(export), "--empty", store=store)
    assert printed.code == 0
    assert printed.out.startswith("Read 4 documents: 4 encoded (")
    assert "0 unchanged, 0 failed." in printed.out
    printed = run("encode", str(export), str(BRIDGES), "--json", store=store)
    summary = json.loads(printed.out)
    assert [summary[key] for key in ("read", "encoded", "unchanged", "failed")] == [5, 1, 4, 0]
    assert [document["outcome"] for document in summary["documents"]] == [
        *["unchanged"] * 4,
        "encoded",
    ]
    assert summary["documents"][0]["origin"] == f"{export}, row 2"
    listed = json.loads(run("case-studies", "--json", store=store).out)
    assert len(listed) == 5
    chains = json.loads(run("chains", "safer-bridges-for-slow-rivers", "--json", store=store).out)
    assert chains["chains"]


def test_encode_writes_files_that_load_takes(run: Run, export: Path, tmp_path: Path) -> None:
    folder, store = tmp_path / "out", tmp_path / "store"
    printed = run("encode", str(export), "-o", str(folder))
    assert printed.code == 0
    files = sorted(map(str, folder.iterdir()))
    assert len(files) == 4
    assert run("load", *files, "--empty", store=store).code == 0
    assert "4 unchanged" in run("encode", str(export), "-o", str(folder)).out
    assert run("encode", str(export), "-o", str(folder), "--empty").code == 2


def test_failures_are_listed_with_their_rows(run: Run, tmp_path: Path) -> None:
    rows = [invent_row(0), invent_row(1), invent_row(0)]
    for number in range(1, 6):
        rows[1] |= {name: "" for name in rows[1] if name.startswith(f"{number}. ")}
    export = write_export(tmp_path / "export.csv", *rows)
    printed = run("encode", str(export), "--empty", store=tmp_path / "store")
    said = " ".join(printed.out.split())
    assert printed.code == 4
    assert "Read 3 documents: 1 encoded" in said
    assert "row 3: none of its five sections has any text" in said
    assert "row 4: its identifier is that of row 2 too" in said
    assert printed.err.endswith("impactgraph: 2 documents could not be encoded\n")


@pytest.mark.parametrize("command", ["extract", "encode"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing.docx", "cannot be read: No such file or directory"),
        ("", "it is a folder; name the files in it"),
        ("nonsense.xlsx", "the workbook is damaged"),
        ("list.txt", "no REF impact case study: looked for"),
    ],
)
def test_what_cannot_be_read_ends_with_4(
    run: Run, tmp_path: Path, command: str, name: str, reason: str
) -> None:
    (tmp_path / "nonsense.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "list.txt").write_text("1. Milk\n")
    store = tmp_path / "store"
    options = ("--empty",) if command == "encode" else ()
    printed = run(command, str(tmp_path / name), *options, store=store)
    assert printed.code == 4
    assert reason in " ".join((printed.out + printed.err).split())
    assert "Traceback" not in printed.err


def test_a_store_that_cannot_be_used_ends_with_5(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("")
    printed = run("encode", str(export), store=tmp_path / "other")
    assert printed.code == 5


def test_a_report_on_a_document_needs_no_store(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    printed = run("report", "--document", str(BRIDGES), store=store)
    assert printed.code == 0
    assert printed.out.startswith("# Safer bridges for slow rivers")
    assert not store.exists()
    page = tmp_path / "report.html"
    assert run("report", "--document", str(BRIDGES), "-o", str(page), store=store).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run("report", store=store).code == 2
    assert run("report", "jam-and-justice", "--document", str(BRIDGES), store=store).code == 2


def test_ctrl_c_says_how_to_go_on_and_leaves_the_store_whole(tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.csv", 1600)
    store = tmp_path / "store"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "impactgraph", "encode", str(export), "--empty",
            "--store", str(store), "--processes", "2",
        ],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (store / "generations" / "000001").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().strip() == (
        "impactgraph: interrupted; what was encoded is kept whole; the same command goes on from "
        "there"
    )
    stored = open_store(store).query(
        "SELECT * { ?s a <https://w3id.org/impactgraph/ontology#CaseStudy> }"
    )
    assert len(list(stored)) % 100 == 0  # type: ignore[arg-type]


def test_encode_keeps_a_text_only_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    case_study = "https://w3id.org/impactgraph/id/safer-bridges-for-slow-rivers"
    for options, kept in ((), False), (("--keep-text",), True):
        assert run("encode", str(BRIDGES), "--empty", *options, store=store).code == 0
        with open_store(store) as opened:
            assert (read_text(opened, case_study) is not None) is kept
    printed = run("encode", str(BRIDGES), "--keep-text", "-o", str(tmp_path / "folder"))
    assert printed.code == 2
    assert "--keep-text is about a store" in printed.err
