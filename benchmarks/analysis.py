"""The analysis of a whole corpus, of one case study, and of a graph with very many chains."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from benchmarks.generator import SHAPES, write_case_studies
from benchmarks.machine import describe_machine
from benchmarks.processes import proportional_memory
from benchmarks.servers import Server
from benchmarks.service import build_store, make_service
from impactgraph.chains import count_chains, find_chains
from impactgraph.gaps import KINDS
from impactgraph.graph import CaseGraph, build_graph
from impactgraph.model import (
    Basis,
    CaseStudy,
    DocumentDescription,
    Finding,
    Impact,
    Link,
    Output,
    OutputType,
    Pathway,
    Source,
    SourceType,
    Stage,
    Step,
)
from impactgraph.resources import ontology_path, read_query
from impactgraph.vocabulary import ONTOLOGY_GRAPH

__all__ = ["Run", "analyse", "ask_gaps", "time_answers", "time_chains"]

_EVERY = 0.05
_WIDTH = 252
"""Nodes a stage of the graph with many chains: each joined to each of the next, 252^5 > 10^12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One analysis of a corpus by the command: its time, and its memory with all processes."""

    case_studies: int
    seconds: float
    memory: int
    gaps: int


def analyse(store: Path, cpus: str) -> Run:
    """Run `impactgraph corpus` over a store from the start of the process to its end.

    Args:
        store: its folder.
        cpus: the processors that it may use, as taskset names them.
    """
    command = ["taskset", "-c", cpus, sys.executable, "-m", "impactgraph", "corpus", "--json"]
    memory = 0
    start = time.perf_counter()
    with subprocess.Popen([*command, "--store", str(store)], stdout=subprocess.PIPE) as process:
        os.set_blocking(process.stdout.fileno(), False)  # type: ignore[union-attr]
        written = b""
        while process.poll() is None:
            memory = max(memory, proportional_memory(process.pid))
            written += process.stdout.read() or b""  # type: ignore[union-attr]
            time.sleep(_EVERY)
        seconds = time.perf_counter() - start
        written += process.stdout.read() or b""  # type: ignore[union-attr]
    found = json.loads(written)["distributions"][0]
    return Run(
        case_studies=found["case_studies"],
        seconds=seconds,
        memory=memory,
        gaps=sum(kind["gaps"] for kind in found["gaps"].values()),
    )


def ask_gaps(engine: ox.Store) -> dict[str, tuple[float, int]]:
    """Return for each kind of gap with a query its seconds over a store, and its rows."""
    measured = {}
    for kind in KINDS.values():
        if kind.query is None:
            continue
        start = time.perf_counter()
        found = engine.query(read_query(kind.query), use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        rows = sum(1 for _ in found)
        measured[kind.id] = (time.perf_counter() - start, rows)
    return measured


def time_answers(server: Server, slug: str, requests: int) -> dict[str, float]:
    """Return the median milliseconds of a case study's chains and gaps through a warm service."""
    medians = {}
    for what in ("chains", "gaps", "robustness"):
        taken = []
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for _ in range(requests + 5):
            start = time.perf_counter()
            connection.request("GET", f"/api/case-studies/{slug}/{what}")
            response = connection.getresponse()
            response.read()
            taken.append((time.perf_counter() - start) * 1000)
            if response.status != http.HTTPStatus.OK:
                raise ValueError(f"/api/case-studies/{slug}/{what} answered {response.status}")
        connection.close()
        medians[what] = statistics.median(taken[5:])
    return medians


def time_chains() -> tuple[int, float, float]:
    """Return how many chains a large graph has, and the seconds to count and to list the first 20.

    Making the graph is not counted; choosing its steps is.
    """
    graph = _join_all(_WIDTH)
    start = time.perf_counter()
    count = count_chains(graph, basis=Basis.STATED)
    counted = time.perf_counter()
    first = find_chains(graph, basis=Basis.STATED, limit=20)
    assert len(first) == 20
    return count, counted - start, time.perf_counter() - counted


def _join_all(width: int) -> CaseGraph:
    """Return a graph in which every node is joined to every node of the next stage."""

    def about(stage: Stage) -> list[dict[str, Any]]:
        return [
            {"iri": f"x/{stage}/{n}", "label": f"{n}", "notation": f"{n}", "anchors": ()}
            for n in range(width)
        ]

    steps = (Step.REPORTED_IN, Step.CARRIED_BY, Step.LED_TO, Step.CORROBORATED_BY)
    links = tuple(
        Link(
            iri=f"x/link/{step}/{one['label']}/{other['label']}",
            label="x",
            origin=one["iri"],
            step=step,
            target=other["iri"],
            basis=Basis.STATED,
            confidence=Decimal(1),
            rationale="x",
            attributed_to="x",
            anchors=(),
        )
        for step, (stage, following) in zip(steps, pairwise(Stage), strict=True)
        for one in about(stage)
        for other in about(following)
    )
    return build_graph(
        CaseStudy(
            iri="x",
            slug="x",
            label="x",
            title="x",
            document=DocumentDescription(iri="x/d", digest="0", length=1, media_type="text/plain"),
            anchors=(),
            findings=tuple(Finding(**one) for one in about(Stage.FINDING)),
            outputs=tuple(
                Output(**one, output_type=OutputType.OTHER, title="x")
                for one in about(Stage.OUTPUT)
            ),
            pathways=tuple(Pathway(**one) for one in about(Stage.PATHWAY)),
            impacts=tuple(Impact(**one) for one in about(Stage.IMPACT)),
            sources=tuple(
                Source(**one, source_type=SourceType.OTHER) for one in about(Stage.SOURCE)
            ),
            links=links,
        )
    )


@contextmanager
def _stored(count: int, shape: str, seed: int) -> Iterator[tuple[Path, Path, str, int]]:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        files = Path(name) / "files"
        iris, triples = write_case_studies(files, count, seed=seed, shape=SHAPES[shape])
        store = Path(name) / "store"
        build_store(store, sorted(files.glob("*.nq")))
        yield Path(name), store, iris[0].rsplit("/", 1)[-1], triples


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate, load, analyse, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis", description=__doc__)
    parser.add_argument("--case-studies", nargs="+", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", choices=SHAPES, default="outline")
    parser.add_argument("--cpus", default="0,1")
    parser.add_argument("--requests", type=int, default=200)
    chosen = parser.parse_args(arguments)
    print(describe_machine())
    print(f"\nThe command on processors {chosen.cpus}, {chosen.shape} shape.\n")
    print("| case studies | triples | seconds | ms a case study | memory MB | gaps |")
    print("|--:|--:|--:|--:|--:|--:|")
    for count in sorted(chosen.case_studies):
        with _stored(count, chosen.shape, chosen.seed) as (folder, store, slug, triples):
            run = analyse(store, chosen.cpus)
            print(
                f"| {run.case_studies:,} | {triples:,} | {run.seconds:.1f} "
                f"| {1000 * run.seconds / run.case_studies:.2f} | {run.memory / 1e6:.0f} "
                f"| {run.gaps:,} |",
                flush=True,
            )
            if count == max(chosen.case_studies):
                _report_largest(folder, store, slug, chosen.cpus, chosen.requests)
    count, counting, listing = time_chains()
    print(f"\n{count:,} chains: counted in {counting:.2f} s, the first 20 in {listing:.2f} s.")


def _report_largest(folder: Path, store: Path, slug: str, cpus: str, requests: int) -> None:
    engine = ox.Store()
    for file in sorted((folder / "files").glob("*.nq")):
        engine.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    engine.bulk_load(
        path=str(ontology_path() / "impact.ttl"),
        format=ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode(ONTOLOGY_GRAPH),
    )
    print("\n| query | seconds | rows |\n|---|--:|--:|")
    for kind, (seconds, rows) in ask_gaps(engine).items():
        print(f"| {kind} | {seconds:.2f} | {rows:,} |", flush=True)
    server = make_service("impactgraph", store=store, folder=folder / "service", cpus=cpus)
    server.start()
    try:
        for what, milliseconds in time_answers(server, slug, requests).items():
            print(f"\n{what} of one case study through the service: {milliseconds:.1f} ms (median)")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
