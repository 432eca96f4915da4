"""Numbers of awards, as funders write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["AwardNumber", "find_award_numbers", "find_council"]

_STYLES = (
    r"[A-Z]{2}/[A-Z0-9]{5,9}(?:/\d{1,2}(?:-\d)?)?",  # UK research councils
    r"(?:RES|PTA|RF|ECF|RPG|RP|NF|SRG|MRF|IAF|ORS|PR|CDF|DRF"
    r"|SRF)[-_ ][A-Z0-9]{2,9}(?:[-/_]\w{1,9}){0,4}",
    r"[A-Z]{2}-[A-Z]{2,3}-\d{4}-\d{5}",  # NIHR
    r"\d{2}/\d{3}/\d{2,3}|(?<=NIHR )\d{2}/\d{2}/\d{2}|(?<=HTA )\d{2}/\d{2}/\d{2}",
    r"(?!GBP|EUR|USD|WO|US|EP|ISBN|ISSN)[A-Z]{1,4}_?\d{5,8}(?:/[A-Z0-9]{1,6}){0,3}",
    r"\d{5,6}/[A-Z]/\d\d/[A-Z]",  # Wellcome
    r"F/\d\d[ ,]?\d{3}/[A-Z]{1,2}",  # Leverhulme, until 2012
    r"C\d{3,6}/A\d{3,6}",  # Cancer Research UK
    r"RGF?\\\w{2,4}\\\w{3,9}|[A-Z]{2,5}\d{0,3}\\\d{4,7}",  # academies
    r"FA\d{4}-\d\d-\d-\d{4}|[A-Z]{3}-[A-Z]-\d{2}-\d{2}-\d{5}-\d{2}",  # United States
    r"MC_[A-Z]{2}_\w{2,12}(?:/\d{1,2})?",  # MRC units
    r"[A-Z]{2,4}\d?[-/]\d{2,4}[-/]\d{2,6}(?:[-/]\d{1,6}){0,2}",
)
_NUMBER = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_STYLES)})(?![\w/])")
_KEYWORD = r"(?:[Nn]o|[Nn]umbers?|[Rr]ef(?:erence)?|[Aa]greement|ID|id|[Cc]ode|[Nn]r)"
_NAMED = re.compile(
    rf"\b(?:[Gg]rant|[Aa]ward|[Pp]roject|[Cc]ontract|{_KEYWORD})\b[ .:/#]{{0,3}}"
    rf"(?:{_KEYWORD}\b[ .:/#]{{0,3}}){{0,3}}"
    r"(?P<number>(?=[\w./\\-]{0,12}\d{3})(?!GBP|EUR|USD)(?!(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?\b(?![-/\w]))"
    r"[A-Z0-9][\w./\\-]{3,24}\w)"
)
_BRACKETED = re.compile(r"[\[(]\s?(?P<number>\d{5,9})\s?[\])]")


_COUNCILS = {
    "AH": "AHRC",
    "BB": "BBSRC",
    "EP": "EPSRC",
    "ES": "ESRC",
    "MR": "MRC",
    "NE": "NERC",
    "ST": "STFC",
}


@dataclass(frozen=True, slots=True)
class AwardNumber:
    """An award's number and where it stands."""

    start: int
    end: int
    number: str


def find_award_numbers(words: str) -> Iterator[AwardNumber]:
    """Yield the numbers of awards in the words: those of known styles, and what is called one.

    >>> [found.number for found in find_award_numbers("EP/X00000X/1; grant agreement no 123456")]
    ['EP/X00000X/1', '123456']
    """
    end = 0
    styled = [AwardNumber(*match.span(), match[0]) for match in _NUMBER.finditer(words)]
    named = [
        AwardNumber(*match.span("number"), match["number"])
        for pattern in (_NAMED, _BRACKETED)
        for match in pattern.finditer(words)
    ]
    for found in sorted(styled + named, key=lambda each: (each.start, -each.end)):
        if found.start >= end:
            end = found.end
            yield found


def find_council(number: str) -> str | None:
    """Return the UK research council by whose system an award is numbered.

    >>> find_council("EP/X00000X/1"), find_council("RF-2015-001")
    ('EPSRC', None)
    """
    return _COUNCILS.get(number[:2]) if number[2:3] == "/" else None
