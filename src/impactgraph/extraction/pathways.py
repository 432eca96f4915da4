"""The passages of sections 2 and 4 that tell how the research reached people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impactgraph.documents import BlockKind, PlainText, Span
from impactgraph.extraction.actors import read_actors
from impactgraph.extraction.cue_counting import count_cues
from impactgraph.extraction.headings import Part, read_parts
from impactgraph.extraction.marked import citations_in, marked_outputs, marked_sources, split_marked
from impactgraph.extraction.pathway_cues import CUES, PLACES
from impactgraph.extraction.quotations import find_quoted
from impactgraph.extraction.reading import (
    Citation,
    FindingPassage,
    ImpactPassage,
    OutputEntry,
    PathwayPassage,
    Warning,
    WarningKind,
)

__all__ = ["read_pathways"]

_SECTIONS = ("2", "4")
_BASE = 0.2
_START = 1.2
_TWICE = 2
_MARK = 2
_SHORT, _LONG = 60, 350
_LATE = 0.6
_ENGAGING = re.compile(
    r"pathway|engagement|dissemination|activit|route|outreach|knowledge exchange|collaborat|"
    r"partner|co-creat",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and how much speaks for its telling of a pathway."""

    span: Span
    points: float


@dataclass(frozen=True, slots=True)
class _Runs:
    """A run of sentences by the places of its first and last, and the runs before it."""

    first: int
    last: int
    before: _Runs | None


def read_pathways(
    plain: PlainText,
    outputs: Sequence[OutputEntry],
    citations: tuple[Citation, ...],
    findings: tuple[FindingPassage, ...],
    impacts: tuple[ImpactPassage, ...],
) -> tuple[tuple[PathwayPassage, ...], tuple[Warning, ...]]:
    """Return the passages that tell how the research reached people, in order.

    A passage is a run of sentences of one paragraph, each weighed by what it says.

    Args:
        plain: the document as it reads.
        outputs: the outputs of section 3.
        citations: the marks of all its sections.
        findings: what section 2 says was found.
        impacts: the changes that section 4 claims.
    """
    actors = read_actors(plain, outputs)
    pathways: list[PathwayPassage] = []
    for section in _SECTIONS:
        own = tuple(citation for citation in citations if citation.section == section)
        told = findings if section == "2" else impacts
        for sentences in _weigh_section(plain, section, own, told, actors):
            for span in _choose_runs(sentences):
                inside = citations_in(own, span)
                pathways.append(
                    PathwayPassage(
                        span=span,
                        section=section,
                        outputs=marked_outputs(inside),
                        sources=marked_sources(inside),
                    )
                )
    if pathways:
        return tuple(pathways), ()
    message = "no passage of sections 2 and 4 could be told to say how the research reached people"
    return (), (Warning(WarningKind.NO_PATHWAYS, message, plain.sections["4"]),)


def _weigh_section(
    plain: PlainText,
    section: str,
    citations: Sequence[Citation],
    told: Sequence[FindingPassage | ImpactPassage],
    actors: frozenset[str],
) -> Iterator[list[_Sentence]]:
    """Yield the sentences of each paragraph of a section, weighed."""
    spans = [passage.span for passage in told]
    whole = plain.sections[section]
    late = whole.start + _LATE * (whole.end - whole.start)
    first_part = True
    for part in read_parts(plain, section):
        opening = first_part and part.heading is None
        first_part = False
        announced = _announces(plain, part)
        for block in part.blocks:
            start = max(block.span.start, part.body.start if part.body else 0)
            if block.kind is BlockKind.ROW or start >= block.span.end:
                continue
            stretch = Span(start, block.span.end)
            sentences = split_marked(plain, stretch, citations)
            quoted = tuple(find_quoted(plain.text, stretch))
            weighed = []
            for place, sentence in enumerate(sentences):
                inside = _overlapping(sentence, spans)
                length = sentence.end - sentence.start
                places = {
                    "outside impacts": section == "4" and not inside,
                    "first of impact": section == "4"
                    and any(abs(span.start - sentence.start) <= _MARK for span in inside),
                    "later half of impact": section == "4"
                    and any(sentence.start > (span.start + span.end) // 2 for span in inside),
                    "heading": announced,
                    "section 2": section == "2",
                    "late in section 2": section == "2" and sentence.start > late,
                    "first of paragraph": place == 0,
                    "opening": opening and block is part.blocks[0],
                    "finding": section == "2" and bool(inside),
                    "quoted": _begins_inside(sentence, quoted),
                    "short": length < _SHORT,
                    "long": length > _LONG,
                    "sourced": bool(marked_sources(citations_in(citations, sentence))),
                }
                weighed.append(_weigh(plain, sentence, places, actors))
            yield weighed


def _overlapping(sentence: Span, spans: Sequence[Span]) -> list[Span]:
    last = bisect_left(spans, sentence.end, key=lambda span: span.start)
    return [span for span in spans[max(0, last - 1) : last] if span.overlaps(sentence)]


def _begins_inside(sentence: Span, quoted: Sequence[Span]) -> bool:
    """Return whether a sentence begins in quoted words, or with their mark."""
    last = bisect_right(quoted, sentence.start + _MARK, key=lambda span: span.start)
    return last > 0 and sentence.start < quoted[last - 1].end


def _announces(plain: PlainText, part: Part) -> bool:
    return bool(part.heading and _ENGAGING.search(plain.words(part.heading.span)))


def _weigh(
    plain: PlainText, sentence: Span, places: dict[str, bool], actors: frozenset[str]
) -> _Sentence:
    points = _BASE
    points += sum(PLACES[place].points for place, holds in places.items() if holds)
    counts = count_cues(plain.words(sentence), actors)
    points += sum(
        cue.points * min(_TWICE, counts[name]) for name, cue in CUES.items() if counts[name]
    )
    return _Sentence(sentence, points)


def _choose_runs(sentences: Sequence[_Sentence]) -> Iterator[Span]:
    """Yield the runs of sentences that have most points together; each run costs some.

    So a sentence with few points is taken in between two with many, and a single doubtful one is
    left out.
    """
    # The best sum with the sentence left out or taken, each with its last run: where that begins
    # and ends, and the runs before it.
    out, taken = 0.0, float("-inf")
    out_runs: _Runs | None = None
    taken_runs: _Runs | None = None
    for place, sentence in enumerate(sentences):
        begun, begun_runs = out - _START, _Runs(place, place, out_runs)
        if taken > out:
            out, out_runs = taken, taken_runs
        if taken_runs and taken > begun:
            taken_runs = _Runs(taken_runs.first, place, taken_runs.before)
        else:
            taken, taken_runs = begun, begun_runs
        taken += sentence.points
    runs = taken_runs if taken > out else out_runs
    chosen = []
    while runs:
        chosen.append(Span(sentences[runs.first].span.start, sentences[runs.last].span.end))
        runs = runs.before
    yield from reversed(chosen)
