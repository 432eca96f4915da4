"""Anchors and selectors, each way (Web Annotation Data Model, sections 4.2 and 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from impactgraph.encoding.statements import Statements
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


def decode_anchor(said: Statements, iri: str) -> Anchor:
    """Return the anchor that `iri` names.

    Raises:
        DecodingError: a source, section, position or quote lacks, or is given twice.
    """

    def only(subject: str, predicate: URIRef) -> str:
        terms = said.objects(subject, str(predicate))
        if len(terms) != 1:
            lack = "lacks" if not terms else f"has {len(terms)} values of"
            raise DecodingError(f"the anchor <{iri}> {lack} {predicate.n3()} on <{subject}>")
        return next(iter(terms)).value

    position = only(iri, OA.hasSelector)
    return Anchor(
        iri=iri,
        source=only(iri, OA.hasSource),
        start=int(only(position, OA.start)),
        end=int(only(position, OA.end)),
        exact=only(only(position, OA.refinedBy), OA.exact),
        section=only(iri, IG.section),
    )
