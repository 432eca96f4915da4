"""A store of a few case studies that nobody wrote."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.generator import write_case_studies
from benchmarks.service import build_store

__all__ = ["COUNT", "invent_store"]

COUNT = 24


def invent_store(folder: Path) -> Path:
    """Make a store in a new folder, and return that."""
    shutil.copytree(Path(_invent_once().name) / "store", folder)
    return folder


@cache
def _invent_once() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="impactgraph-invented-")
    files = Path(folder.name) / "files"
    write_case_studies(files, COUNT)
    build_store(Path(folder.name) / "store", sorted(files.glob("*.nq")))
    return folder
