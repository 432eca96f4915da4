"""Where the items of a labelled list begin: its labels followed in their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from impactgraph.documents import Span
from impactgraph.extraction.labels import Label
from impactgraph.extraction.run_in import find_run_in_labels
from impactgraph.extraction.scopes import (
    is_continuation,
    is_published,
    looks_like_reference,
    opens_like_note,
)
from impactgraph.extraction.series import (
    GRANT_FAMILIES,
    LOST,
    Series,
    find_nesting,
    has_lost_labels,
    list_series,
)
from impactgraph.extraction.units import Unit

__all__ = ["divide_units", "number_units"]

_LARGEST_GAP = 4
_GROUP = re.compile(r"[A-Z]#")
_MARKERS = re.compile(r"[1-3]\.")


def number_units(units: Sequence[Unit], section: str, family: str) -> None:
    """Let the items of a list begin that is labelled with a family, and those of lists behind it.

    Args:
        units: the blocks of the section.
        section: "3" or "5".
        family: the labels of its first list.
    """
    _Numbering(units, section, family).run()
    _fill_gaps(units, family)
    _fold_parts(units)


class _Numbering:
    """A list being read: the family of its labels, the last ordinal, a heading since then."""

    def __init__(self, units: Sequence[Unit], section: str, family: str) -> None:
        self.units = units
        self.section = section
        self.family = family
        self.lost = family == LOST and has_lost_labels(units)
        self.nesting = find_nesting(units) if self.lost else None
        self.series = list_series(units)
        self.ahead = {name: _Ahead(series) for name, series in self.series.items()}
        self.last = 0
        self.headed = False

    def run(self) -> None:
        for index, unit in enumerate(self.units):
            if unit.heading:
                self.headed = True
                continue
            label = unit.label_of(self.family)
            if label and self._continues(index, unit, label):
                self._start(unit, label)
            elif other := self._find_other_list(index, unit):
                self.family = other.family
                self._start(unit, other)

    def _start(self, unit: Unit, label: Label) -> None:
        unit.start(label, lost=self.lost and label.end == 0 and self.family == LOST)
        self.last = label.ordinal
        self.headed = False

    def _continues(self, index: int, unit: Unit, label: Label) -> bool:
        if self.lost and self.family == LOST:
            return self._is_lost_item(unit, label)
        if label.ordinal > self.last:
            return label.ordinal <= self.last + _LARGEST_GAP or not label.weak
        if label.ordinal == self.last:
            return bool(label.sub) or not label.weak
        ahead = self.ahead[self.family]
        if ahead.has(self.last + 1, index):
            return False
        return label.ordinal == 1 and (self.headed or ahead.has(2, index))

    def _is_lost_item(self, unit: Unit, label: Label) -> bool:
        if unit.block.marker:
            if label.weak or (label.end == 0 and unit.block.marker != "1."):
                return False
            if self.nesting is not None and unit.block.level >= self.nesting:
                return False
            return self.section == "5" or not _is_remark(unit.words)
        return label.end > 0

    def _find_other_list(self, index: int, unit: Unit) -> Label | None:
        """Return the label that begins another list behind the one being read."""
        current = self.ahead.get(self.family)
        if current and current.exceeds(self.last, index):
            return None
        for label in unit.labels:
            if self._is_next_group(unit, label):
                return label
            if label.family == self.family or label.weak or label.nested or label.ordinal != 1:
                continue
            prefixed = len(label.family) > 1 and label.family[0].isalpha()
            if label.family in GRANT_FAMILIES or (
                (self.headed or (prefixed and label.family[-1] == "#"))
                and self.series[label.family].chain
            ):
                return label
        return None

    def _is_next_group(self, unit: Unit, label: Label) -> bool:
        """Return whether a letter alone goes on from groups of entries: A1, A2, B1, then [C]."""
        return (
            bool(_GROUP.fullmatch(self.family))
            and label.family == "A"
            and label.ordinal == ord(self.family[0]) - 63
            and unit.words[: label.end].rstrip()[-1:] in ("]", ")", ":")
        )


class _Ahead:
    """What labels of a family stand behind a position."""

    def __init__(self, series: Series) -> None:
        self.positions = [position for position, _ in series.members]
        self.latest = {label.ordinal: position for position, label in series.members}
        self.highest: list[int] = []
        for _, label in reversed(series.members):
            self.highest.append(max(label.ordinal, self.highest[-1] if self.highest else 0))
        self.highest.reverse()

    def has(self, ordinal: int, position: int) -> bool:
        """Return whether a label with an ordinal stands behind a position."""
        return self.latest.get(ordinal, -1) > position

    def exceeds(self, ordinal: int, position: int) -> bool:
        """Return whether a label with a higher ordinal stands at a position or behind it."""
        index = bisect_right(self.positions, position - 1)
        return index < len(self.highest) and self.highest[index] > ordinal


def _is_remark(words: str) -> bool:
    return opens_like_note(words) and not (looks_like_reference(words) or is_published(words))


def _fill_gaps(units: Sequence[Unit], family: str) -> None:
    """Begin entries where the labels leave one out and an unlabelled item stands in its place."""
    last = 0
    since: list[Unit] = []
    for unit in units:
        if unit.starts and unit.label and unit.label.family == family:
            missing = 0 if unit.lost else unit.label.ordinal - last - 1
            likely = [other for other in since if _may_be_entry(other)] if missing > 0 else []
            if len(likely) == missing:
                for other in likely:
                    other.starts = other.lost = True
            last, since = unit.label.ordinal, []
        elif not unit.heading and not unit.starts:
            since.append(unit)


def _may_be_entry(unit: Unit) -> bool:
    if is_continuation(unit.words):
        return False
    return bool(_MARKERS.fullmatch(unit.block.marker)) or looks_like_reference(unit.words)


def _fold_parts(units: Sequence[Unit]) -> None:
    """Leave parts (S3a, S3b) to their parent, where it stands before them (S3)."""
    starting = [(unit, unit.label) for unit in units if unit.starts and unit.label]
    parent: tuple[str, int] | None = None
    for index, (unit, label) in enumerate(starting):
        place = (label.family, label.ordinal)
        if not label.sub:
            parts = [
                other.sub
                for _, other in starting[index + 1 : index + 3]
                if (other.family, other.ordinal) == place
            ]
            least = 1 if unit.words.rstrip().endswith(":") else 2
            parent = place if len(parts) >= least and all(parts) else None
        elif place == parent:
            unit.starts = False


def divide_units(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with those divided that hold the labels that come next."""
    series = list_series(units, started=True)
    found: list[Unit] = []
    current: tuple[str, Label] | None = None
    for index, unit in enumerate(units):
        found.append(unit)
        if unit.heading or (unit.starts and not (unit.label and _printed(unit, unit.label))):
            current = None
            continue
        begin = 0
        if unit.starts and unit.label:
            begin = unit.label.end
            current = (_printed(unit, unit.label), unit.label)
        if not current:
            continue
        raw, label = current
        until = series[label.family].next_ordinal(index)
        if until is not None and until <= label.ordinal:
            continue
        for place, following in find_run_in_labels(unit.words[begin:], raw, label, until):
            rest = _divide(found[-1], unit.span.start + begin + place, following)
            found.append(rest)
            current = (rest.words[: following.end], following)
    return found


def _printed(unit: Unit, label: Label) -> str:
    """Return a unit's label with its brackets and stops, "" where the list has lost it."""
    return unit.words[: label.end] or ("" if unit.lost else unit.block.marker)


def _divide(unit: Unit, position: int, label: Label) -> Unit:
    """Return what of a unit stands from a position on, as a unit that begins with a label."""
    offset = position - unit.span.start
    rest = replace(
        unit, span=Span(position, unit.span.end), words=unit.words[offset:], label=label, lost=False
    )
    rest.starts = True
    unit.span = Span(unit.span.start, position)
    unit.words = unit.words[:offset]
    return rest
