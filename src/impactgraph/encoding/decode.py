"""From RDF back to the model: the inverse of `encode`."""

from __future__ import annotations

import dataclasses
from typing import Any

from rdflib import Graph, URIRef
from rdflib.term import Node

from impactgraph.encoding.anchors import decode_anchor
from impactgraph.encoding.mapping import (
    CASE_STUDY,
    COLLECTIONS,
    REFERENCE,
    Mapping,
    Property,
)
from impactgraph.encoding.values import to_value
from impactgraph.errors import DecodingError
from impactgraph.identity import natural_key
from impactgraph.model import Anchor, CaseStudy, Reference
from impactgraph.vocabulary import IG, RDF

__all__ = ["decode", "decode_reference"]


def decode(graph: Graph) -> CaseStudy:
    """Return the one case study that a graph describes.

    Members come in the natural order of their IRIs ("output/2" before "output/10").

    Raises:
        DecodingError: there is no case study or more than one, or something that the
            model requires lacks or is of another type; the message names it.
    """
    found = list(graph.subjects(RDF.type, IG.CaseStudy))
    if len(found) != 1:
        raise DecodingError(f"expected one ig:CaseStudy in the graph, found {len(found)}")
    iri = _named(found[0])
    own: dict[str, Any] = {
        name: tuple(
            _decode_member(graph, subject, mapping)
            for subject in _members(graph, mapping)
            if (subject, IG.inCaseStudy, iri) in graph
        )
        for name, mapping in COLLECTIONS.items()
    }
    return CaseStudy(**_fields(graph, iri, CASE_STUDY), **own, reference=decode_reference(graph))


def decode_reference(graph: Graph) -> Reference:
    """Return what a graph describes of the things that case studies share.

    Raises:
        DecodingError: as for `decode`.
    """
    return Reference(
        **{
            name: tuple(
                _decode_member(graph, subject, mapping) for subject in _members(graph, mapping)
            )
            for name, mapping in REFERENCE.items()
        }
    )


def _members(graph: Graph, mapping: Mapping) -> list[URIRef]:
    subjects = {_named(subject) for subject in graph.subjects(RDF.type, mapping.types[0])}
    return sorted(subjects, key=natural_key)


def _decode_member(graph: Graph, subject: URIRef, mapping: Mapping) -> Any:
    return mapping.cls(**_fields(graph, subject, mapping))


def _fields(graph: Graph, subject: URIRef, mapping: Mapping) -> dict[str, Any]:
    fields: dict[str, Any] = {"iri": str(subject)}
    required = {
        field.name for field in dataclasses.fields(mapping.cls) if "None" not in str(field.type)
    }
    for prop in mapping.properties:
        values = [_decode_value(graph, term, prop) for term in graph.objects(subject, prop.iri)]
        if prop.many:
            fields[prop.field] = tuple(sorted(values, key=_order))
        elif len(values) > 1:
            raise DecodingError(
                f"{subject.n3()} has {len(values)} values of {prop.iri.n3()}; keep one"
            )
        elif values:
            fields[prop.field] = values[0]
        elif prop.field in required:
            raise DecodingError(f"{subject.n3()} lacks {prop.iri.n3()}; add it")
        else:
            fields[prop.field] = None
    return fields


def _decode_value(graph: Graph, term: Node, prop: Property) -> Any:
    if prop.part is None:
        return to_value(term, prop)
    if prop.part.cls is Anchor:
        return decode_anchor(graph, _named(term))
    return _decode_member(graph, _named(term), prop.part)


def _order(value: Any) -> tuple[int, Any]:
    if isinstance(value, Anchor):
        return value.start, value.iri
    return 0, natural_key(str(value))


def _named(node: Node) -> URIRef:
    if not isinstance(node, URIRef):
        raise DecodingError(f"{node.n3()} is no IRI; the graph may not have blank nodes")
    return node
