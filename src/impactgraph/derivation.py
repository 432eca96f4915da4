"""What follows from a case study's graph, as triples of its derived graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rdflib import Literal, URIRef
from rdflib.term import Node

from impactgraph.graph import CaseGraph, links_of
from impactgraph.identity import digest
from impactgraph.model import Basis
from impactgraph.underpinnings import Underpinning, underpinnings
from impactgraph.vocabulary import CONCEPTS, IG, RDF, RDFS, XSD

__all__ = ["derive", "underpinning_iri"]

Triple: TypeAlias = tuple[Node, Node, Node]

_LONGEST_LABEL = 200
"""What ontology/shapes/underpinning.ttl allows."""


def derive(graph: CaseGraph) -> Iterator[Triple]:
    """Yield the triples of the derived graph of a case study, each once, always in one order.

    They are `ig:leadsTo` for each step of influence that is stated or curated, and one
    `ig:Underpinning` for each finding, impact and level of basis at which a chain joins the two.

    Args:
        graph: a case study's graph.
    """
    led = dict.fromkeys(
        (URIRef(link.origin), IG.leadsTo, URIRef(link.target))
        for link in links_of(graph)
        if link.step.leads and Basis.CURATED.admits(link.basis)
    )
    yield from led
    case_study = graph.graph["case_study"]
    for basis in Basis:
        for found in underpinnings(graph, basis=basis):
            yield from _describe(found, case_study)


def underpinning_iri(case_study: str, finding: str, impact: str, basis: Basis) -> str:
    """Return the IRI of an underpinning: a digest of finding, impact and level of basis.

    >>> underpinning_iri("x", "x/finding/a", "x/impact/1", Basis.STATED)
    'x/underpinning/7d9b345c3fa2'
    """
    return f"{case_study}/underpinning/{digest(finding, impact, basis.value)}"


def _describe(found: Underpinning, case_study: str) -> Iterator[Triple]:
    finding, impact = found.finding, found.impact
    iri = URIRef(underpinning_iri(case_study, finding.iri, impact.iri, found.basis))
    label = f"{finding.name} underpins {impact.name} ({found.basis.value})"
    if len(label) > _LONGEST_LABEL:
        label = label[: _LONGEST_LABEL - 1] + "…"
    yield iri, RDF.type, IG.Underpinning
    yield iri, IG.inCaseStudy, URIRef(case_study)
    yield iri, RDFS.label, Literal(label, lang="en")
    yield iri, IG.finding, URIRef(finding.iri)
    yield iri, IG.impact, URIRef(impact.iri)
    yield iri, IG.basis, CONCEPTS[Basis][found.basis]
    yield iri, IG.chainCount, Literal(str(found.chain_count), datatype=XSD.nonNegativeInteger)
    yield iri, IG.weakestLink, URIRef(found.weakest_link.iri)
    yield iri, IG.collective, Literal(found.collective)
