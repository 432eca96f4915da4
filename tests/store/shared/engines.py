"""Real SPARQL engines, started on loopback in a folder of their own, and ended again."""

from __future__ import annotations

import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from impactgraph.store.remote import Engine

__all__ = ["MOST_ROWS", "start_oxigraph", "start_virtuoso"]

PATIENCE = 60.0
MEMORY = 2 * 1024**3
MOST_ROWS = 10_000
"""How many rows Virtuoso gives: as many as in the configuration that Debian ships."""

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 100
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 0
NumberOfBuffers = 8000
MaxDirtyBuffers = 5000
MaxQueryMem = 512M
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
DirsAllowed = .

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
ServerRoot = .
DavRoot = DAV
EnabledDavVSP = 0
HTTPProxyEnabled = 0
KeepAliveTimeout = 10
MaxKeepAlives = 10

[SPARQL]
ResultSetMaxRows = {rows}

[Plugins]
"""


@contextmanager
def start_oxigraph(folder: Path) -> Iterator[Engine]:
    """Start Oxigraph's own server, whose queries see the union of all graphs."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the program oxigraph is not installed (pip install oxigraph)")
    (port,) = find_ports(1)
    address = f"127.0.0.1:{port}"
    command = [program, "serve", "--location", str(folder / "data"), "--bind", address]
    query_url = f"http://{address}/query?union-default-graph"
    with running(command, folder, query_url):
        yield Engine(query_url=query_url, update_url=f"http://{address}/update")


@contextmanager
def start_virtuoso(folder: Path) -> Iterator[Engine]:
    """Start Virtuoso with little memory; it takes updates from its administrator only."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (apt-get install virtuoso-opensource-7)")
    http, sql = find_ports(2)
    configuration = folder / "virtuoso.ini"
    configuration.write_text(VIRTUOSO_INI.format(http=http, sql=sql, rows=MOST_ROWS))
    command = [program, "-f", "+configfile", str(configuration)]
    place = f"http://127.0.0.1:{http}/sparql"
    with running(command, folder, place):
        yield Engine(query_url=place, update_url=f"{place}-auth", user="dba", password="dba")


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))
        wait_for(process, url, folder)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    headers = {"Accept": "application/sparql-results+json"}
    while True:
        try:
            if httpx.post(url, data={"query": "ASK {}"}, headers=headers, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        told = (folder / "output.log").read_text(errors="replace")
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}: {told}"
        assert time.monotonic() < deadline, f"{process.args!r} does not answer: {told}"
        time.sleep(0.1)


def find_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
