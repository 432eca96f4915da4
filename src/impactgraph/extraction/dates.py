"""Dates and periods as people write them, as ISO 8601 as exactly as they are known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["FoundDate", "FoundPeriod", "find_dates", "read_period", "read_time"]

_MONTH_NAMES = [name.lower() for name in calendar.month_name]
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES) if number}
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?=[\djfmasond])(?<![\w/])(?:"
    rf"(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m1')}\.?,?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|{_MONTH.format('m2')}\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|{_MONTH.format('m3')}\.?,?\s+(?P<y3>(?:19|20)\d\d)"
    r"|(?P<d4>[0-3]?\d)[./-](?P<m4>[01]?\d)[./-](?P<y4>(?:19|20)\d\d|[0-3]\d)"
    r"|(?P<y5>(?:19|20)\d\d)-(?P<m5>[01]\d)-(?P<d5>[0-3]\d)"
    r"|(?P<m6>[01]?\d)/(?P<y6>(?:19|20)\d\d)"
    r"|(?P<y7>(?:19|20)\d\d)"
    r")(?![\w/]|[.,]\d|-\d{4}-)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_OPEN = re.compile(
    r"\b(?:present|now|ongoing|on-going|current(?:ly)?|to date|continuing|still)\b", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"\b(?:in|on|during)\s(?:(?:early|mid|late|the\s\w+\sof)[\s-])?$", re.IGNORECASE
)
_SHORT_END = re.compile(r"\b((?:19|20)\d)(\d)\s?[-–—/]\s?(\d\d)\b(?![-–—/\d])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at its place in the words: `date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    start: int
    end: int
    date: str


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period: its first and last date as exactly as known, or no end as it goes on."""

    start: str | None
    end: str | None
    open_ended: bool


def find_dates(words: str) -> Iterator[FoundDate]:
    """Yield the dates of a text in order; days come first where a date is in digits alone.

    >>> [found.date for found in find_dates("from 3rd May 2016 to Sept. 2018, and in 2020")]
    ['2016-05-03', '2018-09', '2020']
    """
    if not _DIGIT.search(words):
        return
    for match in _DATE.finditer(words):
        date = _read(match)
        if date:
            yield FoundDate(match.start(), match.end(), date)


def read_period(words: str) -> FoundPeriod | None:
    """Return the period that words give, None where they give none.

    >>> read_period("2016 – 2020"), read_period("Aug 2013 to present")
    (FoundPeriod(start='2016', end='2020', open_ended=False), \
FoundPeriod(start='2013-08', end=None, open_ended=True))
    """
    dates = [found.date for found in find_dates(_SHORT_END.sub(_complete, words))]
    open_ended = bool(_OPEN.search(words))
    if not dates:
        return None
    start, end = dates[0], None if open_ended else dates[-1]
    if end and end[: len(start)] < start[: len(end)]:
        return None
    return FoundPeriod(start, end, open_ended)


def read_time(sentence: str) -> tuple[str, ...]:
    """Return when a sentence says that something happened: its only date, after "in" or the like.

    A sentence of several dates, or with the year of an Act or a report, says nothing sure.

    >>> read_time("In May 2019 the council adopted it."), read_time("The 2014 Act was revised.")
    (('2019-05',), ())
    """
    dates = {found.date: found for found in find_dates(sentence)}
    if len(dates) != 1:
        return ()
    ((date, found),) = dates.items()
    return (date,) if _HAPPENED.search(sentence[max(0, found.start - 20) : found.start]) else ()


def _complete(match: re.Match[str]) -> str:
    """Return "2016-18" with its end written out."""
    return f"{match[1]}{match[2]} - {match[1][:2]}{match[3]}"


def _read(match: re.Match[str]) -> str | None:
    form = next(number for number in "1234567" if match[f"y{number}"])
    groups = match.groupdict()
    year, month, day = (groups.get(f"{part}{form}") for part in "ymd")
    if not year:
        return None
    if len(year) == 2:
        year = f"20{year}"
    if month is None:
        return year
    number = int(month) if month.isdecimal() else _MONTHS[month[:3].lower()]
    if not 1 <= number <= 12:
        return year
    if day is None:
        return f"{year}-{number:02}"
    if not 1 <= int(day) <= calendar.monthrange(int(year), number)[1]:
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"
