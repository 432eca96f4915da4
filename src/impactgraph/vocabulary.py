"""The namespaces and IRIs that impactgraph writes, and the IRIs of its concept schemes' members."""

from __future__ import annotations

from enum import StrEnum

from rdflib import Namespace, URIRef

from impactgraph.identity import BASE
from impactgraph.model import (
    Aspect,
    Basis,
    ImpactType,
    Maturity,
    Motivation,
    Obligation,
    OutputType,
    ProfileStatus,
    RoleType,
    SourceType,
)

__all__ = [
    "BIBO",
    "CITO",
    "CONCEPTS",
    "DCAT",
    "DCTERMS",
    "FABIO",
    "FABIO_WORKS",
    "FOAF",
    "FRAPO",
    "IG",
    "OA",
    "ONTOLOGY_GRAPH",
    "ORG",
    "PREFIXES",
    "PRISM",
    "PROV",
    "RDF",
    "RDFS",
    "REFERENCE_GRAPH",
    "SCHEMA",
    "SKOS",
    "XSD",
]

IG = Namespace("https://w3id.org/impactgraph/ontology#")
BIBO = Namespace("http://purl.org/ontology/bibo/")
CITO = Namespace("http://purl.org/spar/cito/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FABIO = Namespace("http://purl.org/spar/fabio/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
FRAPO = Namespace("http://purl.org/cerif/frapo/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
PRISM = Namespace("http://prismstandard.org/namespaces/basic/2.0/")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

ONTOLOGY_GRAPH = "https://w3id.org/impactgraph/ontology"
REFERENCE_GRAPH = BASE + "reference"

PREFIXES: dict[str, str] = {
    "ig": str(IG),
    "bibo": str(BIBO),
    "cito": str(CITO),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "fabio": str(FABIO),
    "foaf": str(FOAF),
    "frapo": str(FRAPO),
    "oa": str(OA),
    "org": str(ORG),
    "prism": str(PRISM),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "xsd": str(XSD),
}

CONCEPTS: dict[type[StrEnum], dict[str, URIRef]] = {
    Basis: {basis: IG[basis.value] for basis in Basis},
    Maturity: {maturity: IG[maturity.value] for maturity in Maturity},
    Motivation: {motivation: OA[motivation.value] for motivation in Motivation},
    Obligation: {obligation: IG[obligation.value] for obligation in Obligation},
    ProfileStatus: {status: BIBO[f"status/{status.value}"] for status in ProfileStatus},
    Aspect: {
        Aspect.RESEARCH_PERIOD: IG.researchPeriodAspect,
        Aspect.IMPACT_PERIOD: IG.impactPeriodAspect,
        Aspect.HEADER: IG.headerAspect,
        Aspect.REFERENCES: IG.referencesAspect,
        Aspect.SOURCES: IG.sourcesAspect,
        Aspect.WORDS: IG.wordsAspect,
        Aspect.PAGES: IG.pagesAspect,
        Aspect.CHANGE: IG.changeAspect,
        Aspect.QUALITY: IG.qualityAspect,
    },
    ImpactType: {kind: IG[f"{kind.value}Impact"] for kind in ImpactType},
    RoleType: {
        RoleType.AUTHOR: IG.authorRole,
        RoleType.STAFF: IG.staffRole,
        RoleType.INVESTIGATOR: IG.investigatorRole,
        RoleType.DELIVERER: IG.delivererRole,
        RoleType.FUNDER: IG.funderRole,
        RoleType.PARTNER: IG.partnerRole,
        RoleType.CO_PRODUCER: IG.coProducerRole,
        RoleType.COLLABORATOR: IG.collaboratorRole,
        RoleType.BENEFICIARY: IG.beneficiaryRole,
        RoleType.CORROBORATOR: IG.corroboratorRole,
        RoleType.DECISION_MAKER: IG.decisionMakerRole,
    },
    SourceType: {
        SourceType.TESTIMONIAL: IG.testimonial,
        SourceType.AGREEMENT: IG.agreement,
        SourceType.POLICY_DOCUMENT: IG.policyDocument,
        SourceType.REPORT: IG.report,
        SourceType.MINUTES: IG.minutes,
        SourceType.WEB_PAGE: IG.webPage,
        SourceType.MEDIA: IG.media,
        SourceType.DATA: IG.dataSource,
        SourceType.OTHER: IG.otherSource,
    },
    OutputType: {
        OutputType.BOOK: FABIO.Book,
        OutputType.BOOK_CHAPTER: FABIO.BookChapter,
        OutputType.JOURNAL_ARTICLE: FABIO.JournalArticle,
        OutputType.CONFERENCE_PAPER: FABIO.ConferencePaper,
        OutputType.REPORT: FABIO.ReportDocument,
        OutputType.WORKING_PAPER: FABIO.WorkingPaper,
        OutputType.SOFTWARE: FABIO.ComputerProgram,
        OutputType.DATA: FABIO.Dataset,
        OutputType.PATENT: FABIO.PatentDocument,
        OutputType.OTHER: FABIO.Expression,
    },
}
"""For each enumeration of the model, the IRI that stands for each of its members."""

FABIO_WORKS = frozenset({FABIO.WorkingPaper, FABIO.Dataset})
"""Output types that FaBiO counts among the works: an output, an expression, is none of them."""
