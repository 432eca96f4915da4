"""The commands that read documents: what is in them, and their case studies encoded."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from impactgraph.cli.options import AsJson, Empty, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line
from impactgraph.errors import DocumentError, UsageError
from impactgraph.importing import (
    Failure,
    Outcome,
    OutcomeKind,
    Selection,
    count_candidates,
    find_candidates,
    import_case_studies,
    write_case_studies,
    write_records,
)
from impactgraph.wording import count_of

__all__ = ["encode", "extract"]

Files = Annotated[
    list[Path],
    typer.Argument(
        help="Case studies (.txt, .md, .html, .docx, .pdf) or exports of the REF (.xlsx, .csv, "
        ".json)."
    ),
]
Institution = Annotated[
    str | None,
    typer.Option(help="Of an export only this institution's: its UKPRN, or words of its name."),
]
Unit = Annotated[
    str | None,
    typer.Option(help="Of an export only this unit of assessment: its number, or words of it."),
]
Identifiers = Annotated[
    list[str] | None,
    typer.Option("--identifier", help="Of an export only this case study; may be repeated."),
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes",
        min=1,
        show_default="as many as there are processors, for an export",
        help="How many processes encode at once.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FOLDER", help="Write Turtle files here, and store nothing."
    ),
]

KeepText = Annotated[
    bool,
    typer.Option(
        "--keep-text",
        help="Keep the documents' texts in the store, too, for the page that shows the words in "
        "their places. Whoever can read the store can read them.",
    ),
]

_EXPORTS = (".xlsx", ".csv", ".json")
_MANY = 30
"""From how many files on it is worth the time to start processes."""

_MOST_FAILURES = 20
_INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells have it."""


def extract(
    files: Files,
    institution: Institution = None,
    unit: Unit = None,
    identifiers: Identifiers = None,
    processes: Processes = None,
) -> None:
    """Print what is found in documents, one JSON object a line; nothing is stored."""
    selection = Selection(institution, unit, identifiers)
    candidates = find_candidates(files, selection)
    count = processes or _choose_processes(files)
    failures = 0
    interrupts = _explaining_interrupts("nothing was stored")
    with interrupts, _showing_progress("Reading", files, selection) as advance:
        for candidate, line in write_records(candidates, processes=count):
            if isinstance(line, Failure):
                failures += 1
                print(f"{candidate.origin}: {line}", file=sys.stderr)
            else:
                print(line)
            advance()
    if failures:
        raise DocumentError(f"{count_of(failures, 'document')} could not be read")


def encode(
    files: Files,
    folder: Folder = None,
    store: StoreLocation = None,
    empty: Empty = False,
    institution: Institution = None,
    unit: Unit = None,
    identifiers: Identifiers = None,
    processes: Processes = None,
    keep_text: KeepText = False,
    as_json: AsJson = False,
) -> None:
    """Encode the case studies of documents and store them, or write them into a folder.

    What is there already, from the same text and by the same rules, is skipped: an import that was
    stopped goes on where it ended when it is started again.
    """
    if folder is not None and empty:
        raise UsageError("--empty is about a store, and with --output nothing is stored")
    if folder is not None and keep_text:
        raise UsageError("--keep-text is about a store, and with --output nothing is stored")
    selection = Selection(institution, unit, identifiers)
    candidates = find_candidates(files, selection)
    count = processes or _choose_processes(files)
    outcomes: list[Outcome] = []
    hint = "what was encoded is kept whole; the same command goes on from there"
    interrupts = _explaining_interrupts(hint)
    with interrupts, _showing_progress("Encoding", files, selection) as advance:
        if folder is not None:
            found = write_case_studies(folder, candidates, processes=count)
        else:
            target = choose_store(store, empty=empty)
            found = import_case_studies(target, candidates, processes=count, keep_text=keep_text)
        for outcome in found:
            outcomes.append(outcome)
            advance()
    if as_json:
        print_json(_summarise(outcomes))
    else:
        _print_summary(outcomes)
    failures = _of_kind(outcomes, OutcomeKind.FAILED)
    if failures:
        raise DocumentError(f"{count_of(len(failures), 'document')} could not be encoded")


def _choose_processes(files: Sequence[Path]) -> int:
    """Return how many processes to use: starting some takes longer than to read a few documents."""
    if len(files) < _MANY and not any(path.suffix.lower() in _EXPORTS for path in files):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _showing_progress(
    task: str, files: Sequence[Path], selection: Selection
) -> Iterator[Callable[[], None]]:
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, transient=True, console=console) as progress:
        identifier = progress.add_task(task, total=count_candidates(files, selection))
        yield lambda: progress.advance(identifier)


@contextmanager
def _explaining_interrupts(hint: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        print(f"\nimpactgraph: interrupted; {hint}", file=sys.stderr)
        raise typer.Exit(_INTERRUPTED) from None


def _of_kind(outcomes: Sequence[Outcome], kind: OutcomeKind) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.kind is kind]


def _count_warnings(outcomes: Sequence[Outcome]) -> dict[str, int]:
    warnings: Counter[str] = Counter()
    for outcome in outcomes:
        warnings.update(outcome.warnings)
    return dict(warnings.most_common())


def _summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "read": len(outcomes),
        **{kind.value: len(_of_kind(outcomes, kind)) for kind in OutcomeKind},
        "warnings": _count_warnings(outcomes),
        "documents": [
            {
                "outcome": outcome.kind.value,
                "origin": outcome.origin,
                "slug": outcome.slug,
                "triples": outcome.triples,
                "warnings": dict(sorted(outcome.warnings.items())),
                "reason": outcome.reason,
            }
            for outcome in outcomes
        ],
    }


def _print_summary(outcomes: Sequence[Outcome]) -> None:
    encoded = _of_kind(outcomes, OutcomeKind.ENCODED)
    failures = _of_kind(outcomes, OutcomeKind.FAILED)
    triples = sum(outcome.triples for outcome in encoded)
    print_line(
        f"Read {count_of(len(outcomes), 'document')}: {len(encoded)} encoded ({triples} triples), "
        f"{len(_of_kind(outcomes, OutcomeKind.UNCHANGED))} unchanged, {len(failures)} failed."
    )
    if len(encoded) == 1:
        print_line(f"Encoded as {encoded[0].slug}.")
    if warnings := _count_warnings(outcomes):
        listed = ", ".join(f"{kind} {count}" for kind, count in warnings.items())
        print_line(f"Warnings: {listed}. `impactgraph extract` shows each with its place.")
    for failure in failures[:_MOST_FAILURES]:
        print_line(f"Failed: {failure.origin}: {failure.reason}")
    if len(failures) > _MOST_FAILURES:
        print_line(f"… and {len(failures) - _MOST_FAILURES} more; --json lists all.")
