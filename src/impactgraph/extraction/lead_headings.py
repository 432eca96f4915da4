"""Headings that run into their paragraph, and those that only their company shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from impactgraph.documents import Block, BlockKind, PlainText, Span, StyleKind
from impactgraph.extraction.heading_forms import (
    CAPTION,
    FINITE,
    LEADS_ON,
    LONGEST_PLAIN,
    NUMBER,
    QUOTES,
    Heading,
    is_quoted,
    own_line_heading,
    run_in_heading,
)

__all__ = ["LEAST_BODY", "read_alike", "read_lead"]

LEAST_BODY = 60
"""How many characters stand at least below a heading that runs into its paragraph."""

_SHORTEST, _LONGEST = 3, 220
_LEAST_BODY_ALIKE = 150
_COLON_LEAD = re.compile(
    r"(?!(?:As|In|On|At|By|For|From|Following|After|Since|This|These|It|We)\b)"
    r"(?P<lead>[A-Z“‘(][^.:;!?\[\]\n]{2,70}?)(?:\s?:\s(?=[\w“‘(£$€])|\s[–—-]\s(?=[A-Z]))"
)
_GLUED_LEAD = re.compile(
    r"(?P<lead>[A-Z][\w,’'&/-]{0,40}(?:[ ][\w,’'&/()-]{1,40}){1,14}?(?<=[a-z]{3}))"
    r"(?=[A-Z][\w’'-]{0,40}\s)"
)
_NUMBERED_LEAD = re.compile(r"[A-Z][^.:;!?\n]{2,110}:(?=\s)|[A-Z][^.:;!?,\n]{2,90}\.(?=\s+[A-Z])")
_GAP = re.compile(
    r"[ :.–-]{0,3}|[ \[(]{0,3}[A-Z]{0,3}\d{0,2}(?:[.,;–-] ?[A-Z]{0,3}\d{1,2}){0,4}[\])]?"
)
_OPEN_BRACKET = re.compile(r"[\[(][^\[\]()]{0,40}\Z")
_SENTENCE = re.compile(r"(?:The|This|It|He|She|They|In|We)\b")


def read_lead(plain: PlainText, block: Block, least: int = LEAST_BODY) -> Heading | None:
    """Return the heading with which a block begins: set in a style, or numbered.

    Args:
        plain: the document as it reads.
        block: the block.
        least: how many characters must follow.
    """
    words = plain.words(block.span)
    number = NUMBER.match(words)
    first = block.span.start + (number.end() if number else 0)
    for kind in (StyleKind.BOLD, StyleKind.ITALIC, StyleKind.UNDERLINE):
        end = _end_style(plain, block, kind, first)
        if end and _is_lead(plain, block, Span(first, end), kind, least):
            return run_in_heading(plain, block, Span(first, end), kind.value)
    if number and (match := _NUMBERED_LEAD.match(plain.text, first, block.span.end)):
        lead = match[0].rstrip(":.")
        long_enough = block.span.end - match.end() >= LEAST_BODY
        if long_enough and not LEADS_ON.search(lead) and not FINITE.search(lead):
            return run_in_heading(plain, block, Span(first, match.end()), "plain")
    return None


def _end_style(plain: PlainText, block: Block, kind: StyleKind, first: int) -> int:
    """Return where the style ends that a block's words begin with; 0 where they do not."""
    end = 0
    for style in plain.styles_in(block.span, kind):
        if style.start <= first if not end else _GAP.fullmatch(plain.text, end, style.start):
            end = max(end, min(style.end, block.span.end))
        else:
            break
    if end > first and _OPEN_BRACKET.search(plain.text, first, end):
        # The bracket of a mark may close outside the style that it opened in.
        end += plain.text.startswith(("]", ")"), end, block.span.end)
    return end if end > first else 0


def _is_lead(plain: PlainText, block: Block, span: Span, kind: StyleKind, least: int) -> bool:
    """Return whether a styled beginning is a heading, not the first words of its sentence."""
    lead = plain.words(span).strip()
    after = plain.text[span.end : block.span.end].lstrip()
    if not _SHORTEST <= len(lead) <= _LONGEST or not after or not lead[0].isupper():
        return False
    if LEADS_ON.search(lead.rstrip(":")) or len(after.strip(":.–— ")) < least:
        return False
    if lead[-1] in ":.–—?" or after[0] in ":.–—" or after.startswith("- "):
        return True
    glued = kind is StyleKind.BOLD and after[0].isupper() and " " in lead
    return glued and bool(FINITE.search(after[:60])) and after[0] not in QUOTES


def read_alike(
    plain: PlainText, blocks: Sequence[Block], known: Mapping[Block, Heading]
) -> dict[Block, Heading]:
    """Return the headings that only their company shows: two or more of one form, or on impact.

    Args:
        plain: the document as it reads.
        blocks: the blocks of a section.
        known: those that are or have headings already.
    """
    found: dict[Block, Heading] = {}
    for read in (_read_colon_lead, _read_glued_lead, _read_fragment):
        alike = {
            block: heading
            for block, after in zip(blocks, [*blocks[1:], None], strict=False)
            if block not in known and (heading := read(plain, block, after))
        }
        words = [plain.words(heading.span) for heading in alike.values()]
        if len(set(words)) < len(words):
            continue
        if len(alike) > 1 or any("impact" in one for one in words):
            found = alike | found
    return found


def _read_colon_lead(plain: PlainText, block: Block, _: Block | None) -> Heading | None:
    """Read "Economic impact: the firm ..." or "Economic impact – The firm ..."."""
    words = plain.words(block.span)
    match = _COLON_LEAD.match(words)
    if not match or CAPTION.match(words) or len(words) - match.end() < _LEAST_BODY_ALIKE:
        return None
    if LEADS_ON.search(match["lead"]) or FINITE.search(match["lead"]):
        return None
    lead = Span(block.span.start, block.span.start + match.end("lead"))
    return run_in_heading(plain, block, lead, "colon")


def _read_glued_lead(plain: PlainText, block: Block, _: Block | None) -> Heading | None:
    """Read a heading whose end of line was lost: "Third sector organisationsThe manager ..."."""
    words = plain.words(block.span)
    match = _GLUED_LEAD.match(words)
    if not match or FINITE.search(match["lead"]) or len(words) - match.end() < LEAST_BODY:
        return None
    # A name such as "WildCRU" comes again.
    joined = re.split(r"[\s(]", match["lead"])[-1] + re.split(r"[\s’']", words[match.end() :])[0]
    if plain.text.count(joined) > 1:
        return None
    lead = Span(block.span.start, block.span.start + match.end("lead"))
    return run_in_heading(plain, block, lead, "glued")


def _read_fragment(plain: PlainText, block: Block, after: Block | None) -> Heading | None:
    """Read a short line with a stop but no verb: "Enhanced participation of young people."."""
    words = plain.words(block.span)
    if block.kind is not BlockKind.PARAGRAPH or not after or len(words) > LONGEST_PLAIN:
        return None
    if words[-1] != "." or words.count(". ") or not words[0].isupper() or is_quoted(words):
        return None
    if FINITE.search(words) or _SENTENCE.match(words) or CAPTION.match(words):
        return None
    return own_line_heading(plain, block, "fragment") if len(after.span) > 2 * len(words) else None
