"""A case study as plain values: what `encode` turns into RDF and `decode` brings back."""

from __future__ import annotations

from dataclasses import dataclass, field

from impactgraph.model.agents import (
    Exercise,
    Group,
    Organisation,
    Person,
    Place,
    Role,
    Software,
    UnitOfAssessment,
)
from impactgraph.model.anchors import Anchor, DocumentDescription
from impactgraph.model.links import Link
from impactgraph.model.nodes import (
    Authorship,
    Claim,
    Finding,
    Impact,
    Mark,
    Note,
    Output,
    Pathway,
    Product,
    Project,
    Quotation,
    Research,
    Review,
    Source,
)
from impactgraph.model.quantities import Figure, Grant, Period

__all__ = ["CaseStudy", "Reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What case studies share: it is described once, outside any of them."""

    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    units_of_assessment: tuple[UnitOfAssessment, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    software: tuple[Software, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy:
    """A document that claims impact, and its graph. Cross-references are IRIs.

    `attributed_to` is the program that read the document, where a program did.
    """

    iri: str
    slug: str
    label: str
    title: str
    description: str | None = None
    submitted_by: str | None = None
    unit_of_assessment: str | None = None
    exercise: str | None = None
    research_period: str | None = None
    impact_period: str | None = None
    continued: bool | None = None
    continued_from: str | None = None
    attributed_to: str | None = None
    document: DocumentDescription
    anchors: tuple[Anchor, ...]

    research: tuple[Research, ...] = ()
    projects: tuple[Project, ...] = ()
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    authorships: tuple[Authorship, ...] = ()
    reviews: tuple[Review, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    impacts: tuple[Impact, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    marks: tuple[Mark, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    products: tuple[Product, ...] = ()
    grants: tuple[Grant, ...] = ()
    figures: tuple[Figure, ...] = ()
    periods: tuple[Period, ...] = ()
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()

    reference: Reference = field(default_factory=Reference)
