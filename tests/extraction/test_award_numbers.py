from __future__ import annotations

import pytest

from impactgraph.extraction.award_numbers import find_award_numbers, find_council


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("EP/X000000/1, £10,000", ["EP/X000000/1"]),
        ("RES-000-23-0000", ["RES-000-23-0000"]),
        ("PB-PG-0712-00000", ["PB-PG-0712-00000"]),
        ("208000/Z/17/Z", ["208000/Z/17/Z"]),
        ("FA9550-16-1-0000", ["FA9550-16-1-0000"]),
        ("grant no CZB/4/000", ["CZB/4/000"]),
        ("grant agreement No. 265838", ["265838"]),
        ("UKRI (113022)", ["113022"]),
        ("grant of GBP170174 in 2016", []),
        ("F/00 000/AA", ["F/00 000/AA"]),
        ("22/04/20", []),
        ("project 2014-2019", []),
    ],
)
def test_numbers_of_awards_are_found(words: str, numbers: list[str]) -> None:
    assert [found.number for found in find_award_numbers(words)] == numbers


def test_a_councils_number_tells_which_council() -> None:
    assert (find_council("ES/X000000/1"), find_council("FA9550")) == ("ESRC", None)
