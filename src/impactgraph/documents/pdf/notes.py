"""Footnotes at the end of a PDF file's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from impactgraph.documents.pdf.lines import Line

__all__ = ["begins_note", "split_notes"]

_SMALLER = 0.93
_MARK = re.compile(r"\d{1,3}|[*†‡§]|[ivx]{1,5}")


def split_notes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Return a page's lines and those of the footnotes below them.

    Footnotes are the last lines, set smaller than the running text, the first with a mark.
    """
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * body:
        start -= 1
    while start < len(lines) and not begins_note(lines[start]):
        start += 1
    return list(lines[:start]), list(lines[start:])


def begins_note(line: Line) -> bool:
    """Return whether a line begins with the mark of a footnote."""
    return bool(_MARK.fullmatch(line.words[0].text)) and len(line.words) > 1
