"""A million rows to a client, and clients that stop reading or go away: what it costs."""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.generator import write_case_studies
from benchmarks.machine import describe_machine
from benchmarks.processes import (
    descendants,
    processor_count,
    processor_seconds,
    unshared_memory,
)
from benchmarks.questions import read_questions
from benchmarks.servers import Server
from benchmarks.service import build_store, make_service
from benchmarks.watching import watch_memory

__all__ = ["Delivery", "abandon", "deliver"]

_QUERIES = Path(__file__).parent / "queries"
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One large answer: what it was, and what the processes grew by meanwhile, in bytes."""

    rows: int
    size: int
    seconds: float
    service: int
    """Growth of the HTTP process, at most."""
    fresh: int
    """Growth of a worker that had given no such answer before, at most."""
    seasoned: int | None
    """Growth of a worker that had; None where there was no such worker."""


def deliver(server: Server, query: str, seasoned: set[int]) -> Delivery:
    """Read an answer whole as CSV, and watch the processes while it comes.

    Args:
        server: running.
        query: a SELECT with many rows.
        seasoned: the processes that had worked before; those that worked are added to it.
    """
    assert server.process is not None
    root = server.process.pid
    before = {one: unshared_memory(one) for one in descendants(root)}
    worked = {one: processor_seconds(one) for one in before}
    rows = size = 0
    start = time.monotonic()
    with watch_memory(root) as watch:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        try:
            target = f"{server.path}?query={quote(query, safe='')}"
            connection.request("GET", target, headers={"Accept": "text/csv"})
            response = connection.getresponse()
            if response.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{response.status}: {response.read(500)!r}")
            while chunk := response.read(_CHUNK):
                rows += chunk.count(b"\n")
                size += len(chunk)
        finally:
            connection.close()
    seconds = time.monotonic() - start
    grown = {one: most - before.get(one, 0) for one, most in watch.by_worker.items()}
    known = [grown[one] for one in grown if one in seasoned]
    new = [grown[one] for one in grown if one not in seasoned]
    seasoned.update(one for one in grown if processor_seconds(one) - worked.get(one, 0) > 0.1)
    return Delivery(
        rows=rows - 1,
        size=size,
        seconds=seconds,
        service=watch.highest_root - before[root],
        fresh=max(new, default=0),
        seasoned=max(known, default=None),
    )


def abandon(server: Server, query: str, *, read: int, clients: int) -> list[socket.socket]:
    """Return connections that asked a query, read the first bytes at most, and read no more."""
    connections = []
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=120)
        connection.sendall(
            f"GET {server.path}?query={quote(query, safe='')} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{server.port}\r\nAccept: text/csv\r\n\r\n".encode()
        )
        if read:
            connection.recv(read)
        connections.append(connection)
    return connections


def _time_small(server: Server, case_studies: Sequence[str]) -> tuple[float, float]:
    """Return the median and the longest milliseconds of small queries, one at a time."""
    (question,) = read_questions(("join",))
    times = []
    for case_study in case_studies[:100]:
        start = time.perf_counter()
        server.ask(question.about(case_study))
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times), max(times)


def _busy_processors(server: Server, seconds: float) -> float:
    """Return how many processors the service uses, on average over some seconds."""
    assert server.process is not None
    before = {one: processor_seconds(one) for one in descendants(server.process.pid)}
    time.sleep(seconds)
    after = {one: processor_seconds(one) for one in descendants(server.process.pid)}
    return sum(now - before.get(one, 0.0) for one, now in after.items()) / seconds


def _report(server: Server, case_studies: Sequence[str], rows: int, workers: int) -> str:
    large = f"{(_QUERIES / 'pairs.rq').read_text(encoding='utf-8')}LIMIT {rows}"
    endless = (_QUERIES / "runaway" / "regex.rq").read_text(encoding="utf-8")
    _time_small(server, case_studies)
    lines = [
        "| answer | rows | MB | s | HTTP process + MB | fresh worker + MB | seasoned worker + MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    seasoned: set[int] = set()
    answers = [deliver(server, large, seasoned) for _ in range(workers + 4)]
    for number, one in enumerate(answers, 1):
        again = "–" if one.seasoned is None else f"{one.seasoned / 1e6:.1f}"
        lines.append(
            f"| {number} | {one.rows:,} | {one.size / 1e6:.0f} | {one.seconds:.1f} "
            f"| {one.service / 1e6:.1f} | {one.fresh / 1e6:.1f} | {again} |"
        )
    if all(one.seasoned is None for one in answers):
        lines += ["", "No worker gave two of these answers: each came from a fresh one."]
    median, longest = _time_small(server, case_studies)
    lines += ["", f"Small queries before: median {median:.1f} ms, longest {longest:.1f} ms."]
    clients = 2 * workers
    stalled = abandon(server, large, read=1000, clients=clients)
    median, longest = _time_small(server, case_studies)
    whole = deliver(server, large, set())
    lines.append(
        f"While {clients} clients have read 1,000 bytes of a large answer and read no more: median "
        f"{median:.1f} ms, longest {longest:.1f} ms; another large answer of {whole.rows:,} rows "
        f"took {whole.seconds:.1f} s."
    )
    for connection in stalled:
        connection.close()
    time.sleep(2)
    gone = abandon(server, endless, read=0, clients=clients)
    time.sleep(1)
    working = _busy_processors(server, 1)
    for connection in gone:
        connection.close()
    time.sleep(1)
    left = _busy_processors(server, 1)
    lines.append(
        f"{clients} clients that sent an endless query kept {working:.1f} processors busy; 1 s "
        f"after they had hung up, {left:.1f}."
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the service, fetch large answers, abandon some, and print the report."""
    last = processor_count() - 1
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_results", description=__doc__)
    parser.add_argument("--case-studies", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=min(4, processor_count()))
    parser.add_argument("--server-cpus", default=f"0-{last - 1}" if last > 1 else "0")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, ExitStack() as stack:
        folder = Path(name)
        iris, triples = write_case_studies(folder / "files", chosen.case_studies)
        build_store(folder / "store", sorted((folder / "files").glob("*.nq")))
        server = make_service(
            "impactgraph",
            store=folder / "store",
            folder=folder / "service",
            cpus=chosen.server_cpus,
            options=("--workers", str(chosen.workers), "--cache-size", "0"),
        )
        server.start()
        stack.callback(server.stop)
        os.sched_setaffinity(0, {last})  # to keep off the service's processors
        print(
            f"{describe_machine()}. {len(iris):,} case studies, {triples:,} triples; "
            f"{chosen.workers} workers, no cache.\n",
            flush=True,
        )
        print(_report(server, iris, chosen.rows, chosen.workers))


if __name__ == "__main__":
    main()
