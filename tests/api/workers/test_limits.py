"""The limits of a query, the lanes, the queue, and ends that nobody asked for."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from api.workers.pools import GREEDY, NESTED, RUNAWAY, WIDE, ask, fill, read, run, until
from impactgraph.errors import QueryError, StoreError
from impactgraph.store import Store, open_store
from impactgraph_api.workers import (
    Answer,
    OverloadedError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryWorkers,
)

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the system's means are Linux's")


OWN = os.getpriority(os.PRIO_PROCESS, 0)
"""The niceness that this process gives those that it starts."""


def niceness(process: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, process)


async def cancel(*asked: asyncio.Future[Answer]) -> None:
    for one in asked:
        one.cancel()
    await asyncio.gather(*asked, return_exceptions=True)


def test_a_runaway_ends_at_its_deadline(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(QueryTimeoutError, match=r"after 0\.5 seconds"):
            await ask(workers, RUNAWAY)
        with pytest.raises(QueryTimeoutError, match=r"after 0\.1 seconds"):
            await ask(workers, RUNAWAY, seconds=0.1)
        # Nobody gets more than the limit.
        with pytest.raises(QueryTimeoutError, match=r"after 0\.5 seconds"):
            await ask(workers, RUNAWAY, seconds=100)
        assert read(await ask(workers, "ASK {}")) == b"true"
        await until(lambda: workers.stats().idle == 4)
        assert workers.stats().outcomes == {"QueryTimeoutError": 3, "answered": 1}

    run(small_store, scenario, query_timeout=0.5)


@on_linux
def test_a_greedy_query_ends_at_the_ceiling_of_memory(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(QueryMemoryError, match="512 MiB"):
            await ask(workers, GREEDY)
        assert read(await ask(workers, "ASK {}")) == b"true"

    run(small_store, scenario)


def test_a_crash_of_the_engine_is_answered_and_the_worker_replaced(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        for _ in range(5):
            with pytest.raises(QueryError, match="nested too deeply"):
                await ask(workers, NESTED)
        assert read(await ask(workers, "ASK {}")) == b"true"
        assert workers.stats().crashed == 5
        await until(lambda: workers.stats().idle == 4)

    run(small_store, scenario)


def test_a_long_query_yields_and_a_spare_takes_its_place(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        runaways = [asyncio.ensure_future(ask(workers, RUNAWAY)) for _ in range(2)]
        await until(lambda: workers.stats().long == 2)
        await until(lambda: workers.stats().idle == 4)
        await until(lambda: sorted(map(niceness, workers.processes())) == [OWN] * 4 + [15] * 2)
        assert read(await ask(workers, "ASK {}")) == b"true"
        # What was slowed down does not come back.
        await cancel(*runaways)
        await until(lambda: list(map(niceness, workers.processes())) == [OWN] * 4)

    run(small_store, scenario)


def test_runaways_beyond_the_long_lane_wait_and_small_queries_do_not(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        runaways = [asyncio.ensure_future(ask(workers, RUNAWAY)) for _ in range(8)]
        await until(lambda: (workers.stats().long, workers.stats().waiting) == (2, 6))
        for _ in range(10):
            assert read(await ask(workers, "ASK {}")) == b"true"
        assert len(workers.processes()) <= 10
        outcomes = await asyncio.gather(*runaways, return_exceptions=True)
        kinds = [type(outcome) for outcome in outcomes]
        assert kinds.count(QueryTimeoutError) == 2
        assert kinds.count(OverloadedError) == 6

    run(small_store, scenario, query_timeout=4)


def test_who_would_wait_beyond_the_queue_is_told_to_come_back(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        asked = [asyncio.ensure_future(ask(workers, RUNAWAY)) for _ in range(20)]
        await until(lambda: any(task.done() for task in asked))
        with pytest.raises(OverloadedError, match="3 queries are waiting") as caught:
            await next(task for task in asked if task.done())
        assert caught.value.retry_after >= 1
        await asyncio.gather(*asked, return_exceptions=True)
        assert read(await ask(workers, "ASK {}")) == b"true"

    run(small_store, scenario, queue=3, query_timeout=1)


def test_long_queries_that_wait_take_no_place_from_small_ones(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        runaways = [asyncio.ensure_future(ask(workers, RUNAWAY)) for _ in range(2)]
        await until(lambda: workers.stats().long == 2)
        others = [asyncio.ensure_future(ask(workers, f"{RUNAWAY} # {n}")) for n in range(4)]
        await until(lambda: workers.stats().waiting == 2 and workers.stats().quick == 0)
        for _ in range(10):
            assert read(await ask(workers, "ASK {}")) == b"true"
        await cancel(*runaways, *others)
        assert workers.stats().waiting == 0

    run(small_store, scenario, queue=2)


def test_the_same_runaway_again_does_not_come_into_the_quick_lane(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        with pytest.raises(QueryTimeoutError):
            await ask(workers, RUNAWAY, seconds=0.5)
        await until(lambda: workers.stats().idle == 4)
        again = asyncio.ensure_future(ask(workers, RUNAWAY))
        await until(lambda: workers.stats().quick + workers.stats().long == 1)
        assert workers.stats().long == 1
        await cancel(again)

    run(small_store, scenario)


@on_linux
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "still going"])
def test_a_worker_that_has_died_idle_costs_no_query(small_store: Store, gone: bool) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        for _ in range(5):
            await until(lambda: workers.stats().idle == 4)
            dead = workers.processes()
            for process in dead:
                os.kill(process, signal.SIGKILL)
            while gone and any(map(has_sockets, dead)):
                time.sleep(0.001)  # so that the pool does not hear of it
            assert read(await ask(workers, "ASK {}")) == b"true"

    run(small_store, scenario)


def has_sockets(process: int) -> bool:
    try:
        return bool(list(Path(f"/proc/{process}/fd").iterdir()))
    except OSError:
        return False


def test_the_pool_outlives_a_want_of_descriptors(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        await until(lambda: workers.stats().idle == 4)
        taken = []
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 200), hard))
        try:
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            with pytest.raises(StoreError, match="descriptors"):
                await ask(workers, WIDE)
            for _ in range(6):
                with pytest.raises((QueryError, QueryTimeoutError, OverloadedError)):
                    await ask(workers, NESTED, seconds=1)
        finally:
            for descriptor in taken:
                os.close(descriptor)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert read(await ask(workers, "ASK {}")) == b"true"
        assert read(await ask(workers, WIDE)).count(b"\r\n") == 500 * 500 + 1
        await until(lambda: workers.stats().idle == 4)

    run(small_store, scenario)


def test_who_goes_away_takes_the_query_along(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        await ask(workers, "ASK {}")
        await until(lambda: workers.stats().idle == 4)
        before = set(workers.processes())
        runaway = asyncio.ensure_future(ask(workers, RUNAWAY))
        await until(lambda: workers.stats().quick == 1)
        runaway.cancel()
        with pytest.raises(asyncio.CancelledError):
            await runaway
        assert len(before - set(workers.processes())) == 1
        await until(lambda: workers.stats().idle == 4)
        ended = (before - set(workers.processes())).pop()
        await until(lambda: not is_running(ended))
        assert workers.stats().outcomes["cancelled"] == 1

    run(small_store, scenario)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_query_whose_worker_is_killed_from_outside_is_tried_once_more(
    small_store: Store,
) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        slow = asyncio.ensure_future(ask(workers, RUNAWAY))
        for _ in range(2):
            await until(lambda: 15 in map(niceness, workers.processes()))
            (busy,) = (number for number in workers.processes() if niceness(number) == 15)
            os.kill(busy, signal.SIGKILL)
            while busy in workers.processes():
                await asyncio.sleep(0.01)
        with pytest.raises(StoreError, match="ended from outside"):
            await slow
        assert read(await ask(workers, "ASK {}")) == b"true"

    run(small_store, scenario)


@on_linux
def test_the_pool_outlives_the_process_that_workers_are_forked_from(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        await ask(workers, "ASK {}")
        before = workers.processes()
        os.kill(parent_of(before[0]), signal.SIGKILL)
        await until(lambda: not any(map(is_running, before)))
        assert read(await ask(workers, "ASK {}")) == b"true"
        assert not set(before) & set(workers.processes())

    run(small_store, scenario)


def parent_of(process: int) -> int:
    status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    return int(status.rpartition(")")[2].split()[1])


@on_linux
def test_no_process_outlives_the_service(small_store: Store) -> None:
    script = f"""
import asyncio, os
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.operations import QueryOperation
from impactgraph_api.workers import Question, QueryWorkers
async def main():
    workers = QueryWorkers({str(small_store.location)!r}, Settings(workers=1))
    await workers.start()
    question = Question(operation=QueryOperation(text={RUNAWAY!r}), solutions="csv", graphs=None)
    asked = asyncio.ensure_future(workers.ask(question))
    while workers.stats().long < 1 or workers.stats().idle < 2:
        await asyncio.sleep(0.01)
    print(*workers.processes(), flush=True)
    await asked
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as service:
        assert service.stdout is not None
        processes = [int(word) for word in service.stdout.readline().split()]
        service.kill()
    assert len(processes) == 3
    deadline = time.monotonic() + 10
    while any(map(is_running, processes)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@on_linux
def test_workers_have_no_sockets_but_that_to_the_service(small_store: Store) -> None:
    async def scenario(workers: QueryWorkers) -> None:
        await ask(workers, "ASK {}")
        # One that has just been forked is still about to close what is the nursery's.
        await until(lambda: workers.stats().idle == len(workers.processes()) == 4)
        for process in workers.processes():
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
            assert "\nSeccomp:\t2\n" in status
            links = []
            for path in Path(f"/proc/{process}/fd").iterdir():
                # A worker that looks for the live generation has more for a moment.
                with suppress(FileNotFoundError):
                    links.append(os.readlink(path))
            assert sum(link.startswith("socket:") for link in links) == 1

    run(small_store, scenario)


@on_linux
def test_a_confined_process_cannot_make_a_socket() -> None:
    script = """
import socket
from impactgraph_api.workers.confinement import forbid_sockets
socket.socket().close()
assert forbid_sockets()
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):
    try:
        socket.socket(family)
    except PermissionError:
        continue
    raise SystemExit(f"{family} was let through")
try:
    socket.getaddrinfo("localhost", 80, proto=socket.IPPROTO_TCP)
    socket.create_connection(("127.0.0.1", 80))
except OSError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "refused\n"


def test_idle_workers_keep_no_old_generation_from_deletion(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")

    async def scenario(workers: QueryWorkers) -> None:
        fill(store, "a", 1)
        await until(lambda: workers.stats().idle == 4)
        for _ in range(3):
            await ask(workers, "ASK {}")
        old = store.location / "generations" / f"{store.generation:06d}"
        fill(store, "a", 2)
        store.close()

        def deleted() -> bool:
            store.write(lambda change: None)
            return not old.exists()

        await until(deleted)

    run(store, scenario)
