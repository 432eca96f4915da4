"""Dates and periods as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.extraction.dates import FoundPeriod, find_dates, read_period


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("12 May 2017", ["2017-05-12"]),
        ("received 21st of September, 2020", ["2020-09-21"]),
        ("September 4, 2019", ["2019-09-04"]),
        ("(November 2020)", ["2020-11"]),
        ("22/11/15 and 21/6/2014", ["2015-11-22", "2014-06-21"]),
        ("2019-03-31", ["2019-03-31"]),
        ("from 2013 to 2018", ["2013", "2018"]),
        ("31 February 2019", ["2019-02"]),
        ("ES/2016/12, 10.1017/2016.3, 20165", []),
    ],
)
def test_dates_are_as_exact_as_they_are_written(words: str, dates: list[str]) -> None:
    assert [found.date for found in find_dates(words)] == dates


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2016 – 2020", FoundPeriod("2016", "2020", False)),
        ("2013-18", FoundPeriod("2013", "2018", False)),
        ("1 August 2013 to 31 July 2020", FoundPeriod("2013-08-01", "2020-07-31", False)),
        ("2006 – present", FoundPeriod("2006", None, True)),
        ("2017", FoundPeriod("2017", "2017", False)),
        ("2020 - 2013", None),
        ("not known", None),
    ],
)
def test_a_period_has_its_ends(words: str, period: FoundPeriod | None) -> None:
    assert read_period(words) == period


@given(st.text(alphabet="0123456789/-. ofMaytosndJune", max_size=60))
def test_whatever_the_words_a_date_is_one(words: str) -> None:
    for found in find_dates(words):
        assert len(found.date) in (4, 7, 10)
        assert 0 <= found.start < found.end <= len(words)
