"""Dates and periods that are known more or less exactly, and what is certain of their order.

A date is a year, a month or a day: "2016", "2016-09", "2016-09-28". It names a stretch of days, in
one of which the thing happened. Two such stretches lie apart or one lies in the other, so that one
date is certainly before another exactly where its words come first once both are cut to what both
say. What is unknown is before and after nothing.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass

from impactgraph.model import Period

__all__ = ["Interval", "date_words", "first_day", "interval_of", "is_before", "last_day"]


def is_before(one: str | None, other: str | None) -> bool:
    """Return whether a date is certainly before another.

    Args:
        one: a year, month or day (ISO 8601), None where it is unknown.
        other: likewise.

    >>> is_before("2015-12", "2016"), is_before("2016", "2016-09"), is_before("2016", "2016")
    (True, False, False)
    """
    if one is None or other is None:
        return False
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def first_day(date: str) -> str:
    """Return the first of the days that a date may mean.

    >>> first_day("2016"), first_day("2016-09")
    ('2016-01-01', '2016-09-01')
    """
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def last_day(date: str) -> str:
    """Return the last of the days that a date may mean.

    >>> last_day("2016"), last_day("2016-02")
    ('2016-12-31', '2016-02-29')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        _, days = calendar.monthrange(int(date[:4]), int(date[5:]))
        return f"{date}-{days}"
    return date


def date_words(date: str) -> str:
    """Return a date as a sentence says it.

    >>> date_words("2016"), date_words("2016-09"), date_words("2016-09-08")
    ('2016', 'September 2016', '8 September 2016')
    """
    year, month, day = (*date.split("-", 2), "", "")[:3]
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return date
    return f"{day.lstrip('0')} {calendar.month_name[int(month)]} {year}".strip()


@dataclass(frozen=True, slots=True)
class Interval:
    """From a start to an end, each a date or unknown; what goes on has no known end.

    >>> research = Interval("2016", "2020")
    >>> research.is_after(Interval("2012", "2015-11")), research.is_after(Interval("2012", None))
    (True, False)
    """

    start: str | None
    end: str | None

    def is_before(self, other: Interval) -> bool:
        """Return whether this is certainly over before the other starts."""
        return is_before(self.end, other.start)

    def is_after(self, other: Interval) -> bool:
        """Return whether this certainly starts after the other is over."""
        return is_before(other.end, self.start)

    def is_outside(self, other: Interval) -> bool:
        """Return whether the two certainly have no day in common."""
        return self.is_before(other) or self.is_after(other)

    @property
    def words(self) -> str:
        """The interval as a sentence says it.

        >>> Interval("2016", "2020").words, Interval("2016-09", None).words
        ('from 2016 to 2020', 'from September 2016 on')
        """
        start, end = (date and date_words(date) for date in (self.start, self.end))
        if start == end:
            on = "on" if self.start and len(self.start) == 10 else "in"
            return f"{on} {start}" if start else "at a time that is not said"
        if start is None:
            return f"until {end}"
        return f"from {start} to {end}" if end else f"from {start} on"

    def is_inside(self, other: Interval) -> bool:
        """Return whether all of this certainly lies in the other; a known end bounds."""
        if self.start is None or self.end is None:
            return False
        starts = other.start is None or first_day(self.start) >= first_day(other.start)
        return starts and (other.end is None or last_day(self.end) <= last_day(other.end))


def interval_of(when: Period | str) -> Interval:
    """Return the interval of a period, or of a date."""
    if isinstance(when, str):
        return Interval(when, when)
    return Interval(when.start, None if when.open_ended else when.end)
