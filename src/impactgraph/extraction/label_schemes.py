"""The labels of section 3's and section 5's lists, in the form that marks are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from impactgraph.documents import PlainText
from impactgraph.extraction.mark_parsing import LabelUse, parse_mark
from impactgraph.extraction.reading import Entry, TargetKind

__all__ = ["ROMAN_LETTERS", "LabelledList", "read_labelled_list", "read_words"]

ROMAN_LETTERS = {9: 1, 22: 5, 24: 10}
"""What the letters i, v and x are as numerals, by their place in the alphabet."""

_MOST_PARTS = 10
_WORD = re.compile(r"[^\W\d_]{4,}|\d{4}")


@dataclass(slots=True)
class LabelledList:
    """The list of section 3 or of section 5, by its labels.

    `exact` finds entries by scheme, ordinal and part, `positions` by the ordinal alone. `schemes`
    are those that the list prints, `aliases` others that the text cites it by, each with how many
    entries come before its first. `words` are those of each entry.
    """

    kind: TargetKind
    size: int
    exact: dict[tuple[str, int, str], list[int]] = field(default_factory=dict)
    positions: dict[int, list[int]] = field(default_factory=dict)
    schemes: set[str] = field(default_factory=set)
    aliases: dict[str, int] = field(default_factory=dict)
    words: list[frozenset[str]] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Return the highest ordinal."""
        return max(self.positions, default=0)

    def knows(self, scheme: str) -> bool:
        """Return whether it is cited by labels of a scheme."""
        return scheme in self.schemes or scheme in self.aliases

    def find(self, scheme: str, ordinal: int, sub: str) -> list[int]:
        """Return the positions of the entries that a label names; none where it has no such."""
        for key in ((scheme, ordinal, sub), (scheme, ordinal, "")):
            if key in self.exact:
                return self.exact[key]
        parts = sorted(
            {
                position
                for (kind, number, _), found in self.exact.items()
                if kind == scheme and number == ordinal
                for position in found
            }
        )
        if parts:
            return parts if len(parts) == 1 or (not sub and len(parts) <= _MOST_PARTS) else []
        if scheme in self.aliases:
            return self.positions.get(ordinal + self.aliases[scheme], [])
        return []


def read_labelled_list(
    plain: PlainText, kind: TargetKind, entries: Sequence[Entry]
) -> LabelledList:
    """Return a list by its labels; those lost between others are counted."""
    read = _mend_romans([_read_label(entry.label) for entry in entries])
    read = _drop_scattered(_count_lost(read))
    result = LabelledList(kind, len(entries))
    for position, (use, entry) in enumerate(zip(read, entries, strict=True), start=1):
        result.words.append(read_words(plain.words(entry.span)))
        if use is None:
            continue
        result.schemes.add(use.scheme)
        _add(result, use, position)
        for label in entry.sublabels:
            part = _read_label(label)
            if part and (part.scheme, part.ordinal) == (use.scheme, use.ordinal):
                _add(result, part, position)
    ordinals = [use.ordinal for use in read if use]
    steps = [after - before for before, after in pairwise(ordinals)]
    counted = len(ordinals) == len(entries) and ordinals[:1] == [1] and min(steps, default=0) >= 0
    for position in range(1, len(entries) + 1):
        ordinal = ordinals[position - 1] if counted else position
        result.positions.setdefault(ordinal, []).append(position)
    return result


def read_words(text: str) -> frozenset[str]:
    """Return the longer words and the years of a text, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def _add(to: LabelledList, use: LabelUse, position: int) -> None:
    positions = to.exact.setdefault((use.scheme, use.ordinal, use.sub), [])
    if position not in positions:
        positions.append(position)


def _read_label(label: str | None) -> LabelUse | None:
    labels = parse_mark(label).labels if label else []
    return labels[0] if labels else None


def _mend_romans(read: list[LabelUse | None]) -> list[LabelUse | None]:
    for letters, romans in (("a", "i"), ("A", "I"), ("3.A", "3.i"), ("5.A", "5.i")):
        if any(use and use.scheme == romans for use in read):
            read = [
                replace(use, scheme=romans, ordinal=ROMAN_LETTERS[use.ordinal])
                if use and use.scheme == letters and use.ordinal in ROMAN_LETTERS
                else use
                for use in read
            ]
    return read


def _drop_scattered(read: list[LabelUse | None]) -> list[LabelUse | None]:
    """Leave out labels of so few entries, or so often the same, that they cannot be the list's."""
    kinds = {(use.scheme, use.ordinal, use.sub) for use in read if use}
    return read if len(kinds) * 2 >= len(read) else [None] * len(read)


def _count_lost(read: list[LabelUse | None]) -> list[LabelUse | None]:
    """Count the labels that are missing before, between or after those of one running scheme."""
    known = [(index, use) for index, use in enumerate(read) if use and not use.sub]
    if not known or len({(use.scheme, use.ordinal - index) for index, use in known}) > 1:
        return read
    index, first = known[0]
    begin = first.ordinal - index
    return [
        use or (replace(first, ordinal=begin + at) if begin + at > 0 else None)
        for at, use in enumerate(read)
    ]
