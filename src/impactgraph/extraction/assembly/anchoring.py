"""Anchors: the places of what the rules found, with a short quote in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impactgraph.documents import PlainText, Span
from impactgraph.identity import anchor_iri
from impactgraph.model import Anchor

__all__ = ["Anchoring", "entitle", "shorten"]

_WORD = re.compile(r"\S+")
_MOST_WORDS = 10
_OPENING = re.compile(rf"\S+(?:\s+\S+){{0,{_MOST_WORDS - 1}}}")
_ENOUGH_WORDS = 4
_LONGEST_QUOTE = 160
_MARK = re.compile(
    r"\s*\[(?:\d{1,2}|[A-Za-z]\d{0,2}|[ivx]{1,4})(?:\s*[,;–-]\s*(?:\d{1,2}|[A-Za-z]\d{0,2}))*\]"
    r"|(?<=[\w.,;:)”\"])[¹²³⁰⁴-⁹]+"
    r"|(?<=[a-z]{4})\d(?=[.,;]?(?:\s|$))"
)
"""A mark that cites, or the number of a footnote."""
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Makes the anchors of one case study's document."""

    plain: PlainText
    case_study: str
    document: str
    _made: dict[Span, Anchor] = field(default_factory=dict, repr=False)

    def at(self, span: Span) -> Anchor:
        """Return the anchor of a stretch of the plain text that has at least one word.

        The quote is of at most ten words and, where the stretch has some together, without mark-up.
        """
        if span not in self._made:
            self._made[span] = self._make(self._trim(span))
        return self._made[span]

    def _make(self, span: Span) -> Anchor:
        start, end = self.plain.place(span)
        exact = self._quote(span)
        return Anchor(
            iri=anchor_iri(self.case_study, start, end, exact),
            source=self.document,
            start=start,
            end=end,
            exact=exact,
            section=self.plain.document.section_at(start).kind,
        )

    def _trim(self, span: Span) -> Span:
        words = self.plain.words(span)
        start = span.start + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))

    def _quote(self, span: Span) -> str:
        quoted = self._find_quote(span)
        words = self.plain.words(quoted)[:_LONGEST_QUOTE].rstrip()
        start, end = self.plain.place(Span(quoted.start, quoted.start + len(words)))
        return self.plain.document.text[start:end]

    def _find_quote(self, span: Span) -> Span:
        opening = _OPENING.match(self.plain.text, span.start, span.end)
        if opening and self._is_bare(Span(*opening.span())):
            return Span(*opening.span())
        best: list[Span] = []
        for run in self._runs(span):
            if len(run) > len(best):
                best = run
            if len(best) >= _ENOUGH_WORDS:
                break
        return Span(best[0].start, best[-1].end) if best else self._first_word(span)

    def _first_word(self, span: Span) -> Span:
        first = _WORD.search(self.plain.text, span.start, span.end)
        return Span(first.start(), first.end()) if first else span

    def _runs(self, span: Span) -> Iterator[list[Span]]:
        """Yield words, ten at most, that follow one another with nothing hidden between them."""
        run: list[Span] = []
        for match in _WORD.finditer(self.plain.text, span.start, span.end):
            word = Span(match.start(), match.end())
            joined = Span(run[-1].start, word.end) if run else word
            if run and (len(run) == _MOST_WORDS or not self._is_bare(joined)):
                yield run
                run = []
            if run or self._is_bare(word):
                run.append(word)
        if run:
            yield run

    def _is_bare(self, span: Span) -> bool:
        start, end = self.plain.place(span)
        return end - start == len(span) and "\n" not in self.plain.document.text[start:end]


def entitle(words: str, most: int) -> str:
    """Return words of the document as a label: without marks that cite, no quotation left open.

    >>> entitle("It had “a clear effect” [3, A] on policy.", 80)
    'It had “a clear effect” on policy.'
    >>> entitle("They said “it changed all that we do”", 24)
    'They said “it changed…”'
    >>> entitle("It records the depth as it forms1.", 80)
    'It records the depth as it forms.'
    """
    label = shorten(_MARK.sub("", words), most)
    if label.count("“") > label.count("”"):
        label += "”"
    elif label.count('"') % 2:
        label += '"'
    return label if any(character.isalnum() for character in label) else shorten(words, most)


def shorten(words: str, most: int) -> str:
    """Return words in one line, cut at a space to at most so many characters.

    >>> shorten("A policy  framework for social value", 20)
    'A policy framework…'
    """
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole, space, _ = cut.rpartition(" ")
    return (whole if space else cut).rstrip(" ,;:.([") + _ELLIPSIS
