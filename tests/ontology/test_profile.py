"""The ontology and each of its alignments are OWL 2 DL.

The check below reads RDF by the mapping of OWL 2 (https://www.w3.org/TR/owl2-mapping-to-rdf/) and
looks for what the definition of OWL 2 DL forbids (https://www.w3.org/TR/owl2-syntax/, sections 3,
5.8 and 11): terms that are not declared or declared as two kinds that must not meet, reserved names
used as one's own, datatypes outside the datatype map, ends of an axiom that are of the wrong kind,
blank nodes that are no class expression, and properties that are not simple where they must be. It
knows the constructs that this ontology uses; it reports any other as not covered, so that nothing
passes unread. It does no reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[2] / "ontology"
IMPACT = ONTOLOGY / "impact.ttl"
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))

RESERVED = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, XSD))
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
DECLARATIONS = PROPERTIES | {OWL.Class, RDFS.Datatype, OWL.NamedIndividual}
OBJECT_CHARACTERISTICS = {OWL.AsymmetricProperty, OWL.SymmetricProperty, OWL.IrreflexiveProperty}
ANNOTATIONS = {
    RDFS.label,
    RDFS.comment,
    RDFS.seeAlso,
    RDFS.isDefinedBy,
    OWL.versionInfo,
    OWL.deprecated,
}
DATATYPES = {XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.dateTime} | {
    XSD.nonNegativeInteger,
    XSD.positiveInteger,
    XSD.double,
    XSD.anyURI,
    RDFS.Literal,
}
"""The part of the datatype map (OWL 2 syntax, section 4) that the check accepts."""
FACETS = {XSD.minInclusive, XSD.maxInclusive, XSD.minExclusive, XSD.maxExclusive}
EXPRESSION_PARTS = {
    OWL.unionOf,
    OWL.intersectionOf,
    OWL.onProperty,
    OWL.someValuesFrom,
    OWL.allValuesFrom,
    OWL.hasValue,
    OWL.onDatatype,
    OWL.withRestrictions,
    OWL.members,
    RDF.first,
    RDF.rest,
} | FACETS


class Profile:
    """What OWL 2 DL forbids in one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.kinds = {
            term: {kind for kind in graph.objects(term, RDF.type) if kind in DECLARATIONS}
            for term in set(graph.subjects(RDF.type))
        }

    def kind(self, term: Node) -> set[Node]:
        return self.kinds.get(term, set())

    def violations(self) -> Iterator[str]:
        yield from self.header()
        yield from self.declarations()
        yield from self.blank_nodes()
        for subject, predicate, value in self.graph:
            for complaint in self.triple(subject, predicate, value):
                yield f"{complaint}: {subject.n3()} {predicate.n3()} {value.n3()}"

    def header(self) -> Iterator[str]:
        ontologies = set(self.graph.subjects(RDF.type, OWL.Ontology))
        if not ontologies:
            yield "no ontology header"
        for imported in self.graph.objects(None, OWL.imports):
            if imported not in ontologies:
                yield f"an import that is not here: {imported.n3()}"

    def declarations(self) -> Iterator[str]:
        for term, kinds in self.kinds.items():
            if isinstance(term, BNode):
                continue
            if len(kinds & PROPERTIES) > 1:
                yield f"declared as two kinds of property: {term.n3()}"
            if {OWL.Class, RDFS.Datatype} <= kinds:
                yield f"declared as class and datatype: {term.n3()}"
            if kinds and str(term).startswith(RESERVED):
                yield f"a reserved name declared: {term.n3()}"

    def blank_nodes(self) -> Iterator[str]:
        for node in {s for s in self.graph.subjects() if isinstance(s, BNode)}:
            axiom = (node, RDF.type, OWL.AllDisjointClasses) in self.graph
            uses = len(list(self.graph.triples((None, None, node))))
            if uses != (0 if axiom else 1):
                yield f"a blank node that stands in {uses} places: {node.n3()}"

    def triple(self, subject: Node, predicate: Node, value: Node) -> Iterator[str]:
        if isinstance(value, Literal):
            yield from self.literal(value)
        if predicate in EXPRESSION_PARTS:
            if not isinstance(subject, BNode):
                yield "part of an expression, on a named term"
        elif predicate in (OWL.imports, OWL.versionIRI):
            if (subject, RDF.type, OWL.Ontology) not in self.graph:
                yield "of an ontology only"
        else:
            yield from self.axiom(subject, predicate, value)

    def axiom(self, subject: Node, predicate: Node, value: Node) -> Iterator[str]:
        if predicate == RDF.type:
            yield from self.typing(subject, value)
        elif predicate in (RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass):
            if not (self.is_class(subject) and self.is_class(value)):
                yield "an end that is no class"
        elif predicate == RDFS.subPropertyOf:
            if len(self.kind(subject) & self.kind(value) & PROPERTIES) != 1:
                yield "properties of two kinds, or not declared"
        elif predicate in (RDFS.domain, RDFS.range):
            yield from self.end(subject, predicate, value)
        elif predicate == OWL.hasKey:
            yield from self.key(subject, value)
        else:
            yield from self.assertion(predicate, value)

    def literal(self, value: Literal) -> Iterator[str]:
        if value.language is None and (value.datatype or XSD.string) not in DATATYPES:
            yield "a datatype outside the datatype map"
        if value.ill_typed:
            yield "a literal outside its datatype"

    def typing(self, subject: Node, kind: Node) -> Iterator[str]:
        if kind in (OWL.FunctionalProperty, OWL.InverseFunctionalProperty):
            if not self.kind(subject) & {OWL.ObjectProperty, OWL.DatatypeProperty}:
                yield "functional, and neither object nor data property"
        elif kind in OBJECT_CHARACTERISTICS:
            # Simple by there being neither chains nor transitive properties: both are not covered.
            if OWL.ObjectProperty not in self.kind(subject):
                yield "a characteristic of object properties"
        elif kind == OWL.AllDisjointClasses:
            members = self.members(self.graph.value(subject, OWL.members))
            if len(members) < 2 or not all(self.is_class(member) for member in members):
                yield "disjointness of fewer than two classes"
        elif kind in (OWL.Class, OWL.Restriction):
            if isinstance(subject, BNode) and not self.is_class(subject):
                yield "a class expression that is malformed or not covered"
        elif kind == RDFS.Datatype:
            if not self.is_data_range(subject):
                yield "a datatype that is malformed or not covered"
        elif kind not in DECLARATIONS | {OWL.Ontology} and not self.is_class(kind):
            yield "a type that is no declared class, or a construct not covered"

    def end(self, subject: Node, predicate: Node, value: Node) -> Iterator[str]:
        kinds = self.kind(subject) & PROPERTIES
        if kinds == {OWL.AnnotationProperty}:
            fits = isinstance(value, URIRef)
        elif kinds == {OWL.DatatypeProperty} and predicate == RDFS.range:
            fits = self.is_data_range(value)
        else:
            fits = len(kinds) == 1 and self.is_class(value)
        if not fits:
            yield "a domain or range of the wrong kind"

    def key(self, subject: Node, value: Node) -> Iterator[str]:
        keyed = {OWL.ObjectProperty, OWL.DatatypeProperty}
        if not self.is_class(subject) or not all(self.kind(k) & keyed for k in self.members(value)):
            yield "a key that is no list of object and data properties"

    def assertion(self, predicate: Node, value: Node) -> Iterator[str]:
        kinds = self.kind(predicate) & PROPERTIES
        if predicate in ANNOTATIONS or kinds == {OWL.AnnotationProperty}:
            return
        if kinds == {OWL.ObjectProperty}:
            if not isinstance(value, URIRef) or str(value).startswith(RESERVED):
                yield "an object property's value that is no individual"
        elif kinds == {OWL.DatatypeProperty}:
            if not isinstance(value, Literal):
                yield "a data property's value that is no literal"
        else:
            yield "a property that is not declared, or a construct not covered"

    def members(self, node: Node | None) -> list[Node]:
        return [] if node is None else list(Collection(self.graph, node))

    def is_class(self, node: Node) -> bool:
        if not isinstance(node, BNode):
            return node == OWL.Thing or OWL.Class in self.kind(node)
        for operator in (OWL.unionOf, OWL.intersectionOf):
            if (operands := self.graph.value(node, operator)) is not None:
                parts = self.members(operands)
                return len(parts) >= 2 and all(self.is_class(part) for part in parts)
        path = self.graph.value(node, OWL.onProperty)
        if path is None or OWL.ObjectProperty not in self.kind(path):
            return False
        for quantifier in (OWL.someValuesFrom, OWL.allValuesFrom):
            if (filler := self.graph.value(node, quantifier)) is not None:
                return self.is_class(filler)
        return isinstance(self.graph.value(node, OWL.hasValue), URIRef)

    def is_data_range(self, node: Node) -> bool:
        if not isinstance(node, BNode):
            return node in DATATYPES
        facets = self.members(self.graph.value(node, OWL.withRestrictions))
        return self.graph.value(node, OWL.onDatatype) in DATATYPES and all(
            set(self.graph.predicates(facet)) <= FACETS for facet in facets
        )


def merged(*files: Path) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


def test_the_ontology_is_owl_2_dl() -> None:
    assert sorted(Profile(merged(IMPACT)).violations()) == []


def test_the_kinds_of_gap_with_the_ontology_are_owl_2_dl() -> None:
    assert sorted(Profile(merged(IMPACT, ONTOLOGY / "gap-kinds.ttl")).violations()) == []


@pytest.mark.parametrize("file", ALIGNMENTS, ids=lambda file: file.stem)
def test_each_alignment_with_the_ontology_is_owl_2_dl(file: Path) -> None:
    assert sorted(Profile(merged(IMPACT, file)).violations()) == []


def test_all_alignments_together_are_owl_2_dl() -> None:
    assert len(ALIGNMENTS) == 15
    assert sorted(Profile(merged(IMPACT, *ALIGNMENTS)).violations()) == []


PREFIXES = """
@prefix : <https://example.org/#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/> a owl:Ontology .
:C a owl:Class . :D a owl:Class . :o a owl:ObjectProperty . :d a owl:DatatypeProperty .
:n a owl:AnnotationProperty .
"""


@pytest.mark.parametrize(
    ("axiom", "complaint"),
    [
        (":o a owl:DatatypeProperty .", "two kinds of property"),
        (":C a rdfs:Datatype .", "class and datatype"),
        ("rdf:Statement a owl:Class .", "a reserved name declared"),
        (":C rdfs:subClassOf rdf:Statement .", "an end that is no class"),
        (":C rdfs:subClassOf :Undeclared .", "an end that is no class"),
        (":o rdfs:subPropertyOf rdf:predicate .", "properties of two kinds"),
        (":o rdfs:subPropertyOf :d .", "properties of two kinds"),
        (":d rdfs:range xsd:gYear .", "a domain or range of the wrong kind"),
        (":d rdfs:range :C .", "a domain or range of the wrong kind"),
        (":o rdfs:range xsd:string .", "a domain or range of the wrong kind"),
        (":n rdfs:domain [ a owl:Class ; owl:unionOf ( :C :D ) ] .", "of the wrong kind"),
        (":o rdfs:domain [ a owl:Class ; owl:unionOf ( :C ) ] .", "malformed or not covered"),
        (":o rdfs:domain [ a owl:Class ; owl:complementOf :C ] .", "not covered"),
        (":o a owl:TransitiveProperty .", "not covered"),
        (":o owl:propertyChainAxiom ( :o :o ) .", "not covered"),
        (":n a owl:FunctionalProperty .", "neither object nor data property"),
        (":d a owl:AsymmetricProperty .", "a characteristic of object properties"),
        (":C owl:hasKey ( :n ) .", "a key that is no list"),
        ('<https://example.org/> :n "2026-01-01"^^xsd:date .', "outside the datatype map"),
        (':i :d "many"^^xsd:integer .', "outside its datatype"),
        (":i :undeclared :j .", "not declared"),
        (":i a :Undeclared .", "no declared class"),
        (':i :o "words" .', "no individual"),
        (":i :o rdf:nil .", "no individual"),
        (":i :d :j .", "no literal"),
        (":i rdf:first :j .", "part of an expression, on a named term"),
        ("_:x :o :i .", "a blank node that stands in 0 places"),
        ("<https://example.org/> owl:imports <https://example.org/other> .", "not here"),
    ],
)
def test_what_owl_2_dl_forbids_is_found(axiom: str, complaint: str) -> None:
    assert list(Profile(Graph().parse(data=PREFIXES)).violations()) == []
    found = list(Profile(Graph().parse(data=PREFIXES + axiom)).violations())
    assert any(complaint in violation for violation in found), found
