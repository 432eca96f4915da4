"""Anchors and selectors, each way (Web Annotation Data Model, sections 4.2 and 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from impactgraph.errors import DecodingError
from impactgraph.model import Anchor
from impactgraph.vocabulary import IG, OA, RDF, XSD

__all__ = ["decode_anchor", "encode_anchor"]

Triple = tuple[Node, Node, Node]


def encode_anchor(anchor: Anchor) -> Iterator[Triple]:
    """Yield an anchor's triples: the passage's position, refined by a short quote inside it."""
    iri = URIRef(anchor.iri)
    position, quote = URIRef(anchor.iri + "/position"), URIRef(anchor.iri + "/quote")
    yield iri, RDF.type, OA.SpecificResource
    yield iri, OA.hasSource, URIRef(anchor.source)
    yield iri, IG.section, Literal(anchor.section)
    yield iri, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(str(anchor.start), datatype=XSD.nonNegativeInteger)
    yield position, OA.end, Literal(str(anchor.end), datatype=XSD.nonNegativeInteger)
    yield position, OA.refinedBy, quote
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, Literal(anchor.exact)


def decode_anchor(graph: Graph, iri: URIRef) -> Anchor:
    """Return the anchor that `iri` names.

    Raises:
        DecodingError: a source, section, position or quote lacks.
    """

    def only(subject: Node, predicate: URIRef) -> Node:
        value = graph.value(subject, predicate)
        if value is None:
            raise DecodingError(f"the anchor {iri.n3()} lacks {predicate.n3()} on {subject.n3()}")
        return value

    position = only(iri, OA.hasSelector)
    return Anchor(
        iri=str(iri),
        source=str(only(iri, OA.hasSource)),
        start=int(str(only(position, OA.start))),
        end=int(str(only(position, OA.end))),
        exact=str(only(only(position, OA.refinedBy), OA.exact)),
        section=str(only(iri, IG.section)),
    )
