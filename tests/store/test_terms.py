"""Terms go from rdflib to the engine and back unchanged."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from impactgraph.errors import StoreError
from impactgraph.store import from_oxigraph, to_oxigraph
from impactgraph.store.terms import from_triple, to_graph_name, to_quad

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TERMS = st.one_of(
    st.sampled_from(["https://w3id.org/impactgraph/id/x", "urn:x:ä"]).map(URIRef),
    st.sampled_from(["b0", "n1"]).map(BNode),
    TEXT.map(Literal),
    st.builds(Literal, TEXT, lang=st.sampled_from(["en", "cy"])),
    st.builds(
        lambda text, datatype: Literal(text, datatype=datatype, normalize=False),
        TEXT,
        st.sampled_from([XSD.gYear, XSD.date, XSD.integer, URIRef("urn:x:own")]),
    ),
)


@given(TERMS)
def test_terms_come_back_as_they_were(term: Node) -> None:
    back = from_oxigraph(to_oxigraph(term))
    assert back == term
    assert type(back) is type(term)


def test_a_string_with_its_datatype_spelt_out_comes_back_without() -> None:
    assert from_oxigraph(to_oxigraph(Literal("a", datatype=XSD.string))) == Literal("a")


def test_triples_come_back_as_they_were() -> None:
    triple = (URIRef("urn:x:s"), URIRef("urn:x:p"), Literal("2016", datatype=XSD.gYear))
    assert from_triple(to_quad(triple, ox.NamedNode("urn:x:g"))) == triple


def test_what_is_no_triple_is_refused() -> None:
    graph = ox.NamedNode("urn:x:g")
    iri = URIRef("urn:x:s")
    with pytest.raises(ValueError, match="subject"):
        to_quad((Literal("a"), iri, iri), graph)
    with pytest.raises(ValueError, match="predicate"):
        to_quad((iri, BNode("b"), iri), graph)
    with pytest.raises(ValueError, match="IRI"):
        to_quad((URIRef("no iri"), iri, iri), graph)


def test_a_graph_needs_a_whole_iri() -> None:
    with pytest.raises(StoreError, match="'jam' cannot name a graph"):
        to_graph_name("jam")


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (Literal("01", datatype=XSD.integer, normalize=False), Literal("1", datatype=XSD.integer)),
        (Literal("1", datatype=XSD.nonNegativeInteger), Literal("1", datatype=XSD.integer)),
        (Literal("a", lang="en-GB"), Literal("a", lang="en-gb")),
    ],
)
def test_the_engine_keeps_values_not_spellings(given_: Literal, kept: Literal) -> None:
    store = ox.Store()
    iri = URIRef("urn:x:s")
    store.add(to_quad((iri, iri, given_), ox.NamedNode("urn:x:g")))
    assert [from_oxigraph(quad.object) for quad in store] == [kept]
