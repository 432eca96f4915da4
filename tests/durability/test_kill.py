"""Kill any process of the service at a random moment: nothing acknowledged is lost or halved."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from durability.ledger import Ledger, Target, check_ledger, read_entries, run_reader, run_writer
from impactgraph.store import open_store
from serving import Service, end_service, start_service, wait_for_end_of_others

ENTRIES = "SELECT ?entry (COUNT(*) AS ?n) { GRAPH ?g { ?entry ?p ?o } } GROUP BY ?entry"


@pytest.mark.parametrize(
    ("kills", "seed"), [(18, 1), pytest.param(300, 2, marks=pytest.mark.soak)], ids=["18", "300"]
)
def test_no_kill_loses_or_halves_a_write(tmp_path: Path, kills: int, seed: int) -> None:
    choice = random.Random(seed)
    ledger, stop = Ledger(), threading.Event()
    target = Target(start_service(tmp_path, "--workers", "2"))
    clients = [
        threading.Thread(target=run_writer, args=(n, target, ledger, stop)) for n in range(4)
    ]
    clients += [threading.Thread(target=run_reader, args=(target, ledger, stop)) for _ in range(2)]
    # Some of the kills strike the service itself, which takes longest to return.
    strikes = set(choice.sample(range(kills), kills // 6))
    struck: Counter[str] = Counter()
    try:
        for client in clients:
            client.start()
        for number in range(kills):
            await_progress(target.service, ledger)
            time.sleep(choice.uniform(0, 0.15))
            if kill_one(target.service, choice, itself=number in strikes) == "service":
                struck["service"] += 1
                target.service.process.wait(20)
                assert wait_for_end_of_others(target.service) == []
                target.service = start_service(tmp_path, "--workers", "2")
            else:
                struck["other"] += 1
                assert target.service.is_running(), target.service.read_log()[-3000:]
        await_progress(target.service, ledger)
        stop.set()
        for client in clients:
            client.join(90)
        assert not any(client.is_alive() for client in clients)
        assert struck["service"] >= kills // 6
        assert struck["other"] >= kills // 3
        assert ledger.reads > kills
        check_ledger(read_entries(target.service), ledger)
    finally:
        stop.set()
        remains = end_service(target.service)
    assert remains == []
    check_ledger(read_with_command_line(target.service.store), ledger)
    # What the dead and their readers left goes with the next write.
    open_store(target.service.store).write(lambda transaction: None)
    assert count_generations(target.service.store) == 1


def await_progress(service: Service, ledger: Ledger) -> None:
    """Wait until a write and a read have come through since now: the service has recovered."""
    with ledger.lock:
        written, read = len(ledger.acknowledged), ledger.reads
    deadline = time.monotonic() + 30
    while True:
        with ledger.lock:
            if len(ledger.acknowledged) > written and ledger.reads > read:
                return
            assert ledger.wrong == []
        assert time.monotonic() < deadline, (
            f"no write or no read came through for 30 seconds:\n{service.read_log()[-3000:]}"
        )
        time.sleep(0.01)


def kill_one(service: Service, choice: random.Random, *, itself: bool) -> str:
    """Kill -9 the service itself, or another of its processes if there is one; says which."""
    others = sorted(p.pid for p in service.processes() if p.pid != service.process.pid)
    if itself or not others:
        os.kill(service.process.pid, signal.SIGKILL)
        return "service"
    with suppress(ProcessLookupError, psutil.Error):
        os.kill(choice.choice(others), signal.SIGKILL)
    return "other"


def read_with_command_line(store: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "impactgraph", "query", ENTRIES, "--store", str(store)]
    done = subprocess.run(
        [*command, "--format", "json"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    return {row["entry"]["value"]: int(row["n"]["value"]) for row in rows}


def count_generations(store: Path) -> int:
    return len(list((store / "generations").iterdir()))
