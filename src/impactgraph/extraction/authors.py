"""The names that a reference begins with."""

from __future__ import annotations

import re

from impactgraph.documents import Span
from impactgraph.extraction.reading import Name

__all__ = ["read_authors"]

_MOST = 60
_CAPITAL = r"[^\W\d_a-z]"
_PARTICLES = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ten|ter|st\.?|ap|nic|ní)"
    r"[\s’'-]){0,3}"
)
_SURNAME = (
    rf"(?i:{_PARTICLES}){_CAPITAL}[\w’'`´‐-]{{0,25}}(?:[-‐\s]{_CAPITAL}[\w’'-]{{2,25}}){{0,2}}"
)
_INITIALS = rf"(?:{_CAPITAL}\.[\s-]?|{_CAPITAL}{{1,4}}(?!\w)\.?[\s-]?){{1,5}}"
_BEHIND = r"(?=\s?[,;.&(\[‘“'\"…]|\s(?:and|with)\s[^\W\d_a-z]|\s\d|\s?$)"
_INVERTED = re.compile(
    rf"(?P<family>{_SURNAME})(?:,\s?|\s){_INITIALS}(?:(?:Jr|Sr|III?)\.?)?(?![a-z’'])"
)
_ONE_SURNAME = rf"(?i:{_PARTICLES})(?:{_CAPITAL}[\w’']{{0,2}}\s)?{_CAPITAL}[\w’'`´‐-]{{1,25}}"
_FORENAMED = re.compile(
    rf"(?P<family>{_ONE_SURNAME}),\s{_CAPITAL}[\w’'-]{{1,20}}(?:\s{_CAPITAL}[\w’'-]{{0,20}}\.?){{0,2}}{_BEHIND}"
)
_INITIALS_FIRST = re.compile(rf"{_INITIALS}(?P<family>(?i:{_PARTICLES}){_CAPITAL}[\w’'-]{{1,25}})")
_NAME_FIRST = re.compile(
    rf"(?:{_CAPITAL}[\w’'-]{{1,20}}\s(?:{_CAPITAL}\.?\s){{0,3}}){{1,2}}"
    rf"(?P<family>(?i:{_PARTICLES}){_CAPITAL}[\w’'-]{{1,25}}){_BEHIND}"
)
_BETWEEN = re.compile(
    r"(?:\s?(?:\([^()\d]{0,40}\)|\[[^\[\]]{0,40}\]|[*†‡#§^]{1,3}|\d(?=[,\s]))){0,2}\s?"
    r"(?:(?:[,;&./…]|\band\b|\bwith\b|\.\.\.)\s?){1,5}"
    r"|\s(?=[^\W\d_a-z][\w’'-]+\s[^\W\d_a-z]{1,3}[,.])"
)
_ET_AL = re.compile(r"[,;.\s…]{0,4}(?:(?:and|&)\s)?et\.? al\b\.?,?\s?", re.IGNORECASE)
_EDITORS = re.compile(r"[,\s]{0,2}[(\[]?\s?\b[Ee]d(?:itor)?s?\b\.?\s?[)\]]?[.,]?\s?")
_NO_NAME = re.compile(
    r"(?:The|This|In|On|An|From|Towards?|Journal|Report|University|Written|New|Introduction|Why|How"
    r"|What|Understanding|Modern|Research|Available|Submitted|London|Oxford|Cambridge)\b"
)


def read_authors(words: str, start: int, end: int, offset: int) -> tuple[tuple[Name, ...], int]:
    """Return the names that stand in words[start:end], and where what follows them begins.

    Args:
        words: the words of a reference.
        start: where its authors begin in them.
        end: where they end at the latest: at a quotation mark or in italics.
        offset: where the words begin in the plain text.
    """
    names: list[Name] = []
    position = behind = start
    while len(names) < _MOST:
        found = _match_name(words, position, end)
        if not found or _NO_NAME.match(found[0]):
            break
        printed = found[0].rstrip(" ,;&-")
        begin = offset + found.start()
        family = found["family"].strip(" ,.")
        names.append(Name(Span(begin, begin + len(printed)), printed, family))
        behind = found.end()
        if et_al := _ET_AL.match(words, behind, end):
            behind = et_al.end()
            break
        if editors := _EDITORS.match(words, behind, end):
            behind = editors.end()
            break
        gap = _BETWEEN.match(words, behind, end)
        if not gap:
            break
        position = gap.end()
    return tuple(names), behind


def _match_name(words: str, position: int, end: int) -> re.Match[str] | None:
    for pattern in (_INVERTED, _FORENAMED, _INITIALS_FIRST, _NAME_FIRST):
        found = pattern.match(words, position, end)
        if found:
            return found
    return None
