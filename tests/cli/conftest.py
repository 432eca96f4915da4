"""The command line, called as a shell would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from impactgraph.cli import main
from shipped import make_store


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds what impactgraph ships."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    make_store(folder).close()
    return folder


@pytest.fixture
def run(
    shipped_store: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the command with arguments; the store is the shared one, if none is named."""

    def call(*arguments: str, store: Path | None = None) -> Outcome:
        monkeypatch.setenv("IMPACTGRAPH_STORE", str(store or shipped_store))
        monkeypatch.setattr(sys, "argv", ["impactgraph", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 0
        sys.stdout.flush()
        captured = capfdbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return call
