"""What the catalogue answers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactgraph.catalogue.selecting import Facet, Selection
from impactgraph.catalogue.words import Marked

__all__ = ["Card", "Found", "Hit", "Totals", "Value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A node in which words were found; `key` is empty for the case study's own title."""

    kind: str
    key: str
    name: str
    label: Marked
    words: Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case study among those found. `numbers` are named as in `schema.NUMBERS`."""

    iri: str
    slug: str
    title: Marked
    institution: str | None
    unit: str | None
    exercise: str | None
    description: str | None
    research_period: str | None
    impact_period: str | None
    stops: str | None
    numbers: Mapping[str, int]
    hits: tuple[Hit, ...]
    more_hits: int

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet, and how many of the case studies that the other facets leave have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums over the case studies that were found, named as in `schema.NUMBERS`."""

    case_studies: int
    numbers: Mapping[str, int]

    def share(self, part: str, whole: str) -> float | None:
        """Return a sum as a share of another, from 0 to 1; None of nothing."""
        return self.numbers[part] / self.numbers[whole] if self.numbers[whole] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a selection finds: a page of case studies, and how many have what."""

    selection: Selection
    total: int
    page: int
    pages: int
    cards: tuple[Card, ...]
    facets: Mapping[Facet, tuple[Value, ...]]
    gaps: tuple[Value, ...]
    totals: Totals
