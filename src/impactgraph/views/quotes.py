"""Quotations as a reader wants them: without mark-up, and in one pair of quotation marks.

Only what is shown changes. An anchor keeps the document's own characters and their positions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

__all__ = ["Passage", "Quoted", "put_in_quotes", "strip_markup"]

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_STARS = re.compile(r"(?<!\\)(?:(?<=\S)\*+(?!\d)|(?<!\d)\*+(?=\S))")
_UNDERSCORES = re.compile(r"(?<![\w\\])_+(?=\S)|(?<=\S)(?<!\\)_+(?!\w)")
_ESCAPED = re.compile(r"\\([*_#\[\]`])")
_OPENING = re.compile(r'(?:^|[\s(\[])["“](?=\S)[^"“”]*$')
"""A quotation that opens and does not close."""
_MARKS = '"“”'


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place in the document and a few of its words; positions count Unicode code points."""

    exact: str
    section: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words without mark-up, in quotation marks."""
        return put_in_quotes(self.exact)

    @property
    def place(self) -> str:
        """Where the passage stands, in words."""
        return "the header" if self.section == "A" else f"section {self.section}"

    @property
    def characters(self) -> str:
        """Where the passage stands, to the character."""
        return f"characters {self.start}–{self.end} of the document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What somebody said, and who."""

    words: str
    speaker: str | None = None

    @property
    def quote(self) -> str:
        """The words without mark-up, in quotation marks."""
        return put_in_quotes(self.words)


def strip_markup(text: str) -> str:
    """Return the words of a quotation without Markdown and HTML, closed or not.

    >>> strip_markup("There are many **challenges with <i>coproduction</i>")
    'There are many challenges with coproduction'
    >>> strip_markup("2 * 3, 2*3 and snake_case [A]")
    '2 * 3, 2*3 and snake_case [A]'
    """
    words = _LINK.sub(r"\1", _TAG.sub("", text))
    words = _UNDERSCORES.sub("", _STARS.sub("", _HEADING.sub("", words))).replace("`", "")
    words = unescape(_ESCAPED.sub(r"\1", words))
    return " ".join(words.split()) or text


def put_in_quotes(text: str) -> str:
    """Return the words without mark-up in one pair of quotation marks.

    Quotation marks of their own become single ones inside it; one that a cut through the middle of
    a quotation leaves without a partner gets it back where the cut is.

    >>> put_in_quotes('"a key driver" of **change**'), put_in_quotes('a commitment"** [B]')
    ('“‘a key driver’ of change”', '“‘a commitment’ [B]”')
    """
    words = strip_markup(text)
    if _count(words) % 2:
        words = f'{words}"' if _OPENING.search(words) else f'"{words}'
    if words[:1] in _MARKS and words[-1:] in _MARKS and _count(words) == 2:
        words = words[1:-1]
    opens = True
    inside = []
    for character in words:
        if character in _MARKS:
            inside.append("‘" if opens else "’")
            opens = not opens
        else:
            inside.append(character)
    return f"“{''.join(inside)}”"


def _count(words: str) -> int:
    return sum(character in _MARKS for character in words)
