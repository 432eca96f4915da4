"""How lines lie on a page: running text, and the cells of tables, ruled or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impactgraph.documents.pdf.columns import Cells, read_columns
from impactgraph.documents.pdf.lines import Line, group_by_height
from impactgraph.documents.pdf.pages import Rule

__all__ = ["lay_out_page"]

_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines side by side, and where the ruled lines stand that go up between them."""

    lines: list[Line]
    edges: tuple[float, ...]


def lay_out_page(lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[Line | Cells]:
    """Yield a page's lines of running text and its rows of tables, from the top."""
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    bands = [_Band(row, _find_edges(row, upright)) for row in group_by_height(lines)]
    for group in _group_bands(bands, level):
        cells = _read_cells(group)
        if cells is None:
            yield from read_columns([band.lines for band in group])
        else:
            yield cells


def _find_edges(row: Sequence[Line], upright: Sequence[Rule]) -> tuple[float, ...]:
    middle = row[0].base + row[0].size * 0.3
    found: list[float] = []
    for rule in sorted(upright, key=lambda rule: rule.left):
        x = (rule.left + rule.right) / 2
        if rule.bottom - 1 < middle < rule.top + 1 and (not found or x - found[-1] > _NEAR):
            found.append(x)
    return tuple(found)


def _group_bands(bands: Sequence[_Band], level: Sequence[Rule]) -> Iterator[list[_Band]]:
    """Yield bands that are of one row of a table together."""
    group: list[_Band] = []
    for band in bands:
        if group and not _is_one_row(group[-1], band, level):
            yield group
            group = []
        group.append(band)
    if group:
        yield group


def _is_one_row(above: _Band, below: _Band, level: Sequence[Rule]) -> bool:
    if len(above.edges) != len(below.edges) or any(
        abs(one - other) > _NEAR for one, other in zip(above.edges, below.edges, strict=True)
    ):
        return False
    top, bottom = above.lines[0].base, below.lines[0].base
    return not any(
        bottom < rule.bottom < top
        and _reaches(rule.left, below.edges)
        and _reaches(rule.right, below.edges)
        for rule in level
    )


def _reaches(x: float, edges: Sequence[float]) -> bool:
    return any(abs(x - edge) <= _NEAR for edge in edges)


def _read_cells(group: Sequence[_Band]) -> Cells | None:
    """Return the cells of bands between ruled lines, None where there is but one column."""
    edges = group[0].edges
    if len(edges) < 2:
        return None
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for band in group:
        for line in band.lines:
            columns[sum(edge < line.left + 1 for edge in edges)].append(line)
    # Outside the outermost ruled lines there is a column only where there are words.
    first, last = 0 if columns[0] else 1, len(columns) if columns[-1] else len(columns) - 1
    kept = columns[first:last]
    if sum(map(bool, kept)) <= 1:
        return None
    ends = [*edges, max(line.right for band in group for line in band.lines)]
    padding = min(
        column[0].left - edges[at - 1] for at, column in enumerate(columns) if column and at > 0
    )
    margins = [end - max(0.0, padding) for end in ends[first:last]]
    return Cells(tuple(map(tuple, kept)), tuple(margins))
