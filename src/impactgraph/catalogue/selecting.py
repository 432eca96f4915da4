"""What is looked for in the catalogue: words, facets, an order, a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from impactgraph.catalogue.words import split_words
from impactgraph.errors import UsageError

__all__ = ["Facet", "Order", "Selection"]

_MOST_VALUES = 50
_LONGEST_VALUE = 300
_LONGEST_TEXT = 400
_LAST_PAGE = 100_000


class Facet(StrEnum):
    """What case studies are narrowed down by, named as addresses do."""

    INSTITUTION = "institution"
    UNIT = "unit"
    IMPACT_TYPE = "impact-type"
    GAP = "gap"
    YEAR = "year"
    EXERCISE = "exercise"


class Order(StrEnum):
    """What comes first: the best match (where words are looked for), or what the name says."""

    MATCH = "match"
    TITLE = "title"
    GAPS = "gaps"
    REACHED = "reached"
    SOURCED = "sourced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is looked for: case studies that have all the words, and one value of each facet.

    `values` holds for each facet that counts the values of which a case study must have one.
    `order` is None for the best match where words are looked for, and else for the title.

    >>> Selection(text="trust", page=2).is_open, Selection(page=2).is_open
    (False, True)
    """

    text: str = ""
    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    order: Order | None = None
    page: int = 1

    def __post_init__(self) -> None:
        """Refuse what is too much.

        Raises:
            UsageError: the text or a value is too long, there are too many, or no such page.
        """
        if len(self.text) > _LONGEST_TEXT:
            raise UsageError(f"a search has at most {_LONGEST_TEXT} characters")
        if not 1 <= self.page <= _LAST_PAGE:
            raise UsageError(f"pages are numbered from 1 to {_LAST_PAGE}, not {self.page}")
        for facet, chosen in self.values.items():
            if len(chosen) > _MOST_VALUES or any(len(value) > _LONGEST_VALUE for value in chosen):
                raise UsageError(
                    f"of {facet.value} at most {_MOST_VALUES} values count, each of at most "
                    f"{_LONGEST_VALUE} characters"
                )

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for."""
        return split_words(self.text)

    @property
    def is_open(self) -> bool:
        """Whether every case study is meant."""
        return not self.words and not any(self.values.values())

    @property
    def chosen_order(self) -> Order:
        """The order that holds."""
        if self.order is None or (self.order is Order.MATCH and not self.words):
            return Order.MATCH if self.words else Order.TITLE
        return self.order

    def fields(self, *, page: int | None = None) -> list[tuple[str, str]]:
        """Return names and values of the address that says the same, for a page of it.

        >>> Selection(text="trust", values={Facet.YEAR: ("2019",)}).fields(page=2)
        [('q', 'trust'), ('year', '2019'), ('page', '2')]
        """
        found = [("q", self.text)] if self.text else []
        found += [(facet.value, value) for facet in Facet for value in self.values.get(facet, ())]
        if self.order is not None:
            found.append(("sort", self.order.value))
        number = page or self.page
        return [*found, ("page", str(number))] if number > 1 else found

    def without(self, facet: Facet, value: str) -> Selection:
        """Return the selection without one of its values, from its first page on."""
        left = tuple(one for one in self.values.get(facet, ()) if one != value)
        return replace(self, values={**self.values, facet: left}, page=1)
