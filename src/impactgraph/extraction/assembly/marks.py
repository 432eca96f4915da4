"""Marks, from the citations."""

from __future__ import annotations

from impactgraph.extraction.assembly.anchoring import shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.reading import Citation, TargetKind
from impactgraph.model import Mark

__all__ = ["assemble_marks", "cited_iris"]

_LONGEST = 200


def assemble_marks(draft: Draft) -> tuple[Mark, ...]:
    """Return the marks in the order of the text; those that say nothing are left out."""
    plain = draft.reading.plain
    marks = []
    for citation in draft.reading.citations:
        if not (citation.targets or citation.unresolved):
            continue
        anchor = draft.anchoring.at(citation.span)
        words = plain.words(citation.span).strip()
        marks.append(
            Mark(
                iri=draft.name("mark", None, anchor.iri),
                label=shorten(f"mark {words} in section {citation.section}", _LONGEST),
                text=shorten(words, _LONGEST),
                cites=cited_iris(draft, citation),
                unresolved=citation.unresolved,
                pages=citation.pages,
                on_heading=citation.on_heading,
                anchors=(anchor,),
            )
        )
    return tuple(marks)


def cited_iris(draft: Draft, citation: Citation) -> tuple[str, ...]:
    """Return the IRIs of the outputs and sources that a mark points to, each once."""
    lists = {TargetKind.OUTPUT: draft.outputs, TargetKind.SOURCE: draft.sources}
    return tuple(
        dict.fromkeys(lists[target.kind][target.position - 1] for target in citation.targets)
    )
