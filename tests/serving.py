"""The service as a process of its own, on a free port of this machine, as an operator starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from shipped import make_store

__all__ = ["TOKEN", "Service", "describe_process", "end_service", "serving", "start_service"]

TOKEN = "a-token-for-tests-0123456789"
MARK = "IMPACTGRAPH_TEST_MARK"
STARTING = 60.0
ENDING = 20.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs, and how to reach it."""

    url: str
    store: Path
    log: Path
    token: str | None
    mark: str
    process: subprocess.Popen[bytes]

    @property
    def sparql(self) -> str:
        return f"{self.url}/sparql"

    @property
    def graph_store(self) -> str:
        return f"{self.url}/rdf-graph-store"

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.removeprefix("http://").partition(":")
        return host, int(port)

    @property
    def authorisation(self) -> dict[str, str]:
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}

    @property
    def main(self) -> psutil.Process:
        return psutil.Process(self.process.pid)

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to the service, reparented ones too; zombies left out."""
        return find_marked(self.mark)

    def select(self, query: str, **parameters: str) -> list[dict[str, str]]:
        """The rows of a query, each a dict of variable and lexical form."""
        response = httpx.post(
            self.sparql,
            params=parameters,
            content=query.encode(),
            headers={
                "Content-Type": "application/sparql-query",
                "Accept": "application/sparql-results+json",
            },
            timeout=60,
            trust_env=False,
            verify=False,
        )
        assert response.status_code == 200, f"{response.status_code}: {response.text[:500]}"
        return [
            {name: term["value"] for name, term in row.items()}
            for row in response.json()["results"]["bindings"]
        ]

    def update(self, text: str, **parameters: str) -> httpx.Response:
        return httpx.post(
            self.sparql,
            params=parameters,
            content=text.encode(),
            headers={"Content-Type": "application/sparql-update", **self.authorisation},
            timeout=60,
            trust_env=False,
            verify=False,
        )

    def is_running(self) -> bool:
        return self.process.poll() is None

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def find_marked(mark: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == mark:
                found.append(process)
    return found


def start_service(
    folder: Path,
    *options: str,
    empty: bool = True,
    store: Path | None = None,
    token: str | None = TOKEN,
    environment: Mapping[str, str] | None = None,
    files: int | None = None,
) -> Service:
    """Start `impactgraph serve --empty` over a store below a folder, and wait until it answers.

    Args:
        folder: Where the store, the log and the service's own temporary files go.
        options: More options of `impactgraph serve`.
        empty: Leave a new store without the case studies shipped.
        store: The store, where it is another than `store` in the folder.
        token: What writes are allowed with; None for a service that only reads.
        environment: More variables of the environment.
        files: The most files that each process may have open.
    """
    store = store or folder / "store"
    if not empty:
        make_store(store).close()
    temporary = folder / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    log = folder / "service.log"
    mark = uuid.uuid4().hex
    variables = {k: v for k, v in os.environ.items() if not k.startswith("IMPACTGRAPH_")}
    variables |= {MARK: mark, "TMPDIR": str(temporary), "NO_COLOR": "1"}
    if token is not None:
        variables["IMPACTGRAPH_TOKEN"] = token
    variables |= environment or {}

    for _ in range(3):
        port = find_free_port()
        command = [sys.executable, "-m", "impactgraph", "serve", "--port", str(port)]
        command += ["--store", str(store), "--empty", *options]
        if files is not None:
            command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh", *command]
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        service = Service(
            url=f"http://127.0.0.1:{port}",
            store=store,
            log=log,
            token=token,
            mark=mark,
            process=process,
        )
        if wait_until_healthy(service):
            return service
        kill_all(service)
        if "in use" not in service.read_log():
            break
    raise AssertionError(f"the service did not start:\n{service.read_log()[-4000:]}")


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(service: Service) -> bool:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and service.is_running():
        with suppress(httpx.HTTPError):
            answer = httpx.get(f"{service.url}/healthz", timeout=5, trust_env=False, verify=False)
            if answer.status_code == 200:
                return True
        time.sleep(0.03)
    return False


def end_service(service: Service) -> list[str]:
    """End a service as an operator does, and its remains by force; gives what remained."""
    if service.is_running():
        service.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(ENDING)
    late = ["the service itself"] if service.is_running() else []
    remains = late + wait_for_end_of_others(service)
    kill_all(service)
    return remains


def wait_for_end_of_others(service: Service, seconds: float = 10.0) -> list[str]:
    """Wait until no process but the first is left; gives those that stay."""
    deadline = time.monotonic() + seconds
    while True:
        remains = [p for p in service.processes() if p.pid != service.process.pid]
        if not remains or time.monotonic() > deadline:
            return [describe_process(process) for process in remains]
        time.sleep(0.05)


def describe_process(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return f"{process.pid} ({process.status()}): {' '.join(process.cmdline())[:200]}"
    return f"{process.pid}: gone by now"


def kill_all(service: Service) -> None:
    for process in service.processes():
        with suppress(psutil.Error):
            process.kill()
    if service.is_running():
        service.process.kill()
    service.process.wait()


@contextmanager
def serving(
    folder: Path,
    *options: str,
    empty: bool = True,
    store: Path | None = None,
    token: str | None = TOKEN,
    environment: Mapping[str, str] | None = None,
    files: int | None = None,
) -> Iterator[Service]:
    """A service for the length of a block, with what `start_service` takes.

    When the block ends the service is asked to end, and has to leave no process behind.
    """
    service = start_service(
        folder,
        *options,
        empty=empty,
        store=store,
        token=token,
        environment=environment,
        files=files,
    )
    try:
        yield service
    except BaseException:
        end_service(service)
        raise
    remains = end_service(service)
    assert not remains, f"processes outlive the service: {remains}"
