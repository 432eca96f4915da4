"""Paragraphs of a text whose lines were broken at the width of a page."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from impactgraph.documents.characters import clean_characters
from impactgraph.documents.markdown import escape_text

__all__ = ["resolve_entities", "unwrap_text"]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LABEL = re.compile(
    r"(?:\[?[A-Za-z]{0,2}[0-9]{1,2}(?:\.[0-9]{1,2})?[\])]?[.:)]?|\(?[a-zA-Z]\)|\(?[ivx]{1,4}\)"
    r"|[-•●▪■◦‣⁃·–—➢✓*])\s+\S"
)
_CLOSED = re.compile(r"[.;:?!][)\]”’\"']?$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_DIVIDED = re.compile(r"\w-")
_HANGING = re.compile(r"(?:and|or|to|und)\b")
_WIDEST_PAGE = 110
_NEARLY_FULL = 0.8
_HALF_FULL = 0.55


def unwrap_text(text: str) -> str:
    r"""Return a text's paragraphs, each in one line, set apart by empty lines.

    A line ends its paragraph where the next is empty, is set further to the left than those that
    follow on, begins with a list's label, or could have begun in it: the line was not broken for
    want of room.

    Args:
        text: plain text, in which some characters may stand as entities.

    >>> unwrap_text("    We studied cracks in peer-\n      reviewed work &#38; more.\n    1. Steel")
    'We studied cracks in peer-reviewed work & more.\n\n1. Steel'
    """
    text = clean_characters(resolve_entities(text).expandtabs(4))
    lines = [line.rstrip() for line in text.split("\n")]
    # Where a hyphen was mended, two lines are one.
    width = max((len(line) for line in lines if len(line) <= _WIDEST_PAGE), default=0)
    margin = min((_indent_of(line) for line in lines if line and _indent_of(line)), default=0)
    paragraphs: list[list[str]] = []
    for before, line in pairwise(["", *lines]):
        words = escape_text(" ".join(line.split()))
        if not words:
            continue
        if not before or not paragraphs or _begins(before, line, width=width, margin=margin):
            paragraphs.append([words])
        else:
            paragraphs[-1].append(_gap_between(paragraphs[-1][-1], words) + words)
    return "\n\n".join(map("".join, paragraphs))


def resolve_entities(text: str) -> str:
    """Return a text with the characters that its entities stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _begins(before: str, line: str, *, width: int, margin: int) -> bool:
    """Return whether a line that follows another begins a paragraph."""
    indent = _indent_of(line)
    if margin:
        return indent <= margin
    closed = bool(_CLOSED.search(before) or _ADDRESS.search(before))
    if closed and _LABEL.match(line):
        return True
    # Letters differ in width, so that a line with room for a short word may yet be full.
    filled = len(before) + 1 + len(line.split(maxsplit=1)[0])
    return filled < width * (_NEARLY_FULL if closed else _HALF_FULL)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def _gap_between(before: str, words: str) -> str:
    """Return what stands between two lines: nothing behind the hyphen of a divided word."""
    return "" if _DIVIDED.fullmatch(before[-2:]) and not _HANGING.match(words) else " "
