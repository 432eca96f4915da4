"""Programs that read hostile files cannot take more time, memory or room than they may."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.documents.bounded import run_bounded
from impactgraph.errors import DocumentError


def run(program: str, tmp_path: Path, content: bytes = b"words") -> bytes:
    path = tmp_path / "program.py"
    path.write_text(program)
    return run_bounded(path, content, memory=500_000_000, seconds=1, most_output=1_000)


def test_a_program_is_given_the_content_and_both_limits(tmp_path: Path) -> None:
    program = "import sys; print(sys.stdin.read(), *sys.argv[1:])"
    assert run(program, tmp_path) == b"words 500000000 1\n"


def test_the_environment_does_not_decide_what_it_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert str(tmp_path).encode() not in run("import sys; print(sys.path)", tmp_path)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise SystemExit(3)", "broke down"),
        ("import os; os.abort()", "broke down"),
        ("print('x' * 2_000)", "broke down"),
        ("import time; time.sleep(60)", "took more than 2 s"),
    ],
)
def test_what_breaks_down_or_goes_on_is_refused(program: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=f"{reason}.*print the case study"):
        run(program, tmp_path)
