"""The cells of a row of a table, laid out as a reader sees them: rows, or text in a frame."""

from __future__ import annotations

from collections.abc import Sequence

from impactgraph.documents.markup import Paragraph, Row, Run

__all__ = ["lay_out_cells"]

_LONG_CELL = 600


def lay_out_cells(cells: Sequence[Sequence[Paragraph | Row]]) -> list[Paragraph | Row]:
    """Return the blocks that a reader sees in one row of a table.

    A form is often one table: a row with words in one cell only, or with long text in some cell,
    is text. Else it is a row, or several: people list members of staff in one, a line each, side
    by side. So cells with as many lines as each other, with or without the empty ones, are rows
    line by line; else each cell's lines are put one behind another.
    """
    entries = [[block for block in cell if not _is_note(block)] for cell in cells]
    filled = [[block for block in cell if _has_words(block)] for cell in entries]
    if sum(map(bool, filled)) <= 1 or any(map(_is_text, filled)):
        return [block for cell in cells for block in cell if _has_words(block)]
    rows = _pair_lines([[_as_line(block) for block in cell] for cell in entries])
    return [*rows, *(block for cell in cells for block in cell if _is_note(block))]


def _is_text(cell: Sequence[Paragraph | Row]) -> bool:
    """Return whether a cell holds text of its own, rather than an entry of a table."""
    if any(isinstance(block, Row) or block.heading for block in cell):
        return True
    words = [block.text for block in cell if isinstance(block, Paragraph)]
    return len(words) > 1 and sum(map(len, words)) > _LONG_CELL


def _as_line(block: Paragraph | Row) -> tuple[Run, ...]:
    if isinstance(block, Row):
        return ()
    return (Run(f"{block.label} "), *block.runs) if block.label else block.runs


def _pair_lines(cells: Sequence[Sequence[tuple[Run, ...]]]) -> list[Row]:
    filled = [[line for line in cell if _is_filled(line)] for cell in cells]
    for lines in ([_without_last_blanks(cell) for cell in cells], filled):
        depth = max(map(len, lines), default=0)
        if all(len(cell) in (0, depth) for cell in lines):
            rows = [Row(tuple(cell[at] if cell else () for cell in lines)) for at in range(depth)]
            return [row for row in rows if any(map(_is_filled, row.cells))]
    return [Row(tuple(map(_put_behind, filled)))]


def _put_behind(lines: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for line in lines:
        if joined:
            ends = joined[-1].text.rstrip()[-1:]
            joined.append(Run(" " if ends in (*".;:,&/", "") else "; "))
        joined.extend(line)
    return tuple(joined)


def _without_last_blanks(lines: Sequence[tuple[Run, ...]]) -> Sequence[tuple[Run, ...]]:
    end = len(lines)
    while end and not _is_filled(lines[end - 1]):
        end -= 1
    return lines[:end]


def _is_note(block: Paragraph | Row) -> bool:
    return isinstance(block, Paragraph) and block.note


def _is_filled(runs: tuple[Run, ...]) -> bool:
    return any(run.text.strip() for run in runs)


def _has_words(block: Paragraph | Row) -> bool:
    return isinstance(block, Row) or _is_filled(block.runs)
