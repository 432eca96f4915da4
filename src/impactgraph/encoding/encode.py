"""From the model to RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Graph, URIRef

from impactgraph.encoding.anchors import Triple, encode_anchor
from impactgraph.encoding.mapping import CASE_STUDY, COLLECTIONS, REFERENCE, Mapping
from impactgraph.encoding.values import to_term
from impactgraph.model import Anchor, Basis, CaseStudy, Link, Output, OutputType, Reference
from impactgraph.vocabulary import CONCEPTS, FABIO_WORKS, IG, PREFIXES, RDF

__all__ = ["direct_triple", "encode", "encode_reference"]


def encode(case_study: CaseStudy) -> Graph:
    """Return the RDF graph of a case study, without what it shares with others.

    The same case study gives the same triples always; there are no blank nodes.

    Args:
        case_study: the case study; see `encode_reference` for its `reference`.

    Returns:
        A graph with the prefixes of `vocabulary.PREFIXES` bound.

    Raises:
        ValueError: a date is not in the form YYYY, YYYY-MM or YYYY-MM-DD.
    """
    graph = _empty_graph()
    case_iri = URIRef(case_study.iri)
    for triple in _describe(case_study, CASE_STUDY, case_iri):
        graph.add(triple)
    for name, mapping in COLLECTIONS.items():
        for member in getattr(case_study, name):
            graph.add((URIRef(member.iri), IG.inCaseStudy, case_iri))
            for triple in _describe(member, mapping, case_iri):
                graph.add(triple)
    for link in case_study.links:
        if link.basis is not Basis.INFERRED:
            graph.add(direct_triple(link))
    return graph


def encode_reference(reference: Reference) -> Graph:
    """Return the RDF graph of what case studies share."""
    graph = _empty_graph()
    for name, mapping in REFERENCE.items():
        for member in getattr(reference, name):
            for triple in _describe(member, mapping, None):
                graph.add(triple)
    return graph


def direct_triple(link: Link) -> tuple[URIRef, URIRef, URIRef]:
    """Return the plain triple that a stated or curated link asserts."""
    return URIRef(link.origin), IG[link.step.value], URIRef(link.target)


def _empty_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _describe(member: Any, mapping: Mapping, case_iri: URIRef | None) -> Iterator[Triple]:
    subject = URIRef(member.iri)
    for rdf_type in mapping.types:
        yield subject, RDF.type, rdf_type
    if isinstance(member, Output):
        kind = CONCEPTS[OutputType][member.output_type]
        if kind not in FABIO_WORKS:
            yield subject, RDF.type, kind
    for prop in mapping.properties:
        value = getattr(member, prop.field)
        for item in value if prop.many else () if value is None else (value,):
            if prop.part is None:
                yield subject, prop.iri, to_term(item, prop)
                continue
            part = URIRef(item.iri)
            yield subject, prop.iri, part
            if case_iri is not None:
                yield part, IG.inCaseStudy, case_iri
            if isinstance(item, Anchor):
                yield from encode_anchor(item)
            else:
                yield from _describe(item, prop.part, case_iri)
