"""Lines of a PDF file as paragraphs of styled words, words that lines broke made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from impactgraph.documents.markup import Paragraph, Run
from impactgraph.documents.pdf.lines import Line
from impactgraph.documents.pdf.pages import Word

__all__ = ["Vocabulary", "make_paragraph", "read_vocabulary"]

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BROKEN = re.compile(r"(?<![-\w])([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+")
_SUSPENDED = re.compile(r"and|or|to")
_TIGHT = re.compile(r"\w[-–—/\u2010\u2011]$")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/|\b10\.\d{4,9}/)\S*$", re.IGNORECASE)
_ADDRESS_END = re.compile(r"[/\-_=?&%#]$")
_ADDRESS_SIGNS = frozenset("/_=%&?0123456789")
_RAISED = 0.12
_LOWERED = 0.05
_SMALL = 0.85
_LARGE = 1.08
_LONGEST_HEADING = 200
_LONGEST_TOKEN = 2_000
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document that no line's end breaks, and whether its lines hyphenate words."""

    words: Counter[str]
    hyphenates: bool

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Return whether two parts that a line's end parts are a word with a hyphen between."""
        before, after = before.casefold(), after.casefold()
        plain, hyphened = self.words[before + after], self.words[f"{before}-{after}"]
        if plain or hyphened:
            return hyphened >= plain
        return not self.hyphenates


def read_vocabulary(lines: Sequence[Line]) -> Vocabulary:
    """Return the words of a document's lines."""
    words: Counter[str] = Counter()
    for line in lines:
        # The first and the last may be parts of words.
        for token in _TOKEN.findall(line.text.casefold())[1:-1]:
            parts = token.split("-")
            words.update((token, *parts, *map("-".join, pairwise(parts))))
    found = Vocabulary(words, hyphenates=False)
    broken = [
        (match[1].casefold(), after[0].casefold())
        for before, line in pairwise(lines)
        if (match := _BROKEN.search(before.text)) and (after := _WORD.match(line.text))
    ]
    plain = sum(words[before + after] > 0 for before, after in broken)
    hyphened = sum(words[f"{before}-{after}"] > 0 for before, after in broken)
    return replace(found, hyphenates=plain > hyphened)


def make_paragraph(lines: Sequence[Line], body: float, vocabulary: Vocabulary) -> Paragraph:
    """Return lines that belong together as a paragraph.

    Args:
        lines: the paragraph's lines.
        body: the size in points that running text has.
        vocabulary: the document's words.
    """
    runs: list[Run] = []
    for at, line in enumerate(lines):
        if at:
            _join_line(runs, lines[at - 1], line, vocabulary)
        for place, word in enumerate(line.words):
            if place and _is_spaced(line.words[place - 1], word):
                runs.append(Run(" "))
            runs.append(_make_run(word, line))
    length = sum(len(run.text) for run in runs)
    large = length <= _LONGEST_HEADING and all(line.size > _LARGE * body for line in lines)
    return Paragraph(tuple(runs), heading=large, indent=lines[0].left)


def _make_run(word: Word, line: Line) -> Run:
    small = word.size < _SMALL * line.size
    rise = (word.base - line.base) / line.size
    return Run(
        word.text,
        bold=word.bold,
        italic=word.italic,
        superscript=small and rise > _RAISED,
        subscript=small and rise < -_LOWERED,
        address=word.address,
    )


def _is_spaced(before: Word, word: Word) -> bool:
    return word.spaced or word.left - before.right > 0.3 * max(before.size, word.size)


def _join_line(runs: list[Run], before: Line, line: Line, vocabulary: Vocabulary) -> None:
    """Put a space between two lines, or nothing; take a hyphen away that only a line's end put."""
    last, first = before.words[-1], line.words[0]
    token = _token_at_end(runs)
    if last.address:
        together = (token + first.text).casefold().rstrip(".,;)")
        if last.address == first.address and together in last.address.casefold():
            return
    elif _ADDRESS.search(token):
        more = not _ADDRESS_SIGNS.isdisjoint(first.text)
        goes_on = _ADDRESS_END.search(token) and first.text[:1].islower()
        if more or goes_on:
            return
    elif last.text.endswith("\xad"):
        runs[-1] = _without_last(runs[-1])
        return
    elif _TIGHT.search(token) and not _SUSPENDED.fullmatch(first.text):
        broken, after = _BROKEN.search(token), _WORD.match(first.text)
        parts = broken and after and first.text[:1].islower() and (broken[1], after[0])
        if parts and not vocabulary.keeps_hyphen(*parts):
            runs[-1] = _without_last(runs[-1])
        return
    runs.append(Run(" "))


def _token_at_end(runs: Sequence[Run]) -> str:
    """Return the characters after the last space."""
    parts: list[str] = []
    for run in reversed(runs[-_MOST_PARTS:]):
        if run.text == " ":
            break
        parts.append(run.text)
    return "".join(reversed(parts))[-_LONGEST_TOKEN:]


def _without_last(run: Run) -> Run:
    return Run(run.text[:-1], run.bold, run.italic, run.superscript, run.subscript, run.address)
