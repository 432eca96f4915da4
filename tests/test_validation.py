"""The shapes and their examples, and the report that `validate` makes of them."""

from __future__ import annotations

import json
import re
import time
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from impactgraph.encoding import mapping
from impactgraph.encoding.decode import decode
from impactgraph.encoding.encode import encode, encode_reference
from impactgraph.encoding.mapping import COLLECTIONS, REFERENCE, Mapping, Property, Range
from impactgraph.errors import LoadingError
from impactgraph.identity import BASE
from impactgraph.model import (
    Basis,
    ImpactType,
    Maturity,
    Motivation,
    OutputType,
    RoleType,
    SourceType,
    Step,
)
from impactgraph.resources import case_study_files, ontology_path, reference_file
from impactgraph.validation import (
    SHAPES,
    Severity,
    read_shapes,
    validate,
    validate_file,
)
from impactgraph.vocabulary import CONCEPTS, IG, PREFIXES, PROV, RDF, RDFS, SKOS, XSD

SH = Namespace("http://www.w3.org/ns/shacl#")
EXAMPLES = ontology_path() / "examples"
CONFORMING = sorted((EXAMPLES / "conforming").glob("*.ttl"))
VIOLATING = sorted((EXAMPLES / "violating").glob("*.ttl"))
CLASSES = {
    "act", "case-study", "research", "project", "finding", "output", "authorship", "review",
    "pathway", "impact", "claim", "source", "mark", "quotation", "product", "grant", "figure",
    "period", "person", "group", "role", "note", "link", "anchor", "document", "section",
    "underpinning", "organisation", "place", "unit-of-assessment", "exercise", "software",
}  # fmt: skip
MAPPINGS = (
    mapping.CASE_STUDY,
    mapping.DOCUMENT,
    mapping.SECTION,
    mapping.ANCHOR,
    mapping.AMOUNT,
    *COLLECTIONS.values(),
    *REFERENCE.values(),
)
PARAMETERS = {
    SH[name]
    for name in (
        "class", "closed", "datatype", "disjoint", "equals", "hasValue", "in", "languageIn",
        "lessThan", "lessThanOrEquals", "maxCount", "maxInclusive", "maxLength", "minCount",
        "minInclusive", "minLength", "nodeKind", "not", "or", "pattern", "qualifiedValueShape",
        "select", "xone",
    )
}  # fmt: skip
"""The SHACL terms that make a shape constrain something."""


def parse(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=BASE)


def read_violating(path: Path) -> tuple[URIRef, Graph]:
    """Return the constraint that an example names, and its base changed as it says.

    `# base:` names a conforming example, each `# without:` takes away that example's triples
    of a subject, property and object, and the file's own triples are added.
    """
    text = path.read_text(encoding="utf-8")
    notes = re.findall(r"^# (violates|base|without): (.+)$", text, re.MULTILINE)
    assert notes[0][0] == "violates", f"{path.name}: let line 1 say what it violates"
    (base,) = [value for key, value in notes if key == "base"]
    graph = parse(EXAMPLES / "conforming" / base)
    for taken in (value.split() for key, value in notes if key == "without"):
        subject, predicate, value = [*map(term, taken), None, None][:3]
        assert list(graph.triples((subject, predicate, value))), (
            f"{path.name}: {taken} is not there"
        )
        graph.remove((subject, predicate, value))
    graph += parse(path)
    return SHAPES[notes[0][1].removeprefix("shapes:")], graph


def term(token: str) -> URIRef:
    """Return the IRI for `<relative>`, `prefix:name` or `a`."""
    if token == "a":
        return RDF.type
    if token.startswith("<"):
        return URIRef(BASE + token[1:-1])
    prefix, name = token.split(":")
    return URIRef(PREFIXES[prefix] + name)


@cache
def constraints() -> frozenset[URIRef]:
    """Return every node of the shapes graph that is a constraint with an IRI."""
    shapes = read_shapes()
    return frozenset(
        node
        for parameter in PARAMETERS
        for node in shapes.subjects(parameter)
        if isinstance(node, URIRef)
    )


def property_shapes(kind: URIRef, path: URIRef) -> list[URIRef]:
    """Return the property shapes for a property of a class."""
    shapes = read_shapes()
    return [
        shape
        for node in shapes.subjects(SH.targetClass, kind)
        for shape in shapes.objects(node, SH.property)
        if isinstance(shape, URIRef) and (shape, SH.path, path) in shapes
    ]


def members(shape: str) -> set[Node]:
    """Return the list of the values that a shape allows."""
    allowed = read_shapes().value(SHAPES[shape], SH["in"])
    assert allowed is not None, f"{shape} has no sh:in"
    return set(Collection(read_shapes(), allowed))


def is_required(owner: Mapping, prop: Property) -> bool:
    (field,) = [field for field in fields(owner.cls) if field.name == prop.field]
    return not prop.many and "None" not in str(field.type)


@pytest.fixture(scope="module")
def five_stages() -> Graph:
    return parse(EXAMPLES / "conforming" / "five-stages.ttl")


def test_there_is_a_file_of_shapes_for_every_class() -> None:
    files = {path.stem for path in (ontology_path() / "shapes").glob("*.ttl")}
    assert files == CLASSES | {"prefixes"}
    targets = set(read_shapes().objects(None, SH.targetClass))
    assert {owner.types[0] for owner in MAPPINGS} <= targets


def test_every_constraint_has_an_iri_and_one_english_message() -> None:
    shapes = read_shapes()
    assert len(constraints()) > 200
    assert set(shapes.subjects(SH.message)) == constraints()
    for constraint in constraints():
        assert constraint.startswith(SHAPES), constraint
        (message,) = shapes.objects(constraint, SH.message)
        assert getattr(message, "language", None) == "en", constraint


def test_every_constraint_is_applied() -> None:
    shapes = read_shapes()
    targeted = {
        *shapes.subjects(SH.targetClass),
        *shapes.subjects(SH.targetSubjectsOf),
    }
    held = {
        constraint
        for shape in targeted
        for holds in (SH.property, SH.sparql)
        for constraint in shapes.objects(shape, holds)
    }
    assert held <= constraints()
    assert constraints() <= held | targeted


def test_only_what_is_wanted_or_unknown_is_a_warning() -> None:
    shapes = read_shapes()
    warnings = set(shapes.subjects(SH.severity, SH.Warning))
    assert warnings == {c for c in constraints() if c.endswith(("-wanted", "-properties"))}


def test_every_property_of_the_encoding_has_a_shape_that_demands_what_the_model_demands() -> None:
    shapes, count = read_shapes(), 0
    for owner in MAPPINGS:
        for prop in owner.properties:
            found = property_shapes(owner.types[0], prop.iri)
            where = f"{owner.types[0].n3()} {prop.iri.n3()}"
            assert found, f"{where} has no shape"
            demanding = [
                shape
                for shape in found
                if shapes.value(shape, SH.minCount) and (shape, SH.severity, None) not in shapes
            ]
            at_least_one = is_required(owner, prop) or prop.field in ("anchors", "about")
            assert bool(demanding) == at_least_one, where
            bounded = [shape for shape in found if shapes.value(shape, SH.maxCount)]
            assert bool(bounded) != prop.many, where
            count += 1
    assert count > 130


def test_every_known_property_is_known_to_the_shape_that_warns_of_unknown_ones() -> None:
    shapes = read_shapes()
    for owner in MAPPINGS:
        (closed,) = [
            node
            for node in shapes.subjects(SH.targetClass, owner.types[0])
            if (node, SH.closed, None) in shapes
        ]
        (listed,) = shapes.objects(closed, SH.ignoredProperties)
        known = set(Collection(shapes, listed))
        assert {prop.iri for prop in owner.properties} <= known, closed


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("impact-type", ImpactType),
        ("role-type", RoleType),
        ("source-type", SourceType),
        ("output-type", OutputType),
        ("claim-maturity", Maturity),
        ("link-basis", Basis),
        ("note-motivation", Motivation),
    ],
)
def test_the_schemes_of_the_shapes_are_those_of_the_model(shape: str, scheme: type) -> None:
    assert members(shape) == set(CONCEPTS[scheme].values())


def test_the_steps_of_the_shapes_are_those_of_the_encoding() -> None:
    (step,) = [prop for prop in COLLECTIONS["links"].properties if prop.range is Range.STEP]
    steps = members("link-step")
    assert step.iri == IG.step
    assert steps == {IG[name.value] for name in Step}
    ends = [c for c in constraints() if c.startswith(SHAPES["link-ends-"])]
    assert len(ends) == len(steps) == 8
    query = str(read_shapes().value(SHAPES["link-missing"], SH.select))
    assert {IG[name] for name in re.findall(r"\?value ig:(\w+) \?to", query)} == steps


def test_there_are_as_many_examples_as_were_written() -> None:
    assert len(CONFORMING) == 5
    assert len(VIOLATING) == 111


@pytest.mark.parametrize("path", CONFORMING, ids=lambda path: path.stem)
def test_a_conforming_example_conforms(path: Path) -> None:
    report = validate(parse(path), background=Graph())
    assert report.results == (), str(report)
    assert report.conforms
    assert report.checked > 10


@pytest.mark.parametrize("path", CONFORMING, ids=lambda path: path.stem)
def test_a_conforming_example_is_what_encode_writes(path: Path) -> None:
    graph = parse(path)
    case_study = decode(graph)
    written = encode(case_study) + encode_reference(case_study.reference)
    assert set(written) <= set(graph)
    later = set(graph.subjects(RDF.type, IG.Underpinning))
    for act in graph.subjects(RDF.type, IG.Act):
        later |= {act, *graph.objects(act, PROV.wasAssociatedWith)}
    for subject, predicate, _ in graph - written:
        assert subject in later or predicate == IG.leadsTo


@pytest.mark.parametrize("path", VIOLATING, ids=lambda path: path.stem)
def test_a_violating_example_violates_its_own_constraint_and_no_other(path: Path) -> None:
    constraint, graph = read_violating(path)
    assert constraint == SHAPES[path.stem]
    report = validate(graph, background=Graph())
    assert {result.constraint for result in report.results} == {str(constraint)}, str(report)
    wanted = (constraint, SH.severity, SH.Warning) in read_shapes()
    assert report.conforms is wanted
    for result in report.results:
        assert result.severity is (Severity.WARNING if wanted else Severity.VIOLATION)
        assert "{" not in result.message


def test_every_constraint_that_needs_a_query_has_a_violating_example() -> None:
    queries = set(read_shapes().objects(None, SH.sparql))
    assert len(queries) == 12
    assert {SHAPES[path.stem] for path in VIOLATING} >= queries


@pytest.fixture(scope="module")
def every_class() -> Graph:
    return parse(EXAMPLES / "conforming" / "every-class.ttl")


def test_one_conforming_example_has_a_member_of_every_class(every_class: Graph) -> None:
    kinds = set(every_class.objects(None, RDF.type))
    assert set(read_shapes().objects(None, SH.targetClass)) <= kinds


def test_every_property_that_must_be_there_is_missed(every_class: Graph) -> None:
    shapes = read_shapes()
    bare = Graph()
    for triple in every_class.triples((None, RDF.type, None)):
        bare.add(triple)
    missed = {result.constraint for result in validate(bare).results}
    assert missed >= {
        str(shape) for shape in shapes.subjects(SH.minCount) if shape in constraints()
    }


def test_no_property_may_have_just_any_value(every_class: Graph) -> None:
    shapes, wrong = read_shapes(), Graph()
    wrong += every_class
    expected = set()
    for node, kind in shapes.subject_objects(SH.targetClass):
        for shape in shapes.objects(node, SH.property):
            path = shapes.value(shape, SH.path)
            compares = {SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals}
            if not isinstance(path, URIRef) or compares & set(shapes.predicates(shape)):
                continue
            for member in every_class.subjects(RDF.type, kind):
                wrong.add((member, path, Literal("", lang="xx")))
                wrong.add((member, path, Literal(" ", lang="xx")))
            if not str(shape).endswith("-wanted"):
                expected.add(str(shape))
    refused = {result.constraint for result in validate(wrong).results}
    assert len(expected) > 150
    assert refused >= expected


def test_a_step_that_is_both_stated_and_inferred_keeps_its_plain_triple() -> None:
    graph = parse(EXAMPLES / "conforming" / "every-class.ttl")
    both = [
        link
        for link in graph.subjects(IG.basis, IG.inferred)
        for origin in graph.objects(link, IG["from"])
        for step in graph.objects(link, IG.step)
        for target in graph.objects(link, IG.to)
        if (origin, step, target) in graph
    ]
    assert len(both) == 1
    assert validate(graph).conforms


def test_the_report_names_the_node_the_constraint_and_what_to_do(five_stages: Graph) -> None:
    graph = Graph() + five_stages
    finding = URIRef(BASE + "quiet-streets/finding/a")
    graph.remove((finding, RDFS.label, None))
    report = validate(graph)
    (result,) = report.results
    assert result.constraint == str(SHAPES["finding-label"])
    assert (result.focus, result.path, result.value) == (str(finding), str(RDFS.label), None)
    assert str(report).splitlines() == [
        f"does not conform: 1 violation; {report.checked} nodes checked",
        f"violation: <{finding}> at rdfs:label",
        f"    {result.message}",
        "    [shapes:finding-label]",
    ]


def test_the_message_of_a_query_names_what_it_found(five_stages: Graph) -> None:
    graph = Graph() + five_stages
    graph.remove((URIRef(BASE + "quiet-streets/finding/a"), IG.contributedTo, None))
    (result,) = validate(graph).results
    assert result.value is not None
    assert result.value.startswith(BASE + "quiet-streets/link/")
    assert result.value in result.message
    assert f"<{IG.contributedTo}>" in result.message


def test_violations_come_before_warnings(five_stages: Graph) -> None:
    graph = Graph() + five_stages
    graph.remove((None, IG.maturity, None))
    graph.remove((None, IG.impactType, None))
    graph.remove((URIRef(BASE + "quiet-streets/source/A"), RDFS.label, None))
    report = validate(graph)
    assert [result.severity for result in report.results] == ["violation", "warning", "warning"]
    assert str(report).startswith("does not conform: 1 violation, 2 warnings; ")


def test_the_background_says_what_shared_resources_are_and_is_not_checked_itself() -> None:
    graph = parse(EXAMPLES / "conforming" / "minimal.ttl")
    university = URIRef(BASE + "organisation/example-university")
    unlabelled = Graph()
    unlabelled.add((university, RDF.type, next(graph.objects(university, RDF.type))))
    graph.remove((university, None, None))
    assert [r.constraint for r in validate(graph, background=Graph()).results] == [
        str(SHAPES["case-study-submitter"])
    ]
    assert validate(graph, background=unlabelled).results == ()


def test_a_case_study_may_refer_to_what_the_shipped_reference_graph_describes() -> None:
    graph = parse(EXAMPLES / "conforming" / "minimal.ttl")
    case_study = URIRef(BASE + "lone-lighthouse")
    shipped = parse(reference_file())
    exercise = next(shipped.subjects(RDF.type, IG.Exercise))
    graph.add((case_study, IG.exercise, exercise))
    assert validate(graph).results == ()
    assert not validate(graph, background=Graph()).conforms


def test_what_a_store_gives_back_conforms(every_class: Graph) -> None:
    stored = Graph(store="Oxigraph")
    stored += every_class
    given_back = Graph().parse(data=stored.serialize(format="nt"), format="ox-nt")
    kinds = {o.datatype for o in given_back.objects() if isinstance(o, Literal)}
    assert XSD.string in kinds  # where rdflib says nothing
    assert XSD.nonNegativeInteger not in kinds  # Oxigraph writes xsd:integer
    assert validate(given_back).results == ()


def test_validation_leaves_the_graph_as_it_was(five_stages: Graph) -> None:
    before = set(five_stages)
    validate(five_stages)
    assert set(five_stages) == before


def test_a_label_in_another_language_is_no_english_label(five_stages: Graph) -> None:
    graph = Graph() + five_stages
    graph.set((URIRef(BASE + "quiet-streets/finding/a"), RDFS.label, Literal("Lärm", lang="de")))
    assert {r.constraint for r in validate(graph).results} == {str(SHAPES["finding-label"])}


def test_blank_nodes_have_no_place_in_a_case_study(five_stages: Graph) -> None:
    graph = Graph() + five_stages
    finding = URIRef(BASE + "quiet-streets/finding/a")
    nameless = BNode()
    for predicate, value in five_stages.predicate_objects(finding):
        if predicate not in (IG.reportedIn, IG.contributedTo, SKOS.notation):
            graph.add((nameless, predicate, value))
    assert {r.constraint for r in validate(graph).results} == {str(SHAPES["case-study-member-iri"])}


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"), (".rdf", "xml")],
)
def test_a_file_of_each_format_is_read(
    tmp_path: Path, five_stages: Graph, suffix: str, form: str
) -> None:
    path = tmp_path / f"case{suffix}"
    five_stages.serialize(path, format=form, encoding="utf-8")
    report = validate_file(path)
    assert report.conforms, str(report)
    assert report.checked == validate(five_stages).checked


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("case.ttl", "@prefix a: <http://a/> .\n\na:b a:c\n", "line 4"),
        ("case.nt", "<http://a> <http://b> <http://c> .\nwhat\n", "line 2"),
        ("case.jsonld", '{"@id":\n "http://a" "http://b"}', "line 2"),
        ("case.rdf", "<rdf:RDF>\n", "prefix"),
        ("case.csv", "a,b\n", "let it end in one of .ttl"),
        ("case.ttl", "<http://a> <http://b> <http://c> .\n", "holds no case study"),
        ("case.jsonld", json.dumps({"@id": "http://a", "http://b": "c"}), "holds no case study"),
    ],
)
def test_a_file_that_cannot_be_checked_says_where_and_why(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LoadingError, match=re.escape(says)) as error:
        validate_file(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadingError, match=r"missing\.ttl: cannot be read: No such file"):
        validate_file(tmp_path / "missing.ttl")


def shipped() -> list[Path]:
    return [reference_file(), *case_study_files()]


def test_there_is_shipped_data_to_check() -> None:
    assert len(shipped()) >= 2


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_the_shipped_data_conform(path: Path) -> None:
    started = time.perf_counter()
    report = validate_file(path)
    assert report.conforms, str(report)
    assert time.perf_counter() - started < 10
