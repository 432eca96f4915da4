"""Runs of paragraphs that each go on with one change, where no heading divides them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from impactgraph.documents import BlockKind, PlainText, Span
from impactgraph.extraction.claims import claims_change
from impactgraph.extraction.heading_forms import CAPTION, QUOTES
from impactgraph.extraction.headings import Part
from impactgraph.extraction.marked import citations_in, marked_sources
from impactgraph.extraction.reading import Citation

__all__ = ["divide_paragraphs", "sums_up"]

_CLOSING = re.compile(
    r"(?:in (?:summary|conclusion|sum|short)|to (?:summari[sz]e|conclude|sum up)|overall|"
    r"taken together|collectively|in total)\b",
    re.IGNORECASE,
)
_CONTINUING = re.compile(
    r"(?!(?:a\s+)?(?:further|another)\s+(?:research|study|project)\b)"
    r"(?:further(?:more)?|moreover|in addition|additionally|similarly|likewise|also|this|these|"
    r"those|such|it|they|he|she|her|his|their|its|as a result|as such|consequently|subsequently|"
    r"building on (?:this|these)|following (?:this|these)|another|the same|for (?:example|"
    r"instance)|specifically|in particular|importantly|indeed|however|thus|therefore|hence|at the "
    r"same time|since then|more recently|the latter|elsewhere|both|one|a further|in turn|here|"
    r"again|significantly|notably|crucially)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|final|last)(?:ly)?\b|finally\b|"
    r"\(?(?:[1-9]|[a-h]|i{1,3}|iv|v)[).]",
    re.IGNORECASE,
)
_RESEARCH = re.compile(
    r"\b(?:research(?:ers?)?|study|studies|our|project|findings|[A-Z]\w{1,40}[’']s? work)\b"
)
_SHORT = 220
_BRIEF = 500
_LONG_ITEM = 280
_SHORT_OPENING = 600
_FEW = 2
_ENDED = ".!?…”’\"')]"


def divide_paragraphs(
    plain: PlainText, part: Part, citations: Sequence[Citation]
) -> list[tuple[Span, ...]]:
    """Return the runs of a part's paragraphs that each tell of one change, in order.

    A paragraph begins a run unless it goes on with the one before: quotes, lists, refers back,
    or briefly cites the same source. Runs that only introduce or sum up are left out.

    Args:
        plain: the document as it reads.
        part: a part of section 4.
        citations: the marks of the section, in order.
    """
    items = {block.span.end for block in part.blocks if block.kind is BlockKind.ITEM}
    stretches = part.stretches()
    counted = sum(bool(_ORDINAL.match(plain.words(span))) for span in stretches) >= _FEW
    runs: list[list[Span]] = []
    for span in stretches:
        begins = counted and _ORDINAL.match(plain.words(span))
        if runs and not begins and _goes_on(plain, runs[-1][-1], span, citations, items):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [
        tuple(run)
        for place, run in enumerate(runs)
        if len(runs) < _FEW
        or not (
            _introduces(run, citations)
            if place == 0
            else _stands_aside(plain, run, citations, last=place == len(runs) - 1)
        )
    ]


def sums_up(words: str) -> bool:
    """Return whether a paragraph sums up what stands before it."""
    return _CLOSING.match(words) is not None


def _goes_on(
    plain: PlainText, before: Span, span: Span, citations: Sequence[Citation], items: set[int]
) -> bool:
    """Return whether a paragraph or item goes on with the one before it."""
    words, is_item = plain.words(span), span.end in items
    if words[0] in QUOTES or words[0].islower() or words[0] in "([…":
        return True
    if is_item or plain.words(before)[-1] not in _ENDED:
        return not is_item or len(words) < _LONG_ITEM
    if len(words) < _SHORT or _CONTINUING.match(words):
        return True
    here, there = (marked_sources(citations_in(citations, one)) for one in (span, before))
    return len(words) < _BRIEF and not set(here).isdisjoint(there)


def _introduces(run: Sequence[Span], citations: Sequence[Citation]) -> bool:
    """Return whether the first run is an introduction: unsourced, or short where none is."""
    if marked_sources(citations):
        return not _is_sourced(run, citations)
    return sum(map(len, run)) < _SHORT_OPENING


def _stands_aside(
    plain: PlainText, run: Sequence[Span], citations: Sequence[Citation], *, last: bool
) -> bool:
    """Return whether a later run is a caption, a closing summary or unsourced context."""
    if CAPTION.match(plain.words(run[0])) or (last and sums_up(plain.words(run[0]))):
        return True
    if _is_sourced(run, citations) or not marked_sources(citations):
        return False
    words = " ".join(map(plain.words, run))
    return not (claims_change(words) and _RESEARCH.search(words))


def _is_sourced(run: Sequence[Span], citations: Sequence[Citation]) -> bool:
    return bool(marked_sources(citations_in(citations, Span(run[0].start, run[-1].end))))
