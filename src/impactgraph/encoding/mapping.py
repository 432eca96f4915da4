"""The one table that says which field of the model is which property of the ontology.

`encode` and `decode` both read it, so that each is the inverse of the other by construction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cached_property

from rdflib import URIRef

from impactgraph import model
from impactgraph.vocabulary import (
    BIBO,
    CITO,
    DCAT,
    DCTERMS,
    FABIO,
    FOAF,
    FRAPO,
    IG,
    OA,
    ORG,
    PRISM,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
)

__all__ = ["CASE_STUDY", "COLLECTIONS", "REFERENCE", "Mapping", "Property", "Range"]


class Range(Enum):
    """What stands at the other end of a property."""

    TEXT = auto()
    """Words in English (rdf:langString)."""
    TOKEN = auto()
    """A code, label or quote (xsd:string)."""
    DATE = auto()
    """xsd:gYear, xsd:gYearMonth or xsd:date, as exactly as it is known."""
    DECIMAL = auto()
    """xsd:integer where it is whole, else xsd:decimal."""
    COUNT = auto()
    """xsd:nonNegativeInteger."""
    BOOLEAN = auto()
    IRI = auto()
    STEP = auto()
    """A property of the ontology, as a member of `Step`."""
    CONCEPT = auto()
    """A member of an enumeration of the model."""
    PART = auto()
    """A resource that is described as part of this one, by a mapping of its own."""


@dataclass(frozen=True, slots=True)
class Property:
    """One field of a class of the model, as one property."""

    field: str
    iri: URIRef
    range: Range
    many: bool = False
    concept: type[StrEnum] | None = None
    part: Mapping | None = None


@dataclass(frozen=True, eq=False)
class Mapping:
    """One class of the model, as one class of the ontology."""

    cls: type
    types: tuple[URIRef, ...]
    properties: tuple[Property, ...]

    @cached_property
    def predicates(self) -> tuple[tuple[Property, str], ...]:
        """The properties, each with its IRI as N-Triples writes it."""
        return tuple((prop, prop.iri.n3()) for prop in self.properties)

    @cached_property
    def written_types(self) -> tuple[str, ...]:
        """The types as N-Triples writes them."""
        return tuple(rdf_type.n3() for rdf_type in self.types)


TEXT, TOKEN, DATE, IRI = Range.TEXT, Range.TOKEN, Range.DATE, Range.IRI

ANCHOR = Mapping(
    model.Anchor,
    (OA.SpecificResource,),
    (
        Property("source", OA.hasSource, IRI),
        Property("section", IG.section, TOKEN),
        # start, end and exact lie on the selectors below it: see anchors.py
    ),
)
AMOUNT = Mapping(
    model.MonetaryAmount,
    (SCHEMA.MonetaryAmount,),
    (
        Property("value", SCHEMA.value, Range.DECIMAL),
        Property("currency", SCHEMA.currency, TOKEN),
    ),
)
SECTION = Mapping(
    model.SectionDescription,
    (IG.Section,),
    (
        Property("section", IG.section, TOKEN),
        Property("word_count", SCHEMA.wordCount, Range.COUNT),
    ),
)
DOCUMENT = Mapping(
    model.DocumentDescription,
    (IG.Document,),
    (
        Property("digest", IG.digest, TOKEN),
        Property("length", IG.length, Range.COUNT),
        Property("media_type", DCTERMS["format"], TOKEN),
        Property("sections", DCTERMS.hasPart, Range.PART, many=True, part=SECTION),
    ),
)

LABEL = Property("label", RDFS.label, TEXT)
NOTATION = Property("notation", SKOS.notation, TOKEN)
DESCRIPTION = Property("description", DCTERMS.description, TEXT)
ANCHORS = Property("anchors", IG.anchor, Range.PART, many=True, part=ANCHOR)
PART_OF_RESEARCH = Property("part_of_research", IG.partOfResearch, IRI)
FIGURES = Property("figures", IG.figure, IRI, many=True)
AGENTS = Property("agents", IG.withAgent, IRI, many=True)
BENEFICIARIES = Property("beneficiaries", IG.beneficiary, IRI, many=True)
CHANGE = Property("change", IG.change, TEXT)
TEMPORAL = Property("temporal", DCTERMS.temporal, IRI, many=True)
SPATIAL = Property("spatial", DCTERMS.spatial, IRI, many=True)
TITLE = Property("title", DCTERMS.title, TEXT)
PERIOD = Property("period", IG.period, IRI)
VENUE = Property("venue", PRISM.publicationName, TOKEN)
DOI = Property("doi", BIBO.doi, TOKEN)

CASE_STUDY = Mapping(
    model.CaseStudy,
    (IG.CaseStudy,),
    (
        Property("slug", SKOS.notation, TOKEN),
        LABEL,
        TITLE,
        DESCRIPTION,
        Property("submitted_by", IG.submittedBy, IRI),
        Property("unit_of_assessment", IG.unitOfAssessment, IRI),
        Property("exercise", IG.exercise, IRI),
        Property("research_period", IG.researchPeriod, IRI),
        Property("impact_period", IG.impactPeriod, IRI),
        Property("continued", IG.continued, Range.BOOLEAN),
        Property("continued_from", IG.continuedFrom, IRI),
        Property("attributed_to", PROV.wasAttributedTo, IRI),
        Property("document", IG.document, Range.PART, part=DOCUMENT),
        ANCHORS,
    ),
)

COLLECTIONS: dict[str, Mapping] = {
    "research": Mapping(
        model.Research,
        (IG.Research,),
        (LABEL, DESCRIPTION, Property("comprises", IG.comprises, IRI, many=True), ANCHORS),
    ),
    "projects": Mapping(
        model.Project, (IG.Project,), (LABEL, TITLE, DESCRIPTION, PERIOD, FIGURES, ANCHORS)
    ),
    "findings": Mapping(
        model.Finding, (IG.Finding,), (LABEL, NOTATION, DESCRIPTION, PART_OF_RESEARCH, ANCHORS)
    ),
    "outputs": Mapping(
        model.Output,
        (IG.Output,),
        (
            LABEL,
            NOTATION,
            Property("output_type", IG.outputType, Range.CONCEPT, concept=model.OutputType),
            TITLE,
            Property("citation", DCTERMS.bibliographicCitation, TEXT),
            Property("issued", DCTERMS.issued, DATE),
            VENUE,
            Property("publishers", DCTERMS.publisher, IRI, many=True),
            Property("volume", BIBO.volume, TOKEN),
            Property("issue", BIBO.issue, TOKEN),
            Property("page_start", BIBO.pageStart, TOKEN),
            Property("page_end", BIBO.pageEnd, TOKEN),
            DOI,
            Property("isbn", BIBO.isbn, TOKEN),
            Property("creators", DCTERMS.creator, IRI, many=True),
            PART_OF_RESEARCH,
            ANCHORS,
        ),
    ),
    "authorships": Mapping(
        model.Authorship,
        (IG.Authorship,),
        (
            LABEL,
            Property("output", IG.authorOf, IRI),
            Property("agent", IG.agent, IRI),
            Property("position", IG.position, Range.COUNT),
            Property("name_as_printed", IG.nameAsPrinted, TOKEN),
        ),
    ),
    "reviews": Mapping(
        model.Review,
        (FABIO.BookReview,),
        (LABEL, Property("reviews", CITO.reviews, IRI), VENUE, DOI, ANCHORS),
    ),
    "pathways": Mapping(
        model.Pathway,
        (IG.Pathway,),
        (
            LABEL,
            NOTATION,
            DESCRIPTION,
            FIGURES,
            AGENTS,
            SPATIAL,
            TEMPORAL,
            PART_OF_RESEARCH,
            ANCHORS,
        ),
    ),
    "impacts": Mapping(
        model.Impact,
        (IG.Impact,),
        (
            LABEL,
            NOTATION,
            DESCRIPTION,
            Property(
                "impact_types",
                IG.impactType,
                Range.CONCEPT,
                many=True,
                concept=model.ImpactType,
            ),
            BENEFICIARIES,
            CHANGE,
            TEMPORAL,
            SPATIAL,
            Property("heading", IG.heading, Range.PART, part=ANCHOR),
            ANCHORS,
        ),
    ),
    "claims": Mapping(
        model.Claim,
        (IG.Claim,),
        (
            LABEL,
            Property("claim_of", IG.claimOf, IRI),
            DESCRIPTION,
            Property("maturity", IG.maturity, Range.CONCEPT, concept=model.Maturity),
            BENEFICIARIES,
            AGENTS,
            CHANGE,
            TEMPORAL,
            SPATIAL,
            FIGURES,
            Property("products", IG.product, IRI, many=True),
            ANCHORS,
        ),
    ),
    "sources": Mapping(
        model.Source,
        (IG.Source,),
        (
            LABEL,
            NOTATION,
            Property("source_type", IG.sourceType, Range.CONCEPT, concept=model.SourceType),
            TITLE,
            DESCRIPTION,
            Property("party", IG.party, IRI),
            Property("speaker", IG.speaker, IRI),
            Property("signatories", IG.signatory, IRI, many=True),
            Property("date", DCTERMS.date, DATE),
            Property("locator", BIBO.locator, TOKEN),
            ANCHORS,
        ),
    ),
    "marks": Mapping(
        model.Mark,
        (IG.Mark,),
        (
            LABEL,
            Property("text", SCHEMA.text, TOKEN),
            Property("cites", IG.cites, IRI, many=True),
            Property("unresolved", IG.unresolved, TOKEN, many=True),
            Property("pages", IG.pages, TOKEN),
            Property("on_heading", IG.onHeading, Range.BOOLEAN),
            ANCHORS,
        ),
    ),
    "quotations": Mapping(
        model.Quotation,
        (IG.Quotation,),
        (
            LABEL,
            Property("text", SCHEMA.text, TOKEN),
            Property("speaker", IG.speaker, IRI),
            Property("in_sources", IG.inSource, IRI, many=True),
            Property("quoted_for", IG.quotedFor, IRI, many=True),
            ANCHORS,
        ),
    ),
    "products": Mapping(
        model.Product,
        (IG.Product,),
        (
            LABEL,
            DESCRIPTION,
            Property("part_of", DCTERMS.isPartOf, IRI),
            Property("derived_from", PROV.wasDerivedFrom, IRI),
            Property("date", DCTERMS.date, DATE),
            ANCHORS,
        ),
    ),
    "grants": Mapping(
        model.Grant,
        (IG.Grant,),
        (
            LABEL,
            Property("number", FRAPO.hasGrantNumber, TOKEN),
            Property("funder", SCHEMA.funder, IRI),
            Property("amount", SCHEMA.amount, Range.PART, part=AMOUNT),
            Property("awarded_to", IG.awardedTo, IRI),
            PERIOD,
            Property("funds", IG.funds, IRI, many=True),
            DESCRIPTION,
            ANCHORS,
        ),
    ),
    "figures": Mapping(
        model.Figure,
        (IG.Figure,),
        (
            LABEL,
            Property("counted", IG.counted, TEXT),
            Property("value", SCHEMA.value, Range.DECIMAL),
            Property("minimum", SCHEMA.minValue, Range.DECIMAL),
            Property("maximum", SCHEMA.maxValue, Range.DECIMAL),
            Property("unit", SCHEMA.unitText, TOKEN),
            Property("currency", SCHEMA.currency, TOKEN),
            Property("qualifier", IG.qualifier, TOKEN),
            Property("scope", IG.scope, TEXT),
            Property("date", DCTERMS.date, DATE),
            Property("part_of", DCTERMS.isPartOf, IRI),
            ANCHORS,
        ),
    ),
    "periods": Mapping(
        model.Period,
        (DCTERMS.PeriodOfTime,),
        (
            LABEL,
            Property("start", DCAT.startDate, DATE),
            Property("end", DCAT.endDate, DATE),
            Property("open_ended", IG.openEnded, Range.BOOLEAN),
        ),
    ),
    "people": Mapping(
        model.Person,
        (FOAF.Person,),
        (LABEL, Property("family_name", FOAF.familyName, TOKEN), ANCHORS),
    ),
    "groups": Mapping(model.Group, (FOAF.Group,), (LABEL, ANCHORS)),
    "roles": Mapping(
        model.Role,
        (IG.Role,),
        (
            LABEL,
            Property("agent", IG.agent, IRI),
            Property("role_type", IG.roleType, Range.CONCEPT, concept=model.RoleType),
            Property("role_in", IG.roleIn, IRI),
            Property("post", IG.post, TEXT),
            Property("organisation", IG.organisation, IRI),
            PERIOD,
            ANCHORS,
        ),
    ),
    "notes": Mapping(
        model.Note,
        (OA.Annotation,),
        (
            LABEL,
            Property("body", OA.bodyValue, TOKEN),
            Property("motivation", OA.motivatedBy, Range.CONCEPT, concept=model.Motivation),
            Property("about", OA.hasTarget, IRI, many=True),
            ANCHORS,
        ),
    ),
    "links": Mapping(
        model.Link,
        (IG.Link,),
        (
            LABEL,
            Property("origin", IG["from"], IRI),
            Property("step", IG.step, Range.STEP),
            Property("target", IG.to, IRI),
            Property("basis", IG.basis, Range.CONCEPT, concept=model.Basis),
            Property("collective", IG.collective, Range.BOOLEAN),
            Property("confidence", IG.confidence, Range.DECIMAL),
            Property("rationale", IG.rationale, TEXT),
            Property("method", IG.method, TOKEN),
            Property("attributed_to", PROV.wasAttributedTo, IRI),
            ANCHORS,
        ),
    ),
}
"""The collections of a case study, by field name. Every member is `ig:inCaseStudy` of it."""

REFERENCE: dict[str, Mapping] = {
    "organisations": Mapping(
        model.Organisation,
        (ORG.Organization,),
        (
            LABEL,
            Property("alternative_labels", SKOS.altLabel, TEXT, many=True),
            Property("ukprn", IG.ukprn, TOKEN),
        ),
    ),
    "places": Mapping(model.Place, (DCTERMS.Location,), (LABEL,)),
    "units_of_assessment": Mapping(
        model.UnitOfAssessment,
        (IG.UnitOfAssessment,),
        (LABEL, NOTATION, Property("scheme", SKOS.inScheme, IRI)),
    ),
    "exercises": Mapping(model.Exercise, (IG.Exercise,), (LABEL,)),
    "software": Mapping(
        model.Software,
        (PROV.SoftwareAgent,),
        (LABEL, Property("version", SCHEMA.softwareVersion, TOKEN)),
    ),
}
"""The collections of what case studies share, by field name."""
