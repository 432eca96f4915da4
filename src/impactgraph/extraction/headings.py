"""The headings of a section, and the parts that they divide it into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from impactgraph.documents import Block, BlockKind, PlainText, Span, StyleKind
from impactgraph.extraction.heading_forms import (
    BRACKETED,
    CAPTION,
    FINITE,
    LEADS_ON,
    LONGEST_PLAIN,
    NUMBER,
    QUOTES,
    Heading,
    HeadingKind,
    is_quoted,
    own_line_heading,
)
from impactgraph.extraction.lead_headings import read_alike, read_lead

__all__ = ["Part", "is_template_title", "read_parts"]

_LONGEST = 250
_LONGEST_NUMBERED = 220
_BOLD, _ITALIC = 0.85, 0.9
_SLIGHT = (StyleKind.ITALIC, StyleKind.UNDERLINE)
_BELOW = 1.5
_LEAST_BESIDE = 3
_SHORTEST_WORD = 4
_TERMINAL = ".!?…”’\"'])"
_WORD = re.compile(r"[A-Za-z]{3}")
_GOES_ON = re.compile(r"(?:And|But|Or|It|This|These|He|She|They|We|In particular)\b")
_TEMPLATE_TITLE = re.compile(
    r"\W{0,9}(?:[1-5]\W{1,5})?(?:summary of the impact|underpinning research|"
    r"references to the research|details of the impact|sources to corroborate the impact)\b"
    r"\W{0,5}(?:indicative.{0,80})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, if any, and the blocks under it, up to the next heading.

    `body` begins after a run-in heading; it is None where another heading follows at once.
    """

    heading: Heading | None
    body: Span | None
    blocks: tuple[Block, ...]

    def stretches(self) -> tuple[Span, ...]:
        """Return the words of each block, in order, without a run-in heading."""
        first = self.body.start if self.body else 0
        spans = (Span(max(first, block.span.start), block.span.end) for block in self.blocks)
        return tuple(span for span in spans if span.start < span.end)


def read_parts(plain: PlainText, section: str) -> tuple[Part, ...]:
    """Return the parts of a section, in order; the first has no heading if text stands before it.

    Every block of the section is in one part; the block of a heading on a line of its own, and
    the template's titles, which some repeat inside a section, are in none.

    Args:
        plain: the document as it reads.
        section: the section's kind, such as "4".
    """
    blocks = tuple(
        block
        for block in plain.blocks_of(section)
        if not is_template_title(plain.words(block.span))
    )
    headings: dict[Block, Heading] = {}
    for place, block in enumerate(blocks):
        before = headings.get(blocks[place - 1]) if place else None
        if found := _read_heading(plain, blocks, place, before):
            headings[block] = found
    headings |= read_alike(plain, blocks, headings)
    parts: list[Part] = []
    heading: Heading | None = None
    under: list[Block] = []
    for block in blocks:
        if block in headings:
            if heading or under:
                parts.append(_make_part(heading, under))
            heading, under = headings[block], []
            if heading.kind is HeadingKind.OWN_LINE:
                continue
        under.append(block)
    if heading or under:
        parts.append(_make_part(heading, under))
    return tuple(parts)


def _make_part(heading: Heading | None, blocks: list[Block]) -> Part:
    if not blocks:
        return Part(heading, None, ())
    run_in = heading and heading.kind is HeadingKind.RUN_IN
    start = heading.body if heading and run_in else blocks[0].span.start
    return Part(heading, Span(start, blocks[-1].span.end), tuple(blocks))


def is_template_title(words: str) -> bool:
    """Return whether a block is the template's title of a section, as some repeat it inside."""
    return _TEMPLATE_TITLE.fullmatch(words) is not None


def _read_heading(
    plain: PlainText, blocks: Sequence[Block], place: int, before: Heading | None
) -> Heading | None:
    block = blocks[place]
    words = plain.words(block.span)
    if block.kind is BlockKind.ROW or CAPTION.match(words):
        return None
    if block.kind is not BlockKind.HEADING and is_quoted(words):
        return None
    # A mark alone, or a bullet, heads nothing.
    if not _WORD.search(BRACKETED.sub("", words[:_LONGEST])):
        return None
    if len(words) > _LONGEST:
        return read_lead(plain, block)
    if block.kind is BlockKind.HEADING:
        return own_line_heading(plain, block, f"h{block.level}")
    if _is_set_as_heading(plain, blocks, place):
        return read_lead(plain, block, _LEAST_BESIDE) or own_line_heading(plain, block, "bold")
    if _is_plain_heading(plain, blocks, place, before):
        return own_line_heading(plain, block, "plain")
    return read_lead(plain, block)


def _is_set_as_heading(plain: PlainText, blocks: Sequence[Block], place: int) -> bool:
    """Return whether a short block is set in bold, italics or underlined as a heading is."""
    block = blocks[place]
    words = plain.words(block.span)
    if words.count(". ") > 1 or LEADS_ON.search(words):
        return False
    if plain.share(block.span, StyleKind.BOLD) >= _BOLD:
        return True
    numbered = bool(NUMBER.match(words))
    return (
        len(words) <= (_LONGEST_NUMBERED if numbered else LONGEST_PLAIN)
        and any(plain.share(block.span, kind) >= _ITALIC for kind in _SLIGHT)
        and (numbered or words[-1] not in ".”’\"'")
        and not (place and plain.words(blocks[place - 1].span).endswith(":"))
    )


def _is_plain_heading(
    plain: PlainText, blocks: Sequence[Block], place: int, before: Heading | None
) -> bool:
    """Return whether an unstyled short line stands as a heading over a paragraph."""
    block = blocks[place]
    words = plain.words(block.span)
    is_item = block.kind is BlockKind.ITEM
    if len(words) > (_LONGEST_NUMBERED if is_item else LONGEST_PLAIN) or place + 1 == len(blocks):
        return False
    after = blocks[place + 1]
    below = plain.words(after.span)
    if words[-1] in ".;,!?…-–" or below[0] in QUOTES or below[0].islower():
        return False
    if _GOES_ON.match(words):
        return False
    if is_item and (after.kind is BlockKind.ITEM or block.marker[-1] not in ".)"):
        return False
    number = NUMBER.match(words)
    first = words[number.end() :] if number else words
    if number and not first:
        return number["label"][0].isalpha() and len(number["label"]) > _SHORTEST_WORD
    if not (first[0].isupper() or first[0] in QUOTES) or LEADS_ON.search(words):
        return False
    if words[-1] == ":" and FINITE.search(words):
        return False
    follows = before is not None and before.kind is HeadingKind.OWN_LINE
    if place and not follows and not _may_follow(plain.words(blocks[place - 1].span), block, words):
        return False
    return len(below) >= _BELOW * len(words)


def _may_follow(before: str, block: Block, words: str) -> bool:
    """Return whether a line may be a heading after the words that stand before it."""
    numbered = block.kind is BlockKind.ITEM or bool(NUMBER.match(words))
    if before[-1] == ":":
        return numbered
    # Under a quotation stands who said it.
    named = "," in words or BRACKETED.search(words)
    return before[-1] in _TERMINAL and (numbered or before[-1] not in "”’\"'" or not named)
