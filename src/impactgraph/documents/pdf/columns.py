"""Lines side by side: tables without ruled lines, labels of lists, stretched lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from impactgraph.documents.pdf.joining import read_label
from impactgraph.documents.pdf.lines import Line, make_line
from impactgraph.documents.pdf.pages import Word

__all__ = ["Cells", "read_columns"]

_LABEL_GAP = 72.0
_ALIGNED = 4.0
_FARTHEST = 3.0
_WIDER = 1.12
_LONGEST_ENTRY = 70
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table: the lines of each cell, and how far to the right each reaches."""

    lines: tuple[tuple[Line, ...], ...]
    margins: tuple[float, ...]


def read_columns(rows: Sequence[Sequence[Line]]) -> Iterator[Line | Cells]:
    """Yield the lines of running text and the rows of tables among lines side by side.

    A table is where lines side by side begin below each other, row after row; a line that stands
    alone belongs to it where it begins below one of the columns and ends before the next.
    """
    joined = [_join_label(row) for row in rows]
    start = 0
    while start < len(joined):
        begin, end = _find_table(joined, start)
        for row in joined[start:begin]:
            yield row[0] if len(row) == 1 else make_line(_put_together(row), row[0].page)
        if begin < end:
            yield from _read_table(joined[begin:end])
        start = end


def _find_table(rows: Sequence[Sequence[Line]], start: int) -> tuple[int, int]:
    """Return where the next table begins and ends, or twice where the lines side by side end."""
    first = next((at for at in range(start, len(rows)) if len(rows[at]) > 1), len(rows))
    last = first
    while last < min(len(rows), first + _MOST_ROWS) and not (
        _is_text(rows[last]) or (last > first and _is_far(rows[last - 1], rows[last]))
    ):
        last += 1
    if first == last:
        return len(rows), len(rows)
    widest = max(range(first, last), key=lambda at: len(rows[at]))
    lefts = [line.left for line in rows[widest]]
    begin, end = widest, widest + 1
    while (
        begin > start
        and _fits(rows[begin - 1], lefts)
        and not _is_far(*rows[begin - 1 : begin + 1])
    ):
        begin -= 1
    while end < len(rows) and _fits(rows[end], lefts) and not _is_far(*rows[end - 1 : end + 1]):
        end += 1
    while begin < widest and _is_alone(rows[begin], lefts[0]):
        begin += 1
    while end > widest + 1 and _is_alone(rows[end - 1], lefts[0]) and _starts_text(rows, end):
        end -= 1
    if sum(len(row) > 1 for row in rows[begin:end]) > 1:
        return begin, end
    return widest + 1, widest + 1


def _is_text(row: Sequence[Line]) -> bool:
    """Return whether a line that stands alone is too long for a table's cell."""
    return len(row) == 1 and len(row[0].text) > _LONGEST_ENTRY


def _is_alone(row: Sequence[Line], left: float) -> bool:
    """Return whether a line stands alone at the left, as running text does."""
    return len(row) == 1 and row[0].left < left + _ALIGNED


def _starts_text(rows: Sequence[Sequence[Line]], end: int) -> bool:
    """Return whether the last of some rows is farther from the one before than the lines there."""
    return end < 3 or _distance(rows[end - 2], rows[end - 1]) > _WIDER * min(
        _distance(above, below) for above, below in pairwise(rows[max(0, end - 6) : end])
    )


def _distance(above: Sequence[Line], below: Sequence[Line]) -> float:
    return above[0].base - below[0].base


def _fits(row: Sequence[Line], lefts: Sequence[float]) -> bool:
    ends = [*lefts[1:], float("inf")]
    return all(
        any(
            abs(line.left - left) < _ALIGNED and line.right < end
            for left, end in zip(lefts, ends, strict=True)
        )
        for line in row
    )


def _is_far(above: Sequence[Line], below: Sequence[Line]) -> bool:
    return _distance(above, below) > _FARTHEST * below[0].size


def _read_table(rows: Sequence[Sequence[Line]]) -> Iterator[Cells]:
    """Yield a table's rows: they are farther apart than their lines, or each fills column one."""
    lefts = [line.left for line in max(rows, key=len)]
    gaps = [_distance(above, below) for above, below in pairwise(rows)]
    nearest = min(gaps)
    spaced = max(gaps) > _WIDER * nearest
    columns: list[list[Line]] = [[] for _ in lefts]
    for at, row in enumerate(rows):
        apart = gaps[at - 1] > _WIDER * nearest if spaced else row[0].left < lefts[0] + _ALIGNED
        if at and apart:
            yield _close(columns)
            columns = [[] for _ in lefts]
        for line in row:
            columns[sum(left <= line.left + _ALIGNED for left in lefts) - 1].append(line)
    yield _close(columns)


def _close(columns: Sequence[Sequence[Line]]) -> Cells:
    # Nothing says how wide a cell is; that its lines are all full makes them one entry.
    return Cells(tuple(map(tuple, columns)), (0.0,) * len(columns))


def _join_label(row: Sequence[Line]) -> list[Line]:
    """Return lines side by side, a list's label joined to the words that it stands before."""
    if len(row) < 2 or read_label(row[0]) != row[0].text:
        return list(row)
    if row[1].left - row[0].right > _LABEL_GAP:
        return list(row)
    return [make_line(_put_together(row[:2]), row[0].page), *row[2:]]


def _put_together(lines: Sequence[Line]) -> list[Word]:
    words = list(lines[0].words)
    for _, line in pairwise(lines):
        first, *others = line.words
        words.append(replace(first, spaced=True))
        words.extend(others)
    return words
