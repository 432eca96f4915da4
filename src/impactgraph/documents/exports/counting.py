"""How many case studies an export holds, told before it is read, for whoever waits."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from impactgraph.documents.exports.tables import read_rows
from impactgraph.errors import DocumentError

__all__ = ["count_rows"]

_SHEET = "xl/worksheets/sheet1.xml"
_ROW = re.compile(rb"<(?:[A-Za-z]\w{0,20}:)?row[\s/>]")
_LONGEST_TAG = 32
_CHUNK = 1 << 16
_MOST_CHUNKS = 6_000
_UNREADABLE = (
    DocumentError,
    OSError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


def count_rows(path: Path) -> int | None:
    """Return about how many rows an export has below its header; None where it is not known fast.

    Args:
        path: a workbook, whose tags are counted, or comma-separated values. Of JSON, and of what
            cannot be read, nothing is told: reading it says why.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(_SHEET) as sheet:
                count = _count_tags(sheet)
        elif path.suffix.lower() == ".csv":
            count = sum(1 for _ in read_rows(path))
        else:
            return None
    except _UNREADABLE:
        return None
    return max(0, count - 1)


def _count_tags(sheet: IO[bytes]) -> int:
    rest, count = b"", 0
    for _ in range(_MOST_CHUNKS):
        chunk = sheet.read(_CHUNK)
        if not chunk:
            break
        rest += chunk
        counted = 0
        for match in _ROW.finditer(rest):
            count, counted = count + 1, match.end()
        # A tag may begin in one chunk and end in the next.
        rest = rest[max(counted, len(rest) - _LONGEST_TAG) :]
    return count
