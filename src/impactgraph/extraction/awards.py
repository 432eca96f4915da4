"""Awards in a list: what of an item is funder, number and sum, and how many awards it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from impactgraph.extraction.award_numbers import (
    AwardNumber,
    find_award_numbers,
    find_council,
)
from impactgraph.extraction.funders import Funder, find_funders, is_same_funder
from impactgraph.extraction.sums import Sum, find_sums

__all__ = ["Award", "is_total", "read_listed_awards"]

_BREAK = re.compile(
    r";|\n|\.\s+(?=[^\W\d_a-z]|[‘“'\"(\[]|\d{4})|\s[|]\s|,?\sand\s|\b[Gg]\d\b|\(ii?i?\)|\+"
)
_PRIZE = re.compile(
    r"\b(?:[Pp]rize|[Mm]edal|[Bb]est|[Oo]utstanding|of the Year|[Ss]hortlisted|[Rr]eviewed"
    r"|[Kk]eynote)\b"
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:total\w*|combined|altogether|overall|in excess of|approximately|approx"
    r"|over)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
_TOTAL_BEHIND = re.compile(r"\s(?:in total|total|altogether)", re.IGNORECASE)
_TOTAL_ROW = re.compile(
    r"\W*(?:grand |approx\.? |overall )?total\b(?! grant| award)", re.IGNORECASE
)
_QUOTED = re.compile(
    r"(?<!\w)(?:‘[^\n‘]{12,300}?’(?!\w)|“[^\n“”]{12,300}”|['\"][^\n'\"]{12,300}['\"](?!\w))"
)
_Token = Funder | AwardNumber | Sum


@dataclass(slots=True)
class Award:
    """An award being gathered: what is known of it, where it stands, and in what words.

    `listed` says whether a list of grants has it; others are named in running text. `alias` is
    the funder's abbreviation, `known` whether the funder is a well-known one.
    """

    start: int
    end: int
    words: str
    funder: str | None = None
    alias: str | None = None
    known: bool = False
    number: str | None = None
    money: Sum | None = None
    listed: bool = True

    def has(self, token: _Token) -> bool:
        """Return whether the kind of thing that a token names is known already."""
        if isinstance(token, Funder):
            return self.funder is not None
        return (self.money if isinstance(token, Sum) else self.number) is not None

    def is_complete_before(self, token: _Token) -> bool:
        """Return whether a token that names anew what is known begins another award."""
        if not isinstance(token, Funder):
            return True
        if self.money or self.number:
            return not self.is_from(token)
        return self.known and token.known and not self.is_from(token)

    def is_from(self, funder: Funder) -> bool:
        """Return whether a funder is the award's."""
        return self.funder is not None and is_same_funder(self.funder, funder.name)

    def add(self, token: _Token) -> None:
        """Take what a token names, where it is not known; of two currencies, pounds."""
        if isinstance(token, Funder):
            if self.funder is None or (token.known and not self.known):
                self.funder, self.alias, self.known = token.name, token.alias, token.known
        elif isinstance(token, Sum):
            if self.money is None or (self.money.currency != "GBP" and token.currency == "GBP"):
                self.money = token
        elif self.number is None:
            self.number = token.number


def read_listed_awards(words: str, offset: int, *, labelled: bool) -> Iterator[Award]:
    """Yield the awards of an item of a list: one, or several where it names several.

    Args:
        words: the item's words behind its label.
        offset: where they begin in the plain text.
        labelled: whether the item has a label, and so is one award unless semicolons divide it.
    """
    if _PRIZE.search(words) and not next(find_sums(words), None):
        return
    for award in _gather(words, offset, labelled=labelled):
        if award.number is None and _TOTAL_ROW.match(words):
            continue
        if award.funder is None and award.number:
            award.funder = find_council(award.number)
        yield award


def _gather(words: str, offset: int, *, labelled: bool) -> Iterator[Award]:
    current: Award | None = None
    last = 0
    tokens = _find_tokens(words)
    # Semicolons divide the fields of an award, but where an item has several sums, awards.
    several = sum(isinstance(token, Sum) for token in tokens) > 1
    for token in tokens:
        between = words[last : token.start + 1]
        apart = (bool(_BREAK.search(between)) and not labelled) or (several and ";" in between)
        if current is None or (apart and current.has(token) and current.is_complete_before(token)):
            before = current
            current = Award(offset + token.start, offset + token.end, words)
            if before:
                yield before
                if not isinstance(token, Funder):
                    current.funder, current.known = before.funder, before.known
        current.add(token)
        current.end = max(current.end, offset + token.end)
        last = token.end
    if current:
        yield current


def _find_tokens(words: str) -> list[_Token]:
    sums = list(find_sums(words))
    parts = [found for found in sums if not is_total(words, found)]
    quoted = [match.span() for match in _QUOTED.finditer(words)]
    tokens: list[_Token] = [*find_award_numbers(words), *(parts or sums[:1])]
    tokens.extend(
        funder
        for funder in find_funders(words)
        if not any(start < funder.start and funder.end <= end for start, end in quoted)
    )
    return sorted(tokens, key=lambda token: token.start)


def is_total(words: str, money: Sum) -> bool:
    """Return whether a sum adds up others, by the words around it."""
    before = words[max(0, money.start - 60) : money.start]
    return bool(_TOTAL_BEFORE.search(before) or _TOTAL_BEHIND.match(words, money.end))
