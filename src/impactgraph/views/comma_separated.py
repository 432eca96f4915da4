"""Tables as comma-separated values that spreadsheets open as they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from impactgraph.views.formulas import looks_like_formula

__all__ = ["write_csv"]


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    r"""Return a table as CSV (RFC 4180) in UTF-8, with the mark by which Excel knows that.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (CWE-1236).

    Args:
        columns: the headings.
        rows: with a value for each heading.

    >>> write_csv(["a", "b"], [["=1+1", 2]]).decode("utf-8-sig")
    "a,b\r\n'=1+1,2\r\n"
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(map(_guard, columns))
    writer.writerows([_guard(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _guard(value: str | int) -> str | int:
    if isinstance(value, str) and looks_like_formula(value):
        return f"'{value}"
    return value
