"""What all tests share: their order, and the case study that impactgraph ships."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from rdflib import Graph

from serving import Service, serving

# How long an example takes says nothing on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SLOW = (
    "tests/store",
    "tests/api",
    "tests/cli",
    "tests/notebooks",
    "tests/packaging",
    "tests/browser",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT).as_posix() if ROOT in item.path.parents else ""
        return next((n for n, folder in enumerate(SLOW, 1) if path.startswith(folder)), 0)

    # Fast ones first; where several processes share them, slow ones first: none is left alone with
    # them at the end.
    items.sort(key=rank, reverse="PYTEST_XDIST_WORKER" in os.environ)


@pytest.fixture(scope="session")
def jam_and_justice() -> Graph:
    """The graph of the case study, without what it shares with others."""
    return Graph().parse(DATA / "case-studies" / "jam-and-justice.ttl", format="turtle")


@pytest.fixture(scope="session")
def reference() -> Graph:
    """The graph of what case studies share."""
    return Graph().parse(DATA / "reference.ttl", format="turtle")


@pytest.fixture(scope="session")
def document_text() -> str:
    """The text of the case study, where it is at hand."""
    path = ROOT.parent / "shared" / "case-studies" / "jam-and-justice.txt"
    if not path.is_file():
        pytest.skip(f"the text of the case study is not at {path.name} beside the checkout")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shipped_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over what impactgraph ships, for all tests that leave it as they found it."""
    folder = tmp_path_factory.mktemp("shipped")
    with serving(folder, "--workers", "2", empty=False) as service:
        yield service


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = shutil.which("mount")
    made = command and subprocess.run(
        [command, "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode != 0:
        pytest.skip("no small disk can be mounted here: that takes root's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
