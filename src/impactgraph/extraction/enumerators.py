"""Numbers and letters in brackets that count off what follows: "(1) to advise, (2) to train"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from impactgraph.documents import PlainText
from impactgraph.extraction.marks import Mark, MarkForm

__all__ = ["leave_out_enumerators"]

_LEAD_IN = re.compile(
    r"[:;,—–-]$|(?<![A-Za-z])(?:and|or|&|to|of|by|are|is|were|was|include|included|including|that"
    r"|namely|both|either|evidenced|identified|uncovered|showed|has|have|has been|the|with)$"
)
_LEAST_RUN = 3


def leave_out_enumerators(plain: PlainText, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks without those that only count off what follows them.

    A lone number or letter in brackets, with words right after it, counts where it begins a block
    or stands after a colon, a comma or a word like "including"; so do those that go on from it, and
    three or more that count from the first.
    """
    kept = []
    for _, group in groupby(marks, key=lambda mark: plain.block_at(mark.span.start).span.start):
        in_block = list(group)
        left_out = _find_enumerators(plain, in_block)
        kept += [mark for mark in in_block if mark.span.start not in left_out]
    return tuple(kept)


def _find_enumerators(plain: PlainText, marks: list[Mark]) -> set[int]:
    found: set[int] = set()
    runs: dict[str, list[tuple[int, Mark]]] = {}
    for mark in marks:
        if not _opens(plain, mark):
            continue
        use = mark.parsed.labels[0]
        run = runs.setdefault(use.scheme, [])
        if run and run[-1][0] + 1 != use.ordinal:
            run.clear()
        leads = _leads_in(plain, mark)
        if leads or (run and run[-1][1].span.start in found):
            found.add(mark.span.start)
        if run or use.ordinal == 1:
            run.append((use.ordinal, mark))
        if len(run) >= _LEAST_RUN:
            found.update(each.span.start for _, each in run)
    return found


def _opens(plain: PlainText, mark: Mark) -> bool:
    """Return whether a mark is a lone number or letter with words right after it."""
    if mark.form not in (MarkForm.ROUND, MarkForm.SQUARE) or len(mark.parsed.labels) != 1:
        return False
    if not mark.parsed.labels[0].weak or mark.word:
        return False
    after = plain.text[mark.span.end : mark.span.end + 2]
    return len(after) == 2 and after[0] == " " and (after[1].isalnum() or after[1] in "‘“'\"")


def _leads_in(plain: PlainText, mark: Mark) -> bool:
    block = plain.block_at(mark.span.start)
    start = max(block.span.start, mark.span.start - 20)
    before = plain.text[start : mark.span.start].rstrip()
    if not before and start == block.span.start:
        return mark.form is MarkForm.ROUND or not plain.text[mark.span.end + 1].islower()
    return mark.form is MarkForm.ROUND and _LEAD_IN.search(before) is not None
