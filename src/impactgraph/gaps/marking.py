"""Gaps in the marks by which the text cites: too broad to follow, or pointing to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import Kind
from impactgraph.model import Mark
from impactgraph.wording import capitalise, join_words

__all__ = ["MARKING_KINDS", "find_mark_unresolved", "find_source_cited_broadly"]

MANY = 4
"""From how many targets on a mark no longer says which of them shows what."""


def find_source_cited_broadly(evidence: Evidence) -> Iterator[Gap]:
    """Yield sources that no mark cites closely.

    A mark cites closely that gives pages, or that has fewer than four targets and does not stand
    on a heading. A source that no mark cites at all is another kind of gap.
    """
    citing: dict[str, list[Mark]] = defaultdict(list)
    for mark in evidence.model.marks:
        for target in mark.cites:
            citing[target].append(mark)
    for node in evidence.nodes(Kind.SOURCE):
        marks = citing[node.iri]
        if not marks or not all(_is_broad(mark) for mark in marks):
            continue
        yield evidence.gap(
            "source-cited-broadly",
            Severity.LOW,
            (node,),
            f"{capitalise(node.name)} is cited only {_describe_marks(marks)}, with no page: "
            "which statement it shows is left open.",
            f"Mark {node.name} at each statement that it shows, or add where to look in it.",
            places=tuple(anchor for mark in marks for anchor in mark.anchors),
        )


def find_mark_unresolved(evidence: Evidence) -> Iterator[Gap]:
    """Yield marks of which a part points to nothing that the case study lists."""
    for mark in evidence.model.marks:
        if not mark.unresolved:
            continue
        parts = join_words(mark.unresolved)
        yield evidence.gap(
            "mark-unresolved",
            Severity.MEDIUM,
            (),
            f"The mark “{mark.text}” cites {parts}, and the document lists no such output "
            "or source."
            if evidence.read_by_person
            else f"The mark “{mark.text}” cites {parts}, for which no output or source was found.",
            f"Correct the mark, or list {parts} in section 3 or 5.",
            places=mark.anchors,
            about=(mark.iri,),
        )


def _is_broad(mark: Mark) -> bool:
    return mark.pages is None and (mark.on_heading or len(mark.cites) >= MANY)


def _describe_marks(marks: Sequence[Mark]) -> str:
    together = [mark for mark in marks if not mark.on_heading]
    texts = join_words(list(dict.fromkeys(f"“{mark.text}”" for mark in marks)))
    if not together:
        return f"on a heading ({texts})"
    where = "with three or more others"
    if len(together) < len(marks):
        where += " or on a heading"
    return f"{where} ({texts})"


MARKING_KINDS = (
    GapKind(
        id="source-cited-broadly",
        title="Source cited broadly",
        meaning="a source is cited only on headings or with three or more others, with no page",
        severity=Severity.LOW,
        find=find_source_cited_broadly,
    ),
    GapKind(
        id="mark-unresolved",
        title="Mark that points to nothing",
        meaning="a mark in the text cites something that the case study does not list",
        severity=Severity.MEDIUM,
        find=find_mark_unresolved,
    ),
)
