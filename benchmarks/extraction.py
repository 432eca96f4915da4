"""From an export to a store that answers queries, and from one document to its report."""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import describe_machine
from benchmarks.processes import proportional_memory
from benchmarks.service import make_service
from benchmarks.words import ACTIVITIES, BODIES, CHANGES
from impactgraph.documents import read_export

__all__ = ["Import", "import_export", "invent_export", "time_reports", "time_service"]

_EVERY = 0.05
_TITLES = (
    "1. Summary of the impact",
    "2. Underpinning research",
    "3. References to the research",
    "4. Details of the impact",
    "5. Sources to corroborate the impact",
)
_COLUMNS = (
    "Institution UKPRN code",
    "Institution name",
    "Unit of assessment number",
    "Unit of assessment name",
    "REF impact case study identifier",
    "Title",
    *_TITLES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One run of `impactgraph encode`: its time, and its memory with all processes."""

    read: int
    encoded: int
    failed: int
    triples: int
    seconds: float
    memory: int


def invent_export(path: Path, count: int, *, seed: int = 1) -> None:
    """Write an export of case studies that nobody wrote, each about as long as real ones are.

    Args:
        path: the file of comma-separated values.
        count: how many rows.
        seed: the same seed gives the same export.
    """
    choose = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number in range(count):
            cells = (_summarise(choose), _research(choose), _outputs(choose), _impacts(choose))
            name = f"invented-{number:06}"
            title = f"{choose.choice(ACTIVITIES)} {number}"
            head = ("10000001", "University of Nowhere", "12", "Engineering", name, title)
            writer.writerow((*head, *cells, _sources(choose)))


def import_export(export: Path, store: Path, cpus: str) -> Import:
    """Run `impactgraph encode` over an export, from the start of the process to its end.

    Args:
        export: the file.
        store: the folder of the store.
        cpus: the processors that it may use, as taskset names them.
    """
    command = ["taskset", "-c", cpus, sys.executable, "-m", "impactgraph", "encode", str(export)]
    memory = 0
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(
            [*command, "--store", str(store), "--empty", "--json"], stdout=out
        ) as process,
    ):
        while process.poll() is None:
            memory = max(memory, proportional_memory(process.pid))
            time.sleep(_EVERY)
        seconds = time.perf_counter() - start
        out.seek(0)
        summary = json.load(out)
    return Import(
        read=summary["read"],
        encoded=summary["encoded"],
        failed=summary["failed"],
        triples=sum(document["triples"] for document in summary["documents"]),
        seconds=seconds,
        memory=memory,
    )


def time_reports(document: Path, cpus: str, runs: int) -> list[float]:
    """Return the seconds from a cold command line to the report of a document, run by run."""
    taken = []
    command = ["taskset", "-c", cpus, sys.executable, "-m", "impactgraph", "report"]
    command += ["--document", str(document), "-o", str(document.with_suffix(".report.html"))]
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return taken


def time_service(port: int, content: bytes, runs: int) -> list[float]:
    """Return the milliseconds to the report of a document that a warm service is sent."""
    taken = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(runs + 3):
        start = time.perf_counter()
        headers = {"Content-Type": "text/plain"}
        connection.request("POST", "/api/report?format=html", content, headers)
        response = connection.getresponse()
        response.read()
        taken.append((time.perf_counter() - start) * 1000)
        if response.status != http.HTTPStatus.OK:
            raise ValueError(f"/api/report answered {response.status}")
    connection.close()
    return taken[3:]


def _sentence(choose: random.Random) -> str:
    return (
        f"In {choose.randint(2005, 2020)} {choose.choice(BODIES)} took part in "
        f"{choose.choice(ACTIVITIES)}, and {choose.choice(CHANGES)}"
    )


def _paragraph(choose: random.Random, marks: str, sentences: int) -> str:
    said = [_sentence(choose) for _ in range(sentences)]
    return ". ".join(
        f"{one} [{marks}{choose.randint(1, 6)}]" if choose.random() < 0.6 else one for one in said
    )


def _summarise(choose: random.Random) -> str:
    return f"{_paragraph(choose, 'R', 4)}."


def _research(choose: random.Random) -> str:
    found = [f"We found that {_paragraph(choose, 'R', 7)}." for _ in range(4)]
    return "\n\n".join((*found, "Funded by EPSRC (EP/X000001/1, £412,300)."))


def _outputs(choose: random.Random) -> str:
    return "\n\n".join(
        f"R{number}. Ferry, A., Quay, B. ({choose.randint(2005, 2020)}) *{_sentence(choose)}*. "
        f"Journal of Slow Rivers, {number}(2): 10-19. https://doi.org/10.5555/{choose.random()}"
        for number in range(1, 7)
    )


def _impacts(choose: random.Random) -> str:
    parts = []
    for number in range(1, 4):
        parts.append(f"**{number}. {choose.choice(CHANGES)}**")
        parts += [f"{_paragraph(choose, 'S', 6)}." for _ in range(3)]
    return "\n\n".join(parts)


def _sources(choose: random.Random) -> str:
    return "\n\n".join(
        f"S{number}. Letter from the director of {choose.choice(BODIES)}, 2020."
        for number in range(1, 7)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Import, read one document, ask the service, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("export", nargs="?", type=Path, help="an export; else one is invented")
    parser.add_argument("--case-studies", type=int, default=1000, help="how many are invented")
    parser.add_argument("--cpus", default="0,1")
    parser.add_argument("--runs", type=int, default=10)
    chosen = parser.parse_args(arguments)
    print(describe_machine())
    with tempfile.TemporaryDirectory(prefix="impactgraph-extraction-") as made:
        folder = Path(made)
        export = chosen.export or folder / "invented.csv"
        if chosen.export is None:
            invent_export(export, chosen.case_studies)
        _report_import(export, folder / "store", chosen.cpus)
        document = folder / "one.txt"
        text = next(row.document.text for row in read_export(export) if row.document)
        document.write_text(text, encoding="utf-8")
        cold = statistics.median(time_reports(document, chosen.cpus, chosen.runs))
        print(f"\nA document to its report, from a cold command line: {cold:.2f} s (median)")
        server = make_service(
            "impactgraph", store=folder / "store", folder=folder / "service", cpus=chosen.cpus
        )
        server.start()
        try:
            warm = statistics.median(
                time_service(server.port, document.read_bytes(), 3 * chosen.runs)
            )
        finally:
            server.stop()
        print(f"\nThe same through the warm service: {warm:.0f} ms (median)")


def _report_import(export: Path, store: Path, cpus: str) -> None:
    size = os.path.getsize(export)
    print(f"\n`impactgraph encode` of {size / 1e6:.0f} MB on processors {cpus}.\n")
    print("| run | read | encoded | failed | triples | seconds | case studies a second | MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name in ("new store", "again"):
        run = import_export(export, store, cpus)
        print(
            f"| {name} | {run.read:,} | {run.encoded:,} | {run.failed:,} | {run.triples:,} "
            f"| {run.seconds:.1f} | {run.read / run.seconds:.1f} | {run.memory / 1e6:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
