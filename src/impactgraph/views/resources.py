"""Anything that has an IRI, as its page shows it: what is said of it, and what speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyoxigraph as ox

from impactgraph.errors import NotFoundError
from impactgraph.graph import Queryable
from impactgraph.identity import natural_key
from impactgraph.resources import read_query
from impactgraph.vocabulary import IG, PREFIXES, RDF, RDFS

__all__ = [
    "ResourceView",
    "Statement",
    "TermView",
    "read_graph",
    "read_labels",
    "read_resource",
    "read_triples",
    "view_term",
]

MENTIONS = 500
STATEMENTS = 10_000

Triple: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, Any]


@dataclass(frozen=True, slots=True)
class TermView:
    """A term in words: `iri` where it is a resource, `hint` a literal's language or datatype."""

    text: str
    iri: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A property, and all the terms that it joins to the resource."""

    property: TermView
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """A resource with what is said of it (`statements`) and what speaks of it (`mentions`).

    `cut` tells that there are more statements or mentions than are listed; `case_study` is the IRI
    of the case study that it belongs to.
    """

    iri: str
    label: str
    types: tuple[TermView, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Statement, ...]
    case_study: str | None
    cut: bool


def read_resource(store: Queryable, iri: str) -> ResourceView:
    """Return a resource as its page shows it.

    Args:
        store: what answers the queries.
        iri: the resource's.

    Raises:
        NotFoundError: the store says nothing of it.
    """
    rows = list(_ask(store, "views/statements", iri))
    mentioning = list(_ask(store, "views/mentions", iri))
    if not rows and not mentioning:
        raise NotFoundError(f"the store says nothing of {iri!r:.200}")
    said = _group(rows, "value")
    values = {
        statement.property.iri: statement.terms for statement in said if statement.property.iri
    }
    labels = values.get(str(RDFS.label), ())
    case_studies = [term.iri for term in values.get(str(IG.inCaseStudy), ()) if term.iri]
    return ResourceView(
        iri=iri,
        label=labels[0].text if labels else _shorten(iri),
        types=values.get(str(RDF.type), ()),
        statements=said,
        mentions=_group(mentioning[:MENTIONS], "subject"),
        case_study=case_studies[0] if case_studies else None,
        cut=len(mentioning) > MENTIONS or len(rows) > STATEMENTS,
    )


def read_triples(store: Queryable, iri: str) -> list[Triple]:
    """Return what is said of a resource, as triples in one order.

    Raises:
        NotFoundError: the store says nothing of it.
    """
    subject = ox.NamedNode(iri)
    found = {
        (subject, row["property"], row["value"]) for row in _ask(store, "views/statements", iri)
    }
    if not found:
        raise NotFoundError(f"the store says nothing of {iri!r:.200}")
    return sorted(found, key=str)


def read_graph(store: Queryable, name: str) -> list[Triple]:
    """Return the triples of a named graph in one order; none where there is no such graph."""
    rows = store.query(read_query("queries/views/graph"), bindings={"graph": ox.NamedNode(name)})
    return sorted(((row["subject"], row["property"], row["value"]) for row in rows), key=str)


def read_labels(store: Queryable, iris: Iterable[str]) -> Mapping[str, str]:
    """Return the labels of resources, of those that have one."""
    found: dict[str, str] = {}
    for iri in iris:
        for row in _ask(store, "views/label", iri):
            found.setdefault(iri, row["label"].value)
    return found


def view_term(term: Any, label: str | None = None) -> TermView:
    """Return a term in words: its label, else its name under a known prefix.

    >>> import pyoxigraph
    >>> view_term(pyoxigraph.NamedNode("https://w3id.org/impactgraph/ontology#Finding")).text
    'ig:Finding'
    """
    if isinstance(term, ox.Literal):
        datatype = "" if term.language else _shorten(term.datatype.value)
        hint = term.language or (datatype if datatype != "xsd:string" else "")
        return TermView(term.value, None, hint)
    if not isinstance(term, ox.NamedNode):
        return TermView(str(term))
    return TermView(label or _shorten(term.value), term.value, _shorten(term.value))


def _ask(store: Queryable, query: str, iri: str) -> Iterable[Any]:
    rows: Iterable[Any] = store.query(
        read_query(f"queries/{query}"), bindings={"resource": ox.NamedNode(iri)}
    )
    return rows


def _group(rows: Iterable[Any], name: str) -> tuple[Statement, ...]:
    """Gather rows by property; a term that has labels in several languages comes once."""
    properties: dict[str, TermView] = {}
    terms: dict[str, dict[Any, TermView]] = {}
    for row in rows:
        key = row["property"].value
        properties.setdefault(key, view_term(row["property"], _label(row, "propertyLabel")))
        term = row[name]
        terms.setdefault(key, {}).setdefault(term, view_term(term, _label(row, f"{name}Label")))
    return tuple(
        Statement(properties[key], _in_order(terms[key]))
        for key in sorted(terms, key=_rank_property)
    )


def _in_order(terms: Mapping[Any, TermView]) -> tuple[TermView, ...]:
    return tuple(
        sorted(terms.values(), key=lambda term: (natural_key(term.text), term.iri or "", term.hint))
    )


def _rank_property(iri: str) -> tuple[int, str]:
    """The name and the kind lead; then come the ontology's own, then those of others."""
    leading = [str(RDFS.label), str(RDF.type)]
    if iri in leading:
        return leading.index(iri), iri
    return (2 if iri.startswith(str(IG)) else 3), iri


def _label(row: Any, name: str) -> str | None:
    term = row[name]
    return term.value if isinstance(term, ox.Literal) else None


def _shorten(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
