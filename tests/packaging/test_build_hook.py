"""The build hook that fetches yasgui: what it brings, and what it does where it cannot."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hatchling.bridge.app import Application

import hatch_build
from hatch_build import EditorHook, fetch_editor

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "api" / "yasgui"
FAKE_NPM = """
import pathlib, sys
assert sys.argv[1:3] == ["ci", "--ignore-scripts"], sys.argv
package = pathlib.Path("node_modules/@zazuko/yasgui")
(package / "build").mkdir(parents=True)
for name in ("yasgui.min.js", "yasgui.min.css", "yasgui.min.js.map"):
    (package / "build" / name).write_text(name)
(package / "package.json").write_text('{"name": "y", "version": "1", "license": "MIT"}')
(package / "LICENSE").write_text("You may.")
"""


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in npm's place."""
    program = tmp_path / "npm.py"
    program.write_text(FAKE_NPM)
    monkeypatch.setattr(hatch_build, "find_npm", lambda: [sys.executable, str(program)])
    return program


def test_the_files_come_with_their_licences_and_only_once(npm: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    assert fetch_editor(LOCK, place)
    names = {path.name for path in place.iterdir()}
    assert names == {"yasgui.min.js", "yasgui.min.css", "LICENSES.txt", "lock.sha256"}
    assert (place / "LICENSES.txt").read_text().split() == [
        "y",
        "·",
        "1",
        "·",
        "MIT",
        "You",
        "may.",
    ]
    npm.write_text("raise SystemExit('asked again')")
    assert not fetch_editor(LOCK, place)


def test_another_lock_replaces_the_files(npm: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "lock.sha256").write_text("of another lock")
    (place / "old.js").write_text("")
    assert fetch_editor(LOCK, place)
    assert not (place / "old.js").exists()


def test_npm_that_fails_leaves_what_is_there_and_says_why(npm: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    fetch_editor(LOCK, place)
    (place / "lock.sha256").write_text("of another lock")
    npm.write_text("print('npm warn old'); raise SystemExit('no way to the registry')")
    with pytest.raises(subprocess.SubprocessError, match="failed: no way to the registry"):
        fetch_editor(LOCK, place)
    assert (place / "yasgui.min.js").is_file()


def test_npm_that_hangs_is_ended(npm: Path, tmp_path: Path) -> None:
    npm.write_text("import time; time.sleep(600)")
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        fetch_editor(LOCK, tmp_path / "place", seconds=0.5)
    assert time.monotonic() - begun < 300
    assert not (tmp_path / "place").exists()


def test_a_build_without_npm_warns_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hatch_build, "find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    (tmp_path / "api" / "yasgui").mkdir(parents=True)
    (tmp_path / "api" / "yasgui" / "package-lock.json").write_text("{}")
    build_data: dict[str, Any] = {"artifacts": []}
    arguments: Any = (str(tmp_path), {}, None, None, str(tmp_path), "wheel", Application())
    EditorHook(*arguments).initialize("standard", build_data)
    assert build_data["artifacts"] == ["/api/impactgraph_api/static/yasgui/**"]
    said = capsys.readouterr()
    assert "no npm was found" in said.out + said.err


def test_the_lock_has_digests_and_no_addresses() -> None:
    text = (LOCK / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert packages["node_modules/@zazuko/yasgui"]["version"] == "4.6.2"
    assert len(packages) > 30
    assert all("integrity" in package for name, package in packages.items() if name)
    assert not re.search(r"https?://|resolved", text)
