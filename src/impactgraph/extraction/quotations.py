"""Words in quotation marks that somebody said, and who."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.claims import group_paragraphs
from impactgraph.extraction.marked import citations_in, marked_sources, split_marked
from impactgraph.extraction.reading import Citation, QuotationPassage
from impactgraph.extraction.speakers import find_speaker

__all__ = ["find_quoted", "read_quotations"]

_FEWEST_WORDS = 4
_MANY_WORDS = 15
_LONGEST = 3000
_FARTHEST = 500
_MARK = 2
_PAIRS = {"“": "”", "‘": "’", "«": "»", '"': '"', "'": "'"}
_OPENING = re.compile(r"(?<![\w’'])[“‘«\"'](?=\s?[\w\[(…£$€.])|“")
_SAID = re.compile(
    r"\b(?:sa(?:id|ys)|stat(?:e[ds]?|ing)|comment(?:s|ed|ing)|confirm(?:s|ed|ing)|"
    r"not(?:es|ed|ing)|wr(?:ites|ote|iting)|explain(?:s|ed|ing)|add(?:s|ed|ing)|"
    r"report(?:s|ed|ing)|describ(?:es|ed|ing)|testif(?:ies|ied)|remark(?:s|ed)|observ(?:es|ed)|"
    r"reflect(?:s|ed)|conclud(?:es|ed)|acknowledg(?:es|ed|ing)|recall(?:s|ed)|according\s+to|"
    r"told|quot(?:e[ds]?|ing)|in\s+(?:the\s+words\s+of|his|her|their)|feedback|testimon\w+|"
    r"prais(?:es|ed|ing)|called|emphasi[sz](?:es|ed)|attest(?:s|ed)|respon(?:se|ded|dent)\w*|"
    r"participants?|survey|review(?:er|ers|ed)?|highlight(?:s|ed)|argu(?:es|ed)|believ(?:es|ed)|"
    r"considers?|considered|thank(?:s|ed|ing)|welcom(?:es|ed)|credit(?:s|ed)|felt|claim(?:s|ed)|"
    r"suggest(?:s|ed)|stress(?:es|ed)|view(?:s|ed)|recogni[sz](?:es|ed)|summari[sz](?:es|ed)|reads)\b",
    re.IGNORECASE,
)


def read_quotations(
    plain: PlainText, stretches: Sequence[Span], citations: Sequence[Citation]
) -> tuple[QuotationPassage, ...]:
    """Return the words in quotation marks that somebody said, in order.

    What is quoted counts as said where its sentence or the one that announces it has a verb of
    saying, or where it is long. The speaker is left out where the text does not name one plainly.

    Args:
        plain: the document as it reads.
        stretches: the paragraphs and items of one impact, in order.
        citations: the marks of section 4, in order.
    """
    return tuple(
        quotation
        for paragraph in group_paragraphs(plain, stretches)
        for quotation in _read_paragraph(plain, paragraph, citations)
    )


def _read_paragraph(
    plain: PlainText, paragraph: Sequence[Span], citations: Sequence[Citation]
) -> Iterator[QuotationPassage]:
    before = Span(paragraph[0].start, paragraph[0].start)
    for stretch in paragraph:
        sentences = split_marked(plain, stretch, citations)
        for quoted in find_quoted(plain.text, stretch):
            words = len(plain.words(quoted).split(maxsplit=_MANY_WORDS))
            if words < _FEWEST_WORDS:
                continue
            ahead, behind = _words_around(sentences, quoted, before)
            speaker = find_speaker(plain.text, ahead, behind)
            said = any(_SAID.search(plain.words(part)) for part in (ahead, behind))
            if words < _MANY_WORDS and not (said or speaker):
                continue
            yield QuotationPassage(
                span=quoted,
                speaker=speaker,
                sources=_read_sources(quoted, ahead, behind, citations),
            )
        before = sentences[-1] if sentences else before


def _words_around(sentences: Sequence[Span], quoted: Span, before: Span) -> tuple[Span, Span]:
    """Return what stands before the quoted words in their sentence, and after them.

    Where they begin a sentence, the sentence before announces them.
    """
    first = bisect_left(sentences, quoted.start - _MARK, key=lambda sentence: sentence.start)
    start = sentences[first - 1].start if first else before.start
    last = bisect_left(sentences, quoted.end, key=lambda sentence: sentence.start)
    end = max(quoted.end, sentences[last - 1].end if last else 0)
    return (
        Span(max(start, quoted.start - _FARTHEST), quoted.start),
        Span(quoted.end, min(end, quoted.end + _FARTHEST)),
    )


def _read_sources(
    quoted: Span, ahead: Span, behind: Span, citations: Sequence[Citation]
) -> tuple[int, ...]:
    """Return the sources marked after the words in their sentence, else before them in it."""
    after = marked_sources(citations_in(citations, Span(quoted.start, behind.end)))
    return after or marked_sources(citations_in(citations, ahead))


def find_quoted(text: str, span: Span) -> Iterator[Span]:
    """Yield the stretches in quotation marks, without the marks.

    An apostrophe closes nothing. A quotation that a paragraph leaves open reaches to its end if
    the paragraph begins with it.

    >>> text = "He said: ‘it has changed the farm’s yield’, and left."
    >>> [text[part.start : part.end] for part in find_quoted(text, Span(0, len(text)))]
    ['it has changed the farm’s yield']
    """
    position = span.start
    while match := _OPENING.search(text, position, span.end):
        start = match.end()
        end = _find_close(text, start, span.end, _PAIRS[match[0]])
        if end < 0 and match.start() - span.start <= 1 and match[0] in "“‘":
            end = span.end
        if end < 0 or end - start > _LONGEST:
            position = start
            continue
        position = end + 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Span(start, end)


def _find_close(text: str, start: int, limit: int, mark: str) -> int:
    """Return where the closing mark stands; -1 where there is none."""
    end = text.find(mark, start, min(limit, start + _LONGEST + 1))
    if mark in '”»"':
        return end
    while end >= 0:
        after = text[end + 1 : end + 2]
        plural = text[end - 1] == "s" and after == " " and text[end + 2 : end + 3].islower()
        if not after.isalnum() and not (plural and _closes_later(text, end, limit, mark)):
            return end
        end = text.find(mark, end + 1, min(limit, start + _LONGEST + 1))
    return -1


def _closes_later(text: str, end: int, limit: int, mark: str) -> bool:
    """Return whether a mark that may be an apostrophe is followed by one that surely closes."""
    opening = "‘" if mark == "’" else "'"
    following = text[end + 1 : min(limit, end + 400)]
    close = re.search(rf"{mark}(?=[\s.,;:)\]]|$)", following)
    if not close:
        return False
    return opening not in following[: close.start()] if mark == "’" else True
