"""The parts of a reference: authors, year, title, venue, volume, issue, pages, publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from impactgraph.documents import PlainText, Span, StyleKind
from impactgraph.extraction.authors import read_authors
from impactgraph.extraction.publications import find_output_type, find_publisher
from impactgraph.extraction.reading import Name
from impactgraph.model import OutputType

__all__ = ["Reference", "read_reference"]

_LONGEST = 2500
_YEAR_IN_BRACKETS = re.compile(
    r"[(\[]\s?(?:[^()\[\]\d]{0,20}\s)?(?P<year>(?:19|20)\d\d)[a-z]?"
    r"(?:\s?[-–/]\s?(?:(?:\d\d){1,2}[a-z]?|present|date))?[^()\[\]]{0,25}[)\]]"
)
_YEAR = re.compile(r"(?<![\d/.:-])(?P<year>(?:19|20)\d\d)[a-z]?(?![\d/-]|\.\d)")
_QUOTED_SURELY = re.compile(
    r"(?:‘(?P<single>[^\n‘]{6,400}?)’|'(?P<plain>(?:[^\n']|'(?=\w)|(?<=s)'(?=\s\w)){6,400}?)')"
    r"(?=\s?[,.;:(\[]|\s(?:in|In)\b|\s?$)"
)
_QUOTED = re.compile(
    r"(?<!\w)(?:‘(?P<single>[^\n]{6,400}?)’(?!\w)|“(?P<double>[^\n]{6,400}?)”"
    r"|(?P<mark>['\"])(?P<plain>[^\n]{6,400}?)(?P=mark)(?!\w))"
)
_TITLE_STOP = re.compile(r"[.?!](?=\s[^\W\d_a-z]|\s?$|\s\d|\s?\[)|\n|\s[(\[]|,\s(?=[Ii]n:?\s)")
_REMARK = re.compile(
    r"\s*(?:\[[^\[\]]{3,60}\]\s?|\([A-Z][^()\d]{3,40}\)\s?|[*†‡^§#•\s]{1,6}|[.:,)–—-]\s?"
    r"|(?:Journal|Book|Authored|Edited|Conference|Peer-reviewed|Monograph|Article|Chapter|Paper)"
    r"[\w -]{0,25}:\s)"
)
_ADDRESS = re.compile(r"\bdoi\b|\bhttps?:|\bwww\.|\b10\.\d{4}", re.IGNORECASE)
_VOLUMES = (
    re.compile(r"\((?:19|20)\d\d\)\s(?P<v>\d{1,3})\s(?=[^\W\d_a-z])"),
    re.compile(
        r"\b(?P<v>\d{1,4})\s?\((?P<i>\d{1,4}(?:[-–/]\d{1,3})?|[Ss]uppl[^()]{0,12}"
        r"|[A-Z]{1,2}\d{1,3})\)"
    ),
    re.compile(
        r"\b[Vv]ol(?:ume)?\.?\s?(?P<v>\d{1,4})(?:\s?[,.:(]?\s?(?:[Nn]o|[Ii]ss(?:ue)?"
        r"|[Nn]umber)?\.?\s?"
        r"(?P<i>\d{1,3}(?!\d|\s?[-–]\s?\d)))?"
    ),
    re.compile(r"\b(?P<v>\d{1,4})[,.:;]?\s?(?:[Nn]o|[Ii]ss(?:ue)?)\.?\s?(?P<i>\d{1,4})\b"),
    re.compile(r"\b(?P<v>\d{1,3})[/:](?P<i>\d{1,2})[,\s(]"),
    re.compile(r"(?<=[\s,])(?P<v>\d{1,4})\s?[:,;]\s?(?:(?:pp?|art)\.?\s?)?(?P<p>e?[A-Z]?\d{1,8})"),
)
_PAGES = re.compile(
    r"(?:\bpp?\.?\s?|\bpages?\s|[:,;]\s?|\)\.?\s?|\s)(?<!\d,)(?!(?:19|20)\d\d\s?[-–]\s?(?:19"
    r"|20)\d\d)"
    r"(?P<first>[eSsA-Z]?\d{1,6})\s?[-–—−‐]\s?"
    r"(?P<last>[eSsA-Z]?\d{1,6})(?![\d/]|[-–]\d|\.\d)"
)
_IN_BOOK = re.compile(
    r"\b[Ii]n:?\s(?:[^\n]{0,200}?\(?\b[Ee]ds?\b\.?\)?[.,:]?\s)?(?P<venue>[^\n,.(]{6,150})"
)
_VENUE = re.compile(
    r"[\s.,;:’”'\"?!)\]]{0,6}(?:\((?:19|20)\d\d\)[\s.,]{1,2}(?:\d{1,3}\s)?)?"
    r"(?:[Ii]n:?\s)?(?P<venue>[^\W\d_a-z][^\d\n.;(\[]{3,120}?)"
    r"(?=[\s,.:;]{1,3}(?:\d|[Vv]ol|[Nn]o\.|pp?\.|\()|[.;]|\s?[(\[]|\s?$)"
)
_PLACE = re.compile(r"(?:[^\W\d_a-z][\w.’'-]+,?\s?(?:[/&,]\s?|and\s)?){1,4}:\s?[^\W\d_a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a reference says of its publication; places are those of the plain text."""

    output_type: OutputType
    authors: tuple[Name, ...] = ()
    year: str | None = None
    title: Span | None = None
    venue: Span | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    page_start: str | None = None
    page_end: str | None = None


def read_reference(plain: PlainText, span: Span) -> Reference:
    """Return the parts of the reference in a stretch, which begins behind the label.

    Args:
        plain: the document's plain text.
        span: the reference, the label left out.
    """
    return _Reader(plain, Span(span.start, min(span.end, span.start + _LONGEST))).read()


class _Reader:
    """A reference being read, from its authors on."""

    def __init__(self, plain: PlainText, span: Span) -> None:
        self.plain = plain
        self.span = span
        self.words = plain.words(span)
        self.italics = [
            (max(0, style.start - span.start), min(len(self.words), style.end - span.start))
            for style in plain.styles_in(span, StyleKind.ITALIC)
        ]

    def read(self) -> Reference:
        start = self._skip_remarks()
        authors, behind = read_authors(
            self.words, start, self._end_of_authors(start), self.span.start
        )
        year = self._find_year()
        title = self._find_title(behind, year)
        behind = title[1] if title else behind
        address = _ADDRESS.search(self.words, behind)
        rest = self.words[behind : address.start() if address else None]
        kind = find_output_type(self.words, rest)
        volume, issue = _find_volume(rest) if kind in _IN_VOLUMES else (None, None)
        pages = _PAGES.search(rest)
        return Reference(
            output_type=kind,
            authors=authors,
            year=year["year"] if year else None,
            title=self._place(title),
            venue=self._find_venue(behind, kind) if title else None,
            publisher=find_publisher(rest) if kind not in _IN_VOLUMES else None,
            volume=volume,
            issue=issue,
            page_start=pages["first"] if pages else None,
            page_end=_complete_page(pages["first"], pages["last"]) if pages else None,
        )

    def _place(self, found: tuple[int, int] | None) -> Span | None:
        return Span(self.span.start + found[0], self.span.start + found[1]) if found else None

    def _skip_remarks(self) -> int:
        position = 0
        while position < 200 and (match := _REMARK.match(self.words, position)):
            position = match.end()
        return position

    def _end_of_authors(self, start: int) -> int:
        quoted = _QUOTED.search(self.words, start)
        ends = [
            begin
            for begin, end in self.italics
            if begin >= start and end - begin > 3 and self.words[begin : begin + 5] != "et al"
        ]
        if quoted:
            ends.append(quoted.start())
        return min(ends, default=len(self.words))

    def _find_year(self) -> re.Match[str] | None:
        return _YEAR_IN_BRACKETS.search(self.words[:1200]) or _YEAR.search(self.words)

    def _find_title(self, start: int, year: re.Match[str] | None) -> tuple[int, int] | None:
        words = self.words
        if (
            year
            and start <= year.start() <= start + 25
            and self._end_of_authors(start) > year.start()
        ):
            start = year.end()
        start += len(words[start:]) - len(words[start:].lstrip(" .,:;)]–—-"))
        quoted = _QUOTED.search(words, start)
        if (
            quoted
            and quoted.start() - start < 40
            and not words[quoted.end() :].lstrip().startswith(":")
        ):
            # An apostrophe behind a plural looks like the end: ‘The actors’ views’.
            quoted = _QUOTED_SURELY.match(words, quoted.start()) or quoted
            groups = quoted.groupdict()
            group = next(name for name in ("single", "double", "plain") if groups.get(name))
            return _trim(words, *quoted.span(group))
        for begin, end in self.italics:
            if abs(begin - start) <= 3 and end - begin > 3:
                return _trim(words, max(begin, start), end)
        stop = _TITLE_STOP.search(words, start + 8)
        end = stop.start() + (words[stop.start()] in "?!") if stop else len(words)
        italic = next((begin for begin, _ in self.italics if begin > start + 8), end)
        found = _trim(words, start, min(end, italic))
        return found if found[1] - found[0] > 5 else None

    def _find_venue(self, behind: int, kind: OutputType) -> Span | None:
        if kind in (OutputType.BOOK, OutputType.PATENT):
            return None
        for begin, end in self.italics:
            if behind <= begin < behind + 300 and re.search(r"[^\W\d_]{3}", self.words[begin:end]):
                trimmed = re.sub(
                    r"[\s,.;:]+(?:[Vv]ol\.?\s?)?[\d\s(),.–-]*$", "", self.words[begin:end]
                )
                return self._place(_trim(self.words, begin, begin + len(trimmed)))
        pattern = _VENUE
        if kind in (OutputType.BOOK_CHAPTER, OutputType.CONFERENCE_PAPER) and (
            found := _IN_BOOK.search(self.words, behind, behind + 500)
        ):
            return self._place(_trim(self.words, *found.span("venue")))
        match = pattern.match(self.words, behind)
        if not match or _PLACE.match(match["venue"]) or _ADDRESS.search(match["venue"]):
            return None
        return self._place(_trim(self.words, *match.span("venue")))


_IN_VOLUMES = frozenset(
    {OutputType.JOURNAL_ARTICLE, OutputType.CONFERENCE_PAPER, OutputType.WORKING_PAPER}
)


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    text = words[start:end]
    start += len(text) - len(text.lstrip(" .,:;"))
    return start, max(start, start + len(words[start:end].rstrip(" .,;:–-")))


def _find_volume(rest: str) -> tuple[str | None, str | None]:
    for pattern in _VOLUMES:
        for match in pattern.finditer(rest[:500]):
            if not re.fullmatch(r"(?:19|20)\d\d", match["v"]):
                return match["v"], match.groupdict().get("i")
    return None, None


def _complete_page(first: str, last: str) -> str:
    """Return the last page in full, where the reference shortens it ("115–21")."""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        return first[: len(first) - len(last)] + last
    return last
