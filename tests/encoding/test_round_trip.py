"""What is encoded decodes to the same, and the other way round."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from impactgraph import model
from impactgraph.encoding import (
    decode,
    decode_reference,
    encode,
    encode_reference,
    to_turtle,
    write_case_study,
)
from impactgraph.encoding.mapping import CASE_STUDY, COLLECTIONS, REFERENCE, Mapping
from impactgraph.errors import DecodingError
from impactgraph.identity import anchor_iri
from impactgraph.vocabulary import IG, PREFIXES, RDF, RDFS

CASE = "https://w3id.org/impactgraph/id/invented"


def test_every_field_of_the_model_is_a_property_and_no_property_is_without_a_field() -> None:
    mappings = {**COLLECTIONS, **REFERENCE}
    assert len(mappings) == 26
    for mapping in mappings.values():
        fields = {field.name for field in dataclasses.fields(mapping.cls)} - {"iri"}
        assert {prop.field for prop in mapping.properties} == fields, mapping.cls
    own = {field.name for field in dataclasses.fields(model.CaseStudy)} - {"iri", "reference"}
    assert {prop.field for prop in CASE_STUDY.properties} | set(COLLECTIONS) == own


def test_the_shipped_case_study_survives_decoding_and_encoding(
    jam_and_justice: Graph, reference: Graph
) -> None:
    case_study = decode(jam_and_justice + reference)
    assert len(case_study.claims) > 40
    assert set(encode(case_study)) == set(jam_and_justice)
    assert set(encode_reference(case_study.reference)) == set(reference)
    assert decode_reference(reference) == case_study.reference


def test_turtle_is_the_same_for_any_order_of_triples_and_parses_to_the_same_graph(
    jam_and_justice: Graph,
) -> None:
    text = to_turtle(jam_and_justice)
    shuffled = Graph()
    for triple in reversed(list(jam_and_justice)):
        shuffled.add(triple)
    assert to_turtle(shuffled) == text
    assert set(Graph().parse(data=text, format="turtle")) == set(jam_and_justice)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
)
DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
IRIS = NAMES.map(lambda name: f"{CASE}/thing/{name}")
NUMBERS = st.decimals(
    min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=2
).map(lambda number: Decimal(format(number.normalize(), "f")))


@st.composite
def anchors(draw: st.DrawFn) -> model.Anchor:
    start = draw(st.integers(0, 10_000))
    end = start + draw(st.integers(1, 500))
    exact = draw(TEXTS)
    return model.Anchor(
        iri=anchor_iri(CASE, start, end, exact),
        source=f"{CASE}/document",
        start=start,
        end=end,
        exact=exact,
        section="A12345"[start % 6],
    )


ANCHORS = st.lists(anchors(), max_size=2, unique_by=lambda anchor: anchor.iri).map(
    lambda found: tuple(sorted(found, key=lambda anchor: (anchor.start, anchor.iri)))
)


def member(mapping: Mapping, iri: str) -> st.SearchStrategy[Any]:
    """A member of a class, each optional field there or not."""
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    values: dict[str, st.SearchStrategy[Any]] = {
        "TEXT": TEXTS,
        "TOKEN": TEXTS,
        "DATE": DATES,
        "DECIMAL": NUMBERS,
        "COUNT": st.integers(0, 10**6),
        "BOOLEAN": st.booleans(),
        "IRI": IRIS,
        "STEP": st.sampled_from(model.Step),
    }
    for prop in mapping.properties:
        field = next(f for f in dataclasses.fields(mapping.cls) if f.name == prop.field)
        if prop.field == "anchors":
            strategies[prop.field] = ANCHORS
            continue
        if prop.part is not None and prop.many:
            parts = [member(prop.part, f"{iri}/{prop.field}/{number}") for number in range(2)]
            strategies[prop.field] = st.sampled_from(range(3)).flatmap(
                lambda count, parts=parts: st.tuples(*parts[:count])
            )
            continue
        if prop.part is not None:
            value = member(prop.part, f"{iri}/{prop.field}")
        elif prop.concept is not None:
            value = st.sampled_from(prop.concept)
        else:
            value = values[prop.range.name]
        if prop.many:
            value = st.lists(value, max_size=3, unique=True).map(lambda v: tuple(sorted(v)))
        elif "None" in str(field.type):
            value = st.none() | value
        strategies[prop.field] = value
    return st.builds(mapping.cls, iri=st.just(iri), **strategies)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_case_study_survives_the_round_trip(data: st.DataObject) -> None:
    head = data.draw(member(CASE_STUDY, CASE))
    collections = {
        name: (data.draw(member(mapping, f"{CASE}/{name}/x")),)
        for name, mapping in COLLECTIONS.items()
        if data.draw(st.booleans(), label=name)
    }
    reference = model.Reference(
        **{
            name: (data.draw(member(mapping, f"https://w3id.org/impactgraph/id/{name}/x")),)
            for name, mapping in REFERENCE.items()
        }
    )
    case_study = dataclasses.replace(head, **collections, reference=reference)
    decoded = decode(encode(case_study) + encode_reference(reference))
    assert set(encode(decoded)) == set(encode(case_study))
    for name in collections:
        assert len(getattr(decoded, name)) == 1


def test_a_graph_without_a_case_study_is_refused() -> None:
    with pytest.raises(DecodingError, match="expected one ig:CaseStudy in the graph, found 0"):
        decode(Graph())


def test_what_lacks_or_is_of_another_type_is_named(jam_and_justice: Graph) -> None:
    finding = URIRef("https://w3id.org/impactgraph/id/jam-and-justice/finding/a")
    without = Graph() + jam_and_justice
    without.remove((finding, RDFS.label, None))
    with pytest.raises(DecodingError, match=r"finding/a> lacks .*label"):
        decode(without)
    twice = Graph() + jam_and_justice
    twice.add((finding, RDFS.label, Literal("Another", lang="en")))
    with pytest.raises(DecodingError, match=r"finding/a> has 2 values"):
        decode(twice)
    wrong = Graph() + jam_and_justice
    link = next(wrong.subjects(RDF.type, IG.Link))
    wrong.set((link, IG.basis, IG.guessed))
    with pytest.raises(DecodingError, match=r"guessed.*expected one of .*curated"):
        decode(wrong)


def test_a_date_of_another_form_is_refused(jam_and_justice: Graph) -> None:
    case_study = decode(jam_and_justice)
    source = dataclasses.replace(case_study.sources[0], date="12 May 2017")
    with pytest.raises(ValueError, match="'12 May 2017' is no date; write YYYY"):
        encode(dataclasses.replace(case_study, sources=(source,)))


@pytest.mark.parametrize("party", ["a b", "no-scheme", "https://example.org/<b>"])
def test_what_is_no_iri_is_refused(jam_and_justice: Graph, party: str) -> None:
    case_study = decode(jam_and_justice)
    source = dataclasses.replace(case_study.sources[0], party=party)
    with pytest.raises(ValueError, match="IRI"):
        write_case_study(dataclasses.replace(case_study, sources=(source,)))


def test_only_stated_and_curated_links_have_their_direct_triple(jam_and_justice: Graph) -> None:
    case_study = decode(jam_and_justice)
    direct = {
        (str(s), step, str(o)) for step in model.Step for s, o in jam_and_justice[: IG[step] :]
    }
    surer = {
        (link.origin, link.step, link.target)
        for link in case_study.links
        if link.basis is not model.Basis.INFERRED
    }
    assert direct == surer
    assert len(direct) > 70
    inferred = [link for link in case_study.links if link.basis is model.Basis.INFERRED]
    assert len(inferred) >= 10
    assert not {(link.origin, link.step, link.target) for link in inferred} & direct


def test_prefixes_are_bound() -> None:
    graph = encode_reference(model.Reference())
    assert {prefix: str(iri) for prefix, iri in graph.namespaces()} | PREFIXES == PREFIXES | {
        prefix: str(iri) for prefix, iri in graph.namespaces()
    }
    assert graph.namespace_manager.expand_curie("ig:Link") == IG.Link
