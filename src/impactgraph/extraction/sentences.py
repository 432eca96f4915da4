"""The sentences of a stretch of plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from impactgraph.documents import Span

__all__ = ["split_sentences"]

_STOP = re.compile(r"[.!?…]+")
_MOST_MARKS = 12
_CLOSERS = "”’\"')]»"
_BRACKET = re.compile(r"\s?[\[(][^\[\]()\n]{1,80}[\])]")
_SUPERSCRIPT = re.compile(r"\d{1,2}(?:[,–-]\d{1,2}){0,8}")
_OPENING = re.compile(r"[\s“‘\"'«(\[•–—-]{1,6}(?=[\w“‘\"'«\[(£$€])")
_LABEL = re.compile(r"\s*[\[(]?(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})(?:\.\w{1,3}){0,3}\.")
_LAST_WORD = re.compile(r"[\w&.’'-]{0,30}\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.-?)+[A-Z]")
_FIRST_WORD = re.compile(r"[\s“‘\"'«(\[•–—-]{0,6}(\w{1,30})")


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that end with a stop inside a sentence: before whatever follows, or before a figure.
_ABBREVIATIONS = _set_of(
    "dr mr mrs ms prof profs professor st sr jr rev hon lt col gen capt sgt maj sir messrs mme "
    "e.g i.e eg ie cf viz vs v c ca approx incl esp resp dept univ assoc asst adj "
    "ed eds edn art trans vol vols ch chap sec fig figs eq refs ref ser suppl repr cit op "
    "jan feb mar apr jun jul aug sept sep oct nov dec mt ft"
)
_BEFORE_FIGURES = _set_of("no nos p pp par para art cl ss vol fig figs sec ch step stage")
_ENDING = _set_of("al etc inc ltd co corp plc llc ph.d d.phil u.k u.s u.s.a e.u a.m p.m")


def split_sentences(text: str, span: Span, marks: Sequence[Span] = ()) -> list[Span]:
    """Return the sentences of a stretch of plain text, in order, without the spaces between.

    A mark, or a short bracket, that stands after a stop and before a new sentence belongs to the
    sentence that the stop ends. A line's end always ends a sentence.

    Args:
        text: the plain text.
        span: the stretch of it.
        marks: where citations stand in it, in order.

    >>> text = "Prof. Hale et al. found cracks. [R1] They grew (e.g. by 3.5 mm). (S2)"
    >>> [text[part.start : part.end] for part in split_sentences(text, Span(0, len(text)))]
    ['Prof. Hale et al. found cracks. [R1]', 'They grew (e.g. by 3.5 mm). (S2)']
    """
    known = _Marks(marks)
    sentences: list[Span] = []
    start = line = span.start
    while line < span.end:
        line_end = text.find("\n", line, span.end)
        line_end = span.end if line_end < 0 else line_end
        start = line
        for match in _STOP.finditer(text, line, line_end):
            if match.start() < start:
                continue
            end = _end_sentence(text, Span(start, line_end), match, known)
            if end:
                _add(sentences, text, start, end)
                start = end
        _add(sentences, text, start, line_end)
        line = line_end + 1
    return sentences


class _Marks:
    """Where citations stand, to be found by position."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def around(self, position: int) -> Span | None:
        """Return the mark that begins before a position and ends after it."""
        index = bisect_left(self._starts, position)
        return self._spans[index - 1] if index and self._spans[index - 1].end > position else None

    def after(self, position: int) -> Span | None:
        """Return the first mark that begins at a position or later."""
        index = bisect_left(self._starts, position)
        return self._spans[index] if index < len(self._spans) else None


def _end_sentence(text: str, rest: Span, stop: re.Match[str], marks: _Marks) -> int:
    """Return where the sentence ends that a stop may end; 0 where it ends none."""
    start, limit = rest.start, rest.end
    if marks.around(stop.start()):
        return 0
    end = stop.end()
    if text[stop.start() - 1 : stop.start()].isdigit() and text[end : end + 1].isdigit():
        return 0
    if _LABEL.fullmatch(text, start, end):
        return 0
    while end < limit and text[end] in _CLOSERS:
        end += 1
    closed = end > stop.end()
    end = _pass_marks(text, end, limit, marks)
    if end >= limit:
        return limit
    opening = _OPENING.match(text, end, limit)
    if not opening or not (text[end].isspace() or text[end] in '“‘"«'):
        return 0
    first = _FIRST_WORD.match(text, end, limit)
    word = first[1] if first else ""
    if word and word[0].islower() and not _starts_name(word):
        return 0
    if stop[0][-1] == "…" or stop[0].startswith(".."):
        return end if closed and _starts_sentence(word) else 0
    if stop[0] != ".":
        # An exclamation inside a quotation seldom ends the sentence around it.
        return end if not closed or _starts_sentence(word) else 0
    return 0 if not closed and _is_abbreviation(text, start, stop.start(), word) else end


def _pass_marks(text: str, end: int, limit: int, marks: _Marks) -> int:
    """Return the end of the marks and brackets that follow a stop, if a new sentence does."""
    passed = end
    for _ in range(_MOST_MARKS):
        mark = marks.after(passed)
        if mark and mark.start < limit and not text[passed : mark.start].strip(" ,;("):
            passed = mark.end
        elif bracket := _BRACKET.match(text, passed, limit):
            passed = bracket.end()
        elif passed == end and (figures := _SUPERSCRIPT.match(text, passed, limit)):
            passed = figures.end()
        elif passed > end and passed < limit and text[passed] in ".)]":
            passed += 1
        else:
            break
    if passed == end or passed >= limit:
        return passed
    first = _FIRST_WORD.match(text, passed, limit)
    return end if first and first[1][0].islower() and not _starts_name(first[1]) else passed


def _is_abbreviation(text: str, start: int, stop: int, following: str) -> bool:
    found = _LAST_WORD.search(text, max(start, stop - 30), stop)
    word = found[0].strip("’'-") if found else ""
    lower = word.lower().lstrip("(")
    if lower in _ABBREVIATIONS:
        return True
    if lower in _BEFORE_FIGURES and following[:1].isdigit():
        return True
    if lower in _ENDING:
        return not _starts_sentence(following)
    # An initial: "J. Smith", "A.B. Smith"; but "vitamin C. They".
    if (len(word) == 1 and word.isupper()) or _INITIALS.fullmatch(word):
        return not _starts_sentence(following)
    return word.isdigit() and len(word) <= 2 and stop - len(word) <= start + 1


_OPENERS = _set_of(
    "the a an this that these those it its he she they we i his her their our in on at as by for "
    "from to with since until after before following during when while although though however "
    "moreover furthermore additionally also and but or such some many most all both each one two "
    "research researchers professor dr prof through if there here building based using"
)


def _starts_sentence(word: str) -> bool:
    return word.lower() in _OPENERS


def _starts_name(word: str) -> bool:
    """Return whether a word begins small though it may begin a sentence ("iPhone", "eHealth")."""
    return any(letter.isupper() for letter in word[1:3])


def _add(sentences: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append(Span(start, end))
