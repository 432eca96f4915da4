"""The peers as servers under measurement: each loads the same file of N-Quads."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from benchmarks.load import require
from benchmarks.servers import Server, ServerError, free_port

__all__ = ["PEERS", "find_program", "make_oxigraph", "make_rdflib_endpoint", "make_virtuoso"]

PEERS = Path(__file__).resolve().parent.parent / ".bench"
"""Where `make bench-peers` puts what it gets from PyPI, each in an environment of its own."""

_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 200
CheckpointInterval = 60
SchedulerInterval = 10
DirsAllowed = {folder}, {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxQueryMem = 2G
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 100
MaxClientConnections = 100
MaxKeepAlives = 100
KeepAliveTimeout = 60
EnabledGzipContent = 1

[SPARQL]
ResultSetMaxRows = 10000000
"""
"""The settings that its own documentation gives for 2 GB of buffers, and threads for 64 clients."""


def find_program(environment: str, program: str) -> str:
    """Return the path of a peer's program, from its own environment or from PATH.

    Raises:
        MissingProgramError: it is in neither.
    """
    own = PEERS / environment / "bin" / program
    return str(own) if own.is_file() else require(program, "make bench-peers")


def make_oxigraph(
    name: str, *, data: Path, folder: Path, cpus: str, timeout: int | None = None
) -> Server:
    """Return Oxigraph's server, loaded and not started yet.

    Args:
        name: how the tables call it.
        data: a file of N-Quads.
        folder: where it runs.
        cpus: the processors that it may use.
        timeout: seconds that a query may take, None for no limit.

    Raises:
        MissingProgramError: it is not installed.
        ServerError: it did not load the data.
    """
    program = find_program("oxigraph", "oxigraph")
    location = folder / "data"
    if not location.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _run([program, "load", "--location", str(location), "--file", str(data)], folder)
    port = free_port()
    command = [program, "serve", "--location", str(location), "--union-default-graph"]
    command += ["--bind", f"127.0.0.1:{port}"]
    if timeout is not None:
        command += ["--timeout-s", str(timeout)]
    return Server(name=name, command=command, path="/query", port=port, folder=folder, cpus=cpus)


def make_rdflib_endpoint(name: str, *, data: Path, folder: Path, cpus: str) -> Server:
    """Return rdflib-endpoint over rdflib's own store; it loads the data when it is started.

    Raises:
        MissingProgramError: it is not installed.
    """
    program = find_program("rdflib-endpoint", "rdflib-endpoint")
    port = free_port()
    return Server(
        name=name,
        command=[program, "serve", "--host", "127.0.0.1", "--port", str(port), str(data)],
        path="/",
        port=port,
        folder=folder,
        cpus=cpus,
        patience=600,
    )


def make_virtuoso(name: str, *, data: Path, folder: Path, cpus: str) -> Server:
    """Return Virtuoso, loaded and stopped again.

    Raises:
        MissingProgramError: it is not installed.
        ServerError: it did not load the data.
    """
    program = require("virtuoso-t", "apt-get install virtuoso-opensource-7")
    isql = require("isql-vt", "apt-get install virtuoso-opensource-7")
    port, sql_port = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = not (folder / "virtuoso.db").exists()
    settings = folder / "virtuoso.ini"
    settings.write_text(_INI.format(folder=folder, data=data.parent, port=port, sql_port=sql_port))
    server = Server(
        name=name,
        command=[program, "+foreground", "+configfile", str(settings)],
        path="/sparql",
        port=port,
        folder=folder,
        cpus=cpus,
    )
    if fresh:
        # An empty store answers ASK too; the answer shows that it is up.
        server.start()
        try:
            for statement in (
                f"ld_dir('{data.parent}', '{data.name}', 'urn:unused');",
                "rdf_loader_run();",
                "checkpoint;",
            ):
                _run([isql, f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={statement}"], folder)
        finally:
            server.stop()
            time.sleep(1)
    return server


def _run(command: list[str], folder: Path) -> None:
    outcome = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if outcome.returncode or "*** Error" in outcome.stdout + outcome.stderr:
        said = (outcome.stderr + outcome.stdout)[-1500:]
        raise ServerError(f"{Path(command[0]).name} failed: {said}")
