"""A case study as an export has it: what it says beside the text, and five cells of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from impactgraph.documents.submission import Submission

__all__ = ["Exercise", "Record"]


@dataclass(frozen=True, slots=True)
class Record:
    """One case study of an export, its text as it stands there.

    `number` is that of its row, the header's being 1, or of its object; `cells` has the raw text
    of each section by the section's number.
    """

    number: int
    submission: Submission
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exercise:
    """How the exports of one exercise are read.

    `columns` names the column of each section's text by the section's number; `read_row` takes a
    row's number and its cells by their columns' names in lower case; `clean` makes clean text of
    a section's cell, of the media type that `media_type` names.
    """

    columns: Mapping[str, str]
    media_type: str
    read_row: Callable[[int, Mapping[str, str]], Record]
    clean: Callable[[str], str]
