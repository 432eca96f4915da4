"""The passages of section 2 that say what the research found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from impactgraph.documents import Block, BlockKind, PlainText, Span
from impactgraph.extraction.finding_cues import (
    ANNOUNCES,
    FINDINGS_HEADING,
    FOUND,
    FRAME,
    MADE,
    OTHER_HEADING,
    REACHED,
    REFERS_BACK,
    RESEARCH_FOUND,
    WEIGHTS,
)
from impactgraph.extraction.finding_passages import divide_findings
from impactgraph.extraction.heading_forms import CAPTION
from impactgraph.extraction.headings import Part, read_parts
from impactgraph.extraction.marked import citations_in, marked_outputs, split_marked
from impactgraph.extraction.quotations import find_quoted
from impactgraph.extraction.reading import Citation, FindingPassage, Warning, WarningKind

__all__ = ["read_findings"]

_SECTION = "2"

_LEAST = 1.5
_MARGIN = 0.6
_NEVER = 0.0
_SHORT = 160
_SHORT_ITEM, _LONG_ITEM = 100, 300
_TWICE = 2
_MANY_OUTPUTS, _MOST = 2, 0.8
_QUOTED = 0.5


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph with what goes on with it, or an item: its sentences, marks, surroundings."""

    span: Span
    sentences: tuple[Span, ...]
    citations: tuple[Citation, ...]
    part: Part
    first: bool
    listed: bool
    item: bool


def read_findings(
    plain: PlainText, citations: tuple[Citation, ...]
) -> tuple[tuple[FindingPassage, ...], tuple[Warning, ...]]:
    """Return the passages of section 2 that say what the research found, in order.

    A finding is a paragraph, an item of a list, or, in a paragraph that tells of several studies
    each with its own mark, the sentences up to each mark.

    Args:
        plain: the document as it reads.
        citations: the marks of all its sections.
    """
    own = tuple(citation for citation in citations if citation.section == _SECTION)
    units = tuple(_read_units(plain, own))
    citing = [unit for unit in units if marked_outputs(unit.citations)]
    listed = {position for unit in citing for position in marked_outputs(unit.citations)}
    scores = [_score(plain, unit, listed, citing=len(citing), units=len(units)) for unit in units]
    least = min(_LEAST, max(scores, default=0.0) - _MARGIN)
    findings = tuple(
        FindingPassage(
            span=span,
            label=unit.part.heading.label if unit.part.heading else None,
            outputs=marked_outputs(citations_in(own, span)),
        )
        for unit, score in zip(units, scores, strict=True)
        if score >= least and score > _NEVER
        for span in divide_findings(plain, unit.sentences, unit.citations, divisible=not unit.item)
    )
    if findings:
        return findings, ()
    message = "section 2 has no passage that could be told to say what the research found"
    return (), (Warning(WarningKind.NO_FINDINGS, message, plain.sections[_SECTION]),)


def _read_units(plain: PlainText, citations: Sequence[Citation]) -> Iterator[_Unit]:
    first = True
    for part in read_parts(plain, _SECTION):
        for blocks, listed in _group_blocks(plain, part, citations):
            start = max(blocks[0].span.start, part.body.start if part.body else 0)
            span = Span(start, blocks[-1].span.end)
            yield _Unit(
                span,
                tuple(split_marked(plain, span, citations)),
                citations_in(citations, span),
                part,
                first and part.heading is None,
                listed,
                blocks[0].kind is BlockKind.ITEM,
            )
            first = False


def _group_blocks(
    plain: PlainText, part: Part, citations: Sequence[Citation]
) -> Iterator[tuple[list[Block], bool]]:
    """Yield paragraphs with what goes on with them, and whether they are announced findings."""
    blocks = [
        block
        for block in part.blocks
        if block.kind is not BlockKind.ROW and not CAPTION.match(plain.words(block.span))
    ]
    place = 0
    while place < len(blocks):
        group = [blocks[place]]
        place += 1
        items = _announced_items(plain, blocks, place)
        citing = sum(bool(marked_outputs(citations_in(citations, item.span))) for item in items)
        if items and (citing > len(items) / 2 or all(len(i.span) > _LONG_ITEM for i in items)):
            yield group, False
            announced = bool(ANNOUNCES.search(plain.words(group[0].span)))
            for item in items:
                yield [item], announced
        elif items:
            yield [*group, *items], False
        else:
            marked = bool(marked_outputs(citations_in(citations, group[0].span)))
            while place < len(blocks) and (
                _goes_on(plain, group[-1], blocks[place])
                or (marked and _tells_more(plain, group[-1], blocks[place], citations))
            ):
                group.append(blocks[place])
                place += 1
            yield group, False
        place += len(items)


def _announced_items(plain: PlainText, blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the items from a place on, if the block before them announces them."""
    before = blocks[place - 1]
    if before.kind is BlockKind.ITEM or not plain.words(before.span).endswith((":", "…", "that")):
        return []
    following = islice(blocks, place, None)
    return list(takewhile(lambda block: block.kind is BlockKind.ITEM, following))


def _goes_on(plain: PlainText, before: Block, block: Block) -> bool:
    words = plain.words(block.span)
    if block.kind is BlockKind.ITEM:
        return len(words) < _SHORT_ITEM
    return words[0].islower() or plain.words(before.span)[-1] not in ".!?…”’\"')]:;"


def _tells_more(
    plain: PlainText, before: Block, block: Block, citations: Sequence[Citation]
) -> bool:
    """Return whether a paragraph without a mark tells more of what those before it found."""
    if BlockKind.ITEM in (before.kind, block.kind):
        return False
    words = plain.words(block.span)
    refers = REFERS_BACK.match(words) and FOUND.search(words)
    return bool(refers) and not marked_outputs(citations_in(citations, block.span))


def _score(plain: PlainText, unit: _Unit, listed: set[int], *, citing: int, units: int) -> float:
    words = plain.words(unit.span)
    outputs = marked_outputs(unit.citations)
    heading = plain.words(unit.part.heading.span) if unit.part.heading else ""
    found = min(_TWICE, len(FOUND.findall(words)))
    many = len(listed) > _MANY_OUTPUTS and len(outputs) >= _MOST * len(listed)
    counts = {
        "cites": bool(outputs),
        "cites all": many and not found,
        "found": found,
        "made": min(_TWICE, len(MADE.findall(words))),
        "frame": min(_TWICE, len(FRAME.findall(words))),
        "reached": 0 if outputs else min(_TWICE, len(REACHED.findall(words))),
        "first": unit.first and units > 1,
        "uncited": citing > 1 and not outputs,
        "none cite": citing < 2 and not outputs,
        "subject": bool(RESEARCH_FOUND.search(words)),
        "listed": unit.listed,
        "other heading": bool(OTHER_HEADING.fullmatch(heading)),
        "findings heading": bool(FINDINGS_HEADING.fullmatch(heading)),
        "short": len(words) < _SHORT and not outputs and not unit.listed,
        "leads on": words.endswith(":"),
        "quoted": _QUOTED * len(unit.span) < sum(map(len, find_quoted(plain.text, unit.span))),
    }
    return sum(WEIGHTS[feature].points * count for feature, count in counts.items())
