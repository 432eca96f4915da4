"""Small queries while 16 clients send runaway ones: latency, memory, and recovery."""

from __future__ import annotations

import argparse
import http.client
import os
import secrets
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.generator import write_case_studies
from benchmarks.load import Load, send_load
from benchmarks.machine import describe_machine
from benchmarks.processes import processor_count
from benchmarks.questions import read_questions
from benchmarks.servers import Server
from benchmarks.service import build_store, make_service
from benchmarks.updates import measure_updates
from benchmarks.watching import watch_memory

__all__ = ["Runaways", "measure_runaways"]

_QUERIES = Path(__file__).parent / "queries" / "runaway"
_AFTER = 8
"""Seconds that are looked at after the last runaway query has ended."""
_PAUSE = 10
"""Milliseconds that a client of small queries waits between two: it reads, it does not race."""


class Runaways:
    """Clients that send runaway queries one after the other until they are told to stop.

    Args:
        server: running.
        clients: how many.
        alike: whether they send the same few queries again and again; else no query comes twice.
    """

    def __init__(self, server: Server, clients: int, *, alike: bool) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        """How often a query came to an outcome: a status with its problem's type, or an error."""
        self._port = server.port
        self._path = server.path
        self._alike = alike
        self._stop = threading.Event()
        queries = sorted(_QUERIES.glob("*.rq"))
        self._threads = [
            threading.Thread(target=self._send, args=(queries[number % len(queries)],))
            for number in range(clients)
        ]

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> float:
        """Send no more, wait for the last answer, and return the seconds that it took."""
        start = time.monotonic()
        self._stop.set()
        for thread in self._threads:
            thread.join()
        return time.monotonic() - start

    def _send(self, query: Path) -> None:
        text = query.read_text(encoding="utf-8")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
        while not self._stop.is_set():
            pause = 0.0
            body = urlencode({"query": text if self._alike else f"# {uuid.uuid4()}\n{text}"})
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
            try:
                connection.request("POST", self._path, body=body, headers=headers)
                response = connection.getresponse()
                said = response.read(4096)
                kind = said.partition(b'"type":"')[2].partition(b'"')[0].decode()
                outcome = f"{response.status} {kind.rsplit('/', 1)[-1]}".strip()
                pause = min(1.0, float(response.headers.get("Retry-After", 0)))
            except (OSError, http.client.HTTPException) as error:
                outcome = type(error).__name__
            finally:
                connection.close()
            self.outcomes[query.stem, outcome] += 1
            self._stop.wait(pause)


def measure_runaways(
    server: Server, case_studies: Sequence[str], ceiling: int, chosen: argparse.Namespace
) -> str:
    """Return the report on a running service, in Markdown.

    Args:
        server: running.
        case_studies: those that small queries ask about.
        ceiling: bytes that all workers together may take.
        chosen: see `main`.
    """
    kinds = [
        question.paths(server.path, case_studies)
        for question in read_questions(("lookup", "join", "gap"))
    ]
    targets = [target for asked in zip(*kinds, strict=True) for target in asked]

    def send_small(duration: int) -> Load:
        return send_load(
            server.url,
            targets,
            accept="application/sparql-results+json",
            connections=4,
            seconds=duration,
            cpus=chosen.load_cpus,
            pause=_PAUSE,
        )

    assert server.process is not None
    send_small(2)
    before = send_small(5)
    runaways = Runaways(server, chosen.clients, alike=chosen.alike)
    with watch_memory(server.process.pid) as watch:
        runaways.start()
        time.sleep(1)
        during = send_small(chosen.seconds)
        last = runaways.stop()
        after = [send_small(1) for _ in range(_AFTER)]
    rows = [
        ("before", before),
        (f"{chosen.clients} runaway clients", during),
        *(
            (f"second {second} after the last of them", load)
            for second, load in enumerate(after, 1)
        ),
    ]
    lines = [
        "| small queries (4 clients) | answers/s | p50 ms | p99 ms | longest ms | errors |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {name} | {load.throughput:.0f} | {load.p50:.2f} | {load.p99:.2f} "
            f"| {load.longest:.2f} | {load.errors} |"
            for name, load in rows
        ),
        "",
        f"The last runaway query was answered {last:.1f} s after the clients were told to stop, at "
        f"a deadline of {chosen.query_timeout} s; {_describe_recovery(before, after)}",
        "",
        f"Memory: all workers together at most {watch.highest_workers / 1e6:,.0f} MB of "
        f"{ceiling / 1e6:,.0f} MB (workers × ceiling), in at most {watch.most_workers} processes; "
        f"one at most {watch.highest_worker / 1e6:,.0f} MB, the HTTP process at most "
        f"{watch.highest_root / 1e6:,.0f} MB.",
        "",
        "| runaway query | outcome | times |",
        "|---|---|--:|",
        *(
            f"| {query} | {outcome} | {count} |"
            for (query, outcome), count in sorted(runaways.outcomes.items())
        ),
    ]
    return "\n".join(lines)


def _describe_recovery(before: Load, after: Sequence[Load]) -> str:
    """Say in which second small queries were as quick again as before."""
    for second, load in enumerate(after, 1):
        if not load.errors and load.p50 <= 2 * before.p50 and load.p99 <= 2 * before.p99:
            return (
                f"in second {second} after that, p50 and p99 of small queries were at most twice "
                "what they were before."
            )
    return f"{len(after)} s after that, small queries were not yet as quick as before."


def main(arguments: Sequence[str] | None = None) -> None:
    """Send small and runaway queries to the service, alike ones and different ones, and report."""
    last = processor_count() - 1
    parser = argparse.ArgumentParser(prog="python -m benchmarks.runaways", description=__doc__)
    parser.add_argument("--case-studies", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--query-timeout", type=int, default=5)
    parser.add_argument("--query-memory", type=int, default=512, help="in MiB")
    parser.add_argument("--workers", type=int, default=min(4, processor_count()))
    parser.add_argument("--server-cpus", default=f"0-{last - 1}" if last > 1 else "0")
    parser.add_argument("--load-cpus", default=str(last))
    chosen = parser.parse_args(arguments)
    mebibytes = chosen.workers * chosen.query_memory
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        iris, triples = write_case_studies(folder / "files", chosen.case_studies)
        build_store(folder / "store", sorted((folder / "files").glob("*.nq")))
        os.sched_setaffinity(0, {last})  # to keep off the service's processors
        print(
            f"{describe_machine()}. {len(iris):,} case studies, {triples:,} triples; "
            f"{chosen.workers} workers, a deadline of {chosen.query_timeout} s, "
            f"{chosen.query_memory} MiB a query, no cache; "
            f"{chosen.clients} clients send runaway queries for {chosen.seconds} s.\n"
        )
        for chosen.alike in (True, False):
            words = "the same four again and again" if chosen.alike else "no query comes twice"
            print(f"### Runaway queries: {words}\n", flush=True)
            with _serve(folder, chosen) as (server, token):
                print(measure_runaways(server, iris, mebibytes * 1024**2, chosen), flush=True)
                print("\n" + measure_updates(server, token) + "\n", flush=True)


@contextmanager
def _serve(folder: Path, chosen: argparse.Namespace) -> Iterator[tuple[Server, str]]:
    """Start the service over the store; give it and the token that its writes must bear."""
    token = secrets.token_urlsafe()
    server = make_service(
        "impactgraph",
        store=folder / "store",
        folder=folder / "service",
        cpus=chosen.server_cpus,
        options=(
            *("--workers", str(chosen.workers)),
            *("--query-timeout", str(chosen.query_timeout)),
            *("--query-memory", f"{chosen.query_memory}M"),
            *("--update-timeout", str(chosen.query_timeout)),
            *("--cache-size", "0"),
        ),
        token=token,
    )
    server.start()
    try:
        yield server, token
    finally:
        server.stop()


if __name__ == "__main__":
    main()
