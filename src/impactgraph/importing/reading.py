"""One candidate, from its document to what is wanted of its case study: what a worker does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from impactgraph.errors import ImpactGraphError
from impactgraph.extraction import Extraction, extract_case_study, reading_record
from impactgraph.importing.candidates import Candidate
from impactgraph.importing.parallel import work_through

__all__ = ["Failure", "read_candidate", "write_record", "write_records"]

Made = TypeVar("Made")


class Failure(str):
    """Why there is no case study, in words."""

    __slots__ = ()


def read_candidate(
    candidate: Candidate, make: Callable[[Extraction], Made]
) -> Made | Failure | None:
    """Extract a candidate's case study and make something of it.

    Returns:
        What was made; or why it could not be; or None where the candidate has no document.
    """
    if candidate.document is None:
        return Failure(candidate.failure) if candidate.failure is not None else None
    try:
        return make(extract_case_study(candidate.document, slug=candidate.slug))
    except ImpactGraphError as error:
        return Failure(error)
    except Exception as error:
        # A defect that one document shows is not to end an import of thousands.
        return Failure(f"a rule failed at it ({type(error).__name__}: {error}); please report this")


def write_record(extraction: Extraction) -> str:
    """Return what was found in a document as one line of JSON; see `reading_record`."""
    submission = extraction.reading.plain.document.submission
    identifier = (submission and submission.identifier) or extraction.case_study.slug
    return json.dumps(reading_record(extraction.reading, identifier), ensure_ascii=False)


def write_records(
    candidates: Iterable[Candidate], *, processes: int = 1
) -> Iterator[tuple[Candidate, str | Failure]]:
    """Yield each candidate with its record as a line of JSON, or why there is none."""
    for candidate, line in work_through(_record, candidates, processes=processes):
        if line is not None:
            yield candidate, line


def _record(candidate: Candidate) -> str | Failure | None:
    return read_candidate(candidate, write_record)
