"""The parts of section 4 that each claim one change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.claims import read_claims
from impactgraph.extraction.heading_forms import CAPTION, Heading, HeadingKind
from impactgraph.extraction.headings import Part, read_parts
from impactgraph.extraction.marked import citations_in, marked_outputs, marked_sources
from impactgraph.extraction.paragraph_runs import divide_paragraphs, sums_up
from impactgraph.extraction.quotations import read_quotations
from impactgraph.extraction.reading import Citation, ImpactPassage, Warning, WarningKind

__all__ = ["read_impacts"]

_SECTION = "4"

# Headings of what is no change.
_OTHER_HEADING = re.compile(
    r"(?:the\s+)?(?:context|background|introduction|overview|summary|conclusions?|in summary|"
    r"(?:(?:key|main|principal|primary)\s+)?beneficiaries|pathways?|"
    r"activities\s+leading\s+to\s+impacts?|engagement\s+activities|"
    r"(?:background|context)\s+(?:to|and|of|for)\b.{0,60}|"
    r"(?:pathways?|routes?)\s+to\s+(?:the\s+)?impacts?\b.{0,60}|"
    r"(?:summary|overview)\s+of\b.{0,60}|"
    r"process(?:es)?\s+of\s+(?:the\s+)?(?:impact|engagement).{0,30}|"
    r"(?:key\s+)?references?|notes?|text removed.{0,40})",
    re.IGNORECASE,
)
# Headings of all changes together.
_GENERIC_HEADING = re.compile(
    r"(?:(?:the|key|main|our|research|nature\s+of|details\s+of|description\s+of|evidence\s+of|"
    r"reach\s+and\s+significance\s+of)\s+){0,3}impacts?"
    r"(?:\s+(?:achieved|claimed|details|and\s+reach))?",
    re.IGNORECASE,
)
# A bracket alone, such as one in place of words that were removed.
_BRACKETED = re.compile(r"[\[(][^\[\]()]{0,300}[\])]\W{0,3}")
_FEW = 2
_LONG_OPENING = 1500
_SHORT_LEAD = 600
_SHORT_OPENING = 300


@dataclass(frozen=True, slots=True)
class _Passage:
    """A part that claims a change: its heading, if any, and its paragraphs and items."""

    heading: Heading | None
    stretches: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.stretches[0].start, self.stretches[-1].end)


def read_impacts(
    plain: PlainText, citations: tuple[Citation, ...]
) -> tuple[tuple[ImpactPassage, ...], tuple[Warning, ...]]:
    """Return the passages of section 4 that each claim one change, in order.

    An impact is a headed part, or, where nothing is headed, a paragraph with those that go on with
    it. Its passage begins below its heading.

    Args:
        plain: the document as it reads.
        citations: the marks of all its sections.
    """
    own = tuple(citation for citation in citations if citation.section == _SECTION)
    passages = _divide(plain, _merge_leads(read_parts(plain, _SECTION)), own)
    impacts = tuple(_describe(plain, passage, own) for passage in passages)
    if impacts:
        return impacts, ()
    message = "section 4 has no passage that could be told to claim a change"
    return impacts, (Warning(WarningKind.NO_IMPACTS, message, plain.sections[_SECTION]),)


def _merge_leads(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts, run-in headings under headings on lines of their own taken into those.

    A run-in heading stands beside those headings, not under them, if it is numbered as they are or
    set as one that comes before them all.
    """
    own = [part.heading for part in parts if part.heading and _is_own_line(part)]
    if len(own) < _FEW:
        return parts
    series = {heading.series for heading in own if heading.series}
    styles = {
        part.heading.style
        for part in takewhile(lambda part: not _is_own_line(part), parts)
        if part.heading and part.body and len(part.body) >= _SHORT_LEAD
    }
    merged: list[list[Part]] = []
    for part in parts:
        under = (
            part.heading
            and part.body
            and not _is_own_line(part)
            and part.heading.series not in series
            and part.heading.style not in styles
        )
        beneath = merged and (merged[-1][0].heading or len(part.body or ()) < _SHORT_LEAD)
        if under and (beneath or (not merged and len(part.body or ()) < _SHORT_LEAD)):
            merged = merged or [[Part(None, None, ())]]
            merged[-1].append(part)
        else:
            merged.append([part])
    return tuple(_join(group) for group in merged)


def _join(group: Sequence[Part]) -> Part:
    """Return parts as one, under the heading of the first."""
    first, *rest = group
    bodies = [part.body for part in group if part.body]
    if not rest or not bodies:
        return first
    blocks = tuple(block for part in group for block in part.blocks)
    start = first.body.start if first.body else blocks[0].span.start
    return Part(first.heading, Span(start, bodies[-1].end), blocks)


def _is_own_line(part: Part) -> bool:
    return part.heading is not None and part.heading.kind is HeadingKind.OWN_LINE


def _divide(
    plain: PlainText, parts: tuple[Part, ...], citations: Sequence[Citation]
) -> list[_Passage]:
    """Return the parts that claim a change; a part on all of them is divided by paragraphs."""
    leading = {
        id(part) for part, after in pairwise(parts) if _leads_on(plain, part, after, citations)
    }
    telling = [
        part
        for part in parts
        if part.heading
        and part.body
        and id(part) not in leading
        and not _OTHER_HEADING.fullmatch(plain.words(part.heading.span))
    ]
    general = [part for part in telling if _is_general(plain, part)]
    single = [part for part in telling if part not in general]
    opening = parts[0] if parts and parts[0].heading is None else None
    if not telling:
        undivided = [opening] if opening else [part for part in parts if part.body]
    elif len(single) < _FEW:
        long = opening and len(telling) < _FEW and len(opening.body or ()) > _LONG_OPENING
        undivided = [*([opening] if opening and long else []), *general]
    else:
        undivided = []
    passages = [
        _Passage(None, run)
        for part in undivided
        for run in divide_paragraphs(plain, part, citations)
    ]
    for part in single:
        if stretches := _trim(plain, part, last=part is parts[-1]):
            passages.append(_Passage(part.heading, stretches))
    return sorted(passages, key=lambda passage: passage.span)


def _leads_on(plain: PlainText, part: Part, after: Part, citations: Sequence[Citation]) -> bool:
    """Return whether a part only introduces those after it.

    It does so if it ends with a colon, or is short and cites nothing, and smaller headings follow;
    or if it is short and cites nothing, and its own heading ends with a colon.
    """
    if not (part.heading and part.body and after.heading):
        return False
    alike = (part.heading.style, part.heading.series) == (after.heading.style, after.heading.series)
    if not alike and plain.words(part.body).endswith(":"):
        return True
    if len(part.body) > _SHORT_OPENING or citations_in(citations, part.body):
        return False
    end = part.heading.span.end
    return _is_own_line(part) and (not alike or plain.text.startswith(":", end))


def _is_general(plain: PlainText, part: Part) -> bool:
    return bool(part.heading and _GENERIC_HEADING.fullmatch(plain.words(part.heading.span)))


def _trim(plain: PlainText, part: Part, *, last: bool) -> tuple[Span, ...]:
    """Return a headed part's paragraphs and items without captions and a closing summary."""
    stretches = [
        stretch for stretch in part.stretches() if not _BRACKETED.fullmatch(plain.words(stretch))
    ]
    while stretches and CAPTION.match(plain.words(stretches[-1])):
        stretches.pop()
    if last and len(stretches) > 1 and sums_up(plain.words(stretches[-1])):
        stretches.pop()
    return tuple(stretches)


def _describe(plain: PlainText, passage: _Passage, citations: Sequence[Citation]) -> ImpactPassage:
    heading = passage.heading
    inside = citations_in(citations, passage.span)
    on_heading = citations_in(citations, Span(heading.span.start, heading.body)) if heading else ()
    return ImpactPassage(
        span=passage.span,
        heading=heading.span if heading else None,
        title=_read_title(plain, heading, on_heading) if heading else "",
        label=heading.label if heading else None,
        outputs=marked_outputs(on_heading + inside),
        sources=marked_sources(on_heading + inside),
        heading_sources=marked_sources(on_heading),
        heading_outputs=marked_outputs(on_heading),
        claims=read_claims(plain, passage.stretches, citations),
        quotations=read_quotations(plain, passage.stretches, citations),
    )


def _read_title(plain: PlainText, heading: Heading, marks: Sequence[Citation]) -> str:
    """Return a heading's words without its marks."""
    words, position = "", heading.span.start
    for mark in marks:
        words += plain.text[position : max(position, mark.span.start)]
        position = max(position, min(mark.span.end, heading.span.end))
    return " ".join((words + plain.text[position : heading.span.end]).split()).rstrip(" :.")
