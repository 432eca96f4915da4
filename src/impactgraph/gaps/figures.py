"""Gaps in figures: numbers that cannot both be right, or that look alike and count other things.

Precision goes first: figures are compared only where the graph says of both, in the same words,
what is counted, in which unit or currency, for which scope and as of which date, and where neither
is part of the other. How large or small a figure is says nothing, and is never asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.model import CaseStudy, Figure

__all__ = [
    "FIGURE_KINDS",
    "QUALIFIERS",
    "Span",
    "find_figures_disagree",
    "find_figures_scope",
    "span_of",
]


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most that a figure may mean; None where it is not bounded."""

    least: Decimal | None
    most: Decimal | None

    def is_apart(self, other: Span) -> bool:
        """Return whether the two have no number in common."""
        return _is_below(self.most, other.least) or _is_below(other.most, self.least)


_OVER = (Decimal(1), None)
_UP_TO = (None, Decimal(1))
_ABOUT = (Decimal("0.8"), Decimal("1.2"))
_NEARLY = (Decimal("0.8"), Decimal(1))

QUALIFIERS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    **dict.fromkeys(
        ("over", "more than", "in excess of", "at least", "above", "exceeding", "upwards of"),
        _OVER,
    ),
    **dict.fromkeys(
        ("up to", "at most", "under", "less than", "fewer than", "below", "no more than"), _UP_TO
    ),
    **dict.fromkeys(
        ("about", "around", "approximately", "approx.", "circa", "c.", "some", "roughly"), _ABOUT
    ),
    **dict.fromkeys(("nearly", "almost", "close to"), _NEARLY),
}
"""What a qualifier makes of a value: the least and the most, as multiples of it.

The 0.8 and 1.2 are wide on purpose; a word that is not here leaves open what the figure means.
"""

_EXACT = frozenset({"", "in total", "exactly", "a total of"})
_ROUNDING = Decimal("0.49")


def span_of(figure: Figure) -> Span | None:
    """Return what a figure may mean after its qualifier; None where that is not known.

    A plain value is taken as rounded to its last digit that is not zero: 700 may stand for 651 to
    749, and 12 for nothing but 12.
    """
    if figure.value is None:
        if figure.qualifier or (figure.minimum is None and figure.maximum is None):
            return None
        return Span(figure.minimum, figure.maximum)
    qualifier = (figure.qualifier or "").strip().lower()
    if figure.value <= 0:
        return None
    if qualifier in _EXACT:
        rounding = _ROUNDING * _last_digit(figure.value)
        return Span(figure.value - rounding, figure.value + rounding)
    if qualifier not in QUALIFIERS:
        return None
    least, most = QUALIFIERS[qualifier]
    return Span(
        None if least is None else least * figure.value,
        None if most is None else most * figure.value,
    )


def find_figures_disagree(evidence: Evidence) -> Iterator[Gap]:
    """Yield pairs of figures of the same thing of which at most one can be right.

    The same is counted, in the same words, unit, currency, scope and date. Where the document
    gives no scope, both must be figures of the same claim, pathway or project.
    """
    owners = _owners(evidence.model)
    for one, other in _pairs(evidence.model.figures, _subject):
        if one.scope != other.scope or not _are_apart(one, other):
            continue
        if one.scope is None and not owners[one.iri] & owners[other.iri]:
            continue
        yield evidence.gap(
            "figures-disagree",
            Severity.MEDIUM,
            (),
            f"The document gives {_in_words(one)} and {_in_words(other)} for the same: "
            f"{one.counted}.",
            "Correct the one that is wrong, or say what sets the two apart, such as place, time "
            "or who is counted.",
            places=(*one.anchors, *other.anchors),
            about=(one.iri, other.iri),
        )


def find_figures_scope(evidence: Evidence) -> Iterator[Gap]:
    """Yield pairs of figures that look alike and hold for different scopes.

    Either the same is counted and the numbers are apart, or the same sum of money is given. A
    note: both may well be right, and a reader may take the one for the other.
    """
    figures = [figure for figure in evidence.model.figures if figure.scope is not None]
    counted = {pair for pair in _pairs(figures, _subject) if _are_apart(*pair)}
    sums = (figure for figure in figures if figure.currency and figure.value is not None)
    found = counted.union(_pairs(sums, _sum))
    for one, other in sorted(found, key=lambda pair: (pair[0].iri, pair[1].iri)):
        if one.scope == other.scope:
            continue
        yield evidence.gap(
            "figures-scope",
            Severity.NOTE,
            (),
            f"{_in_words(one)} ({one.counted}) and {_in_words(other)} ({other.counted}) hold for "
            f"different scopes: {one.scope}; and {other.scope}.",
            "Say beside each figure what it holds for, so that neither is taken for the other.",
            places=(*one.anchors, *other.anchors),
            about=(one.iri, other.iri),
        )


def _pairs(
    figures: Iterable[Figure], key: Callable[[Figure], tuple[object, ...]]
) -> Iterator[tuple[Figure, Figure]]:
    """Yield the pairs of figures with the same key, of which neither is part of the other."""
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        alike[key(figure)].append(figure)
    for group in alike.values():
        group.sort(key=lambda figure: figure.iri)
        for one, other in combinations(group, 2):
            if one.part_of != other.iri and other.part_of != one.iri:
                yield one, other


def _subject(figure: Figure) -> tuple[object, ...]:
    return figure.counted, figure.unit, figure.currency, figure.date


def _sum(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.unit, figure.currency, figure.date


def _owners(case_study: CaseStudy) -> Mapping[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for members in (case_study.projects, case_study.pathways, case_study.claims):
        for member in members:
            for figure in member.figures:
                owners[figure].add(member.iri)
    return owners


def _are_apart(one: Figure, other: Figure) -> bool:
    span, others = span_of(one), span_of(other)
    return span is not None and others is not None and span.is_apart(others)


def _is_below(most: Decimal | None, least: Decimal | None) -> bool:
    return most is not None and least is not None and most < least


def _last_digit(value: Decimal) -> Decimal:
    """Return the worth of the last digit that is not zero, of a whole number; else 1."""
    if value != value.to_integral_value():
        return Decimal(1)
    digits = str(int(value))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _in_words(figure: Figure) -> str:
    if figure.value is not None:
        number = f"{figure.value:,}"
    else:
        ends = (figure.minimum, figure.maximum)
        number = " to ".join(f"{end:,}" for end in ends if end is not None)
    words = (figure.qualifier, figure.currency, number, figure.unit)
    return " ".join(word for word in words if word)


FIGURE_KINDS = (
    GapKind(
        id="figures-disagree",
        title="Figures that disagree",
        meaning="two figures of the same thing cannot both be right",
        severity=Severity.MEDIUM,
        find=find_figures_disagree,
    ),
    GapKind(
        id="figures-scope",
        title="Figures of different scopes",
        meaning="two figures look alike and hold for different scopes",
        severity=Severity.NOTE,
        find=find_figures_scope,
    ),
)
