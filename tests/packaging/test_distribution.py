"""What is built carries the ontology and the data, and runs outside the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESOURCES = {"ontology": (".ttl", ".rq", ".srj"), "data": (".ttl",)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


def resources() -> set[str]:
    """The files of the ontology and the data, by their path in the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder, endings in RESOURCES.items()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings
    }


def test_the_wheel_carries_the_code_the_ontology_and_the_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = resources()
    assert len(wanted) > 100
    assert {f"impactgraph/{name}" for name in wanted} <= names
    assert {"impactgraph/py.typed", "impactgraph_api/app.py"} <= names
    assert any(name.startswith("impactgraph_api/templates/") for name in names)
    assert any(name.startswith("impactgraph_api/static/") for name in names)
    strangers = {
        name
        for name in names
        if not re.match(r"impactgraph(_api)?/|impactgraph-[\d.]+\.dist", name)
    }
    assert not strangers


def test_the_wheel_carries_the_editor_where_it_was_fetched(built: Path) -> None:
    if not (ROOT / "api" / "impactgraph_api" / "static" / "yasgui" / "yasgui.min.js").is_file():
        pytest.skip("yasgui was not fetched (no npm, or no way to its registry)")
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"yasgui.min.js", "yasgui.min.css", "LICENSES.txt"}
    assert {f"impactgraph_api/static/yasgui/{name}" for name in wanted} <= names


def test_the_source_distribution_carries_what_building_and_testing_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert resources() <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile"} <= names
    assert {"hatch_build.py", "api/yasgui/package.json", "api/yasgui/package-lock.json"} <= names
    assert not any("static/yasgui/" in name for name in names)
    assert "tests/conftest.py" in names


def test_the_wheel_in_a_fresh_environment_runs_outside_the_checkout(
    built: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "venv"
    venv.create(environment)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    pip += ["install", "--quiet", "--no-compile"]
    (wheel,) = built.glob("*.whl")
    lock = str(ROOT / "requirements.lock")
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True, timeout=300)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, timeout=60)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("IMPACTGRAPH")}
    done = subprocess.run(
        [str(environment / "bin" / "impactgraph"), "chains", "jam-and-justice"],
        cwd=elsewhere,
        env=kept | {"HOME": str(tmp_path / "home"), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "finding d → pathway 3 → impact 1 → source A" in done.stdout
    assert not list(elsewhere.iterdir())


def test_locked_dependencies_have_hashes_and_no_addresses() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert [lock.name for lock in locks] == ["requirements-dev.lock", "requirements.lock"]
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") >= len(pins)
        assert not re.search(r"https?://|file:|--index|--find-links", text)
