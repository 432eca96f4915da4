"""What a mark says: the labels that it names, ranges and parts, and where to look in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from impactgraph.extraction.mark_tokens import PLACE_NUMBERS, TOKEN, citing_word

__all__ = ["LabelUse", "ParsedMark", "parse_mark"]

_LONGEST_RANGE = 40
_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = {numeral: value for value, numeral in enumerate(_NUMERALS.split(), start=1)}
_NO_PREFIX = re.compile(
    r"""jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
    |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|day|week|month|year|age[ds]?|phase|stage|step|level
    |grades?|tier|type|class|band|theme|in|to|and|of|on|at|by|for|from|over|under|about|around
    |between|after|before|until|since|than|top|only|some|all|chapter|the|covid|sars|sdg|version
    |route|highway|room|channel|radio|bbc|itv|key|gbp|usd|eur|teacher|study|studies|uoa|unit|round|goal""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A label that a mark names, in a form that the labels of lists are compared in.

    `scheme` is what its kin have in common: "r#" of "R3", "#" of "3", "5.#" of "5.2", "A" of "B",
    "a" of "b", "i" of "iii", "source#" of "Source 3". `inherited` says that the mark prints only
    the number, after another label ("S1, 2"); `part_of` which label before it it may be a part of
    ("b" in "S1a, b"). `section` is the one in which the mark says to look.
    """

    scheme: str
    ordinal: int
    sub: str
    printed: str
    start: int
    end: int
    inherited: bool = False
    part_of: tuple[str, int] | None = None
    section: str = ""

    @property
    def weak(self) -> bool:
        """Return whether it is a mere number or letter."""
        return self.inherited or self.scheme in ("#", "A", "a", "i", "I")

    @property
    def sectioned(self) -> bool:
        """Return whether it may be a decimal number, too."""
        return self.scheme[0].isdigit()


@dataclass(slots=True)
class ParsedMark:
    """What a mark says: `foreign` are the places of words that no mark has."""

    labels: list[LabelUse] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)

    @property
    def pure(self) -> bool:
        """Return whether it names labels and says nothing else."""
        return bool(self.labels) and not self.foreign

    @property
    def leads(self) -> bool:
        """Return whether its labels come before any other words."""
        return bool(self.labels) and all(at > self.labels[0].start for at in self.foreign)


def parse_mark(words: str) -> ParsedMark:
    """Return what the inside of a mark says.

    >>> [(use.scheme, use.ordinal, use.sub) for use in parse_mark("R1, R3–R5").labels]
    [('r#', 1, ''), ('r#', 3, ''), ('r#', 4, ''), ('r#', 5, '')]
    >>> mark = parse_mark("S3a, p.66-68; 5")
    >>> [(use.scheme, use.ordinal, use.sub) for use in mark.labels], mark.pages
    ([('s#', 3, 'a'), ('s#', 5, '')], ['p.66-68'])
    """
    return _Parsing(words).run()


class _Parsing:
    """A mark being parsed: the word and the section that govern, and whether a range is open."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.mark = ParsedMark()
        self.word = ""
        self.section = ""
        self.range_open = False
        self.next = 0
        self.after_foreign = -1

    def run(self) -> ParsedMark:
        position = 0
        while position < len(self.words):
            match = TOKEN.match(self.words, position)
            if match is None:
                break
            self.next = match.end()
            _TOKENS[match.lastgroup or ""](self, match)
            position = max(self.next, position + 1)
        return self.mark

    def _add(self, use: LabelUse) -> None:
        labels = self.mark.labels
        adjacent = (
            self.after_foreign >= 0 and not self.words[self.after_foreign : use.start].strip()
        )
        if use.weak and adjacent:
            return
        if self.range_open and labels:
            first = labels[-1]
            same = use.scheme == first.scheme or use.inherited or use.scheme == "#"
            span = range(first.ordinal + 1, use.ordinal)
            if same and first.ordinal < use.ordinal and len(span) < _LONGEST_RANGE:
                labels.extend(
                    replace(first, ordinal=ordinal, sub="", end=use.end) for ordinal in span
                )
                use = replace(use, scheme=first.scheme, inherited=False)
        self.range_open = False
        labels.append(use)

    def _use(self, match: re.Match[str], scheme: str, ordinal: int, sub: str | None) -> LabelUse:
        return LabelUse(
            scheme,
            ordinal,
            _bare_sub(sub),
            match[0].strip(),
            match.start(),
            match.end(),
            section=self.section,
        )

    def _sectioned(self, match: re.Match[str]) -> None:
        before, part = match["before"].lower(), match["part"]
        if match["led"]:
            use = self._use(match, f"{match['lead'].lower()}#", int(match["led"]), None)
            use = replace(use, section=part)
        elif match["second"]:
            use = self._use(match, f"{before}{part}.#", int(match["second"]), None)
        elif match["numeral"]:
            use = self._use(match, f"{before}{part}.i", _ROMANS.get(match["numeral"], 0), None)
        else:
            letter = match["lettered"]
            use = self._use(match, f"{before}{part}.A", ord(letter.lower()) - 96, None)
        self._add(replace(use, sub=_bare_sub(match["sectionedsub"])))

    def _prefixed(self, match: re.Match[str]) -> None:
        if _NO_PREFIX.fullmatch(match["prefix"]):
            self._other(match)
            return
        prefix = citing_word(match["prefix"]) or _singular(match["prefix"])
        self._add(self._use(match, f"{prefix}#", int(match["number"]), match["prefixedsub"]))

    def _bare(self, match: re.Match[str]) -> None:
        use = self._use(match, f"{self.word}#", int(match["plain"]), match["plainsub"])
        last = self.mark.labels[-1] if self.mark.labels else None
        if last and not self.word and last.scheme.endswith("#") and last.scheme != "#":
            use = replace(use, scheme=last.scheme, inherited=True)
        self._add(use)

    def _letter(self, match: re.Match[str]) -> None:
        letter = match["letter"]
        last = self.mark.labels[-1] if self.mark.labels else None
        if letter.isupper():
            scheme, parent = f"{self.word}A", None
        else:
            scheme = f"{self.word}A" if self.word else "a"
            parent = last if last and last.scheme not in ("a", "i") else None
        if parent and self.range_open:
            self.range_open = False
            return
        use = self._use(match, scheme, ord(letter.lower()) - 96, match["lettersub"])
        self._add(replace(use, part_of=(parent.scheme, parent.ordinal) if parent else None))

    def _roman(self, match: re.Match[str]) -> None:
        ordinal = _ROMANS.get(match[0].lower())
        if ordinal is None:
            self._other(match)
            return
        last = self.mark.labels[-1] if self.mark.labels else None
        scheme = "i" if match[0].islower() else "I"
        parent = last if last and last.scheme not in ("i", "I", "a") else None
        part_of = (parent.part_of or (parent.scheme, parent.ordinal)) if parent else None
        use = self._use(match, scheme, ordinal, None)
        self._add(replace(use, part_of=part_of))

    def _section(self, match: re.Match[str]) -> None:
        self.section = match["where"]

    def _word(self, match: re.Match[str]) -> None:
        self.word = citing_word(match[0]) or ""

    def _place(self, match: re.Match[str]) -> None:
        entry = None if self.mark.labels else _SECTION_ENTRY.match(match[0])
        if entry:
            self.next = match.start() + entry.end()
            return
        self.mark.pages.append(match[0].strip())
        self.range_open = False

    def _range(self, match: re.Match[str]) -> None:
        self.range_open = bool(self.mark.labels)

    def _separator(self, match: re.Match[str]) -> None:
        labels = self.mark.labels
        if ":" in match[0] and labels and labels[-1].scheme not in ("#", "A", "a"):
            pages = _COLON_PAGES.match(self.words, match.end())
            if pages:
                self.mark.pages.append(pages[0])
                self.next = pages.end()
        if match[0].strip("[]() "):
            self.range_open = False

    def _skip(self, match: re.Match[str]) -> None:
        """Nothing is said."""

    def _other(self, match: re.Match[str]) -> None:
        labels = self.mark.labels
        while labels and not self.words[labels[-1].end : match.start()].strip():
            if not labels[-1].weak and not (labels[-1].sectioned and not match[0][0].isupper()):
                break
            labels.pop()
        self.mark.foreign.append(match.start())
        self.after_foreign = match.end()
        self.range_open = False


_SECTION_ENTRY = re.compile(r"(?i:sections?|sect?)\.?\s?(?=[35]\.\d)")
_SIGNS = re.compile(r"[\s.()#–—−‐‑‒-]")
_COLON_PAGES = re.compile(rf"{PLACE_NUMBERS}(?:\s?[,&]\s?{PLACE_NUMBERS})*")
_TOKENS: dict[str, Callable[[_Parsing, re.Match[str]], None]] = {
    "address": _Parsing._other,
    "date": _Parsing._other,
    "section": _Parsing._section,
    "word": _Parsing._word,
    "place": _Parsing._place,
    "sectioned": _Parsing._sectioned,
    "prefixed": _Parsing._prefixed,
    "bare": _Parsing._bare,
    "and": _Parsing._skip,
    "range": _Parsing._range,
    "roman": _Parsing._roman,
    "alone": _Parsing._letter,
    "filler": _Parsing._skip,
    "stop": _Parsing._skip,
    "separator": _Parsing._separator,
    "other": _Parsing._other,
}


def _singular(prefix: str) -> str:
    """Return a prefix in lower case, without a plural's ending: "RPs" -> "rp"."""
    return (prefix[:-1] if prefix[-1] == "s" and prefix[:-1].isupper() else prefix).lower()


def _bare_sub(sub: str | None) -> str:
    return _SIGNS.sub("", sub).lower() if sub else ""
