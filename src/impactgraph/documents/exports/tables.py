"""The rows of a file of comma-separated values or a workbook, one at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from impactgraph.documents.exports.workbooks import MOST_COLUMNS, read_workbook
from impactgraph.errors import DocumentError

__all__ = ["LONGEST_CELL", "read_rows"]

LONGEST_CELL = 32_767
"""How many characters a spreadsheet program keeps of a cell."""

_LARGEST_FILE = 400_000_000
_MOST_ROWS = 200_000
_DELIMITERS = ",;\t"
_ZIP = b"PK"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file that hold anything, with their numbers from 1.

    Args:
        path: a workbook (.xlsx; its first sheet is read), or comma-separated values (RFC 4180)
            in UTF-8, at most 400 megabytes.

    Raises:
        DocumentError: the file cannot be read, or has more than an export can have.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise DocumentError(f"{path} has more than {_LARGEST_FILE} bytes")
        with path.open("rb") as file:
            start = file.read(8)
        if start == _COMPOUND_FILE:
            raise DocumentError(
                f"{path} is a workbook of the old kind (.xls) or encrypted; save it as .xlsx"
            )
        rows = read_workbook(path) if start.startswith(_ZIP) else _read_values(path)
        for count, row in enumerate(rows, start=1):
            if count > _MOST_ROWS:
                raise DocumentError(f"it has more than {_MOST_ROWS} rows")
            yield row
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except DocumentError as error:
        named = str(error).startswith(str(path))
        raise error if named else DocumentError(f"{path}: {error}") from error


def _read_values(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline(1 << 16)
            delimiter = max(_DELIMITERS, key=first.count)
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for number, row in enumerate(reader, start=1):
                if len(row) > MOST_COLUMNS:
                    raise DocumentError(f"row {number} has more than {MOST_COLUMNS} columns")
                if any(row):
                    yield number, row
        except UnicodeDecodeError as error:
            raise DocumentError("this is no UTF-8; save it as CSV UTF-8") from error
        except csv.Error as error:
            raise DocumentError(_say_damage(reader.line_num, str(error))) from error


def _say_damage(line: int, reason: str) -> str:
    """Say what is wrong with a table, up to which line, and how to mend it."""
    if "field limit" in reason:
        return (
            f"up to line {line} there is a field of more than {csv.field_size_limit():,} "
            "characters, as where a quotation mark has no partner; close it, or save the table anew"
        )
    return f"line {line} is damaged ({reason}); save the table anew as CSV UTF-8"
