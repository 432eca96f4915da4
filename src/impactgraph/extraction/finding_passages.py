"""The findings that one paragraph of section 2 tells: which of its sentences make up each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.finding_cues import (
    ANOTHER_STUDY,
    DATED,
    FOUND,
    FRAME,
    MADE,
    PEOPLE,
    REACHED,
    REFERS_BACK,
    RESEARCH,
    RESEARCH_FOUND,
    SENTENCE_WEIGHTS,
    USED,
)
from impactgraph.extraction.marked import citations_in, marked_outputs
from impactgraph.extraction.reading import Citation

__all__ = ["divide_findings"]

_MANY_GROUPS = 3
_LONGEST_GROUPS = 2.8
_OPENING, _SUBJECT = 110, 3
_CERTAIN = 2.0
_MOST_CUT = 0.3


def divide_findings(
    plain: PlainText,
    sentences: Sequence[Span],
    citations: Sequence[Citation],
    *,
    divisible: bool,
) -> list[Span]:
    """Return the findings of a paragraph that tells of some: one, or one to each of its studies.

    Args:
        plain: the document as it reads.
        sentences: the sentences of the paragraph, in order; not empty.
        citations: its marks, in order.
        divisible: whether it may tell of several; an item of a list tells of one.
    """
    run = _find_run(plain, sentences, citations)
    groups = _group_by_mark(plain, run, citations) if divisible else []
    studies = groups if _is_of_studies(plain, groups, run, citations) else [run]
    return [Span(study[0].start, study[-1].end) for study in studies]


def _find_run(
    plain: PlainText, sentences: Sequence[Span], citations: Sequence[Citation]
) -> Sequence[Span]:
    """Return the run of sentences for which most speaks, the long ones weighing more.

    What stands before it is context, people or money; what stands after it, the use made of it.
    """
    best, first, last = 0.0, 0, len(sentences)
    total, start = 0.0, 0
    for place, sentence in enumerate(sentences):
        if total <= 0:
            total, start = 0.0, place
        points = _weigh(plain, sentence, citations, opens=place == 0)
        total += points * len(sentence)
        if total > best:
            best, first, last = total, start, place + 1
    return _drop_context(plain, sentences[first:last], citations)


def _drop_context(
    plain: PlainText, run: Sequence[Span], citations: Sequence[Citation]
) -> Sequence[Span]:
    """Return the sentences from the first that names the research, unless most stand before it."""
    for place, sentence in enumerate(run):
        words = plain.words(sentence)
        cited = marked_outputs(citations_in(citations, sentence))
        if cited or FOUND.search(words) or RESEARCH.search(words):
            cut = sentence.start - run[0].start
            return run[place:] if cut < _MOST_CUT * (run[-1].end - run[0].start) else run
    return run


def _weigh(
    plain: PlainText, sentence: Span, citations: Sequence[Citation], *, opens: bool
) -> float:
    """Return what speaks for a sentence's being of the finding, less what speaks against it."""
    words = plain.words(sentence)
    features = {
        "any": True,
        "opens": opens,
        "cites": bool(marked_outputs(citations_in(citations, sentence))),
        "found": bool(FOUND.search(words)),
        "made": bool(MADE.search(words)),
        "subject": bool(RESEARCH_FOUND.search(words)),
        "refers back": bool(REFERS_BACK.match(words)),
        "frame": bool(FRAME.search(words)),
        "people": bool(PEOPLE.search(words)),
        "reached": bool(REACHED.search(words)),
        "used": bool(USED.search(words)),
    }
    points = sum(SENTENCE_WEIGHTS[feature].points for feature, holds in features.items() if holds)
    return max(-_CERTAIN, min(_CERTAIN, points))


def _is_of_studies(
    plain: PlainText,
    groups: Sequence[Sequence[Span]],
    sentences: Sequence[Span],
    citations: Sequence[Citation],
) -> bool:
    """Return whether a paragraph's groups of sentences each tell of a study of their own.

    A mark alone makes no finding: where one of them says neither what was found nor what was made,
    the paragraph is of one study.
    """
    if not all(any(_says_result(plain, sentence) for sentence in group) for group in groups):
        return False
    if len(groups) >= _MANY_GROUPS and len(sentences) <= _LONGEST_GROUPS * len(groups):
        return True
    later = groups[1:]
    return bool(later) and all(_opens_study(plain, group[0], citations) for group in later)


def _opens_study(plain: PlainText, sentence: Span, citations: Sequence[Citation]) -> bool:
    """Return whether a sentence begins with another study: named as one, dated, or by its mark."""
    start = Span(sentence.start, min(sentence.end, sentence.start + _SUBJECT))
    opening = plain.words(sentence)[:_OPENING]
    named = ANOTHER_STUDY.search(opening) or DATED.match(opening)
    return bool(named or marked_outputs(citations_in(citations, start)))


def _says_result(plain: PlainText, sentence: Span) -> bool:
    words = plain.words(sentence)
    return bool(FOUND.search(words) or MADE.search(words))


def _group_by_mark(
    plain: PlainText, sentences: Sequence[Span], citations: Sequence[Citation]
) -> list[list[Span]]:
    """Return the runs of sentences that each cite outputs of their own; none where they mix.

    A sentence without a mark goes with the mark after it unless it refers back, but with the mark
    before it where the paragraph opens with a mark and ends without one.
    """
    cited = [set(marked_outputs(citations_in(citations, one))) for one in sentences]
    first = 1 if _introduces(cited) else 0
    opens, closes = bool(cited[first : first + 1] and cited[first]), bool(cited[-1])
    groups: list[list[Span]] = []
    marked: list[set[int]] = []
    between: list[Span] = list(sentences[:first])
    for sentence, outputs in zip(sentences[first:], cited[first:], strict=True):
        if not outputs:
            between.append(sentence)
            continue
        if groups and not outputs & marked[-1]:
            kept = _count_kept(plain, between, opens=opens, closes=closes)
            groups[-1] += between[:kept]
            between = between[kept:]
            groups.append([])
            marked.append(set())
        elif not groups:
            groups.append([])
            marked.append(set())
        groups[-1] += [*between, sentence]
        marked[-1] |= outputs
        between = []
    if groups:
        groups[-1] += between
    apart = all(not (one & other) for i, one in enumerate(marked) for other in marked[:i])
    return groups if apart else []


def _introduces(cited: Sequence[set[int]]) -> bool:
    """Return whether the first sentence cites several outputs that are all cited again."""
    again = set().union(*cited[1:])
    return len(cited[0]) > 1 and cited[0] <= again


def _count_kept(plain: PlainText, between: Sequence[Span], *, opens: bool, closes: bool) -> int:
    """Return how many sentences between two marks go with the one before them."""
    if opens and not closes:
        return len(between)
    going_on = takewhile(lambda one: REFERS_BACK.match(plain.words(one)), between)
    return sum(1 for _ in going_on)
