"""The words that a case study rests on, in their places: in its text, or where that is not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impactgraph.documents import (
    HEADINGS,
    Document,
    PlainText,
    Section,
    Span,
    parse_sections,
    read_plain_text,
)
from impactgraph.errors import DocumentError
from impactgraph.graph import CaseGraph, GraphNode, model_of, nodes_of
from impactgraph.model import Anchor
from impactgraph.texts import KeptText
from impactgraph.views.case_study import view_passages
from impactgraph.views.places import Place, view_places
from impactgraph.views.quotes import Passage

__all__ = [
    "Anchored",
    "Piece",
    "SectionOfPassages",
    "SectionOfText",
    "SourceText",
    "TextBlock",
    "view_source_text",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, and the nodes that rest on it, the one of the shortest passage first.

    `first` says whether that one's passage begins here; `ids` name the passages that do, by where
    they start in the document.
    """

    text: str
    places: tuple[Place, ...] = ()
    first: bool = False
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A heading, paragraph, list item or row; `beside` are the nodes whose passages begin in it."""

    kind: str
    marker: str
    pieces: tuple[Piece, ...]
    beside: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOfText:
    """A section of the document, with its text."""

    kind: str
    heading: str
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A passage by its few words, and the nodes that rest on it."""

    passage: Passage
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOfPassages:
    """A section of the document, with the passages that the graph has of it, in their order."""

    kind: str
    heading: str
    passages: tuple[Anchored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """What the page of the text shows.

    `sections` are those of the text; there are none where it is not kept, or where it is `drifted`:
    another text than the one in which positions were counted. `passages` are there in any case.
    """

    sections: tuple[SectionOfText, ...]
    passages: tuple[SectionOfPassages, ...]
    drifted: bool


def view_source_text(graph: CaseGraph, kept: KeptText | None) -> SourceText:
    """Return the passages of a case study in its text, or in a list.

    Args:
        graph: a case study's graph.
        kept: the text that is kept; None where none is.
    """
    digest = model_of(graph).document.digest
    drifted = kept is not None and kept.digest != digest
    sections: tuple[SectionOfText, ...] = ()
    if kept is not None and not drifted:
        plain = read_plain_text(_open(kept.text))
        passages = sorted(_mark(graph, plain))
        sections = tuple(
            SectionOfText(
                kind=section.kind,
                heading=_name(section.kind),
                blocks=tuple(_write(plain, section.kind, passages, graph)),
            )
            for section in plain.document.sections
        )
    return SourceText(sections=sections, passages=tuple(_list(graph)), drifted=drifted)


def _open(text: str) -> Document:
    """Return the document of a text; one whose sections cannot be told is one section."""
    try:
        sections = parse_sections(text)
    except DocumentError:
        sections = (Section("A", "", 0, len(text)),)
    return Document.from_parts(text, sections, media_type="text/plain")


@dataclass(frozen=True, slots=True, order=True)
class _Passage:
    """A node's passage in plain text; the longer of two that begin together comes first."""

    start: int
    shortness: int
    end: int
    position: int
    iri: str


def _mark(graph: CaseGraph, plain: PlainText) -> Iterator[_Passage]:
    for node in nodes_of(graph):
        for anchor in node.anchors:
            span = plain.find(anchor.start, anchor.end)
            if len(span):
                yield _Passage(span.start, -len(span), span.end, anchor.start, node.iri)


def _write(
    plain: PlainText, section: str, passages: Sequence[_Passage], graph: CaseGraph
) -> Iterator[TextBlock]:
    nodes = {node.iri: node for node in nodes_of(graph)}
    for block in plain.blocks_of(section):
        here = [it for it in passages if it.start < block.span.end and block.span.start < it.end]
        beginning = [it for it in here if it.start >= block.span.start]
        yield TextBlock(
            kind=block.kind.value,
            marker=block.marker,
            pieces=tuple(_cut(plain, block.span, here, nodes, graph)),
            beside=view_places(_name_once(beginning, nodes), graph),
        )


def _cut(
    plain: PlainText,
    span: Span,
    passages: Sequence[_Passage],
    nodes: dict[str, GraphNode],
    graph: CaseGraph,
) -> Iterator[Piece]:
    """Yield a block cut wherever a passage begins or ends, so that no two pieces overlap."""
    edges = {span.start, span.end}
    for passage in passages:
        edges.update(edge for edge in (passage.start, passage.end) if span.start < edge < span.end)
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        over = sorted(
            (it for it in passages if it.start < end and start < it.end),
            key=lambda it: (-it.shortness, it.start, it.iri),
        )
        opening = [it for it in over if it.start == start]
        yield Piece(
            text=plain.text[start:end],
            places=view_places(_name_once(over, nodes), graph),
            first=bool(over) and max(over[0].start, span.start) == start,
            ids=tuple(sorted({it.position for it in opening})),
        )


def _name_once(passages: Iterable[_Passage], nodes: dict[str, GraphNode]) -> Iterator[GraphNode]:
    for iri in dict.fromkeys(passage.iri for passage in passages):
        yield nodes[iri]


def _list(graph: CaseGraph) -> Iterator[SectionOfPassages]:
    resting: dict[Anchor, list[GraphNode]] = {}
    for node in nodes_of(graph):
        for anchor in node.anchors:
            resting.setdefault(anchor, []).append(node)
    ordered = sorted(resting, key=lambda anchor: (anchor.start, anchor.end, anchor.exact))
    for kind in ("A", *HEADINGS):
        here = [anchor for anchor in ordered if anchor.section == kind]
        if here:
            yield SectionOfPassages(
                kind=kind,
                heading=_name(kind),
                passages=tuple(
                    Anchored(
                        passage=view_passages([anchor])[0],
                        places=view_places(resting[anchor], graph),
                    )
                    for anchor in here
                ),
            )


def _name(kind: str) -> str:
    return f"{kind}. {HEADINGS[kind]}" if kind in HEADINGS else "Header"
