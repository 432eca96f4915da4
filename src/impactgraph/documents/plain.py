"""What a reader sees of a document, each character with its place in the document's text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from impactgraph.documents.blocks import BlockKind, is_hard_wrapped, split_blocks
from impactgraph.documents.document import Document
from impactgraph.documents.inline import Inline, Style, StyleKind, scan_inline
from impactgraph.documents.sections import is_section_title, start_below

__all__ = ["Block", "PlainText", "Span", "read_plain_text"]

_SHORTEST_BROKEN = 60
_LONGEST_WORD = 30
"""What is shorter and has no stop is rather a heading than a sentence broken off."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of plain text: its positions, the end excluded."""

    start: int
    end: int

    def __len__(self) -> int:
        """Return how many characters the stretch has."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Return whether the other stretch lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or row of a table in plain text, without its marker.

    `marker` is what a list item has before its words ("-", "1.", "a)"; every item of an export's
    lists may have "1."), `level` a heading's depth or an item's indentation in spaces; `section`
    is the kind of the section that it stands in ("A", "1" to "5").
    """

    kind: BlockKind
    span: Span
    section: str
    marker: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class PlainText:
    """A document as it reads: no mark-up, escapes or addresses behind words.

    `text` has the blocks in order, one a line; the headings of the five sections are left out.
    Positions in `text` are turned into the document's by `place`.
    """

    document: Document
    text: str
    blocks: tuple[Block, ...]
    styles: tuple[Style, ...]
    sections: dict[str, Span]
    _starts: memoryview = field(repr=False)
    _ends: memoryview = field(repr=False)
    _style_starts: tuple[int, ...] = field(repr=False)
    _block_starts: tuple[int, ...] = field(repr=False)
    _blocks_of: dict[str, tuple[Block, ...]] = field(repr=False)

    def words(self, span: Span) -> str:
        """Return the characters of a stretch."""
        return self.text[span.start : span.end]

    def place(self, span: Span) -> tuple[int, int]:
        """Return where a stretch stands in the document's text: start, end.

        An empty one stands before its character, the last of all behind the text's last.
        """
        if span.start < span.end:
            return self._starts[span.start], self._ends[span.end - 1]
        here = self._starts[span.start] if span.start < len(self.text) else len(self.document.text)
        return here, here

    def find(self, start: int, end: int) -> Span:
        """Return the stretch that stands between two places of the document's text.

        It is empty where a reader sees nothing of what stands there.
        """
        first = bisect_right(self._ends, start)
        return Span(first, max(first, bisect_left(self._starts, end)))

    def blocks_of(self, section: str) -> tuple[Block, ...]:
        """Return the blocks of a section ("A", "1" to "5")."""
        return self._blocks_of.get(section, ())

    def block_at(self, position: int) -> Block:
        """Return the block in which a position lies, or the one before it."""
        after = bisect_right(self.blocks, position, key=lambda block: block.span.start)
        return self.blocks[max(0, after - 1)]

    def styles_in(self, span: Span, kind: StyleKind) -> Iterator[Style]:
        """Yield the stretches of one style that overlap a stretch, in order."""
        # A style never reaches beyond its block, so the search starts at the block's first.
        first = bisect_left(self._style_starts, self.text.rfind("\n", 0, span.start) + 1)
        for at in range(first, len(self.styles)):
            style = self.styles[at]
            if style.start >= span.end:
                return
            if style.kind is kind and style.end > span.start:
                yield style

    def share(self, span: Span, kind: StyleKind) -> float:
        """Return which share of a stretch's letters and digits is set in a style, 0 to 1."""
        total = sum(map(str.isalnum, self.words(span)))
        shared = (
            self.text[max(style.start, span.start) : min(style.end, span.end)]
            for style in self.styles_in(span, kind)
        )
        inside = sum(sum(map(str.isalnum, words)) for words in shared)
        return min(inside / total, 1.0) if total else 0.0

    def addresses(self, span: Span) -> tuple[str, ...]:
        """Return where the links of a stretch lead, each once, in order."""
        found = (style.address for style in self.styles_in(span, StyleKind.LINK))
        return tuple(dict.fromkeys(address for address in found if address))


def _goes_on(characters: Sequence[str], before: Block, block: Block) -> bool:
    """Return whether a paragraph goes on with a sentence that a page's end broke off before it."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and before.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        and before.section == block.section
        and len(before.span) >= _SHORTEST_BROKEN
        and characters[block.span.start].islower()
        and _begins_with_word(characters, block.span)
        and (characters[before.span.end - 1].isalnum() or characters[before.span.end - 1] == ",")
    )


def _begins_with_word(characters: Sequence[str], span: Span) -> bool:
    """Return whether a stretch begins with a word rather than a label ("b.", "ii)") or address."""
    opening = "".join(characters[span.start : min(span.end, span.start + _LONGEST_WORD)])
    return opening.split(" ", 1)[0].rstrip(",").isalpha()


def read_plain_text(document: Document) -> PlainText:
    """Return what a reader sees of a document.

    The title of a section that the text repeats inside it is left out, as is its own heading. A
    sentence that the end of a page broke into two paragraphs is one again.
    """
    source = document.text
    wrapped = is_hard_wrapped(source)
    inline = Inline()
    blocks: list[Block] = []
    sections: dict[str, Span] = {}
    for section in document.sections:
        begin = len(inline)
        start = start_below(source, section)
        for lines in split_blocks(source, start, section.end, wrapped=wrapped):
            if section.heading and is_section_title(source[lines.start : lines.end], section.kind):
                continue
            first = len(inline)
            scan_inline(source, lines.start, lines.end, inline)
            inline.trim(first)
            if len(inline) == first:
                continue
            block = Block(
                lines.kind, Span(first, len(inline)), section.kind, lines.marker, lines.level
            )
            if blocks and _goes_on(inline.characters, blocks[-1], block):
                inline.characters[first - 1] = " "
                whole = Span(blocks[-1].span.start, len(inline))
                blocks[-1] = replace(blocks[-1], span=whole)
            else:
                blocks.append(block)
            inline.add("\n", lines.end, lines.end + 1)
        sections[section.kind] = Span(begin, len(inline))
    styles = sorted(inline.styles, key=lambda style: (style.start, -style.end))
    return PlainText(
        document=document,
        text="".join(inline.characters),
        blocks=tuple(blocks),
        styles=tuple(styles),
        sections=sections,
        _starts=memoryview(inline.starts),
        _ends=memoryview(inline.ends),
        _style_starts=tuple(style.start for style in styles),
        _block_starts=tuple(block.span.start for block in blocks),
        _blocks_of={
            kind: tuple(members)
            for kind, members in groupby(blocks, key=lambda block: block.section)
        },
    )
