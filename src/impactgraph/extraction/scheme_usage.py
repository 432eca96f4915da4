"""The schemes of labels that marks use: how often, where, and what such a scheme may stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from impactgraph.extraction.mark_tokens import CITING_WORDS
from impactgraph.extraction.marks import Mark, MarkForm
from impactgraph.extraction.reading import TargetKind

__all__ = [
    "LEANINGS",
    "OTHER_SCHEMES",
    "OUTPUT_WORDS",
    "SOURCE_WORDS",
    "Usage",
    "count_usage",
]

_OUTPUT, _SOURCE = TargetKind.OUTPUT, TargetKind.SOURCE

OUTPUT_WORDS = frozenset({"output", "pub", "paper"})
SOURCE_WORDS = frozenset({"source", "evidence", "testimonial", "letter"})
"""Citing words that can mean only outputs, and only sources."""


def _schemes(names: str) -> frozenset[str]:
    return frozenset(names.split())


LEANINGS = {
    _OUTPUT: _schemes(
        "r# ref# p# pub# paper# o# output# ro# rf# ur# 2.# 3.# 3.A 3.i r3.# refA pubA outputA"
    ),
    _SOURCE: _schemes(
        "s# source# e# ev# evid# evidence# c# i# im# imp# t# testimonial# letter# 4.# 5.# 5.A 5.i"
        " s5.# sourceA evidenceA testimonialA A a a# cs# so# es# item# document#"
    ),
}
"""What a scheme most often stands for, where a document does not say."""

OTHER_SCHEMES = _schemes(
    "g# grant# grants# gr# f# fig# figure# table# box# wp# ukri# h# award# q# quote# kf# qi#"
)
"""Schemes of what is neither an output nor a source."""


@dataclass(slots=True)
class Usage:
    """How a scheme is used in marks: its ordinals in each section, and how it is set."""

    ordinals: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    forms: Counter[MarkForm] = field(default_factory=Counter)

    @property
    def all_ordinals(self) -> Counter[int]:
        """Return how often each ordinal is used."""
        return sum(self.ordinals.values(), Counter[int]())

    @property
    def total(self) -> int:
        """Return how often it is used."""
        return self.forms.total()

    def merge(self, other: Usage) -> None:
        """Add another usage to this one."""
        for section, ordinals in other.ordinals.items():
            self.ordinals[section] += ordinals
        self.forms += other.forms


def count_usage(marks: Iterable[Mark], last: int) -> dict[str, Usage]:
    """Return how each scheme is used in marks.

    Labels in running text are left out, and numbers beyond the last entry's outside of square
    brackets, which are ages and amounts.
    """
    usage: dict[str, Usage] = defaultdict(Usage)
    for mark in marks:
        for use in mark.parsed.labels:
            if use.inherited or use.part_of or use.section:
                continue
            word = use.scheme[:-1] in CITING_WORDS
            if mark.form is MarkForm.BARE and not (word or mark.closed):
                continue
            if use.scheme == "#" and use.ordinal > last and mark.form is not MarkForm.SQUARE:
                continue
            usage[use.scheme].ordinals[mark.section][use.ordinal] += 1
            usage[use.scheme].forms[mark.form] += 1
    return dict(usage)
