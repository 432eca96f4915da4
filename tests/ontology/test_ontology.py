"""The ontology says of each term what it is, and agrees with the mapping that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.namespace import DC, DCTERMS, VANN
from rdflib.term import Node

from impactgraph.encoding.mapping import (
    CASE_STUDY,
    COLLECTIONS,
    REFERENCE,
    Mapping,
    Property,
    Range,
)
from impactgraph.encoding.rule_profiles import RULE_PROFILE
from impactgraph.model import (
    Aspect,
    Basis,
    ImpactType,
    Maturity,
    Obligation,
    RoleType,
    SourceType,
    Stage,
    Step,
)
from impactgraph.vocabulary import CONCEPTS, IG, ONTOLOGY_GRAPH

ONTOLOGY = Path(__file__).parents[2] / "ontology"
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
ONTOLOGY_IRI = URIRef(ONTOLOGY_GRAPH)

PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
OBJECTS = {Range.IRI, Range.CONCEPT, Range.PART}
SCHEMES: dict[str, type[StrEnum]] = {
    "BasisScheme": Basis,
    "MaturityScheme": Maturity,
    "ImpactTypeScheme": ImpactType,
    "SourceTypeScheme": SourceType,
    "RoleTypeScheme": RoleType,
    "ObligationScheme": Obligation,
    "AspectScheme": Aspect,
}


def mappings() -> Iterator[Mapping]:
    waiting = [CASE_STUDY, *COLLECTIONS.values(), *REFERENCE.values(), RULE_PROFILE]
    while waiting:
        mapping = waiting.pop()
        waiting.extend(entry.part for entry in mapping.properties if entry.part)
        yield mapping


def entries() -> dict[URIRef, list[Property]]:
    by_iri: dict[URIRef, list[Property]] = {}
    for mapping in mappings():
        for entry in mapping.properties:
            by_iri.setdefault(entry.iri, []).append(entry)
    return by_iri


def named(term: Node) -> bool:
    return isinstance(term, URIRef) and term in IG


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "impact.ttl")


@pytest.fixture(scope="module")
def terms(ontology: Graph) -> set[Node]:
    return {term for term in ontology.subjects(RDF.type) if named(term)}


def test_the_header_says_what_the_ontology_is(ontology: Graph) -> None:
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY_IRI]
    assert ontology.value(ONTOLOGY_IRI, OWL.versionIRI) == URIRef(f"{ONTOLOGY_GRAPH}/0.1.0")
    assert str(ontology.value(ONTOLOGY_IRI, OWL.versionInfo)) == "0.1.0"
    assert str(ontology.value(ONTOLOGY_IRI, DC.creator)) == "the impactgraph project"
    assert "licenses/by/4.0" in str(ontology.value(ONTOLOGY_IRI, DCTERMS.license))
    assert str(ontology.value(ONTOLOGY_IRI, VANN.preferredNamespacePrefix)) == "ig"
    assert str(ontology.value(ONTOLOGY_IRI, VANN.preferredNamespaceUri)) == str(IG)
    for told in (DCTERMS.title, DCTERMS.description, DCTERMS.created, DCTERMS.modified):
        assert ontology.value(ONTOLOGY_IRI, told) is not None, told


def test_every_term_has_label_definition_and_home(ontology: Graph, terms: set[Node]) -> None:
    assert len(terms) > 120
    for term in terms:
        for told in (RDFS.label, SKOS.definition):
            words = list(ontology.objects(term, told))
            assert [getattr(word, "language", None) for word in words] == ["en"], (term, told)
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY_IRI], term


def test_no_definition_says_the_same_as_another(ontology: Graph) -> None:
    definitions = [str(words) for words in ontology.objects(None, SKOS.definition)]
    assert len(set(definitions)) == len(definitions)


def test_every_term_that_stands_anywhere_is_declared(ontology: Graph, terms: set[Node]) -> None:
    assert {node for triple in ontology for node in triple if named(node)} <= terms


def test_every_class_of_the_mapping_is_declared(ontology: Graph) -> None:
    classes = {kind for mapping in mappings() for kind in mapping.types}
    assert len(classes) > 20
    assert {kind for kind in classes if (kind, RDF.type, OWL.Class) not in ontology} == set()


def test_every_property_of_the_mapping_is_declared_as_what_it_is(ontology: Graph) -> None:
    by_iri = entries()
    assert len([iri for iri in by_iri if named(iri)]) > 50
    for iri, uses in by_iri.items():
        if iri == RDFS.label:
            continue
        kinds = set(ontology.objects(iri, RDF.type)) & PROPERTY_KINDS
        for use in uses:
            expected: set[Node]
            if use.range is Range.STEP:
                expected = {OWL.AnnotationProperty}
            elif use.range in OBJECTS:
                expected = {OWL.ObjectProperty}
            elif named(iri) or use.range is not Range.TEXT:
                expected = {OWL.DatatypeProperty}
            else:  # texts in others' properties may be either
                expected = kinds & {OWL.DatatypeProperty, OWL.AnnotationProperty}
            assert kinds == expected != set(), (iri, use.field)


def test_a_property_is_functional_exactly_where_a_thing_has_one_value(ontology: Graph) -> None:
    unlike = {Range.TEXT, Range.STEP}  # texts may stand in several languages
    for iri, uses in entries().items():
        if named(iri):
            single = not any(use.many or use.range in unlike for use in uses)
            assert ((iri, RDF.type, OWL.FunctionalProperty) in ontology) == single, iri


def test_the_domain_of_a_property_holds_every_class_that_has_it(ontology: Graph) -> None:
    checked = 0
    for mapping in mappings():
        for entry in mapping.properties:
            domain = ontology.value(entry.iri, RDFS.domain)
            if not named(entry.iri) or domain is None:
                continue
            union = ontology.value(domain, OWL.unionOf)
            classes = [domain] if union is None else list(ontology.items(union))
            assert set(mapping.types) & set(classes), (mapping.types, entry.iri)
            checked += 1
    assert checked > 50


def test_every_step_is_an_object_property(ontology: Graph) -> None:
    assert len(Step) == 8
    for step in Step:
        assert (IG[step.value], RDF.type, OWL.ObjectProperty) in ontology


def test_leads_to_has_exactly_its_four_sub_properties(ontology: Graph) -> None:
    leading = {IG[step.value] for step in Step if step.leads}
    assert len(leading) == 4
    assert set(ontology.subjects(RDFS.subPropertyOf, IG.leadsTo)) == leading
    assert (IG.leadsTo, RDF.type, OWL.TransitiveProperty) not in ontology


def test_the_five_stages_are_disjoint(ontology: Graph) -> None:
    stages = {IG[stage.value.capitalize()] for stage in Stage}
    lists = ontology.objects(None, OWL.members)
    assert len(stages) == 5
    assert any(stages <= set(ontology.items(members)) for members in lists)


def test_an_underpinning_has_the_properties_that_queries_use(ontology: Graph) -> None:
    objects = {IG.finding, IG.impact, IG.basis, IG.weakestLink, IG.inCaseStudy, IG.anchor}
    for iri in objects:
        assert (iri, RDF.type, OWL.ObjectProperty) in ontology
    for iri in (IG.chainCount, IG.collective):
        assert (iri, RDF.type, OWL.DatatypeProperty) in ontology


def test_every_concept_is_in_its_scheme(ontology: Graph) -> None:
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == {IG[name] for name in SCHEMES}
    for name, enumeration in SCHEMES.items():
        members = set(ontology.subjects(SKOS.inScheme, IG[name]))
        assert members == set(CONCEPTS[enumeration].values())
        assert members == set(ontology.subjects(SKOS.topConceptOf, IG[name]))
        assert members == set(ontology.objects(IG[name], SKOS.hasTopConcept))
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == sum(len(enumeration) for enumeration in SCHEMES.values()) > 30
    for concept in concepts:
        assert len(list(ontology.objects(concept, SKOS.inScheme))) == 1, concept
        assert ontology.value(concept, SKOS.prefLabel) == ontology.value(concept, RDFS.label)


def test_output_types_are_declared_classes(ontology: Graph) -> None:
    others = {iri for members in CONCEPTS.values() for iri in members.values() if not named(iri)}
    classes = {iri for iri in others if "/fabio/" in iri}
    assert len(classes) == 10
    for iri in classes:
        assert (iri, RDF.type, OWL.Class) in ontology


def test_bases_admit_what_the_model_says(ontology: Graph) -> None:
    for level in Basis:
        admitted = {IG[basis.value] for basis in Basis if level.admits(basis)}
        assert set(ontology.objects(IG[level.value], IG.admits)) == admitted


@pytest.mark.parametrize("scheme", [Basis, Maturity, Obligation])
def test_ranks_order_a_scheme_as_the_model_does(
    ontology: Graph, scheme: type[Basis] | type[Maturity] | type[Obligation]
) -> None:
    ranks = [ontology.value(IG[member.value], IG.rank) for member in scheme]
    assert [rank.toPython() for rank in ranks if rank is not None] == [0, 1, 2]  # type: ignore[attr-defined]


def test_there_is_an_alignment_for_each_vocabulary() -> None:
    assert [file.stem for file in ALIGNMENTS] == [
        "bibo",
        "c4o",
        "cids",
        "cito",
        "dcterms",
        "fabio",
        "foaf",
        "frapo",
        "org",
        "pro",
        "prov-o",
        "rdf-statement",
        "schema-org",
        "skos",
        "web-annotation",
    ]


NAMESPACES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "c4o": "http://purl.org/spar/c4o/",
    "cids": "http://ontology.commonapproach.org/owl/cids_v2.1#",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "org": "http://www.w3.org/ns/org#",
    "pro": "http://purl.org/spar/pro/",
    "prov-o": "http://www.w3.org/ns/prov#",
    "rdf-statement": str(RDF),
    "schema-org": "https://schema.org/",
    "skos": str(SKOS),
    "web-annotation": "http://www.w3.org/ns/oa#",
}
RELATIONS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.range, RDFS.seeAlso, SKOS.closeMatch}


@pytest.mark.parametrize("file", ALIGNMENTS, ids=lambda file: file.stem)
def test_an_alignment_relates_terms_of_the_ontology_to_one_vocabulary(
    file: Path, terms: set[Node]
) -> None:
    alignment = Graph().parse(file)
    theirs = Namespace(NAMESPACES[file.stem])
    header = URIRef(f"{ONTOLOGY_GRAPH}/alignments/{file.stem}")
    assert list(alignment.subjects(RDF.type, OWL.Ontology)) == [header]
    assert list(alignment.objects(header, OWL.imports)) == [ONTOLOGY_IRI]
    assert {node for triple in alignment for node in triple if named(node)} <= terms
    related = [triple for triple in alignment if triple[1] in RELATIONS]
    assert related
    for subject, relation, value in related:
        assert subject in terms, (subject, relation)
        assert not isinstance(value, URIRef) or value in theirs, value


def test_an_alignment_never_turns_one_stage_into_another() -> None:
    stages = {IG[stage.value.capitalize()] for stage in Stage}
    for file in ALIGNMENTS:
        alignment = Graph().parse(file)
        assert not [o for o in alignment.objects(None, RDFS.subClassOf) if o in stages]


def test_known_traps_of_other_vocabularies_are_avoided() -> None:
    aligned = Graph()
    for file in ALIGNMENTS:
        aligned.parse(file)
    schema = Namespace(NAMESPACES["schema-org"])
    fabio = Namespace(NAMESPACES["fabio"])
    cids = Namespace(NAMESPACES["cids"])
    axioms = [
        (s, o) for p in (RDFS.subClassOf, RDFS.subPropertyOf) for s, o in aligned.subject_objects(p)
    ]
    assert (IG.Project, schema.ResearchProject) not in axioms  # an Organization there
    assert (IG.CaseStudy, fabio.ReportDocument) in axioms
    for _, value in axioms:
        assert value not in (schema.recipient, fabio.Report)
        assert not str(value).startswith(cids)  # matched, never inherited from
