"""Readers and writers in several threads and processes, and writers that die."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from impactgraph.errors import StoreLockedError
from impactgraph.store import Store, Transaction, open_store
from store.examples import count_triples, generations, set_version, triples, versions

TESTS = Path(__file__).parents[1]
PREAMBLE = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from store.examples import *
from impactgraph.store import open_store
store = open_store({location!r})
def say(*words):
    print(*words, flush=True)
"""


def start(store: Store, script: str) -> subprocess.Popen[str]:
    preamble = PREAMBLE.format(tests=str(TESTS), location=str(store.location))
    return subprocess.Popen(
        [sys.executable, "-c", preamble + textwrap.dedent(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str], line: str = "go") -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def table_count(folder: Path) -> int:
    return len(list(folder.glob("*.sst")))


def live_folder(store: Store) -> Path:
    return store.location / "generations" / f"{store.generation:06d}"


def grow_to_many_tables(store: Store, least: int = 100) -> int:
    """Write until the live generation has many tables; return its number of triples."""
    count = 0
    while table_count(live_folder(store)) < least:
        number = store.generation

        def change(transaction: Transaction, number: int = number) -> None:
            transaction.add(f"https://example.org/graph/{number}", triples(number, 30))

        store.write(change)
        count += 30
    return count


def test_a_reader_keeps_a_store_of_many_tables_that_was_swept_for_others(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    count = grow_to_many_tables(store)
    assert table_count(live_folder(store)) >= 100
    held = store.generation

    # What the lock guards against: the engine opens tables late, and misses deleted ones.
    doomed = tmp_path / "doomed"
    shutil.copytree(live_folder(store), doomed)
    engine = ox.Store.read_only(str(doomed))
    shutil.rmtree(doomed)
    with pytest.raises(OSError, match="No such file"):
        list(engine)

    reader = start(
        store,
        """
        snapshot = store.snapshot()
        say(snapshot.generation)
        input()
        say(count_triples(snapshot), len(rows(snapshot, "SELECT * { ?s ?p ?o }")))
        snapshot.release()
        store.close()
        say("released")
        input()
        """,
    )
    assert hear(reader) == str(held)
    for version in range(3):
        set_version(store, version)
    assert f"{held:06d}" in generations(store)
    tell(reader)
    assert hear(reader) == f"{count} {count}"
    assert hear(reader) == "released"
    set_version(store, 9)
    assert f"{held:06d}" not in generations(store)
    tell(reader)
    assert reader.wait(timeout=10) == 0


def test_another_process_moves_on_with_each_write(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    reader = start(
        store,
        """
        say("ready")
        while input() == "go":
            say(store.generation, *versions(store))
        """,
    )
    assert hear(reader) == "ready"
    for version in range(1, 6):
        set_version(store, version)
        tell(reader)
        assert hear(reader) == f"{version} {version}"
    tell(reader, "stop")
    assert reader.wait(timeout=10) == 0


def test_every_query_sees_one_whole_generation_while_others_write(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    set_version(store, 0)
    stop = threading.Event()
    asked = 0
    wrong: list[object] = []

    def read() -> None:
        nonlocal asked
        last = 0
        try:
            while not stop.is_set():
                with store.snapshot() as snapshot:
                    seen, count = versions(snapshot), count_triples(snapshot)
                if len(seen) != 1 or count != 20 or seen[0] < last:
                    wrong.append((seen, count, last))
                last = seen[0]
                asked += 1
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(1, 16):
        set_version(store, version)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert asked > 15


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    numbers: list[int] = []

    def write(version: int) -> None:
        numbers.append(set_version(store, version))

    writers = [threading.Thread(target=write, args=[version]) for version in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(numbers) == list(range(1, 9))


def test_who_waits_in_vain_learns_who_writes_and_what_to_do(tmp_path: Path) -> None:
    store = open_store(tmp_path, lock_wait=0.1)
    writer = start(store, "store.write(lambda _: (say(os.getpid()), input()))")
    process = hear(writer)
    started = time.monotonic()
    with pytest.raises(
        StoreLockedError, match=rf"Try again .*held by process {process} on .* since"
    ):
        set_version(store, 1)
    assert time.monotonic() - started < 5
    assert store.generation == 0
    tell(writer)
    assert writer.wait(timeout=10) == 0
    assert set_version(store, 1) == 2


KILL = "os.kill(os.getpid(), signal.SIGKILL)"
DEATHS = {
    "while the copy is unfinished": f"""
        from pathlib import Path
        Path.rename = lambda *_: {KILL}
        set_version(store, 2)
        """,
    "in the middle of the change": f"""
        def change(transaction):
            transaction.replace_graph(GRAPH, triples(2))
            {KILL}
        store.write(change)
        """,
    "before the pointer is written": f"""
        from impactgraph.store.layout import Layout
        Layout.make_live = lambda *_: {KILL}
        set_version(store, 2)
        """,
    "before the pointer is replaced": f"""
        os.replace = lambda *_: {KILL}
        set_version(store, 2)
        """,
}


@pytest.mark.parametrize("moment", DEATHS)
def test_a_writer_that_dies_leaves_the_old_generation_live(tmp_path: Path, moment: str) -> None:
    store = open_store(tmp_path)
    set_version(store, 1)
    writer = start(store, DEATHS[moment])
    assert writer.wait(timeout=20) == -signal.SIGKILL
    assert len(generations(store)) == 2, "there must be a stray to sweep"
    assert versions(open_store(tmp_path)) == [1]
    assert set_version(store, 3) == 3, "the stray's number is not used again"
    assert versions(store) == [3]
    assert generations(store) == ["000003"]


def test_writers_killed_at_random_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    acknowledged = 0
    for _ in range(4):
        writer = start(
            store,
            """
            version = max(versions(store), default=0)
            while True:
                version += 1
                set_version(store, version)
                say(version)
            """,
        )
        acknowledged = int(hear(writer))
        time.sleep(random.uniform(0, 0.2))
        writer.kill()
        assert writer.stdout is not None
        for line in writer.stdout:
            if line.endswith("\n"):
                acknowledged = int(line)
        writer.wait(timeout=10)
        (found,) = versions(open_store(tmp_path))
        assert found in (acknowledged, acknowledged + 1)
        assert count_triples(store) == 20
    set_version(store, 999)
    assert len(generations(store)) == 1
