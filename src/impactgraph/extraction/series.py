"""The labels of a section's list as series: which of them number its entries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from impactgraph.documents import PlainText
from impactgraph.extraction.labels import Label
from impactgraph.extraction.run_in import find_run_in_labels
from impactgraph.extraction.scopes import looks_like_note, looks_like_reference
from impactgraph.extraction.units import Unit

__all__ = [
    "GRANT_FAMILIES",
    "LOST",
    "Series",
    "choose_family",
    "find_nesting",
    "has_lost_labels",
    "list_series",
]

GRANT_FAMILIES = frozenset({"G#", "GRANT#", "F#", "RG#", "AWARD#", "FG#", "GR#", "QI#", "EF#"})
"""How awards are labelled beside outputs."""
LOST = "#"
"""The family that an export shows where it lost the labels: "1." for every item."""

_FIRST_MARKER = "1."
_LARGEST_GAP = 3
_GROUP = re.compile(r"[A-Z]#")
_MARKS = re.compile(r"[\[(][^\[\]()]{1,100}[\])]")


@dataclass(slots=True)
class Series:
    """The labels of one family in a section, in order, each with its unit's position."""

    family: str
    members: list[tuple[int, Label]] = field(default_factory=list)
    lost: bool = False

    @property
    def chain(self) -> int:
        """How many labels ascend from the first of the list, by at most three at a time."""
        if self.lost:
            return len(self.members)
        first = self.members[0][1]
        last, count = (first.ordinal - 1 if self.is_distinct else 0), 0
        for _, label in self.members:
            gap = _LARGEST_GAP if last or not label.weak else 1
            if last < label.ordinal <= last + gap:
                last, count = label.ordinal, count + 1
        return count

    @property
    def is_distinct(self) -> bool:
        """Whether the labels are like nothing else in a text: R1, 3.2, but not 1 or A."""
        return len(self.family) > 1 and self.family[0] != "(" and not self.members[0][1].weak

    def next_ordinal(self, position: int) -> int | None:
        """Return the ordinal of the first label behind a unit's position."""
        index = bisect_right(self.members, position, key=lambda member: member[0])
        return self.members[index][1].ordinal if index < len(self.members) else None


def list_series(units: Sequence[Unit], *, started: bool = False) -> dict[str, Series]:
    """Return the series of labels by family: all that units may begin with, or do."""
    families: dict[str, Series] = {}
    for index, unit in enumerate(units):
        labels = (unit.label,) if started and unit.starts and unit.label else unit.labels
        for label in labels if unit.starts or not (started or unit.heading) else ():
            families.setdefault(label.family, Series(label.family)).members.append((index, label))
    return families


def has_lost_labels(units: Sequence[Unit]) -> bool:
    """Return whether the list shows "1." for every item."""
    items = [unit for unit in units if unit.block.marker and not unit.heading]
    levels = [unit.block.level for unit in items if unit.block.marker == _FIRST_MARKER]
    if len(levels) < 2 or items[0].block.level < min(levels):
        return False
    last = 1
    for unit in units:
        label = None if unit.heading else unit.label_of(LOST)
        last += bool(label and label.ordinal == last + 1)
    return last < 4


def find_nesting(units: Sequence[Unit]) -> int | None:
    """Return the indentation from which items are parts of others, where the list shows it.

    Exports indent siblings ever deeper; only where the list comes back are the deeper ones parts.
    """
    levels = [
        unit.block.level
        for unit in units
        if unit.block.marker == _FIRST_MARKER and not unit.heading
    ]
    base = min(levels)
    returns = any(before > base and after == base for before, after in pairwise(levels))
    if not returns or levels[0] != base or levels.count(base) < 3:
        return None
    return min(level for level in levels if level > base)


def choose_family(plain: PlainText, units: Sequence[Unit], section: str) -> str | None:
    """Return the family of labels that numbers the section's entries, None without labels.

    The first long series is, as labels of parts stand behind their parents'; that which sections 2
    and 4 cite comes before others.
    """
    lost = has_lost_labels(units)
    candidates = [
        series
        for series in list_series(units).values()
        if not (section == "3" and series.family in GRANT_FAMILIES)
        and not (lost and series.family == LOST)
        and (series.chain > 1 or (series.chain == 1 and _stands_alone(series, units)))
    ]
    if lost and (series := _lost_series(units, candidates)):
        candidates.append(series)
    if not candidates:
        return None
    longest = max(series.chain for series in candidates)
    likely = [
        series
        for series in candidates
        if series.chain * 3 >= longest and _labels_entries(series, units, section)
    ] or [series for series in candidates if series.chain == longest]
    cited = [series for series in likely if _is_cited(plain, series)]
    found = min(cited or likely, key=lambda series: (series.members[0][0], -series.chain))
    return _find_first_group(found, candidates).family


def _find_first_group(series: Series, candidates: Sequence[Series]) -> Series:
    """Return the first of groups of entries that letters tell apart: A1, A2, then B1, B2."""
    groups = {other.family: other for other in candidates if _GROUP.fullmatch(other.family)}
    while before := groups.get(f"{chr(ord(series.family[0]) - 1)}{series.family[1:]}"):
        if before.members[-1][0] >= series.members[0][0]:
            break
        series = before
    return series


def _lost_series(units: Sequence[Unit], others: Sequence[Series]) -> Series | None:
    """Return the items with lost labels, unless another series goes on from them."""
    label = Label("1", "1", LOST, 1, "", 0)
    members = [
        (index, label)
        for index, unit in enumerate(units)
        if unit.block.marker == _FIRST_MARKER and not unit.heading
    ]
    for other in others:
        index, first = other.members[0]
        before = sum(position < index for position, _ in members)
        if (
            before
            and first.ordinal > 1
            and (first.ordinal == before + 1 or other.chain > len(members))
        ):
            return None
    return Series(LOST, members, lost=True)


def _stands_alone(series: Series, units: Sequence[Unit]) -> bool:
    """Return whether a list may have this one label, or the others run in behind it."""
    index, label = series.members[0]
    if label.ordinal != 1 or label.weak:
        return False
    words = units[index].words
    return series.is_distinct or (
        label.end > 0
        and any(find_run_in_labels(words[label.end :], words[: label.end], label, None))
    )


def _labels_entries(series: Series, units: Sequence[Unit], section: str) -> bool:
    """Return whether what is labelled reads like outputs, not like remarks on them."""
    if section == "5":
        return True
    words = [units[index].words for index, _ in series.members]
    return sum(map(looks_like_reference, words)) * 2 >= len(words) or sum(
        map(looks_like_note, words)
    ) * 2 < len(words)


def _is_cited(plain: PlainText, series: Series) -> bool:
    """Return whether sections 2 and 4 have marks in brackets with two of the labels."""
    if not series.is_distinct:
        return False
    stem = re.escape(series.family.rstrip("#A"))
    mark = re.compile(rf"(?<![\w.]){stem}\s?(\d{{1,2}})(?![\d%])")
    found = {
        number
        for section in "24"
        for bracket in _MARKS.findall(plain.words(plain.sections[section]))
        for number in mark.findall(bracket)
    }
    return len(found) > 1
