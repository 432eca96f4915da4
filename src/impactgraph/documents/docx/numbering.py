"""The labels of numbered and bulleted paragraphs, counted as a word processor shows them.

ECMA-376, part 1, section 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from impactgraph.documents.docx.names import child, in_words, is_on, local_name, value_of
from impactgraph.documents.docx.styles import read_number

__all__ = ["Numbering", "read_numbering", "write_number"]

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = [
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
]
_LARGEST = 9_999
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    abstract_of: dict[str, str]
    levels: dict[str, dict[int, _Level]]
    overrides: dict[str, dict[int, _Level]]
    restarts: dict[str, dict[int, int]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def count(self, list_id: str | None, level: int) -> str:
        """Count one more paragraph of a list and return its label ("" where it has none).

        Lists of one abstract list are counted on together, but for one that says where it starts.
        """
        abstract = self.abstract_of.get(list_id or "")
        if list_id is None or abstract is None or not 0 <= level < _LEVELS:
            return ""
        numbers = self.counts.setdefault(abstract, [None] * _LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for restarted in self.restarts.get(list_id, {}):
                numbers[restarted:] = [None] * (_LEVELS - restarted)
        before = numbers[level]
        numbers[level] = self._start(list_id, abstract, level) if before is None else before + 1
        numbers[level + 1 :] = [None] * (_LEVELS - level - 1)
        for above in range(level):
            if numbers[above] is None:
                numbers[above] = self._start(list_id, abstract, above)
        return self._write(list_id, abstract, level, numbers)

    def _level(self, list_id: str, abstract: str, level: int) -> _Level:
        found = self.overrides.get(list_id, {}).get(level)
        return found or self.levels.get(abstract, {}).get(level, _Level())

    def _start(self, list_id: str, abstract: str, level: int) -> int:
        own = self.restarts.get(list_id, {}).get(level)
        return self._level(list_id, abstract, level).start if own is None else own

    def _write(self, list_id: str, abstract: str, level: int, numbers: list[int | None]) -> str:
        own = self._level(list_id, abstract, level)
        if own.form == "bullet":
            return "•" if own.text.strip() else ""

        def show(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            form = self._level(list_id, abstract, at).form
            legal = own.legal and form != "none"
            return write_number(numbers[at] or 0, "decimal" if legal else form)

        return _PLACE.sub(show, own.text).strip()


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the lists of a `w:numbering` element."""
    levels: dict[str, dict[int, _Level]] = {}
    style_links: dict[str, str] = {}
    linked: dict[str, str] = {}
    numbering = Numbering({}, levels, {}, {})
    for one in root if root is not None else ():
        if local_name(one) == "abstractNum":
            key = in_words(one, "abstractNumId") or ""
            levels[key] = _read_levels(one)
            if style := value_of(one, "styleLink"):
                style_links[style] = key
            if style := value_of(one, "numStyleLink"):
                linked[key] = style
        elif local_name(one) == "num":
            list_id = in_words(one, "numId") or ""
            numbering.abstract_of[list_id] = value_of(one, "abstractNumId") or ""
            _read_overrides(one, list_id, numbering)
    for key, style in linked.items():
        if style in style_links and not levels[key]:
            levels[key] = levels[style_links[style]]
    return numbering


def _read_overrides(one: etree._Element, list_id: str, numbering: Numbering) -> None:
    for override in one:
        if local_name(override) != "lvlOverride":
            continue
        level = read_number(in_words(override, "ilvl"))
        if level is None:
            continue
        start = read_number(value_of(override, "startOverride"))
        if start is not None:
            numbering.restarts.setdefault(list_id, {})[level] = start
        own = child(override, "lvl")
        if own is not None:
            numbering.overrides.setdefault(list_id, {})[level] = _read_level(own)


def _read_levels(abstract: etree._Element) -> dict[int, _Level]:
    found = {}
    for one in abstract:
        level = read_number(in_words(one, "ilvl")) if local_name(one) == "lvl" else None
        if level is not None:
            found[level] = _read_level(one)
    return found


def _read_level(one: etree._Element) -> _Level:
    legal = child(one, "isLgl")
    start = read_number(value_of(one, "start"))
    return _Level(
        start=start if start is not None else 1,
        form=value_of(one, "numFmt") or "decimal",
        text=(value_of(one, "lvlText") or "")[:_LONGEST_LABEL],
        legal=legal is not None and is_on(legal),
    )


def write_number(number: int, form: str) -> str:
    """Return a number in one of the forms of section 17.18.59, as far as English texts use them.

    >>> [write_number(28, form) for form in ("decimal", "lowerLetter", "upperRoman")]
    ['28', 'bb', 'XXVIII']
    """
    number = min(number, _LARGEST)
    match form:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter" if number > 0:
            # After z come aa, bb, ...: section 17.18.59 repeats the letter.
            letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if number > 0:
            roman = _write_roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            teen = number % 100 in (11, 12, 13)
            ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{'th' if teen else ending}"
    return str(number)


def _write_roman(number: int) -> str:
    written = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written.append(letters * times)
    return "".join(written)
