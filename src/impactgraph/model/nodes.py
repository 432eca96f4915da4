"""The nodes of the five stages, and the claims, products and quotations around them."""

from __future__ import annotations

from dataclasses import dataclass

from impactgraph.model.anchors import Anchor
from impactgraph.model.terms import ImpactType, Maturity, Motivation, OutputType, SourceType

__all__ = [
    "Authorship",
    "Claim",
    "Finding",
    "Impact",
    "Mark",
    "Note",
    "Output",
    "Pathway",
    "Product",
    "Project",
    "Quotation",
    "Research",
    "Review",
    "Source",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the research found, in one of the passages that say so."""

    iri: str
    label: str
    notation: str | None
    description: str | None = None
    part_of_research: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A publication that the case study lists. `doi` is its own: bare and in lower case."""

    iri: str
    label: str
    notation: str | None
    output_type: OutputType
    title: str
    citation: str | None = None
    issued: str | None = None
    venue: str | None = None
    publishers: tuple[str, ...] = ()
    volume: str | None = None
    issue: str | None = None
    page_start: str | None = None
    page_end: str | None = None
    doi: str | None = None
    isbn: str | None = None
    creators: tuple[str, ...] = ()
    part_of_research: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """One author's place (1 for the first) in an output's list of authors."""

    iri: str
    label: str
    output: str
    agent: str
    position: int
    name_as_printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A published review of an output, which is no output itself."""

    iri: str
    label: str
    reviews: str
    venue: str | None = None
    doi: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """How the research reached people."""

    iri: str
    label: str
    notation: str | None
    description: str | None = None
    figures: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    spatial: tuple[str, ...] = ()
    temporal: tuple[str, ...] = ()
    part_of_research: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What changed outside the academy, as the case study claims. `heading` is its heading's."""

    iri: str
    label: str
    notation: str | None
    description: str | None = None
    impact_types: tuple[ImpactType, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    change: str | None = None
    temporal: tuple[str, ...] = ()
    spatial: tuple[str, ...] = ()
    heading: Anchor | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable statement inside an impact."""

    iri: str
    label: str
    claim_of: str
    description: str | None = None
    maturity: Maturity | None = None
    beneficiaries: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    change: str | None = None
    temporal: tuple[str, ...] = ()
    spatial: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What corroborates. Its party is its speaker, else the organisation that issued it."""

    iri: str
    label: str
    notation: str | None
    source_type: SourceType
    title: str | None = None
    description: str | None = None
    party: str | None = None
    speaker: str | None = None
    signatories: tuple[str, ...] = ()
    date: str | None = None
    locator: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark in the text that points to outputs or sources, such as "[3, S1–S3; p. 4]".

    `cites` are those that it points to, `unresolved` the parts of it that point to nothing that
    the case study lists, `pages` what it says of where to look, `on_heading` whether it stands on
    a heading and so on all that follows.
    """

    iri: str
    label: str
    text: str
    cites: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    pages: str | None = None
    on_heading: bool = False
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A few words that somebody said, in a source, for a claim."""

    iri: str
    label: str
    text: str
    speaker: str | None = None
    in_sources: tuple[str, ...] = ()
    quoted_for: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the work made that is none of the listed outputs: a framework, a charter, proposals."""

    iri: str
    label: str
    description: str | None = None
    part_of: str | None = None
    derived_from: str | None = None
    date: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Research:
    """The body of research that the case study rests on, as a whole."""

    iri: str
    label: str
    description: str | None = None
    comprises: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A funded piece of the research."""

    iri: str
    label: str
    title: str | None = None
    description: str | None = None
    period: str | None = None
    figures: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a reader noted of passages or nodes, in the reader's own words (Web Annotation)."""

    iri: str
    label: str
    body: str
    motivation: Motivation
    about: tuple[str, ...]
    anchors: tuple[Anchor, ...]
