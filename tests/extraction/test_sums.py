from __future__ import annotations

from decimal import Decimal

import pytest

from impactgraph.extraction.sums import find_sums


@pytest.mark.parametrize(
    ("words", "value", "currency"),
    [
        ("£1,780,000", "1780000", "GBP"),
        ("GBP266, 935", "266935", "GBP"),
        ("£360 000", "360000", "GBP"),
        ("£91.736", "91736", "GBP"),
        ("£73,626.74", "73626.74", "GBP"),
        ("GBP1.77m", "1770000", "GBP"),
        ("£11.5 million", "11500000", "GBP"),
        ("£23k", "23000", "GBP"),
        ("EUR3,880,634", "3880634", "EUR"),
        ("€516k", "516000", "EUR"),
        ("US$885,673", "885673", "USD"),
        ("A$5,000", "5000", "AUD"),
        ("30,000 euros", "30000", "EUR"),
        ("2016 GBP216,628", "216628", "GBP"),
        ("£1485,000", "1485000", "GBP"),
    ],
)
def test_a_sum_is_read(words: str, value: str, currency: str) -> None:
    (found,) = find_sums(words)
    assert (found.value, found.currency) == (Decimal(value), currency)
    assert words[found.start : found.end] in words


@pytest.mark.parametrize("words", ["2016", "12 people", "pp. 12-19", "£", "EUREKA 21"])
def test_other_numbers_are_none(words: str) -> None:
    assert list(find_sums(words)) == []
