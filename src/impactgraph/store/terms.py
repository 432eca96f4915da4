"""RDF terms of rdflib as those of pyoxigraph, and back: each function beside its inverse.

The engine keeps values, not spellings: what comes back out of a store is "1"^^xsd:integer for
"01"^^xsd:integer and for "1"^^xsd:nonNegativeInteger, "1.5" for "1.50", "en-gb" for "en-GB".
"""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from impactgraph.errors import StoreError

__all__ = [
    "RdflibTriple",
    "Term",
    "from_oxigraph",
    "from_triple",
    "to_graph_name",
    "to_oxigraph",
    "to_quad",
]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
RdflibTriple: TypeAlias = tuple[Node, Node, Node]


def to_oxigraph(term: Node) -> Term:
    """Return the engine's term for an rdflib term.

    >>> to_oxigraph(Literal("change", lang="en"))
    <Literal value=change language=en>

    Raises:
        ValueError: the term is no IRI, blank node or literal, or a malformed one.
    """
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = None if term.datatype is None else ox.NamedNode(str(term.datatype))
        return ox.Literal(str(term), datatype=datatype)
    raise ValueError(f"{term!r} is no IRI, blank node or literal")


def from_oxigraph(term: Term | ox.Triple) -> URIRef | BNode | Literal:
    """Return the rdflib term for a term of the engine; xsd:string is left implicit, as in Turtle.

    >>> from_oxigraph(ox.Literal("19"))
    rdflib.term.Literal('19')

    Raises:
        ValueError: the term has no counterpart (a triple term of RDF 1.2).
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = URIRef(term.datatype.value)
        if datatype == XSD.string:
            return Literal(term.value)
        return Literal(term.value, datatype=datatype, normalize=False)
    raise ValueError(f"{term} has no counterpart in rdflib")


def to_graph_name(iri: str) -> ox.NamedNode:
    """Return the engine's name of a graph.

    Raises:
        StoreError: the text is no IRI.
    """
    try:
        return ox.NamedNode(str(iri))
    except ValueError as error:
        raise StoreError(f"{iri!r} cannot name a graph: {error}; give a whole IRI") from error


def to_quad(triple: RdflibTriple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Return the engine's quad for an rdflib triple in a graph.

    Raises:
        ValueError: the triple has a malformed term, or one where it may not stand.
    """
    subject, predicate, object_ = (to_oxigraph(term) for term in triple)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise ValueError("the subject must be an IRI or blank node, the predicate an IRI")
    return ox.Quad(subject, predicate, object_, graph)


def from_triple(triple: ox.Triple | ox.Quad) -> RdflibTriple:
    """Return the rdflib triple for a triple of the engine, or for that of a quad."""
    return (
        from_oxigraph(triple.subject),
        from_oxigraph(triple.predicate),
        from_oxigraph(triple.object),
    )
