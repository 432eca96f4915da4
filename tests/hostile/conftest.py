"""A service under attack, and what has to be as it was when the attack is over."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import httpx
import psutil
import pytest

from serving import Service, describe_process, serving

ASKED = "SELECT (COUNT(*) AS ?n) (SAMPLE(?g) AS ?some) { GRAPH ?g { ?s ?p ?o } }"
WORKERS = 2
GROWTH = 50 * 2**20
"""How much the HTTP process may keep of memory after an attack, in bytes."""


@dataclass(frozen=True, slots=True)
class State:
    """What an attack must not change."""

    triples: str
    processes: int
    files: int
    memory: int


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with small limits over what impactgraph ships."""
    folder = tmp_path_factory.mktemp("hostile")
    options = ("--workers", str(WORKERS), "--query-timeout", "2", "--update-timeout", "3")
    with serving(folder, *options, empty=False) as service:
        for _ in range(3):
            service.select(ASKED)
            assert service.update(
                "INSERT DATA { GRAPH <urn:warm> { <urn:s> <urn:p> 1 } }"
            ).is_success
        yield service
        assert "Traceback" not in service.read_log(), service.read_log()[-5000:]


@pytest.fixture(scope="module", autouse=True)
def at_rest(service: Service) -> Iterator[State]:
    """What the service is like before all attacks of a module; it is so after them, too."""
    wait_until_whole(service)
    state = take_state(service)
    yield state
    wait_until_as_before(service, state, state.processes)


@pytest.fixture
def as_before(service: Service, at_rest: State) -> Iterator[None]:
    """Holds the service to be after one attack what it was before that one."""
    wait_until_whole(service)
    before = take_state(service)
    yield
    wait_until_as_before(service, before, at_rest.processes)


def wait_until_whole(service: Service) -> None:
    """Wait until all workers and spares are idle: those yet to start would count as growth."""
    deadline = time.monotonic() + 30
    while True:
        page = httpx.get(f"{service.url}/metrics", timeout=10, trust_env=False, verify=False).text
        (idle,) = re.findall(r'^\w+\{state="idle"\} (\d+)', page, re.MULTILINE)
        if int(idle) == 2 * WORKERS:
            return
        assert time.monotonic() < deadline, f"{idle} workers are idle after 30 seconds"
        time.sleep(0.05)


def wait_until_as_before(service: Service, before: State, processes: int) -> None:
    """Wait until a service is as it was, with at most one process more: it may hold a spare."""
    deadline = time.monotonic() + 10
    while True:
        difference = compare(before, take_state(service), processes + 1)
        if not difference:
            return
        assert time.monotonic() < deadline, (
            f"not as before: {difference}; {[describe_process(p) for p in service.processes()]}; "
            f"open: {sorted(file.path for file in service.main.open_files())}"
        )
        time.sleep(0.1)


def take_state(service: Service) -> State:
    assert service.is_running(), service.read_log()[-3000:]
    health = httpx.get(f"{service.url}/healthz", timeout=10, trust_env=False, verify=False)
    assert health.status_code == 200
    main = service.main
    return State(
        triples=service.select(ASKED)[0]["n"],
        processes=len(service.processes()),
        files=count_files(main),
        memory=main.memory_info().rss,
    )


def count_files(process: psutil.Process) -> int:
    """How much a process has open, without the tables of the generation that it reads.

    It lets go of those now and then: if it does so between the two looks, they say nothing.
    """
    while True:
        count = process.num_fds()
        tables = sum(file.path.endswith(".sst") for file in process.open_files())
        if process.num_fds() == count:
            return count - tables


def compare(before: State, after: State, processes: int) -> dict[str, tuple[object, object]]:
    """What is otherwise than before; fewer files, processes and bytes are no difference."""
    most = {"processes": processes, "files": before.files + 3, "memory": before.memory + GROWTH}
    difference: dict[str, tuple[object, object]] = {
        name: (limit, getattr(after, name))
        for name, limit in most.items()
        if getattr(after, name) > limit
    }
    if before.triples != after.triples:
        difference["triples"] = (before.triples, after.triples)
    return difference


def wait_until_idle(service: Service, seconds: float) -> float:
    """Wait until no process of the service computes; gives how long that took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        used = {p.pid: cpu for p in service.processes() if (cpu := cpu_of(p)) is not None}
        time.sleep(0.25)
        again = {p.pid: cpu for p in service.processes() if (cpu := cpu_of(p)) is not None}
        if sum(max(0.0, again[pid] - used.get(pid, again[pid])) for pid in again) < 0.1:
            return time.monotonic() - start
    raise AssertionError(f"processes of the service still compute after {seconds} seconds")


def cpu_of(process: psutil.Process) -> float | None:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return None
