"""The marks of sections 1, 2 and 4: what they cite, and what else they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.documents import BlockKind, PlainText, Span, StyleKind
from impactgraph.extraction.author_marks import find_author_marks
from impactgraph.extraction.enumerators import leave_out_enumerators
from impactgraph.extraction.mark_resolution import MarkResolver
from impactgraph.extraction.marks import CITING_SECTIONS, Mark, MarkForm, find_marks
from impactgraph.extraction.reading import (
    Citation,
    OutputEntry,
    SourceEntry,
    Target,
    TargetKind,
    Warning,
    WarningKind,
)

__all__ = ["MarkKind", "NamedMark", "name_marks", "read_citations"]

_REACH = 40  # so near, a label says again what author and year say
_LONGEST_HEADING = 200


class MarkKind(StrEnum):
    """What a place that may be a mark turned out to be."""

    CITATION = "points to outputs or sources"
    UNRESOLVED = "points to nothing listed"
    AMBIGUOUS = "points to an output or a source"
    COUNTER = "counts off what follows"
    SOMETHING_ELSE = "points to a grant, a figure or a passage"
    NO_MARK = "a number, letter or code that points to nothing"


@dataclass(frozen=True, slots=True)
class NamedMark:
    """A place that may be a mark, and what it is: its targets, and its parts without one."""

    mark: Mark
    kind: MarkKind
    targets: tuple[Target, ...] = ()
    unresolved: tuple[str, ...] = ()


def read_citations(
    plain: PlainText, outputs: tuple[OutputEntry, ...], sources: tuple[SourceEntry, ...]
) -> tuple[tuple[Citation, ...], tuple[Warning, ...]]:
    """Return the marks of sections 1, 2 and 4 that point to outputs or sources.

    Returns:
        The citations in the order of the text, and a warning for each mark that points to nothing
        listed, or to what could be an output as well as a source.
    """
    citations, warnings = [], []
    for named in name_marks(plain, outputs, sources):
        span = named.mark.span
        if named.kind is MarkKind.CITATION:
            citations.append(
                Citation(
                    span=span,
                    section=named.mark.section,
                    targets=named.targets,
                    unresolved=named.unresolved,
                    pages="; ".join(named.mark.parsed.pages) or None,
                    on_heading=_is_on_heading(plain, span),
                )
            )
        elif named.kind is MarkKind.UNRESOLVED:
            message = f"{plain.words(span)!r} points to nothing that sections 3 and 5 list."
            warnings.append(Warning(WarningKind.MARK_UNRESOLVED, message, span))
        elif named.kind is MarkKind.AMBIGUOUS:
            message = f"{plain.words(span)!r} may point to an output or to a source."
            warnings.append(Warning(WarningKind.MARK_AMBIGUOUS, message, span))
    citations += _read_author_marks(plain, outputs, citations)
    return tuple(sorted(citations, key=lambda citation: citation.span)), tuple(warnings)


def name_marks(
    plain: PlainText, outputs: Sequence[OutputEntry], sources: Sequence[SourceEntry]
) -> Iterator[NamedMark]:
    """Yield every place that may be a mark by its label, in order, with what it is."""
    found = find_marks(plain)
    marks = leave_out_enumerators(plain, found)
    resolver = MarkResolver(
        plain, [output.entry for output in outputs], [source.entry for source in sources], marks
    )
    kept = {mark.span for mark in marks}
    for mark in found:
        if mark.span not in kept:
            yield NamedMark(mark, MarkKind.COUNTER)
            continue
        targets, unresolved = resolver.resolve(mark)
        if targets:
            yield NamedMark(mark, MarkKind.CITATION, targets, unresolved)
        elif unresolved:
            ambiguous = resolver.is_ambiguous(mark)
            kind = MarkKind.AMBIGUOUS if ambiguous else MarkKind.UNRESOLVED
            yield NamedMark(mark, kind, unresolved=unresolved)
        elif resolver.is_of_something_else(mark):
            yield NamedMark(mark, MarkKind.SOMETHING_ELSE)
        elif mark.form is not MarkForm.BARE:
            yield NamedMark(mark, MarkKind.NO_MARK)


def _read_author_marks(
    plain: PlainText, outputs: tuple[OutputEntry, ...], others: list[Citation]
) -> list[Citation]:
    """Return the marks by author and year that no label repeats: not "(Smith 2015) [R1]"."""
    found = []
    for mark in find_author_marks(plain, outputs, CITING_SECTIONS):
        if any(mark.span.overlaps(other.span) for other in others):
            continue
        reach = Span(mark.span.start - _REACH, mark.span.end + _REACH)
        near = {
            target for other in others if reach.overlaps(other.span) for target in other.targets
        }
        targets = tuple(Target(TargetKind.OUTPUT, position) for position in mark.outputs)
        targets = tuple(target for target in targets if target not in near)
        if targets:
            found.append(
                Citation(
                    span=mark.span,
                    section=mark.section,
                    targets=targets,
                    on_heading=_is_on_heading(plain, mark.span),
                )
            )
    return found


def _is_on_heading(plain: PlainText, span: Span) -> bool:
    block = plain.block_at(span.start)
    if block.kind is BlockKind.HEADING:
        return True
    return len(block.span) < _LONGEST_HEADING and plain.share(block.span, StyleKind.BOLD) > 0.9
