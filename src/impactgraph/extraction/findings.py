"""The passages of section 2 that say what the research found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from impactgraph.documents import Block, BlockKind, PlainText, Span
from impactgraph.extraction.finding_cues import (
    ANNOUNCES,
    ANOTHER_STUDY,
    FINDINGS_HEADING,
    FOUND,
    FRAME,
    MADE,
    OTHER_HEADING,
    REACHED,
    REFERS_BACK,
    RESEARCH,
    RESEARCH_FOUND,
    WEIGHTS,
)
from impactgraph.extraction.heading_forms import CAPTION
from impactgraph.extraction.headings import Part, read_parts
from impactgraph.extraction.marked import citations_in, marked_outputs, split_marked
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
_MOST_CUT = 0.45
_MANY_GROUPS = 3
_LONGEST_GROUPS = 2.8
_OPENING = 110


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
        for span in _divide(plain, unit)
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
        marked = sum(bool(marked_outputs(citations_in(citations, item.span))) for item in items)
        if items and (marked > len(items) / 2 or all(len(i.span) > _LONG_ITEM for i in items)):
            yield group, False
            announced = bool(ANNOUNCES.search(plain.words(group[0].span)))
            for item in items:
                yield [item], announced
        elif items:
            yield [*group, *items], False
        else:
            while place < len(blocks) and _goes_on(plain, group[-1], blocks[place]):
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
    }
    return sum(WEIGHTS[feature].points * count for feature, count in counts.items())


def _divide(plain: PlainText, unit: _Unit) -> list[Span]:
    """Return the findings of a unit: one, or one to each of its studies."""
    sentences = _without_context(plain, unit)
    groups = _group_by_mark(plain, sentences, unit.citations)
    if not unit.item and _is_of_studies(plain, groups, sentences):
        while len(groups[0]) > 1 and not _tells(plain, unit, groups[0][0]):
            groups[0].pop(0)
        return [Span(group[0].start, group[-1].end) for group in groups]
    return [Span(sentences[0].start, unit.span.end)]


def _is_of_studies(
    plain: PlainText, groups: Sequence[Sequence[Span]], sentences: Sequence[Span]
) -> bool:
    """Return whether a paragraph's groups of sentences each tell of a study of their own."""
    if len(groups) >= _MANY_GROUPS and len(sentences) <= _LONGEST_GROUPS * len(groups):
        return True
    openings = [plain.words(group[0])[:_OPENING] for group in groups[1:]]
    return bool(openings) and all(ANOTHER_STUDY.search(opening) for opening in openings)


def _without_context(plain: PlainText, unit: _Unit) -> tuple[Span, ...]:
    """Return the sentences without those before the research, unless that is most of them."""
    for place, sentence in enumerate(unit.sentences):
        if _tells(plain, unit, sentence) or RESEARCH.search(plain.words(sentence)):
            cut = sentence.start - unit.span.start
            return unit.sentences[place:] if cut < _MOST_CUT * len(unit.span) else unit.sentences
    return unit.sentences


def _tells(plain: PlainText, unit: _Unit, sentence: Span) -> bool:
    cited = marked_outputs(citations_in(unit.citations, sentence))
    return bool(cited or FOUND.search(plain.words(sentence)))


def _group_by_mark(
    plain: PlainText, sentences: Sequence[Span], citations: Sequence[Citation]
) -> list[list[Span]]:
    """Return the runs of sentences that each cite outputs of their own; none where they mix."""
    groups: list[list[Span]] = []
    marked: list[set[int]] = []
    between: list[Span] = []
    for sentence in sentences:
        outputs = set(marked_outputs(citations_in(citations, sentence)))
        if not outputs:
            between.append(sentence)
        elif not groups or outputs & marked[-1]:
            groups = groups or [[]]
            marked = marked or [set()]
            groups[-1] += [*between, sentence]
            marked[-1] |= outputs
            between = []
        else:
            kept = next(
                (i for i, one in enumerate(between) if not REFERS_BACK.match(plain.words(one))),
                len(between),
            )
            groups[-1] += between[:kept]
            groups.append([*between[kept:], sentence])
            marked.append(outputs)
            between = []
    if groups:
        groups[-1] += between
    apart = all(not (one & other) for i, one in enumerate(marked) for other in marked[:i])
    return groups if apart else []
