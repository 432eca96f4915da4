"""The cards of the picture: how a label is broken into lines, and how tall that makes a card.

Browsers differ in their fonts, so the widths below are upper bounds for the common sans-serif
faces at `FONT_SIZE`; the page condenses a line that comes out wider all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from impactgraph.model import Stage

__all__ = [
    "CARD_WIDTH",
    "CHIP_WIDTH",
    "FONT_SIZE",
    "LINE_HEIGHT",
    "PADDING",
    "Card",
    "card_height",
    "text_width",
    "wrap_label",
]

CARD_WIDTH = 160.0
FONT_SIZE = 12.5
LINE_HEIGHT = 15.5
PADDING = 8.0
CHIP_WIDTH = 24.0
MAX_LINES = 5
MAX_LENGTH = 1000
"""How many characters of a label are looked at: far more than fit on a card."""

_TEXT_WIDTH = CARD_WIDTH - 12.0 - 7.0
_WIDTHS = {
    **dict.fromkeys("iIjl.,:;'|!’‘ ", 0.33),
    **dict.fromkeys('ftr-/()[]"`', 0.41),
    **dict.fromkeys("sczJLF", 0.56),
    **dict.fromkeys("wMGOQD&", 0.84),
    **dict.fromkeys("m%W@—…", 0.98),
}
_JOINT = re.compile(r"(?<=\w)[-\u2010\u2013\u2014/_]+(?=\w)")
_HYPHEN = "-"
_FEWEST = 3
"""How many letters of a word that was cut stand on the next line at least, if it has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One node as the picture shows it, before it has a place."""

    key: str
    stage: Stage
    notation: str | None
    label: str


def text_width(text: str) -> float:
    """Return an upper bound of the width of `text`, in pixels at `FONT_SIZE`.

    >>> text_width("ill") < text_width("mow")
    True
    """
    ems = sum(_WIDTHS.get(character, 0.7 if character.isupper() else 0.6) for character in text)
    return ems * FONT_SIZE


def wrap_label(label: str, *, notation: str | None = None) -> tuple[str, ...]:
    """Break a label into the lines of its card; the first leaves room for the notation.

    Args:
        label: what the card says; white space is folded, and a word that is too wide for a line
            is broken behind a hyphen or slash of its own before it is cut.
        notation: the node's label in the document, shown as a chip before the first line.

    Returns:
        One to `MAX_LINES` lines; the last ends with an ellipsis where the label was too long.

    >>> wrap_label("A charter for co-production", notation="2")
    ('A charter for', 'co-production')
    >>> wrap_label("International-Georgian exchange", notation="2")
    ('International-', 'Georgian exchange')
    """
    lines: list[str] = []
    line = ""
    for word in label[:MAX_LENGTH].split() or ["(no", "label)"]:
        rest = word
        while True:
            room = _TEXT_WIDTH - (CHIP_WIDTH if notation and not lines else 0.0)
            candidate = f"{line} {rest}".strip()
            if text_width(candidate) <= room:
                line = candidate
                break
            if not line:
                line, rest = _cut(rest, room)
            lines.append(line)
            line = ""
    lines.append(line)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1] + " …"]
    return tuple(lines)


def card_height(lines: tuple[str, ...]) -> float:
    """Return the height of a card with these lines, in pixels."""
    return 2 * PADDING + LINE_HEIGHT * len(lines)


def _cut(word: str, room: float) -> tuple[str, str]:
    """Cut a word that is too wide: behind a joint where it has one, else with a hyphen of ours."""
    for joint in reversed(list(_JOINT.finditer(word))):
        if text_width(word[: joint.end()]) <= room:
            return word[: joint.end()], word[joint.end() :]
    fits = max(
        (end for end in range(1, len(word)) if text_width(word[:end] + _HYPHEN) <= room), default=1
    )
    # Two letters alone on a line read badly.
    end = max(1, min(fits, len(word) - _FEWEST))
    hyphen = _HYPHEN if word[end - 1 : end + 1].isalpha() else ""
    return word[:end] + hyphen, word[end:]
