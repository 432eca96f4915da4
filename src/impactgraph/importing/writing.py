"""Case studies as files of Turtle in a folder, one each."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from impactgraph.encoding import encode, encode_reference, to_turtle
from impactgraph.errors import ImportingError
from impactgraph.extraction import Extraction
from impactgraph.importing.candidates import Candidate, Known, leave_out_known
from impactgraph.importing.encoding import count_warnings
from impactgraph.importing.outcomes import Outcome, make_outcome
from impactgraph.importing.parallel import work_through
from impactgraph.importing.reading import Failure, read_candidate
from impactgraph.suggestions import add_suggestions

__all__ = ["write_case_studies"]

_FIRST_LINE = re.compile(r"# Read from (sha256:[0-9a-f]{64}) by (\S+)\n?")


@dataclass(frozen=True, slots=True)
class _Written:
    """The file of a case study, as text."""

    text: str
    triples: int
    warnings: Counter[str]


def write_case_studies(
    folder: Path, candidates: Iterable[Candidate], *, processes: int = 1
) -> Iterator[Outcome]:
    """Write the case studies of documents into a folder, each as SLUG.ttl, whole or not at all.

    The first line of a file says from which text it was read and by which rules: one of the same
    text and rules is left as it is. A file without that line is a person's, and is not replaced.

    Args:
        folder: the folder; it is made where it is not there.
        candidates: the documents.
        processes: how many processes encode.

    Yields:
        What became of each document, in order.

    Raises:
        ImportingError: a file cannot be written, or a process that encodes died.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = {path.stem: _read_known(path) for path in sorted(folder.glob("*.ttl"))}
    except OSError as error:
        raise ImportingError(f"{folder} cannot be used: {error.strerror}") from error
    fresh = leave_out_known(candidates, known)
    for candidate, written in work_through(_write, fresh, processes=processes):
        triples = 0
        warnings: Mapping[str, int] = {}
        if isinstance(written, _Written):
            _save(folder / f"{candidate.slug}.ttl", written.text)
            triples, warnings = written.triples, written.warnings
        yield make_outcome(candidate, written, triples=triples, warnings=warnings)


def _write(candidate: Candidate) -> _Written | Failure | None:
    return read_candidate(candidate, _to_turtle)


def _to_turtle(extraction: Extraction) -> _Written:
    case_study = add_suggestions(extraction)
    first_line = f"# Read from {case_study.document.digest} by {case_study.attributed_to}\n"
    graph = encode(case_study)
    shared = encode_reference(case_study.reference)
    return _Written(first_line + to_turtle(graph + shared), len(graph), count_warnings(extraction))


def _read_known(path: Path) -> Known:
    with path.open(encoding="utf-8", errors="replace") as file:
        match = _FIRST_LINE.fullmatch(file.readline(500))
    return Known(match[1], match[2]) if match else Known("", None)


def _save(path: Path, text: str) -> None:
    new = path.with_suffix(".ttl.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise ImportingError(f"{path} cannot be written: {error.strerror}") from error
