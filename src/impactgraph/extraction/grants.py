"""The awards to the research that sections 2 and 3 state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.awards import Award, read_listed_awards
from impactgraph.extraction.dates import read_period
from impactgraph.extraction.entries import Listed, split_entries
from impactgraph.extraction.funders import is_same_funder
from impactgraph.extraction.funding_mentions import read_mentioned_awards
from impactgraph.extraction.labels import read_labels
from impactgraph.extraction.reading import GrantMention, OutputEntry, Warning
from impactgraph.extraction.scopes import opens_like_note
from impactgraph.extraction.sums import find_sums
from impactgraph.extraction.units import Role

__all__ = ["read_grants"]

# No case study has as many; each is compared with all others.
_MOST_AWARDS = 500
_FIELD = re.compile(
    r"[\sa-h.)]{0,4}(?P<key>Principal Investigators?|Joint Investigator|PI|Co-?I|Grant [Tt]itle"
    r"|Title|Sponsor|Funders?|Funding [Bb]ody|Period(?: of (?:the )?[Gg]rant)?"
    r"|Value(?: of (?:the )?[Gg]rant)?|Amount|Dates?|Grant awarded to|Award|Role|Partners"
    r"|Reference|Project|Duration|Total)\b[^:]{0,20}:"
)
_PERIOD = re.compile(
    r"(?<![\d/.,£])(?P<start>(?:19|20)\d\d)(?:\s?[-–—/]\s?|\sto\s)(?:(?:19|20)?\d\d)(?![\d/]|[.,]\d|\s?[A-Z][a-z]{2})"
)
_YEAR = re.compile(r"(?<![\d/.,£])(?:19|20)\d\d(?!\d|,\d)")
_TITLE = re.compile(
    r"(?<!\w)(?:‘(?P<single>[^\n‘]{12,300}?)’(?!\w)|“(?P<double>[^\n“”]{12,300})”"
    r"|['\"](?P<plain>[^\n'\"]{12,300})['\"](?!\w))"
)


def read_grants(
    plain: PlainText, outputs: Sequence[OutputEntry]
) -> tuple[tuple[GrantMention, ...], tuple[Warning, ...]]:
    """Return the awards of sections 2 and 3 in the order of the text, each once.

    Args:
        plain: the document's plain text.
        outputs: the outputs of section 3; one may name the award that paid for it.
    """
    items = [item for item in split_entries(plain, "3") if item.role is Role.GRANT]
    listed = [award for group in _group_fields(plain, items) for award in group]
    taken = {block.span for item in items for block in item.blocks}
    mentioned = [
        award
        for section in ("2", "3")
        for block in plain.blocks_of(section)
        if block.span not in taken
        for award in read_mentioned_awards(plain.words(block.span), block.span.start)
    ]
    mentioned.sort(key=lambda award: not (award.number or award.money))
    awards = islice(_leave_out_repeated([*listed, *mentioned]), _MOST_AWARDS)
    in_order = sorted(awards, key=lambda award: award.start)
    return tuple(_mention(award) for award in in_order), ()


def _group_fields(plain: PlainText, items: Sequence[Listed]) -> Iterator[list[Award]]:
    """Yield the awards of each item; fields of one award on lines of their own are read as one."""
    start = end = 0
    keys: set[str] = set()
    below_labelled = False
    for item in items:
        span = item.entry.span
        labelled = any(not label.weak for label in read_labels(plain.words(span)))
        field = None if labelled else _FIELD.match(plain.text[item.start : span.end])
        key = field["key"].casefold()[:6] if field else ""
        if keys and key and key not in keys:
            keys.add(key)
            end = span.end
            continue
        if keys:
            yield _read_item(plain.text[start:end], start, labelled=False)
        keys = {key} if key else set()
        start, end = item.start, span.end
        if not key:
            awards = _read_item(plain.text[start:end], start, labelled=labelled)
            detail = below_labelled and not labelled and item.blocks[0].marker == "-"
            yield [award for award in awards if award.funder or award.number or not detail]
            below_labelled = labelled or detail
    if keys:
        yield _read_item(plain.text[start:end], start, labelled=False)


def _read_item(words: str, offset: int, *, labelled: bool) -> list[Award]:
    """Return the awards of an item, which may tell of them in sentences."""
    if opens_like_note(words) and len(list(find_sums(words))) < 2:
        told = list(read_mentioned_awards(words, offset))
        if told:
            return told
    return list(read_listed_awards(words, offset, labelled=labelled))


def _leave_out_repeated(awards: Sequence[Award]) -> Iterator[Award]:
    """Yield the awards without mentions that say no more than another one."""
    kept: list[Award] = []
    for award in awards:
        if not any(_is_same(award, other) for other in kept):
            kept.append(award)
            yield award


def _is_same(award: Award, other: Award) -> bool:
    if award.number and other.number:
        return award.number == other.number
    alike = any(
        is_same_funder(one, two)
        for one in (award.funder, award.alias)
        for two in (other.funder, other.alias)
        if one and two
    )
    if award.money and other.money:
        one, two = award.money.value, other.money.value
        return alike and (one == two or (not award.listed and _are_near(one, two)))
    if award.listed or not alike:
        return False
    return award.words == other.words or not _differ_in_years(award.words, other.words)


def _are_near(one: Decimal, other: Decimal) -> bool:
    """Return whether two sums are one, the one perhaps rounded."""
    return abs(one - other) * 20 <= max(one, other)


def _differ_in_years(words: str, others: str) -> bool:
    """Return whether two texts about awards give years that cannot be of one award."""
    period = _PERIOD.search(words)
    years = [int(year) for year in _YEAR.findall(others)]
    if not period or not years:
        return False
    return all(abs(int(period["start"]) - year) > 1 for year in years)


def _mention(award: Award) -> GrantMention:
    period = title = None
    if award.listed:
        title = _TITLE.search(award.words)
        found = _PERIOD.search(award.words)
        period = read_period(found[0]) if found else None
    return GrantMention(
        span=Span(award.start, award.end),
        funder=award.funder,
        number=award.number,
        amount=award.money.value if award.money else None,
        currency=award.money.currency if award.money else None,
        title=title[title.lastgroup].strip() if title and title.lastgroup else None,
        start=period.start if period else None,
        end=period.end if period else None,
    )
