"""Which outputs and sources are marked in a stretch of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.reading import Citation, TargetKind
from impactgraph.extraction.sentences import split_sentences

__all__ = ["citations_in", "marked_outputs", "marked_sources", "split_marked"]


def citations_in(citations: Sequence[Citation], span: Span) -> tuple[Citation, ...]:
    """Return the citations that begin in a stretch, in order.

    Args:
        citations: all of a section, in order.
        span: the stretch.
    """
    first = bisect_left(citations, span.start, key=_start)
    return tuple(citations[first : bisect_left(citations, span.end, lo=first, key=_start)])


def _start(citation: Citation) -> int:
    return citation.span.start


def marked_outputs(citations: Iterable[Citation]) -> tuple[int, ...]:
    """Return the positions of the outputs that citations point to, each once, ascending."""
    return _positions(citations, TargetKind.OUTPUT)


def marked_sources(citations: Iterable[Citation]) -> tuple[int, ...]:
    """Return the positions of the sources that citations point to, each once, ascending."""
    return _positions(citations, TargetKind.SOURCE)


def _positions(citations: Iterable[Citation], kind: TargetKind) -> tuple[int, ...]:
    found = {
        target.position
        for citation in citations
        for target in citation.targets
        if target.kind is kind
    }
    return tuple(sorted(found))


def split_marked(plain: PlainText, span: Span, citations: Sequence[Citation]) -> list[Span]:
    """Return the sentences of a stretch, each with the marks that belong to it.

    Args:
        plain: the document as it reads.
        span: the stretch.
        citations: all of its section, in order.
    """
    marks = [citation.span for citation in citations_in(citations, span)]
    return split_sentences(plain.text, span, marks)
