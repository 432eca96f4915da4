"""From RDF back to the model: the inverse of `encode`."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from rdflib import Graph

from impactgraph.encoding.anchors import decode_anchor
from impactgraph.encoding.mapping import (
    CASE_STUDY,
    COLLECTIONS,
    REFERENCE,
    Mapping,
    Property,
)
from impactgraph.encoding.statements import Statements, Term
from impactgraph.encoding.values import to_value
from impactgraph.errors import DecodingError
from impactgraph.identity import natural_key
from impactgraph.model import Anchor, CaseStudy, Reference
from impactgraph.vocabulary import IG

__all__ = ["decode", "decode_members", "decode_reference"]

_IN_CASE_STUDY = str(IG.inCaseStudy)


def decode(graph: Graph | Statements) -> CaseStudy:
    """Return the one case study that a graph describes.

    Members come in the natural order of their IRIs ("output/2" before "output/10").

    Raises:
        DecodingError: there is no case study or more than one, or something that the
            model requires lacks or is of another type; the message names it.
    """
    said = graph if isinstance(graph, Statements) else Statements.of_graph(graph)
    found = said.members(str(IG.CaseStudy))
    if len(found) != 1:
        raise DecodingError(f"expected one ig:CaseStudy in the graph, found {len(found)}")
    case_study = _iri(next(iter(found)))
    own: dict[str, Any] = {
        name: tuple(
            _decode_member(said, subject, mapping)
            for subject in _members(said, mapping)
            if Term(case_study) in said.objects(subject, _IN_CASE_STUDY)
        )
        for name, mapping in COLLECTIONS.items()
    }
    return CaseStudy(
        **_fields(said, case_study, CASE_STUDY), **own, reference=decode_reference(said)
    )


def decode_reference(graph: Graph | Statements) -> Reference:
    """Return what a graph describes of the things that case studies share.

    Raises:
        DecodingError: as for `decode`.
    """
    said = graph if isinstance(graph, Statements) else Statements.of_graph(graph)
    return Reference(**{name: decode_members(said, mapping) for name, mapping in REFERENCE.items()})


def decode_members(said: Statements, mapping: Mapping) -> tuple[Any, ...]:
    """Return all that is said to be of a mapping's class, in the natural order of the IRIs.

    Raises:
        DecodingError: as for `decode`.
    """
    return tuple(_decode_member(said, subject, mapping) for subject in _members(said, mapping))


def _members(said: Statements, mapping: Mapping) -> list[str]:
    return sorted({_iri(term) for term in said.members(str(mapping.types[0]))}, key=natural_key)


def _decode_member(said: Statements, subject: str, mapping: Mapping) -> Any:
    return mapping.cls(**_fields(said, subject, mapping))


def _fields(said: Statements, subject: str, mapping: Mapping) -> dict[str, Any]:
    fields: dict[str, Any] = {"iri": subject}
    for prop, iri, required in _list_properties(mapping):
        terms = said.objects(subject, iri)
        if prop.many:
            values = [_decode_value(said, term, prop) for term in terms]
            fields[prop.field] = tuple(sorted(values, key=_order) if len(values) > 1 else values)
        elif len(terms) > 1:
            raise DecodingError(f"<{subject}> has {len(terms)} values of <{iri}>; keep one")
        elif terms:
            fields[prop.field] = _decode_value(said, next(iter(terms)), prop)
        elif required:
            raise DecodingError(f"<{subject}> lacks <{iri}>; add it")
        else:
            fields[prop.field] = None
    return fields


@cache
def _list_properties(mapping: Mapping) -> tuple[tuple[Property, str, bool], ...]:
    """Return each property with its IRI and whether the model requires it."""
    required = {
        field.name for field in dataclasses.fields(mapping.cls) if "None" not in str(field.type)
    }
    return tuple((prop, str(prop.iri), prop.field in required) for prop in mapping.properties)


def _decode_value(said: Statements, term: Term, prop: Property) -> Any:
    if prop.part is None:
        return to_value(term, prop)
    if prop.part.cls is Anchor:
        return decode_anchor(said, _iri(term))
    return _decode_member(said, _iri(term), prop.part)


def _order(value: Any) -> tuple[int, Any]:
    if isinstance(value, Anchor):
        return value.start, value.iri
    return 0, natural_key(str(value))


def _iri(term: Term) -> str:
    if term.literal or term.blank:
        raise DecodingError(f"{term.n3()} is no IRI; the graph may not have blank nodes")
    return term.value
