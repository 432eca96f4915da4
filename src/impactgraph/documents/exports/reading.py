"""Reading the case studies of an export: one row, or object, each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from impactgraph.documents.composing import compose_document
from impactgraph.documents.document import Document
from impactgraph.documents.exports.json_objects import read_objects
from impactgraph.documents.exports.records import Exercise, Record
from impactgraph.documents.exports.ref2014 import FIELDS, REF_2014, read_object
from impactgraph.documents.exports.ref2021 import REF_2021
from impactgraph.documents.exports.tables import LONGEST_CELL, read_rows
from impactgraph.documents.exports.titles import drop_titles
from impactgraph.documents.sections import HEADINGS
from impactgraph.documents.submission import Submission
from impactgraph.errors import DocumentError

__all__ = ["ExportRow", "read_export"]

_EXERCISES = (REF_2021, REF_2014)


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A case study of an export, or why its row gives none.

    Attributes:
        number: of the row in the file, the header's being 1, or of the object in JSON, from 1;
            None where no row has what was asked.
        identifier: the exercise's own identifier of the case study, where the row has it.
        document: the case study; its `submission` is what the row says beside the text.
        failure: why there is no document, where there is none.
        warnings: what may be lacking from it.
    """

    number: int | None
    identifier: str | None
    document: Document | None = None
    failure: str | None = None
    warnings: tuple[str, ...] = ()


def read_export(
    path: str | Path,
    *,
    institution: str | None = None,
    unit: str | int | None = None,
    identifiers: Collection[str] | None = None,
) -> Iterator[ExportRow]:
    """Yield the case studies of a REF export, row by row as the file is read.

    Args:
        path: the export of REF 2021 (.xlsx or .csv, its columns named as the REF names them), or
            of REF 2014 (.xlsx or .csv as its database gives them, or its API's JSON).
        institution: only those of this institution: its UKPRN, or words of its name.
        unit: only those of this unit of assessment: its number, or words of its name.
        identifiers: only these; one that no row has is a failure at the end.

    Raises:
        DocumentError: the file cannot be read or is no such export.
    """
    path = Path(path)
    wanted = None if identifiers is None else dict.fromkeys(identifiers)
    seen: dict[str, int] = {}
    for exercise, record in _read_records(path):
        identifier = record.submission.identifier
        if wanted is not None and identifier not in wanted:
            continue
        first = seen.setdefault(identifier, record.number) if identifier else record.number
        if not (_is_of(record.submission, institution) and _is_in(record.submission, unit)):
            continue
        if first != record.number:
            failure = f"its identifier is that of row {first} too"
            yield ExportRow(record.number, identifier, failure=failure)
        else:
            yield _read_case_study(exercise, record)
    for identifier in wanted or ():
        if identifier not in seen:
            failure = f"no row of {path.name} has the identifier {identifier}"
            yield ExportRow(None, identifier, failure=failure)


def _read_records(path: Path) -> Iterator[tuple[Exercise, Record]]:
    if path.suffix.lower() == ".json":
        for number, value in enumerate(read_objects(path), start=1):
            if number == 1 and not any(field in value for field in FIELDS.values()):
                raise DocumentError(
                    f"{path} is no REF export: looked for the fields "
                    f"{', '.join(FIELDS.values())} in its objects; found "
                    f"{', '.join(sorted(value)[:40]) or 'none'}"
                )
            yield REF_2014, read_object(number, value)
        return
    rows = read_rows(path)
    _, names = next(rows, (1, []))
    columns = {_fold(name): at for at, name in reversed([*enumerate(names)]) if name.strip()}
    exercise = next(
        (
            one
            for one in _EXERCISES
            if all(_fold(name) in columns for name in (*one.columns.values(), "Title"))
        ),
        None,
    )
    if exercise is None:
        raise DocumentError(_describe_lack(path, names))
    for number, cells in rows:
        row = {column: cells[at] for column, at in columns.items() if at < len(cells)}
        yield exercise, exercise.read_row(number, row)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _describe_lack(path: Path, names: Sequence[str]) -> str:
    wanted = ", ".join(f'"{name}"' for name in ("Title", *REF_2021.columns.values()))
    found = ", ".join(f'"{name[:60]}"' for name in names[:40] if name) or "none"
    return (
        f"{path} is no REF export: looked for the columns {wanted} (with or without numbers) in "
        f"its first row; found {found}"
    )


def _read_case_study(exercise: Exercise, record: Record) -> ExportRow:
    submission = record.submission
    sections = {
        kind: drop_titles(exercise.clean(cell), kind) for kind, cell in record.cells.items()
    }
    if not any(sections.values()):
        failure = "none of its five sections has any text"
        return ExportRow(record.number, submission.identifier, failure=failure)
    warnings = [
        f"section {kind} has {len(cell)} characters, and a spreadsheet's cell keeps "
        f"{LONGEST_CELL}: its end may be lacking"
        for kind, cell in record.cells.items()
        if len(cell) == LONGEST_CELL
    ]
    warnings += [f"section {kind} has no text" for kind in HEADINGS if not sections[kind]]
    document = compose_document(submission, sections, media_type=exercise.media_type)
    return ExportRow(record.number, submission.identifier, document, warnings=tuple(warnings))


def _is_of(submission: Submission, institution: str | None) -> bool:
    if institution is None:
        return True
    asked = institution.strip().casefold()
    return asked == submission.ukprn or asked in (submission.institution or "").casefold()


def _is_in(submission: Submission, unit: str | int | None) -> bool:
    if unit is None:
        return True
    asked = str(unit).strip().casefold()
    if asked.isdecimal():
        return asked.lstrip("0") == (submission.unit or "").lstrip("0")
    return asked in (submission.unit_name or "").casefold()
