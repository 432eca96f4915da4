"""From the model to RDF."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from impactgraph.encoding.ntriples import write_case_study, write_reference
from impactgraph.model import CaseStudy, Link, Reference
from impactgraph.vocabulary import IG, PREFIXES, XSD

__all__ = ["direct_triple", "encode", "encode_reference"]


def encode(case_study: CaseStudy) -> Graph:
    """Return the RDF graph of a case study, without what it shares with others.

    The same case study gives the same triples always; there are no blank nodes.

    Args:
        case_study: the case study; see `encode_reference` for its `reference`.

    Returns:
        A graph with the prefixes of `vocabulary.PREFIXES` bound.

    Raises:
        ValueError: a date is not in the form YYYY, YYYY-MM or YYYY-MM-DD, or a text is no IRI.
    """
    return _to_graph(write_case_study(case_study))


def encode_reference(reference: Reference) -> Graph:
    """Return the RDF graph of what case studies share."""
    return _to_graph(write_reference(reference))


def direct_triple(link: Link) -> tuple[URIRef, URIRef, URIRef]:
    """Return the plain triple that a stated or curated link asserts."""
    return URIRef(link.origin), IG[link.step.value], URIRef(link.target)


def _to_graph(lines: Iterable[str]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    try:
        quads = list(ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise ValueError(f"a value cannot be written as RDF: {error}") from error
    for quad in quads:
        graph.add(
            (URIRef(quad.subject.value), URIRef(quad.predicate.value), _to_rdflib(quad.object))
        )
    return graph


def _to_rdflib(term: ox.NamedNode | ox.Literal) -> URIRef | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    if datatype == XSD.string:
        return Literal(term.value)
    return Literal(term.value, datatype=datatype, normalize=False)
