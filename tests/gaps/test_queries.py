"""Each kind of gap: its query finds in RDF just what its function finds in the graph."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impactgraph.gaps import KINDS, find_gaps
from impactgraph.graph import to_networkx
from impactgraph.model import Basis
from impactgraph.resources import ontology_path, read_query
from impactgraph.vocabulary import BASE, CONCEPTS
from small_case_studies import UnionStore, case_store, rdf_of

STEPS = {
    ("finding", "output"): "reportedIn",
    ("finding", "pathway"): "carriedBy",
    ("output", "pathway"): "carriedBy",
    ("finding", "impact"): "contributedTo",
    ("output", "impact"): "contributedTo",
    ("pathway", "impact"): "ledTo",
    ("claim", "source"): "corroboratedBy",
    ("pathway", "source"): "corroboratedBy",
    ("impact", "source"): "corroboratedBy",
    ("research", "impact"): "creditedFor",
    ("source", "finding"): "attests",
    ("impact", "impact"): "enabled",
}
BASES = ("stated", "stated collective", "curated 0.7", "inferred 0.5")


@st.composite
def case_study_lines(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw the lines of a valid case study: up to three nodes of a kind, any lawful links."""
    nodes = ["research x"] + [
        f"{kind} {number}"
        for kind in ("finding", "output", "pathway", "impact", "source")
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    nodes += [f"claim {number}" for number in range(1, draw(st.integers(1, 3)) + 1)]
    pairs = [
        f"{one} {STEPS[ends]} {other}"
        for one, other in itertools.permutations(nodes, 2)
        if (ends := (one.split()[0], other.split()[0])) in STEPS
    ]
    links = st.tuples(st.sampled_from(pairs), st.sampled_from(BASES))
    drawn = draw(st.lists(links, max_size=25, unique_by=lambda it: (it[0], it[1].split()[0])))
    return (*nodes, *(f"{pair} {basis}" for pair, basis in drawn))


def by_query(store, kind):
    rows = store.query(read_query(KINDS[kind].query))
    targeted = kind == "stage-skipped"
    return sorted(
        (row["basis"].value, row["node"].value) + ((row["target"].value,) if targeted else ())
        for row in rows
    )


def by_function(graph, kind):
    return sorted(
        (str(CONCEPTS[Basis][basis]), *(node.iri for node in gap.nodes))
        for basis in (Basis.STATED, Basis.CURATED)
        for gap in find_gaps(graph, basis=basis, kinds=[kind])
    )


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=case_study_lines())
def test_query_and_function_find_the_same(lines):
    store = case_store(*lines)
    graph = to_networkx(store, "example")
    for kind in KINDS:
        assert by_query(store, kind) == by_function(graph, kind), kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_tells_case_studies_apart(kind):
    lines = ("finding 1 contributedTo impact 1", "pathway 1", "claim 1", "source 1")
    here = list(rdf_of(*lines))
    there = [
        tuple(type(term)(str(term).replace("/example", "/other")) for term in triple)
        for triple in here
    ]
    rows = UnionStore({BASE + "example": here, BASE + "other": there}).query(
        read_query(KINDS[kind].query)
    )
    found = sorted({(row["caseStudy"].value, row["node"].value.split("/id/")[1]) for row in rows})
    assert {case_study for case_study, _ in found} == {BASE + "example", BASE + "other"}
    assert all(node.startswith(case_study.split("/id/")[1]) for case_study, node in found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_starts_with_its_question_and_is_not_quadratic(kind):
    text = read_query(KINDS[kind].query)
    assert re.match(r"# .+\?\n", text)
    assert "NOT EXISTS" not in text.upper()


def test_every_query_of_the_folder_is_a_kind_and_the_other_way_round():
    files = sorted(path.stem for path in (ontology_path() / "gaps").glob("*.rq"))
    assert len(files) == 7
    assert files == sorted(KINDS)
