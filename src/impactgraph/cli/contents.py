"""The commands that look after what is in a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from impactgraph.cli.options import AsJson, Empty, Slug, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_table
from impactgraph.encoding import to_turtle
from impactgraph.errors import LoadingError, ValidationError
from impactgraph.graph import to_networkx
from impactgraph.loading import load_case_studies, remove_case_study
from impactgraph.model import Stage
from impactgraph.validation import ValidationReport, validate_file
from impactgraph.views.reading import read_summaries
from impactgraph.views.records import summary_record

__all__ = ["case_studies", "dump", "load", "remove", "validate"]

Files = Annotated[list[Path], typer.Argument(help="Turtle, N-Triples, RDF/XML or JSON-LD.")]


def case_studies(store: StoreLocation = None, as_json: AsJson = False) -> None:
    """The case studies in the store."""
    found = read_summaries(choose_store(store).snapshot())
    if as_json:
        print_json([summary_record(summary) for summary in found])
        return
    print_table(
        ("case study", "title", "institution", *(stage.value + "s" for stage in Stage)),
        (
            (
                summary.slug,
                summary.title,
                summary.institution or "",
                *(str(summary.counts[stage]) for stage in Stage),
            )
            for summary in found
        ),
        numeric=range(3, 3 + len(Stage)),
    )


def validate(files: Files, as_json: AsJson = False) -> None:
    """Check files against the shapes; nothing is stored."""
    reports: dict[Path, ValidationReport | LoadingError] = {}
    for file in files:
        try:
            reports[file] = validate_file(file)
        except LoadingError as error:
            reports[file] = error
    if as_json:
        print_json([_report_record(file, report) for file, report in reports.items()])
    else:
        for file, report in reports.items():
            print_line(f"{file}: {report}" if isinstance(report, ValidationReport) else str(report))
    failed = [
        str(file)
        for file, report in reports.items()
        if isinstance(report, LoadingError) or not report.conforms
    ]
    if failed:
        raise ValidationError(f"{len(failed)} of {len(files)} files do not conform")


def load(
    files: Files, store: StoreLocation = None, empty: Empty = False, as_json: AsJson = False
) -> None:
    """Load case studies, one a file: all of them, or none where one is not right."""
    target = choose_store(store, empty=empty)
    with Progress(transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Checking", total=len(files))
        loaded = load_case_studies(target, files, progress=lambda _: progress.advance(task))
    if as_json:
        print_json([{"slug": one.slug, "iri": one.iri, "triples": one.triples} for one in loaded])
        return
    for one in loaded:
        print_line(f"Loaded {one.slug}: {one.triples} triples.")


def remove(slug: Slug, store: StoreLocation = None, as_json: AsJson = False) -> None:
    """Remove a case study from the store."""
    iri = remove_case_study(choose_store(store), slug)
    if as_json:
        print_json({"removed": iri})
    else:
        print_line(f"Removed {slug}.")


def dump(
    slug: Annotated[
        str | None, typer.Argument(help="One case study, as Turtle; without it, all as TriG.")
    ] = None,
    store: StoreLocation = None,
) -> None:
    """Print what the store holds: a case study as it was encoded, or every graph."""
    snapshot = choose_store(store).snapshot()
    if slug is not None:
        case_study: str = to_networkx(snapshot, slug).graph["case_study"]
        print(to_turtle(snapshot.graph(case_study)), end="")
        return
    sys.stdout.flush()
    snapshot.dump(sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _report_record(file: Path, report: ValidationReport | LoadingError) -> dict[str, object]:
    if isinstance(report, LoadingError):
        return {"file": str(file), "conforms": False, "error": str(report), "results": []}
    return {
        "file": str(file),
        "conforms": report.conforms,
        "error": None,
        "results": [
            {
                "severity": result.severity.value,
                "constraint": result.constraint,
                "focus": result.focus,
                "path": result.path,
                "value": result.value,
                "message": result.message,
            }
            for result in report.results
        ],
    }
