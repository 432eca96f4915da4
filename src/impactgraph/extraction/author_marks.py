"""Marks by author and year: "(Smith 2015)", "Smith and Jones (2015; 2018a)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.reading import OutputEntry

__all__ = ["AuthorMark", "find_author_marks"]

_WORD = r"[^\W\d_a-zß-ÿ][^\W\d_]{1,30}(?:[-’'](?!s(?![^\W\d_]))[^\W\d_]{1,30}){0,2}"
_NAME = rf"(?:(?:van|von|de|der|den|la|le|du|di|da)\s){{0,2}}{_WORD}"
_INITIALS = r"(?:,?\s(?:[^\W\d_a-z]\.?[\s-]?){1,3}(?=[\s,.(;&]))?"
_YEAR = r"(?:19|20)\d\d[a-z]?(?![\w/-])"
_AUTHOR_YEAR = re.compile(
    rf"""(?<![\w’'-])(?P<names>{_NAME}{_INITIALS}
    (?:(?:,\s?|\s)(?:(?:and|&)\s)?{_NAME}{_INITIALS}){{0,7}})
    (?P<others>,?\s(?:et\.?\sal\.?|and\scolleagues)(?:\s(?-i:[A-Z])[\w\s.&]{{2,40}}?)?)?
    (?:’s|'s)?[,.]?\s?(?P<open>[(\[])?\s?(?P<years>{_YEAR}(?:\s?(?:[,;]|&|and)\s?{_YEAR}){{0,4}})""",
    re.VERBOSE,
)
_ONE_NAME = re.compile(_WORD)
_WITH_INITIALS = re.compile(rf"{_WORD}(?=,?\s(?:[^\W\d_a-z]\.|[^\W\d_a-z]{{1,3}}\b))")
_BETWEEN = re.compile(r",|\band\b|&")
_ONE_YEAR = re.compile(_YEAR)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[a-z]?(?!\d)")
_HEAD = 400  # how much of an entry may have its year
_AUTHORS = 100  # how much of it may be authors, where none were read


@dataclass(frozen=True, slots=True)
class AuthorMark:
    """A mark by author and year, and the positions of the outputs that have both."""

    span: Span
    section: str
    outputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What an output is known by: the words of its authors' part, its years."""

    words: frozenset[str]
    years: frozenset[str]


def find_author_marks(
    plain: PlainText, outputs: Sequence[OutputEntry], sections: Sequence[str]
) -> Iterator[AuthorMark]:
    """Yield the marks whose names and year are those of exactly one output each, in order."""
    known = [_read_known(plain, output) for output in outputs]
    if not known:
        return
    for section in sections:
        if section not in plain.sections:
            continue
        within = plain.sections[section]
        for match in _AUTHOR_YEAR.finditer(plain.text, within.start, within.end):
            if not (match["open"] or _is_bracketed(plain.text, match.start())):
                continue
            positions = _find_outputs(match, known)
            if positions:
                start = match.start()
                yield AuthorMark(Span(start, match.end()), section, positions)


def _read_known(plain: PlainText, output: OutputEntry) -> _Known:
    head = plain.words(output.entry.span)[:_HEAD]
    years = set(_ANY_YEAR.findall(head)) | ({output.year} if output.year else set())
    authors = [name.family_name for name in output.authors]
    if not authors:
        first = _ANY_YEAR.search(head)
        opening = head[: min(first.start() if first else _HEAD, _AUTHORS)]
        authors = [match[0] for match in _WITH_INITIALS.finditer(opening)]
    names = (_fold(name) for part in authors for name in _ONE_NAME.findall(part))
    return _Known(frozenset(names), frozenset(years))


def _fold(name: str) -> str:
    return name.replace("’", "'").casefold()


def _is_bracketed(text: str, position: int) -> bool:
    before = text[max(0, position - 120) : position]
    opened = max(before.rfind("("), before.rfind("["))
    return opened > max(before.rfind(")"), before.rfind("]"))


def _find_outputs(match: re.Match[str], known: Sequence[_Known]) -> tuple[int, ...]:
    names = set()
    for part in _BETWEEN.split(match["names"]):
        words = _ONE_NAME.findall(part)
        if words:
            names.add(_fold(words[-1]))
    found = []
    for year in _ONE_YEAR.findall(match["years"]):
        fitting = [
            position
            for position, output in enumerate(known, start=1)
            if names <= output.words and _has_year(output, year)
        ]
        fitting = [position for position in fitting if year in known[position - 1].years] or fitting
        if len(fitting) == 1:
            found.append(fitting[0])
    return tuple(dict.fromkeys(found))


def _has_year(output: _Known, year: str) -> bool:
    return any(known[:4] == year[:4] for known in output.years)
