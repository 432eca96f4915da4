"""What a heading looks like: its number, its style, and what no heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.documents import Block, PlainText, Span

__all__ = [
    "BRACKETED",
    "CAPTION",
    "FINITE",
    "LEADS_ON",
    "LONGEST_PLAIN",
    "NUMBER",
    "QUOTES",
    "Heading",
    "HeadingKind",
    "is_quoted",
    "own_line_heading",
    "run_in_heading",
]

LONGEST_PLAIN = 140
QUOTES = "“‘\"'«"
NUMBER = re.compile(
    r"(?P<label>"
    r"(?:impact|strand|theme|area|pathway|part|section|case(?:\s+study)?|example|finding|phase)"
    r"(?:\s+\(?|\s*\()?(?:\d{1,2}(?:\.\d{1,2})?|(?<=[\s(])(?:(?-i:[A-Z])|[ivx]{1,4}))\)?(?![\w])"
    r"|[\[(]?(?:\d{1,2}(?:\.\d{1,2}){0,2}(?:\.?[a-h])?|[A-Za-z]|[ivxIVX]{1,4})[.)\]](?=\s)"
    r"|\d{1,2}\.(?:\d{1,2}|[a-h])(?=\s)"
    r")\s*[.:)–—-]?\s*",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:figure|fig|table|image|photo(?:graph)?|picture|caption|chart|graph|box|source|map|"
    r"left|right|above|below|note)s?\b\s*\.?\s*(?:\d|[A-Z]\b|:|–|-|\()",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"[\[(](?!text removed|redacted)[^\[\]()]{0,300}[\])]", re.IGNORECASE)

LEADS_ON = re.compile(
    r"\b(?:said|says|states?|stated|confirm(?:s|ed)?|comment(?:s|ed)?|not(?:es|ed)|writes|wrote|"
    r"explain(?:s|ed)?|add(?:s|ed)|report(?:s|ed)|describ(?:es|ed)|testif(?:ies|ied)|"
    r"remark(?:s|ed)|observ(?:es|ed)|reflect(?:s|ed)|conclud(?:es|ed)|acknowledg(?:es|ed)|"
    r"recall(?:s|ed)|following|include[sd]?|including|below|as follows|such as|these are|"
    r"were|was|are|is|has|have|had|led to|quote|according to|that|the|of|and|or|to|a|an|in|by|"
    r"for|with|as|from|on)\s?:?\s?\Z",
    re.IGNORECASE,
)
"""The end of a line that announces the next one, or that the next one goes on with."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|said|says|stated|states|"
    r"confirmed|noted|led|made|found|showed|enabled|became)\b"
)
"""Verbs that a phrase has not, but a sentence."""

_CLOSING = re.compile(r"[”’\"'»](?!\w)")
_MOSTLY = 0.6
_SHORT_LABEL = 4


class HeadingKind(StrEnum):
    """Where a heading stands: on a line of its own, or at the start of its paragraph."""

    OWN_LINE = "own line"
    RUN_IN = "run-in"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words without their number, where the text below it begins, its number.

    `style` is how it is set; `series` is equal for headings that are numbered alike.
    """

    span: Span
    body: int
    kind: HeadingKind
    label: str | None
    style: str
    series: str


def own_line_heading(plain: PlainText, block: Block, style: str) -> Heading:
    """Return the heading that is a whole block."""
    words = plain.words(block.span)
    label, start = _read_number(words, block.marker)
    end = len(words.rstrip(" :"))
    span = Span(block.span.start + (start if start < end else 0), block.span.start + end)
    return Heading(span, block.span.end, HeadingKind.OWN_LINE, label, style, _read_series(label))


def run_in_heading(plain: PlainText, block: Block, span: Span, style: str) -> Heading:
    """Return the heading at the start of a block, up to where its words end."""
    label, _ = _read_number(plain.words(block.span), block.marker)
    body = span.end
    while body < block.span.end and plain.text[body] in " :.–—-":
        body += 1
    words = plain.words(span).rstrip(" :.–—")
    span = Span(span.start, span.start + len(words))
    return Heading(span, body, HeadingKind.RUN_IN, label, style, _read_series(label))


def is_quoted(words: str) -> bool:
    """Return whether a block is a quotation; a heading may begin with a quoted word."""
    if words[0] not in QUOTES:
        return False
    closing = _CLOSING.search(words, 1)
    return not closing or closing.end() > _MOSTLY * len(words)


def _read_number(words: str, marker: str) -> tuple[str | None, int]:
    """Return a heading's number, and where the words after it begin."""
    match = NUMBER.match(words)
    if match:
        return match["label"].strip("[]().: "), match.end()
    if marker and marker[-1] in ".)":
        return marker.strip("()."), 0
    return None, 0


def _read_series(label: str | None) -> str:
    """Return the kind of a number: figures, letters or words, and how deep it is."""
    if not label:
        return ""
    kind = re.sub(r"\d+", "1", label.lower())
    if len(kind) <= _SHORT_LABEL and kind.isalpha():
        return "a"
    return re.sub(r"\s+\(?[a-z]\b", " a", kind)
