"""Whichever process is killed, what was acknowledged is there, and nothing is there in part."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from api.writing.running import RUNAWAY, insert, kinds, numbers, outcome, until, update, writing
from impactgraph.errors import StoreFullError, UpdateError
from impactgraph.store import Store, open_store
from impactgraph.store.layout import Layout
from impactgraph_api.writing import GraphRequest, WriteOutcome, conversation
from impactgraph_api.writing.applying import Batch, Job
from impactgraph_api.writing.conversation import Broken, Committed, Refused, WriterProcess
from impactgraph_api.writing.exchange import Live
from store.examples import generations, set_version

KILLS = 30
CLIENTS = 6


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def test_a_writer_killed_at_random_loses_nothing_and_halves_nothing(store: Store) -> None:
    counter = itertools.count()
    acknowledged: set[int] = set()
    refused: set[int] = set()

    async def write_on(writer: object, stop: asyncio.Event) -> None:
        while not stop.is_set():
            number = next(counter)
            found = await outcome(writer.write(insert(number)))  # type: ignore[attr-defined]
            (acknowledged if isinstance(found, WriteOutcome) else refused).add(number)
            # A refusal may come at once; what ends the writer is to have its turn.
            await asyncio.sleep(0)

    async def run() -> int:
        stop = asyncio.Event()
        async with writing(store.location) as writer:
            clients = [asyncio.create_task(write_on(writer, stop)) for _ in range(CLIENTS)]
            for kill in range(KILLS):
                done = len(acknowledged)
                await until(lambda done=done: len(acknowledged) > done)  # type: ignore[misc]
                await asyncio.sleep(random.uniform(0, 0.06))
                process = writer.stats().process
                if process is None:  # another is being started
                    continue
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                if kill % 5 == 0:
                    # Whoever opens the store meanwhile finds it whole.
                    assert acknowledged <= numbers(open_store(store.location))
            stop.set()
            await asyncio.gather(*clients)
            return writer.stats().started

    started = asyncio.run(run())
    assert started > KILLS // 2
    found = numbers(open_store(store.location))
    assert acknowledged <= found
    assert found <= acknowledged | refused
    assert len(acknowledged) > KILLS
    assert len(generations(store)) <= 2
    set_version(store, 1)
    assert len(generations(store)) == 1, "what the dead left is swept"


SERVICE = """
import asyncio, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from api.writing.running import insert, outcome, writing

async def client(writer, numbers):
    for number in numbers:
        await writer.write(insert(number))
        print(number, flush=True)

async def run():
    async with writing(Path({location!r})) as writer:
        print("process", writer.stats().process, flush=True)
        await asyncio.gather(*[client(writer, range(start, 100_000, 4)) for start in range(4)])

if __name__ == "__main__":
    asyncio.run(run())
"""


def test_a_service_killed_at_random_takes_its_writer_along(store: Store, tmp_path: Path) -> None:
    script = tmp_path / "service.py"
    script.write_text(
        SERVICE.format(tests=str(Path(__file__).parents[2]), location=str(store.location))
    )
    known: set[int] = set()
    for _ in range(3):
        service = subprocess.Popen(
            [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert service.stdout is not None
        writer = int(service.stdout.readline().split()[1])
        service.stdout.readline()
        time.sleep(random.uniform(0, 0.1))
        service.kill()
        lines = service.stdout.read().splitlines(keepends=True)
        service.wait(timeout=10)
        known |= {int(line) for line in lines if line.endswith("\n")}
        # The lock is free as soon as the writer has gone too.
        set_version(open_store(store.location, lock_wait=5), 1)
        assert known <= numbers(store)
        deadline = time.monotonic() + 5
        while Path(f"/proc/{writer}").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not Path(f"/proc/{writer}").exists()
    assert known


BUSY_SERVICE = """
import asyncio, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from api.writing.running import RUNAWAY, update, writing

async def run():
    async with writing(Path({location!r})) as writer:
        await writer.write(update(RUNAWAY))

if __name__ == "__main__":
    asyncio.run(run())
"""


def test_a_service_killed_in_the_middle_of_a_runaway_frees_the_lock(
    store: Store, tmp_path: Path
) -> None:
    script = tmp_path / "service.py"
    script.write_text(
        BUSY_SERVICE.format(tests=str(Path(__file__).parents[2]), location=str(store.location))
    )
    service = subprocess.Popen([sys.executable, str(script)])
    try:
        lock = store.location / "lock"
        deadline = time.monotonic() + 60
        while not (lock.exists() and lock.read_text()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert "process" in lock.read_text(), "the runaway has begun"
        time.sleep(0.2)
    finally:
        service.kill()
        service.wait(timeout=10)
    set_version(open_store(store.location, lock_wait=5), 1)
    assert numbers(store) == set()


class TestDeathWhileMakingLive:
    """The writer has said that it makes a generation live, and then ends."""

    @pytest.fixture
    def process(self, store: Store) -> Iterator[WriterProcess]:
        process = WriterProcess(store.location, seconds=10, memory=1024**3)
        yield process
        process.close()

    def end(self, process: WriterProcess, generation: int) -> object:
        state = conversation._State(1)
        state.move(live=Live(generation, [False]))
        return process._end(state, None)

    def test_a_generation_that_is_live_was_written(
        self, store: Store, process: WriterProcess, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[Path] = []
        monkeypatch.setattr(conversation, "sync_folder", synced.append)
        number = set_version(store, 1)
        assert self.end(process, number) == Committed(number, [False])
        assert synced == [store.location], "the pointer must be durable before anyone is told"

    def test_a_generation_that_is_not_was_not(self, store: Store, process: WriterProcess) -> None:
        number = set_version(store, 1)
        assert self.end(process, number + 1) == Broken(None, None)

    def test_where_another_program_wrote_since_nobody_knows(
        self, store: Store, process: WriterProcess
    ) -> None:
        number = set_version(store, 1)
        found = self.end(process, number - 1)
        assert isinstance(found, Refused)
        assert "look whether the change is there" in str(found.error)

    def test_a_process_says_when_a_generation_is_about_to_be_live(
        self, store: Store, process: WriterProcess
    ) -> None:
        states: list[Live] = []
        move = conversation._State.move

        def note(self: conversation._State, *, live: Live | None = None, **others: object) -> None:
            if live is not None:
                states.append(live)
            move(self, live=live, **others)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(conversation._State, "move", note)
            found = process.apply(Batch(jobs=(Job(request=insert(1)),)))
        assert found == Committed(1, [False])
        assert states == [Live(1, [False])]
        assert Layout(store.location).live() == 1


def test_a_full_disk_refuses_what_does_not_fit_and_no_more(small_disk: Path) -> None:
    store = open_store(small_disk / "store")
    line = '<x:s{0}> <x:p> "{1}" .\n'
    body = "".join(line.format(n, os.urandom(500).hex()) for n in range(40_000)).encode()
    huge = GraphRequest(method="PUT", graph="x:huge", body=body, media_type="application/n-triples")

    async def write() -> list[object]:
        async with writing(store.location) as writer:
            await writer.write(insert(0))
            outcomes = await asyncio.gather(
                *[outcome(writer.write(one)) for one in (insert(1), huge, insert(2))]
            )
            await writer.write(insert(3))
            return outcomes

    outcomes = asyncio.run(write())
    assert kinds(outcomes) == ["WriteOutcome", "StoreFullError", "WriteOutcome"]
    assert isinstance(outcomes[1], StoreFullError)
    assert numbers(open_store(store.location)) == {0, 1, 2, 3}


def test_a_write_under_which_the_disk_stays_full_is_ended_and_the_next_is_made(
    small_disk: Path,
) -> None:
    store = open_store(small_disk / "store")
    ballast = small_disk / "ballast"

    async def write() -> list[object]:
        async with writing(store.location, update_timeout=50) as writer:
            await writer.write(insert(0))
            runaway = asyncio.create_task(outcome(writer.write(update(RUNAWAY))))
            await until(lambda: "000002" in generations(store))
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            ended = await runaway
            left = generations(store)
            ballast.unlink()
            return [ended, left, await outcome(writer.write(insert(1)))]

    ended, left, written = asyncio.run(write())
    assert isinstance(ended, StoreFullError)
    assert "000002" not in left, "what the ended write left is swept at once"
    assert isinstance(written, WriteOutcome)
    assert numbers(open_store(store.location)) == {0, 1}


def test_runaways_one_after_another_leave_no_trace(store: Store) -> None:
    async def write() -> list[object]:
        async with writing(store.location, update_timeout=0.5) as writer:
            return await asyncio.gather(
                *[
                    outcome(writer.write(one))
                    for one in (update(RUNAWAY), insert(1), update(RUNAWAY), insert(2))
                ]
            )

    outcomes = asyncio.run(write())
    assert [isinstance(one, UpdateError) for one in outcomes] == [True, False, True, False]
    assert numbers(store) == {1, 2}
    assert len(generations(store)) <= 2
