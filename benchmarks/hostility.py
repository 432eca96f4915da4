"""What hostile files cost: on the command line, and sent to a service that runs.

    python -m benchmarks.hostility [--files "zip bomb" …] [--output table.md]

Of each are printed the seconds and the most memory of the processes that read it, and the answer.
Times are by the clock, the command line's with the start of Python.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.hostile_files import HOSTILE_FILES
from benchmarks.machine import describe_machine
from benchmarks.processes import descendants
from impactgraph.documents import MEDIA_TYPES

__all__ = ["Answer", "measure_command", "measure_request"]

_TOKEN = "a-token-for-measurements"
_REQUESTS = (("POST", "/api/extract"), ("POST", "/api/report"), ("PUT", "/case-studies/hostile"))
_TYPES = {ending: kind for kind, endings in MEDIA_TYPES.items() for ending in endings}
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a file: exit code or status, seconds, the most memory in bytes, the reason."""

    status: int
    seconds: float
    memory: int
    reason: str


def measure_command(path: Path) -> Answer:
    """Return what `impactgraph extract` makes of a file."""
    command = [sys.executable, "-m", "impactgraph", "extract", str(path)]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        with _watching(process.pid) as most:
            status = process.wait(timeout=300)
        seconds = time.perf_counter() - start
        said.seek(0)
        reason = said.read().decode("utf-8", "replace")
    return Answer(status, seconds, most[0], reason)


def measure_request(url: str, service: int, method: str, path: str, file: Path) -> Answer:
    """Return what a service, whose process is given, makes of a file that is sent."""
    kind = _TYPES.get(file.suffix, "application/octet-stream")
    headers = {"Content-Type": kind, "Authorization": f"Bearer {_TOKEN}"}
    content = file.read_bytes()
    start = time.perf_counter()
    with _watching(service) as most:
        answer = httpx.request(
            method, f"{url}{path}", content=content, headers=headers, timeout=300, trust_env=False
        )
    seconds = time.perf_counter() - start
    reason = answer.json().get("detail", "") if answer.is_error else ""
    return Answer(answer.status_code, seconds, most[0], reason)


@contextmanager
def _watching(process: int) -> Iterator[list[int]]:
    """Watch the most memory that any one process of a family holds."""
    most, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            most[0] = max(most[0], *map(_resident, descendants(process)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "impactgraph", "serve", "--port", str(port), "--empty"]
    command += ["--store", str(folder / "store")]
    variables = {**os.environ, "IMPACTGRAPH_TOKEN": _TOKEN}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{url}/healthz", trust_env=False)
                break
            except httpx.HTTPError:
                if process.poll() is not None:
                    raise RuntimeError((folder / "log").read_text()) from None
                time.sleep(0.1)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _write_row(what: str, name: str, command: Answer, requests: list[Answer], reason: str) -> str:
    cells = [f"{command.status}", f"{command.seconds:.1f}", f"{command.memory / _MEGABYTE:.0f}"]
    cells += [", ".join(dict.fromkeys(str(each.status) for each in requests))]
    cells += [f"{max(each.seconds for each in requests):.1f}"]
    cells += [f"{max(each.memory for each in requests) / _MEGABYTE:.0f}"]
    return f"| {what} ({Path(name).suffix}) | {' | '.join(cells)} | {reason} |"


def main() -> None:
    """Print a table of all files, or of those that are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", nargs="*", default=list(HOSTILE_FILES), metavar="NAME")
    options = parser.parse_args()
    print(describe_machine())
    print(
        "\n| file | exit code | seconds | megabytes | statuses over HTTP | seconds | megabytes "
        "| what is said |\n|---|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as (url, service):
        for what in options.files:
            name, make = HOSTILE_FILES[what]
            file = Path(folder, name)
            file.write_bytes(make())
            command = measure_command(file)
            requests = [
                measure_request(url, service, method, path, file) for method, path in _REQUESTS
            ]
            said = command.reason.partition("\n")[0].replace(f"{file}: ", "", 1)
            reason = said.replace(str(file), name).replace("|", "\\|")[:160]
            print(_write_row(what, name, command, requests, reason), flush=True)


if __name__ == "__main__":
    main()
