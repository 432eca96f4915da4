"""A server under measurement: started, waited for, measured, stopped."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from benchmarks.load import require
from benchmarks.processes import proportional_memory

__all__ = ["Server", "ServerError", "free_port"]

_ASK = "ASK { ?subject ?property ?value }"


class ServerError(Exception):
    """A server did not start, or did not answer."""


@dataclass(slots=True, kw_only=True)
class Server:
    """One SPARQL endpoint as a process, listening on the loopback.

    Args:
        name: how the tables call it.
        command: what starts it.
        path: of the query endpoint.
        port: where it listens.
        folder: where it runs and keeps its log.
        cpus: the processors that it may use, as taskset names them.
        patience: seconds that it may take until it answers.
        environment: variables that it gets beside those of this process.
    """

    name: str
    command: Sequence[str]
    path: str
    port: int
    folder: Path
    cpus: str
    patience: float = 60
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def memory(self) -> int:
        """Bytes of memory of its processes."""
        return proportional_memory(self.process.pid) if self.process and self.alive else 0

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            ServerError: it ended or did not answer in time; the message has the end of its log.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [require("taskset", "apt-get install util-linux"), "-c", self.cpus, *self.command],
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline and self.alive:
            try:
                self.ask(_ASK, timeout=10)
            except (OSError, http.client.HTTPException, ServerError):
                time.sleep(0.2)
            else:
                return
        self.stop()
        log_end = (self.folder / "server.log").read_text(errors="replace")[-1500:]
        raise ServerError(f"{self.name} did not start:\n{log_end}")

    def stop(self) -> None:
        """End it; a server that does not want to is killed."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def ask(
        self,
        query: str,
        *,
        accept: str = "application/sparql-results+json",
        timeout: float = 300,
    ) -> bytes:
        """Return the answer to a query.

        Raises:
            ServerError: the status is not 200.
            OSError, http.client.HTTPException: there was no answer.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            target = f"{self.path}?query={quote(query, safe='')}"
            connection.request("GET", target, headers={"Accept": accept})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            start = body[:300].decode(errors="replace")
            raise ServerError(f"{self.name} answered {response.status}: {start}")
        return body

    def rows(self, query: str) -> Iterator[tuple[tuple[str, str], ...]]:
        """Yield the rows of a SELECT, each its variables with the values' lexical forms."""
        for row in json.loads(self.ask(query))["results"]["bindings"]:
            yield tuple(sorted((name, str(value["value"])) for name, value in row.items()))


def free_port() -> int:
    """Return the number of a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
