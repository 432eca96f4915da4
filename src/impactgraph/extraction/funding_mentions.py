"""Awards that running text names by who funds: "funded by the X", "an X grant", "X-funded"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from impactgraph.extraction.award_numbers import find_award_numbers, find_council
from impactgraph.extraction.awards import Award, is_total
from impactgraph.extraction.funders import (
    Funder,
    find_funders,
    is_same_funder,
    read_funder_at,
)
from impactgraph.extraction.sums import Sum, find_sums

__all__ = ["read_mentioned_awards"]

_AWARD = (
    r"(?:[Gg]rants?|[Aa]wards?|[Ff]ellowships?|[Ff]unding|[Ff]unds|[Ss]tudentships?|[Ss]cheme"
    r"|[Ss]cholarships?|[Ff]inancial support)"
)
_BY = re.compile(
    r"\b(?:[Ff]unded|(?P<weak>[Ss]upported|[Uu]nderpinned)|[Ff]inanced)"
    r"(?:,? (?:in part|partly|jointly|primarily|through|first|initially|variously|entirely"
    r"|and supported|and commissioned|generously|externally|by both|competitively)){0,2}"
    r" (?:by|through|via|from)(?: grants?(?: from)?| funding(?: from)?| awards? from"
    r"| (?:an?|two|three|several|both|major|the) (?=\w))? ?"
)
_FROM = re.compile(
    rf"\b{_AWARD}(?: [(][^()]{{0,60}}[)]| of [£$€\w,.]{{2,16}})?"
    r"(?: (?!from |through |by |[A-Z(])[^\s.;:,()]{1,20}){0,7} (?:from|by|through) (?:both )?"
)
_BEHIND = re.compile(
    r"(?:\s?\([^()]{1,60}\))?(?:[-–‐‑ ](?:[Ff]unded|[Ss]upported|[Ss]ponsored)\b"
    r"|[’']?s? ?(?:(?!and |UK )(?:[A-Z][\w-]{1,20} |\d{4}[-–]?\d{0,4} |[a-z-]{3,14} )){0,4}"
    r"(?:[Gg]rants?|[Aa]wards?|[Ff]ellowships?|[Ff]unding|[Ss]tudentships?|[Ff]ollow[- ][Oo]n"
    r"|[Pp]rojects?)\b)"
)
_NEXT = re.compile(
    r"(?:\s?\([^()]{1,80}\))?(?: (?:funding|grants?|awards?)\b)?\s?"
    r"(?:,\s?and\s|,\s|;\s?|\sand\s|\s&\s|/)"
    r"(?:later |then )?(?:by |from |also |a |an )?(?:the )?"
)
# Funders may be told of by their kind, and named in brackets: "by charities (e.g. the X) and ...".
_KIND = re.compile(
    r":?\s?(?:[a-z-]{1,20} ){0,4}(?:industry|[Gg]overnments?|charit(?:y|ies)|foundations|bodies"
    r"|sector|organi[sz]ations|councils|funders|companies|partners|agencies|sources|trusts)\b"
)
_NAMED = re.compile(r"\((?:e\.g\.,? |via |including |such as |namely )?(?:the )?(?=[A-Z])")
_END = re.compile(r"(?<!e\.g)(?<!i\.e)\.\s|$")
_STOP = re.compile(r"\.\s|$")
_BRACKETS = re.compile(r"\([^()]{3,250}\)")
_ASIDE = re.compile(r",? (?:a|an|the|which|whose|that)\b")
_SUM_BEHIND = re.compile(r"\s\((?:about |of )?(?:[£€$]|GBP|EUR|USD)\s?\d")
_INITIALS = 3
_REACH = 60
_DETAIL = 120
_SENTENCE = 400


def read_mentioned_awards(words: str, offset: int) -> Iterator[Award]:
    """Yield the awards that running text names, each with the number and sum behind it.

    Args:
        words: the running text.
        offset: where it begins in the plain text.
    """
    seen: set[int] = set()
    numbers: set[str] = set()
    for funder in _find_mentioned(words):
        if funder.start not in seen:
            seen.add(funder.start)
            award = _read_award(words, funder, offset)
            numbers.add(award.number or "")
            yield award
    for award in _read_bracketed(words, offset):
        if award.start - offset not in seen and award.number not in numbers:
            numbers.add(award.number or "")
            yield award


def _read_bracketed(words: str, offset: int) -> Iterator[Award]:
    """Yield the awards of which brackets tell: a funder's with a sum, or a council's number."""
    for match in _BRACKETS.finditer(words):
        inside = match[0]
        number = next(find_award_numbers(inside), None)
        money = next(find_sums(inside), None)
        funder = next((found for found in find_funders(inside) if found.known), None)
        council = find_council(number.number) if number else None
        if not ((funder and money) or council):
            continue
        first = match.start() + (funder.start if funder else number.start if number else 0)
        yield Award(
            start=offset + first,
            end=offset + match.end() - 1,
            words=inside,
            funder=funder.name if funder else council,
            alias=funder.alias if funder else None,
            number=number.number if number else None,
            money=money,
            listed=False,
        )


def _find_mentioned(words: str) -> Iterator[Funder]:
    for match in _BY.finditer(words):
        yield from _read_enumeration(words, match.end(), any_name=match["weak"] is None)
        yield from _read_kinds(words, match.end())
    for match in _FROM.finditer(words):
        yield from _read_enumeration(words, match.end(), any_name=True)
        yield from _read_kinds(words, match.end())
    for funder in find_funders(words):
        behind = _BEHIND.match(words, funder.end)
        if behind and (funder.known or _SUM_BEHIND.match(words, behind.end())):
            yield funder


def _read_enumeration(words: str, position: int, *, any_name: bool) -> Iterator[Funder]:
    """Yield the funders that are named one after the other from a position on.

    A name that is not known as a funder's counts behind words that leave no doubt.
    """
    before: Funder | None = None
    while True:
        funder = read_funder_at(words, position)
        if before and funder and _belongs_to(funder, before):
            return
        if not funder and not before:
            funder = _find_nearby(words, position)
        if not funder or (before and not funder.known and not _is_full(funder.name)):
            return
        plausible = funder.known or any_name
        if plausible:
            yield funder
        following = _NEXT.match(words, funder.end)
        if not following or not (plausible or funder.name.isupper()):
            return
        position, before = following.end(), funder


def _read_kinds(words: str, position: int) -> Iterator[Funder]:
    """Yield the funders that brackets name behind a kind of funder, up to the sentence's end."""
    if not _KIND.match(words, position):
        return
    end = _END.search(words, position, position + _SENTENCE)
    stop = end.start() if end else position + _SENTENCE
    for named in _NAMED.finditer(words, position, stop):
        for funder in _read_enumeration(words, named.end(), any_name=True):
            if funder.known or _is_full(funder.name):
                yield funder


def _is_full(name: str) -> bool:
    """Return whether a name that stands behind another may be a funder's: words, or initials."""
    return " " in name or (name.isupper() and len(name) >= _INITIALS)


def _find_nearby(words: str, position: int) -> Funder | None:
    """Return a funder that follows in the same sentence, such as behind a scheme's name."""
    nearby = words[position : position + _REACH]
    found = next(find_funders(nearby), None)
    if not found or "." in nearby[: found.start]:
        return None
    start, end = position + found.start, position + found.end
    return Funder(start, end, found.name, found.known, found.alias)


def _belongs_to(funder: Funder, before: Funder) -> bool:
    """Return whether a name only says where the funder before it belongs."""
    return before.name == "NIHR" and funder.name.startswith("Department of Health")


def _read_award(words: str, funder: Funder, offset: int) -> Award:
    stop = _STOP.search(words, funder.end, funder.end + _DETAIL)
    behind = words[funder.end : stop.start() if stop else funder.end + _DETAIL]
    other = next((found for found in find_funders(behind) if found.known), None)
    if other:
        behind = behind[: other.start]
    number = next(
        (
            found
            for found in find_award_numbers(behind)
            if is_same_funder(find_council(found.number) or funder.name, funder.name)
        ),
        None,
    )
    start = max(words.rfind(". ", 0, funder.start), funder.start - _SENTENCE, 0)
    stop = _STOP.search(words, funder.end, funder.end + _SENTENCE)
    return Award(
        start=offset + funder.start,
        end=offset + funder.end,
        words=words[start : stop.start() if stop else funder.end + _SENTENCE],
        funder=funder.name,
        alias=funder.alias,
        number=number.number if number else None,
        money=_find_sum(words, funder, behind),
        listed=False,
    )


def _find_sum(words: str, funder: Funder, behind: str) -> Sum | None:
    """Return the sum behind a funder's name, or right before it ("a £5,000 grant from the X")."""
    for money in find_sums(behind):
        if not is_total(behind, money) and not _ASIDE.search(behind[: money.start]):
            return money
    before = words[max(0, funder.start - _REACH) : funder.start]
    for money in reversed(list(find_sums(before))):
        between = before[money.end :]
        if not is_total(before, money) and not re.search(r"[.,;]", between):
            return money
    return None
