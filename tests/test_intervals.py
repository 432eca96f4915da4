"""What is certain of the order of dates, against all the days that they may mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.intervals import Interval, first_day, interval_of, is_before, last_day
from impactgraph.model import Period

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
DATES = st.tuples(DAYS, st.sampled_from((4, 7, 10))).map(lambda it: it[0].isoformat()[: it[1]])
ENDS = st.none() | DATES


def days(date: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first_day(date)), dt.date.fromisoformat(last_day(date))


@given(DATES, DATES)
def test_a_date_is_before_another_exactly_where_each_of_its_days_is(one: str, other: str) -> None:
    assert is_before(one, other) == (days(one)[1] < days(other)[0])


@given(DATES)
def test_first_and_last_day_bound_a_date_and_begin_with_it(date: str) -> None:
    first, last = days(date)
    assert first.isoformat().startswith(date)
    assert last.isoformat().startswith(date)
    assert not (last + dt.timedelta(days=1)).isoformat().startswith(date)


INTERVALS = st.builds(Interval, ENDS, ENDS).filter(
    lambda one: None in (one.start, one.end) or not is_before(one.end, one.start)
)


@given(INTERVALS, INTERVALS)
def test_what_is_inside_is_never_outside(one: Interval, other: Interval) -> None:
    assert not (one.is_inside(other) and one.is_outside(other))


def test_what_is_unknown_is_before_and_after_nothing() -> None:
    unknown = Interval(None, None)
    for other in (
        unknown,
        Interval("2016", "2017"),
        Interval(None, "1900"),
        Interval("2099", None),
    ):
        assert not unknown.is_outside(other)
        assert not other.is_outside(unknown)
        assert not unknown.is_inside(other)
    assert not is_before(None, "2016")
    assert not is_before("2016", None)


def test_what_goes_on_has_no_end() -> None:
    going_on = Period(iri="p", label="p", start="2006", end=None, open_ended=True)
    assert interval_of(going_on) == Interval("2006", None)
    assert not interval_of(going_on).is_before(Interval("2030", None))
    assert interval_of(going_on).is_after(Interval(None, "2005"))


def test_a_period_that_is_said_to_go_on_has_no_end_though_one_is_given() -> None:
    odd = Period(iri="p", label="p", start="2006", end="2010", open_ended=True)
    assert interval_of(odd).end is None


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval("2016", "2016"), "in 2016"),
        (Interval("2016-09-28", "2016-09-28"), "on 28 September 2016"),
        (Interval("2016", "2018-02"), "from 2016 to February 2018"),
        (Interval("2016", None), "from 2016 on"),
        (Interval(None, "2018"), "until 2018"),
        (Interval(None, None), "at a time that is not said"),
    ],
)
def test_an_interval_is_said_in_words(interval: Interval, words: str) -> None:
    assert interval.words == words
