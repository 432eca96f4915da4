"""Figures: the sums, shares and counts that a sentence gives, with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.dates import find_dates, read_time
from impactgraph.extraction.marked import citations_in
from impactgraph.extraction.reading import Citation, ClaimPassage, FigureMention, ImpactPassage
from impactgraph.extraction.sums import find_sums

__all__ = ["count_in_claims", "read_figures"]

_NUMBER = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d{1,9}(?:\.\d{1,4})?"
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9}
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|bn|k|m)\b)?"
_COUNT = re.compile(
    rf"(?<![\w.,/£$€#&=+-])(?P<least>{_NUMBER})(?:\s?(?:-|–|to)\s?(?P<most>{_NUMBER}))?"
    rf"{_SCALE}\+?(?P<share>\s?%|\s?per\s?cent\b)?(?![\w/:-]|[.,]\d|\s?(?:am|pm)\b|°)",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"(?:over|more\s+than|greater\s+than|at\s+least|(?:a\s+)?minimum\s+of|about|around|approx"
    r"(?:imately|\.)?|nearly|almost|some|up\s+to|as\s+many\s+as|fewer\s+than|less\s+than|under"
    r"|below|above|an?\s+estimated|estimated|circa|c\.|roughly|in\s+excess\s+of|exceeding|>|≥|~)"
    r"\s?(?:a\s+)?$",
    re.IGNORECASE,
)
_LONGEST_QUALIFIER = 24
_COUNTED = re.compile(r"\s?(?P<counted>(?:of\s+)?[A-Za-z][\w’'-]*(?:\s+[A-Za-z][\w’'-]*){0,5})")
_OF_WHAT = re.compile(
    r"(?P<counted>[A-Za-z][\w’'-]*(?:\s+[A-Za-z][\w’'-]*)?)\s+(?:of|to|by|worth)\s$"
)
_VERBAL = re.compile(r"(?:[a-z]{3}(?:ed|ing)|born|each)$")
_BEFORE_LABEL = re.compile(
    r"(?:\b(?:pp?|pages?|sections?|chapters?|figures?|tables?|vol(?:ume)?|issue|no|nos|numbers?"
    r"|references?|refs?|sources?|paras?|paragraphs?|articles?|items?|steps?|phases?|part|grade"
    r"|horizon|covid|version|level|tier|type|route|goal|sdg|uoa|ref)\.?\s?|[\[(#])$",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:an?|the|and|or|but|in|on|at|by|for|from|to|with|as|that|which|who|whose|was|were|is|are"
    r"|be|been|has|have|had|would|will|can|could|through|during|since|until|after|before|while"
    r"|via|into|onto|including|such|between|among|across|within|per|than|so|because|when|where"
    r"|whilst|this|these|those|its|their|our|his|her|it|they|we|he|she|not)",
    re.IGNORECASE,
)
_YEAR = range(1900, 2101)
_MOST_COUNTED = 5


def count_in_claims(
    plain: PlainText, impacts: Sequence[ImpactPassage], citations: Sequence[Citation]
) -> tuple[ImpactPassage, ...]:
    """Return the impacts with the figures of their claims, and with their claims' dates."""
    return tuple(
        replace(
            impact,
            claims=tuple(_describe(plain, claim, citations) for claim in impact.claims),
        )
        for impact in impacts
    )


def _describe(plain: PlainText, claim: ClaimPassage, citations: Sequence[Citation]) -> ClaimPassage:
    marks = [citation.span for citation in citations_in(citations, claim.span)]
    figures = read_figures(plain, claim.span, marks)
    return replace(claim, figures=figures, dates=read_time(plain.words(claim.span)))


def read_figures(
    plain: PlainText, sentence: Span, marks: Sequence[Span]
) -> tuple[FigureMention, ...]:
    """Return the figures of a sentence in order: sums of money, shares in per cent and counts.

    Years and other dates, marks, labels and numbers that count nothing are left out.

    Args:
        plain: the document as it reads.
        sentence: the sentence.
        marks: the marks in it, whose numbers are labels.
    """
    words = plain.words(sentence)
    taken = [Span(mark.start - sentence.start, mark.end - sentence.start) for mark in marks]
    taken += [Span(found.start, found.end) for found in find_dates(words)]
    found = [*_sums(plain, sentence, words, taken)]
    taken += [
        Span(figure.span.start - sentence.start, figure.span.end - sentence.start)
        for figure in found
    ]
    found += _counts(plain, sentence, words, taken)
    return tuple(sorted(found, key=lambda figure: figure.span))


def _sums(
    plain: PlainText, sentence: Span, words: str, taken: Sequence[Span]
) -> Iterator[FigureMention]:
    for found in find_sums(words):
        span = Span(found.start, found.end)
        if any(span.overlaps(other) for other in taken):
            continue
        after = _counted_after(words, found.end, money=True)
        counted = after or _counted_before(words, found.start)
        yield FigureMention(
            span=_shift(span, sentence),
            counted=_shift(counted, sentence) if counted else None,
            value=found.value,
            unit=None if counted else "money",
            currency=found.currency,
            qualifier=_qualifier(words, found.start),
        )


def _counts(
    plain: PlainText, sentence: Span, words: str, taken: Sequence[Span]
) -> Iterator[FigureMention]:
    for match in _COUNT.finditer(words):
        span = Span(match.start(), match.end())
        before = words[max(0, span.start - _LONGEST_QUALIFIER) : span.start]
        if any(span.overlaps(other) for other in taken) or _BEFORE_LABEL.search(before):
            continue
        counted = _counted_after(words, span.end)
        least = _number(match["least"], match["scale"])
        most = _number(match["most"], match["scale"]) if match["most"] else None
        if _is_year(match["least"]) or not (counted or match["share"]):
            continue
        if most is not None and most <= least:
            continue
        yield FigureMention(
            span=_shift(span, sentence),
            counted=_shift(counted, sentence) if counted else None,
            value=None if most is not None else least,
            minimum=least if most is not None else None,
            maximum=most,
            unit="%" if match["share"] else None,
            qualifier=_qualifier(words, span.start),
        )


def _counted_after(words: str, position: int, *, money: bool = False) -> Span | None:
    match = _COUNTED.match(words, position)
    if not match:
        return None
    start = end = match.start("counted")
    for kept, word in enumerate(re.finditer(r"\S+", match["counted"])):
        first = kept == 0 and word[0].lower() == "of"
        verbal = (money or kept) and _VERBAL.search(word[0])
        if kept == _MOST_COUNTED or (not first and (verbal or _STOPS.fullmatch(word[0]))):
            break
        end = start + word.end()
    counted = words[start:end]
    return Span(start, end) if counted and counted.lower() != "of" else None


def _counted_before(words: str, position: int) -> Span | None:
    window = max(0, position - 60)
    match = _OF_WHAT.search(words[window:position])
    if not match:
        return None
    start, end = match.span("counted")
    for word in re.finditer(r"\S+", match["counted"]):
        if _STOPS.fullmatch(word[0]):
            start = match.start("counted") + word.end() + 1
    return Span(window + start, window + end) if start < end else None


def _qualifier(words: str, position: int) -> str | None:
    match = _QUALIFIER.search(words[max(0, position - _LONGEST_QUALIFIER) : position])
    return " ".join(match[0].split()).lower() if match else None


def _number(digits: str, scale: str | None) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    if scale:
        value *= 10 ** _SCALES[scale.lower()]
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdecimal() and int(digits) in _YEAR


def _shift(span: Span, sentence: Span) -> Span:
    return Span(span.start + sentence.start, span.end + sentence.start)
