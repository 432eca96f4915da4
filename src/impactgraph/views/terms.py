"""The ontology as a page shows it: its classes, properties, schemes and their concepts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from impactgraph.resources import ontology_file, ontology_path
from impactgraph.views.resources import TermView, view_term
from impactgraph.vocabulary import IG

__all__ = ["Definition", "OntologyView", "TermGroup", "read_ontology"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"

_PROPERTIES = (f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", f"{_OWL}AnnotationProperty")

_RELATIONS = {
    f"{_RDFS}subClassOf": "A kind of",
    f"{_RDFS}subPropertyOf": "A kind of",
    f"{_RDFS}domain": "From",
    f"{_RDFS}range": "To",
    f"{_SKOS}broader": "Broader",
    f"{_SKOS}closeMatch": "Close to",
    f"{_SKOS}exactMatch": "Same as",
    f"{_RDFS}seeAlso": "See also",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term of the ontology; `name` is the part of its IRI after the hash."""

    name: str
    iri: str
    label: str
    words: str
    comments: tuple[str, ...]
    relations: tuple[tuple[str, tuple[TermView, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of one sort: the classes, the properties, or a scheme with its concepts."""

    name: str
    title: str
    words: str
    terms: tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyView:
    """The ontology: its header, and its terms in groups."""

    iri: str
    title: str
    version: str
    description: str
    license: str
    groups: tuple[TermGroup, ...]


@cache
def read_ontology() -> OntologyView:
    """Return the ontology that is shipped, with the kinds of gap.

    Raises:
        ResourceError: its files are not there.
    """
    reading = _Reading((ontology_file(), ontology_path() / "gap-kinds.ttl"))
    iri = str(IG).removesuffix("#")
    groups = [
        TermGroup("classes", "Classes", "", reading.define(reading.of_type(f"{_OWL}Class"))),
        TermGroup(
            "properties",
            "Properties",
            "",
            reading.define(dict.fromkeys(p for kind in _PROPERTIES for p in reading.of_type(kind))),
        ),
    ]
    for scheme in sorted(reading.of_type(f"{_SKOS}ConceptScheme")):
        groups.append(
            TermGroup(
                scheme.removeprefix(str(IG)),
                reading.text(scheme, f"{_SKOS}prefLabel").capitalize(),
                reading.text(scheme, f"{_SKOS}definition"),
                reading.define(reading.members(scheme)),
            )
        )
    return OntologyView(
        iri=iri,
        title=reading.text(iri, f"{_DCTERMS}title"),
        version=reading.text(iri, f"{_OWL}versionInfo"),
        description=reading.text(iri, f"{_DCTERMS}description"),
        license=reading.text(iri, f"{_DCTERMS}license"),
        groups=tuple(group for group in groups if group.terms),
    )


class _Reading:
    def __init__(self, files: Iterable[Path]) -> None:
        self._store = ox.Store()
        for file in files:
            self._store.load(path=file, format=ox.RdfFormat.TURTLE, base_iri=str(IG)[:-1])

    def of_type(self, kind: str) -> list[str]:
        found = self._store.quads_for_pattern(
            None, ox.NamedNode(f"{_RDF}type"), ox.NamedNode(kind), None
        )
        subjects = (quad.subject for quad in found)
        own = (node.value for node in subjects if isinstance(node, ox.NamedNode))
        return sorted(iri for iri in own if iri.startswith(str(IG)))

    def members(self, scheme: str) -> list[str]:
        found = self._store.quads_for_pattern(
            None, ox.NamedNode(f"{_SKOS}inScheme"), ox.NamedNode(scheme), None
        )
        members = {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
        return sorted(iri for iri in members if iri.startswith(str(IG)))

    def objects(
        self, subject: str, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(predicate), None, None
        )
        terms: list[Any] = [quad.object for quad in found]
        return sorted(terms, key=str)

    def text(self, subject: str, predicate: str) -> str:
        found = self.objects(subject, predicate)
        return getattr(found[0], "value", "") if found else ""

    def define(self, terms: Iterable[str]) -> tuple[Definition, ...]:
        return tuple(self._define(iri) for iri in terms)

    def _define(self, iri: str) -> Definition:
        name = iri.removeprefix(str(IG))
        label = self.text(iri, f"{_SKOS}prefLabel") or self.text(iri, f"{_RDFS}label") or name
        relations: dict[str, tuple[TermView, ...]] = {}
        for predicate, words in _RELATIONS.items():
            terms = tuple(
                term for node in self.objects(iri, predicate) for term in self._name(node)
            )
            if terms:
                relations[words] = (*relations.get(words, ()), *terms)
        return Definition(
            name=name,
            iri=iri,
            label=label[:1].upper() + label[1:],
            words=self.text(iri, f"{_SKOS}definition"),
            comments=tuple(
                node.value
                for predicate in (f"{_RDFS}comment", f"{_SKOS}example", f"{_SKOS}scopeNote")
                for node in self.objects(iri, predicate)
                if isinstance(node, ox.Literal)
            ),
            relations=tuple(relations.items()),
        )

    def _name(self, node: Any) -> list[TermView]:
        """A term, or the members of a union of classes."""
        if not isinstance(node, ox.BlankNode):
            return [view_term(node)]
        first, rest = ox.NamedNode(f"{_RDF}first"), ox.NamedNode(f"{_RDF}rest")
        union = list(
            self._store.quads_for_pattern(node, ox.NamedNode(f"{_OWL}unionOf"), None, None)
        )
        names: list[TermView] = []
        cell: Any = union[0].object if union else None
        while isinstance(cell, ox.BlankNode):
            heads = list(self._store.quads_for_pattern(cell, first, None, None))
            names += [view_term(head.object) for head in heads]
            tails = list(self._store.quads_for_pattern(cell, rest, None, None))
            cell = tails[0].object if tails else None
        return names
