"""Figures, sums of money, grants and periods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from impactgraph.model.anchors import Anchor

__all__ = ["Figure", "Grant", "MonetaryAmount", "Period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the document gives: a value, or a minimum and a maximum, of what is counted.

    `date` says as of when it holds.
    """

    iri: str
    label: str
    counted: str
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    qualifier: str | None = None
    scope: str | None = None
    date: str | None = None
    part_of: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonetaryAmount:
    """A sum in a currency (ISO 4217 code)."""

    iri: str
    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An award to the research. Number and amount may lack; grants are never summed."""

    iri: str
    label: str
    number: str | None = None
    funder: str | None = None
    amount: MonetaryAmount | None = None
    awarded_to: str | None = None
    period: str | None = None
    funds: tuple[str, ...] = ()
    description: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From a start to an end, each a year, a month or a day (ISO 8601), or open-ended."""

    iri: str
    label: str
    start: str | None = None
    end: str | None = None
    open_ended: bool = False
