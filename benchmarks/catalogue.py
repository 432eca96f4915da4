"""How long the catalogue takes to build, and the pages that stand on it to answer.

Invented case studies are loaded into a store. Its catalogue is built from nothing, then after one
case study has changed; then the service is asked, again and again, for the overview, each of its
facets, searches and the corpus.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from rdflib import Literal, URIRef

from benchmarks.generator import SHAPES, write_case_studies
from benchmarks.machine import describe_machine
from benchmarks.servers import Server
from benchmarks.service import build_store, make_service
from impactgraph.catalogue import Catalogue, Selection, build_catalogue, locate_catalogue
from impactgraph.store import Transaction, open_store
from impactgraph.vocabulary import DCTERMS

__all__ = ["Timing", "list_addresses", "time_address"]

_SEARCHES = ("trust", "trust school", "res", "the in of by", "nowhere to be found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long an address takes to answer, in milliseconds, and the bytes that it answers with."""

    median: float
    p95: float
    size: int


def time_address(connection: http.client.HTTPConnection, address: str, requests: int) -> Timing:
    """Ask for an address again and again over one connection.

    Args:
        connection: to a service that is warm.
        address: path and query.
        requests: how many times.

    Raises:
        ValueError: an answer is not 200.
    """
    taken = []
    size = 0
    for _ in range(requests):
        start = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        size = len(response.read())
        taken.append((time.perf_counter() - start) * 1000)
        if response.status != http.HTTPStatus.OK:
            raise ValueError(f"{address} answered {response.status}")
    return Timing(
        median=statistics.median(taken), p95=statistics.quantiles(taken, n=20)[-1], size=size
    )


def list_addresses(catalogue: Catalogue) -> Iterator[str]:
    """Yield the addresses to ask for: each facet by its commonest value, and the last page."""
    found = catalogue.find(Selection())
    yield "/"
    yield f"/?page={found.pages}"
    for facet, values in found.facets.items():
        commonest = max(values, key=lambda one: one.count)
        yield f"/?{facet.value}={quote_plus(commonest.value)}"
    yield "/?sort=gaps"
    for words in _SEARCHES:
        yield f"/?q={quote_plus(words)}"
    yield "/api/search?q=trust"
    for grouping in ("unit", "institution", "impact-type"):
        yield f"/corpus?by={grouping}"


def _build(store: Path, processes: int) -> tuple[float, int, int]:
    """Bring the catalogue up to date; return seconds, case studies read, and bytes."""
    with open_store(store) as opened:
        path = locate_catalogue(opened)
        built = build_catalogue(opened, path, wait=600, processes=processes)
        return built.seconds, built.read, path.stat().st_size


def _change(store: Path, case_study: str) -> None:
    def change(transaction: Transaction) -> None:
        said = (URIRef(case_study), DCTERMS.description, Literal("Changed."))
        transaction.add(case_study, [said])

    with open_store(store) as opened:
        opened.write(change)


def _report(server: Server, store: Path, requests: int) -> None:
    with open_store(store) as opened:
        catalogue = Catalogue(locate_catalogue(opened))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    print("\n| address | median ms | p95 ms | KB |\n|---|--:|--:|--:|")
    for address in list_addresses(catalogue):
        time_address(connection, address, 3)
        timing = time_address(connection, address, requests)
        size = timing.size / 1000
        print(f"| `{address}` | {timing.median:.1f} | {timing.p95:.1f} | {size:.0f} |", flush=True)
    connection.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate, load, build, ask, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue", description=__doc__)
    parser.add_argument("--case-studies", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", choices=SHAPES, default="outline")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cpus", default="0,1")
    parser.add_argument("--requests", type=int, default=100)
    chosen = parser.parse_args(arguments)
    print(describe_machine())
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        files = Path(name) / "files"
        iris, triples = write_case_studies(
            files, chosen.case_studies, seed=chosen.seed, shape=SHAPES[chosen.shape]
        )
        store = Path(name) / "store"
        build_store(store, sorted(files.glob("*.nq")))
        print(f"\n{len(iris):,} case studies of {chosen.shape} shape, {triples:,} triples.\n")
        print("| the catalogue | seconds | case studies read | MB |\n|---|--:|--:|--:|")
        for what in ("from nothing", "after one change", "after no change"):
            if what == "after one change":
                _change(store, iris[0])
            seconds, read, size = _build(store, chosen.processes)
            print(f"| {what} | {seconds:.2f} | {read:,} | {size / 1e6:.1f} |", flush=True)
        server = make_service(
            "impactgraph", store=store, folder=Path(name) / "service", cpus=chosen.cpus
        )
        server.start()
        try:
            _report(server, store, chosen.requests)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
