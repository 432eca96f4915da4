"""Places in a document: what every claim and link of the graph points back to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Anchor", "DocumentDescription", "SectionDescription"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A passage of the document and a short quote inside it (Web Annotation Data Model, 4.2).

    `start` and `end` count Unicode code points of the document's normalised text, the end
    excluded. `section` is "A" for the header, "1" to "5" for the numbered sections.
    """

    iri: str
    source: str
    start: int
    end: int
    exact: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDescription:
    """How long a section of the document is: `section` as in anchors, its words under its heading.

    Words are counted as by `documents.count_words`.
    """

    iri: str
    section: str
    word_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDescription:
    """Which text the anchors of a case study count in: its digest and its length in code points.

    `sections` say how long those sections are whose words were counted.
    """

    iri: str
    digest: str
    length: int
    media_type: str
    sections: tuple[SectionDescription, ...] = ()
