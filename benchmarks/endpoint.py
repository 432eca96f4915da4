"""Our service and its peers on the same data under the same load, as a table."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox

from benchmarks.agreement import find_disagreements
from benchmarks.generator import SHAPES, write_case_studies
from benchmarks.load import MissingProgramError
from benchmarks.machine import describe_machine
from benchmarks.peers import make_oxigraph, make_rdflib_endpoint, make_virtuoso
from benchmarks.processes import processor_count
from benchmarks.questions import QUESTIONS, read_questions
from benchmarks.rounds import Plan, measure_rounds, summarise
from benchmarks.servers import Server
from benchmarks.service import build_store, make_service
from benchmarks.table import tabulate, tabulate_single

__all__ = ["SERVERS", "compare"]

SERVERS = (
    "impactgraph, cache on",
    "impactgraph, cache off",
    "oxigraph serve",
    "oxigraph serve --timeout-s",
    "Virtuoso",
    "rdflib-endpoint",
)
_AGAINST = "oxigraph serve"


def make_servers(
    names: Sequence[str], *, files: Sequence[Path], folder: Path, cpus: str
) -> list[Server]:
    """Load the data into each server and start it; say which are not installed.

    Args:
        names: some of `SERVERS`.
        files: of N-Quads, one graph each.
        folder: where everything is put.
        cpus: the processors that the servers may use.
    """
    data = folder / "all.nq"
    data.write_bytes(b"".join(file.read_bytes() for file in files))
    store = folder / "store"
    build_store(store, files)
    ours = folder / "impactgraph"
    makers: dict[str, Callable[[str], Server]] = {
        "impactgraph, cache on": lambda name: make_service(
            name, store=store, folder=ours, cpus=cpus
        ),
        "impactgraph, cache off": lambda name: make_service(
            name, store=store, folder=ours, cpus=cpus, options=("--cache-size", "0")
        ),
        "oxigraph serve": lambda name: make_oxigraph(
            name, data=data, folder=folder / "oxigraph", cpus=cpus
        ),
        "oxigraph serve --timeout-s": lambda name: make_oxigraph(
            name, data=data, folder=folder / "oxigraph-timeout", cpus=cpus, timeout=30
        ),
        "Virtuoso": lambda name: make_virtuoso(
            name, data=data, folder=folder / "virtuoso", cpus=cpus
        ),
        "rdflib-endpoint": lambda name: make_rdflib_endpoint(
            name, data=data, folder=folder / "rdflib-endpoint", cpus=cpus
        ),
    }
    servers = []
    for name in names:
        try:
            server = makers[name](name)
        except MissingProgramError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        start = time.monotonic()
        server.start()
        print(f"{name} answers after {time.monotonic() - start:.1f} s", file=sys.stderr)
        servers.append(server)
    return servers


def compare(plan: Plan, servers: Sequence[Server], data: Path, triples: int) -> str:
    """Return the report, in Markdown.

    Args:
        plan: what is sent.
        servers: running.
        data: what they hold, as N-Quads.
        triples: how many.
    """
    machine = describe_machine()
    engine = ox.Store(str(data.with_name("in-process")))
    engine.bulk_load(path=str(data), format=ox.RdfFormat.N_QUADS)
    asked = plan.case_studies[:: max(1, len(plan.case_studies) // 5)]
    disagreements = [
        line
        for server in servers
        for line in find_disagreements(server, engine, plan.questions, asked)
    ]
    in_process = {
        question.name: _time_in_process(engine, [question.about(iri) for iri in plan.case_studies])
        for question in plan.questions
    }
    measured = list(measure_rounds(servers, plan))
    summary = summarise(measured)
    names = [server.name for server in servers]
    ours = [name for name in names if name.startswith("impactgraph")]
    parts = [
        f"{machine}. {len(plan.case_studies):,} case studies, {triples:,} triples. Each load for "
        f"{plan.seconds} s, the median of {plan.rounds} alternating rounds; servers on processors "
        f"{servers[0].cpus}, the load generator (wrk) on {plan.load_cpus}.",
        tabulate(summary, names, _AGAINST),
        "One connection, p50 in ms, and how much more than in process:",
        tabulate_single(summary, in_process, [*ours, _AGAINST]),
    ]
    parts += ["Answers differ:", *disagreements] if disagreements else ["All answers agree."]
    return "\n\n".join(parts)


def _time_in_process(engine: ox.Store, texts: Sequence[str]) -> float:
    """Return the median milliseconds of asking the engine and serialising, in this process."""
    times = []
    for text in texts[:200]:
        start = time.perf_counter()
        results = engine.query(text, use_default_graph_as_union=True)
        if isinstance(results, ox.QueryTriples):
            results.serialize(format=ox.RdfFormat.N_TRIPLES)
        else:
            results.serialize(format=ox.QueryResultsFormat.JSON)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate, load, start, measure, and print the report."""
    last = processor_count() - 1
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endpoint", description=__doc__)
    parser.add_argument("--case-studies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", choices=SHAPES, default="outline")
    parser.add_argument("--questions", nargs="+", choices=QUESTIONS, default=QUESTIONS)
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=SERVERS)
    parser.add_argument("--connections", nargs="+", type=int, default=[1, 16, 64])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--server-cpus", default=f"0-{last - 1}" if last > 1 else "0")
    parser.add_argument("--load-cpus", default=str(last))
    parser.add_argument("--output", type=Path, help="also write the report to this file")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, ExitStack() as stack:
        folder = Path(name)
        iris, triples = write_case_studies(
            folder / "files", chosen.case_studies, seed=chosen.seed, shape=SHAPES[chosen.shape]
        )
        files = sorted((folder / "files").glob("*.nq"))
        servers = make_servers(chosen.servers, files=files, folder=folder, cpus=chosen.server_cpus)
        for server in servers:
            stack.callback(server.stop)
        plan = Plan(
            questions=read_questions(chosen.questions),
            connections=tuple(chosen.connections),
            rounds=chosen.rounds,
            seconds=chosen.seconds,
            load_cpus=chosen.load_cpus,
            case_studies=iris,
        )
        report = compare(plan, servers, folder / "all.nq", triples)
    print(report)
    if chosen.output is not None:
        chosen.output.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
