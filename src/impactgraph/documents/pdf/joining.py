"""Joining the lines of a page into paragraphs: where a line ends because it was full.

A line breaks by itself only where the next word found no room. So a line that had room for the
next line's first word ends a paragraph, whatever the spacing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from impactgraph.documents.labels import LABEL, follows_label
from impactgraph.documents.pdf.lines import Line
from impactgraph.documents.template import begins_part

__all__ = ["Joining", "find_leading", "find_margin", "find_space", "read_label"]

_BREAKABLE = re.compile(r"[^-–]{0,100}[-–](?=[A-Za-z])")
_BREAKS_AFTER = re.compile(r"\w[-–/]$")
_ENDS = re.compile(r"[.:;!?][\"'”’)\]]*$")
# Writers, and programs for them, put a space after these at which no line breaks.
_ABBREVIATION = re.compile(r"\(?(?:e\.g|i\.e|pp?|vs|al|no|vol)\.,?")
_ADDRESS = re.compile(r"[(\[<]?(?:https?://|www\.)", re.IGNORECASE)
_OPENING = ("(", "[")
_FIRST_LABEL = re.compile(r"\(?(?:1|a|i|A|I)[.)]|R1\.?")
_DOUBT = 2.0
_DASHES = "-–—"
_USUAL_SPACE = 0.25
_TOLERANCE = 0.05
_LOOSE = 1.18
_OTHER_SIZE = 1.08
_INDENT = 5.0
_HANGING = 72.0


def read_label(line: Line) -> str:
    """Return the label that a line begins with, as lists have ("1.", "(a)", "[R1]", "•"), or ""."""
    match = LABEL.match(line.text)
    return match[0] if match else ""


def find_margin(lines: Sequence[Line]) -> float:
    """Return how far to the right lines reach, in points; addresses may reach beyond."""
    rights = [
        line.right for line in lines if len(line.words) > 3 and "/" not in line.words[-1].text
    ]
    return max(rights, default=max((line.right for line in lines), default=0.0))


def find_space(lines: Sequence[Line]) -> float:
    """Return how wide a space is that no line stretches, as a share of the words' size."""
    gaps = sorted(
        (word.left - before.right) / line.size
        for line in lines
        for before, word in pairwise(line.words)
        if word.spaced
    )
    # Justified lines stretch most of their spaces.
    return max(gaps[len(gaps) // 5], 0.0) if gaps else _USUAL_SPACE


def find_leading(lines: Sequence[Line], margin: Callable[[Line], float], space: float) -> float:
    """Return the usual distance of lines within a paragraph, as a share of their size."""
    ratios: Counter[float] = Counter()
    for before, line in pairwise(lines):
        gap = before.base - line.base
        if (
            before.page == line.page
            and gap > 0
            and not has_room(before, line, margin(before), space)
        ):
            ratios[round(gap / max(before.size, line.size) * 20) / 20] += 1
    return ratios.most_common(1)[0][0] if ratios else 1.2


def has_room(before: Line, line: Line, margin: float, space: float) -> bool:
    """Return whether a line has room for the first word of the next one."""
    if _BREAKS_AFTER.search(before.text):
        return False
    width = _first_width(line)
    room = margin - before.right - (space + _TOLERANCE) * line.size
    if line.text[:1].islower() and not _ENDS.search(before.text):
        # A sentence goes on here; only much room says otherwise.
        room -= _DOUBT * line.size
    return room > width


def _first_width(line: Line) -> float:
    """Return how wide the first part of a line is that could stand on the line before."""
    first, *others = line.words
    right = first.right
    glued = bool(_ABBREVIATION.fullmatch(first.text)) or first.text in _OPENING
    for word in others:
        if word.spaced and not glued:
            break
        glued = glued and not word.spaced
        right = word.right
    # Where addresses are broken differs between programs; most put a long one on a new line.
    breakable = None if _ADDRESS.match(first.text) else _BREAKABLE.match(first.text)
    share = len(breakable[0]) / len(first.text) if breakable else 1.0
    return (right - first.left) * share


@dataclass(slots=True)
class Joining:
    """The lines of a text being joined into paragraphs.

    Args:
        margin: how far to the right the lines of a line's column reach.
        leading: how far lines of one paragraph are apart, as a share of their size.
        space: how wide a space is, as a share of the words' size.
    """

    margin: Callable[[Line], float]
    leading: float
    space: float
    paragraphs: list[list[Line]] = field(default_factory=list)

    def join(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Return the lines, paragraph by paragraph."""
        for line in lines:
            if self.paragraphs and not self._begins(self.paragraphs[-1], line):
                self.paragraphs[-1].append(line)
            else:
                self.paragraphs.append([line])
        return self.paragraphs

    def _begins(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Return whether a line begins a paragraph of its own."""
        first, before = paragraph[0], paragraph[-1]
        if has_room(before, line, self.margin(before), self.space) or begins_part(line.text):
            return True
        size = max(before.size, line.size)
        if size > _OTHER_SIZE * min(before.size, line.size):
            return True
        if before.page == line.page:
            gap = before.base - line.base
            if gap > _LOOSE * self.leading * size or gap < 0:
                return True
            if self._is_set_off(paragraph, line):
                return True
        elif _is_bold(paragraph) != _is_bold([line]):
            # Over the end of a page no spacing tells a heading from the text around it.
            return True
        label = read_label(line)
        if _FIRST_LABEL.fullmatch(label) and _ENDS.search(before.text):
            return True
        return bool(label) and self._continues_list(first, line, label)

    def _is_set_off(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Return whether a line begins elsewhere than the lines of the paragraph before it."""
        first, before = paragraph[0], paragraph[-1]
        if len(paragraph) == 1:
            # The second line of an item hangs below its words; that of a paragraph that begins
            # farther in goes back to the left.
            return line.left < before.left - _INDENT and bool(read_label(first))
        return abs(line.left - before.left) > _INDENT

    def _continues_list(self, first: Line, line: Line, label: str) -> bool:
        """Return whether a line that could begin with a label by chance is an item of a list."""
        other = read_label(first)
        if abs(first.left - line.left) > _INDENT:
            return not other and line.left > first.left
        if not other:
            return len(label) == 1 and not label.isalnum() and label not in _DASHES
        return follows_label(other, label)


def _is_bold(lines: Sequence[Line]) -> bool:
    return all(word.bold for line in lines for word in line.words)
