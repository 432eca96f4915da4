"""The blocks of a case study's text: headings, paragraphs, list items and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.documents.labels import LABEL

__all__ = ["BlockKind", "Lines", "is_hard_wrapped", "split_blocks"]

_BLANK = re.compile(
    r"(?:[\s\xa0\u200b-\u200f\ufeff]|&nbsp;|&#160;|</?(?:p|div|br)\b[^<>]{0,200}>)*"
)
_PAGE_LINE = re.compile(
    r"[\s\f]*(?:impact case study \(REF ?3[ab]?\)|page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?)\s*",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:[.;:?!][)\]”’\"']?|(?:https?:|www\.|doi)\S{1,40}|\d/\S{1,40})\s*$")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t\xa0]+(?=\S)")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:[-_*=][ \t]*){3,}|\|?[ \t]*:?-{2,}:?[ \t|:-]*)")
_ROW = re.compile(r"[ \t]*\|")
_MARKER = re.compile(
    r"[ \t>]{0,24}(?:<(?:p|li)>\s{0,3})?"
    r"((?:[-+*•●▪■◦‣⁃·–—o➢✓]|\\?[-+*])(?=[ \t\xa0])"
    r"|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\\?[.)](?=[ \t\xa0]))[ \t\xa0]+(?=\S)"
)
_TAIL = 40
_WRAPPED_WIDTH = range(40, 125)
_WRAPPED_SHARE = 0.45


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one block in the source, without what marks the block.

    `start` to `end` are the words; `marker` is what a list item has before them ("-", "1.", "a)"),
    `level` a heading's depth (1 to 6) or how many spaces indent an item.
    """

    kind: BlockKind
    start: int
    end: int
    marker: str = ""
    level: int = 0


def is_hard_wrapped(text: str) -> bool:
    """Return whether a text's paragraphs seem broken into lines of a page's width."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    if len(lengths) < 20 or max(lengths) > _WRAPPED_WIDTH.stop:
        return False
    return sum(length in _WRAPPED_WIDTH for length in lengths) > _WRAPPED_SHARE * len(lengths)


def split_blocks(text: str, start: int, end: int, *, wrapped: bool) -> Iterator[Lines]:
    """Yield the blocks of text[start:end], in order.

    A line is a block of its own, but where paragraphs are hard-wrapped: there a block ends at an
    empty line, a heading, a list item, a row, or a closed line that one with a label follows. What
    stands at the head or foot of a printed page is no block.
    """
    pending: Lines | None = None
    position = start
    for line in text[start:end].split("\n"):
        line_end = position + len(line)
        if (
            _PAGE_LINE.fullmatch(line)
            or _BLANK.fullmatch(line)
            or (_RULE.fullmatch(line) and not _ROW.match(line))
        ):
            if pending:
                yield pending
            pending = None
        elif not (_ROW.match(line) and _RULE.fullmatch(line)):
            found = _read_line(text, position, line_end)
            goes_on = found.kind is BlockKind.PARAGRAPH and not (
                LABEL.match(line.lstrip())
                and _CLOSED.search(text[max(0, position - 40) : position])
            )
            if pending and wrapped and goes_on:
                pending = Lines(
                    pending.kind, pending.start, line_end, pending.marker, pending.level
                )
            else:
                if pending:
                    yield pending
                pending = found
                if not wrapped or found.kind in (BlockKind.HEADING, BlockKind.ROW):
                    yield found
                    pending = None
        position = line_end + 1
    if pending:
        yield pending


def _read_line(text: str, start: int, end: int) -> Lines:
    end = start + len(text[start:end].rstrip())
    if heading := _HEADING.match(text, start, end):
        return Lines(BlockKind.HEADING, heading.end(), end, level=len(heading[1]))
    if _ROW.match(text, start, end):
        return Lines(BlockKind.ROW, start, end)
    if marker := _MARKER.match(text, start, end):
        indent = marker.start(1) - start
        return Lines(BlockKind.ITEM, marker.end(), end, marker[1].replace("\\", ""), level=indent)
    return Lines(BlockKind.PARAGRAPH, start, end)
