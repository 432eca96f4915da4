"""Sums of money as a text prints them: £1.2m, GBP100,000, EUR 3 million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Sum", "find_sums"]

_CODES = "GBP|EUR|USD|AUD|CAD|NZD|CHF|NOK|SEK|DKK|JPY|CNY|RMB|INR|ZAR|HKD|SGD|BRL|KES|QAR"
_SYMBOLS = {
    "£": "GBP",
    "€": "EUR",
    "$": "USD",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "aus$": "AUD",
    "c$": "CAD",
    "can$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "¥": "JPY",
    "rmb": "CNY",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
}
_NUMBER = (
    r"\d{1,4}(?:,\s?\d{3}){1,4}(?:\.\d{1,2})?(?!\d)|\d{1,3}(?: \d{3}){1,3}(?!\d)"
    r"|\d{1,12}(?:\.\d{1,6})?"
)
_SCALE = (
    r"(?:\s?(?P<scale>[kK](?![a-zA-Z])|[mM](?:n|illion)?(?![a-zA-Z])|[bB](?:n|illion)(?![a-zA-Z])"
    r"|thousand|crore|lakh))?"
)
_SUM = re.compile(
    rf"(?P<currency>(?:US|AUS|AU|CAN|CA|NZ|HK|A|C)\$|[£€$¥]|(?<![A-Za-z])(?:{_CODES}))\s?"
    rf"(?P<number>{_NUMBER}){_SCALE}"
    rf"|(?<![\w.,/-])(?P<later>{_NUMBER}){_SCALE.replace('scale', 'after')}"
    rf"\s?(?P<unit>(?:{_CODES})(?![A-Za-z]|\s?\d)|[€£](?!\s?\d)|[Ee]uros?\b|pounds\b)",
)
_SCALES = {"k": 3, "t": 3, "m": 6, "b": 9, "c": 7, "l": 5}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money: where it stands, its value and its currency's ISO 4217 code."""

    start: int
    end: int
    value: Decimal
    currency: str


def find_sums(words: str) -> Iterator[Sum]:
    """Yield the sums of money in the words, in order.

    >>> [(str(found.value), found.currency) for found in find_sums("£1.2m and EUR 3,000")]
    [('1200000', 'GBP'), ('3000', 'EUR')]
    """
    for match in _SUM.finditer(words):
        number = match["number"] or match["later"]
        scale = match["scale"] or match["after"]
        currency = (match["currency"] or match["unit"]).lower()
        value = Decimal(re.sub(r"[,\s]", "", number))
        if scale:
            value *= 10 ** _SCALES[scale[0].lower()]
        elif re.fullmatch(r"\d{1,3}\.\d{3}", number):
            # A stop between thousands, as on the Continent.
            value *= 1000
        code = _SYMBOLS.get(currency, currency.upper())
        if currency == "$" and words[match.end() : match.end() + 5].strip().startswith("Cdn"):
            code = "CAD"
        yield Sum(match.start(), match.end(), _plain(value), code)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
