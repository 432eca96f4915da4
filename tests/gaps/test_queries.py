"""Each kind of gap: its query finds in RDF just what its function finds in the graph."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from gaps.drawn_case_studies import draw_case_studies
from impactgraph.encoding import encode
from impactgraph.gaps import KINDS, find_gaps
from impactgraph.gaps.figures import FIGURE_KINDS
from impactgraph.gaps.gathering import GATHERING_KINDS
from impactgraph.gaps.temporal import TEMPORAL_KINDS
from impactgraph.graph import build_graph
from impactgraph.model import Basis
from impactgraph.resources import ontology_path, read_query
from impactgraph.vocabulary import CONCEPTS
from small_case_studies import UnionStore

QUERIED = {kind.id: kind.query for kind in KINDS.values() if kind.query}
DATED = {kind.id for kind in (*TEMPORAL_KINDS, *FIGURE_KINDS)}
"""Those that test_dated_queries compares."""
GATHERING = {kind.id for kind in GATHERING_KINDS}
COMPARED = sorted(set(QUERIED) - DATED)


def by_query(store, kind):
    rows = store.query(read_query(QUERIED[kind]))
    names = [
        variable.value
        for variable in rows.variables
        if variable.value not in ("basis", "caseStudy")
    ]
    return sorted((row["basis"].value, *(row[name].value for name in names)) for row in rows)


def by_function(graph, kind):
    """What a gap is at; a gap of the whole case study is at each of its nodes."""
    return sorted(
        (str(CONCEPTS[Basis][basis]), *at)
        for basis in (Basis.STATED, Basis.CURATED)
        for gap in find_gaps(graph, basis=basis, kinds=[kind])
        for at in ([(iri,) for iri in gap.at] if kind in GATHERING else [gap.at])
    )


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(case_study=draw_case_studies())
def test_query_and_function_find_the_same(case_study):
    store = UnionStore({case_study.iri: encode(case_study)})
    graph = build_graph(case_study)
    for kind in COMPARED:
        assert by_query(store, kind) == by_function(graph, kind), kind


def test_every_kind_with_a_query_is_compared_here_or_with_dates():
    assert len(COMPARED) == 21
    assert set(COMPARED) | DATED == set(QUERIED)


@pytest.mark.parametrize("kind", QUERIED)
def test_a_query_starts_with_its_question_and_is_not_quadratic(kind):
    text = read_query(QUERIED[kind])
    assert re.match(r"# .+\?\n", text)
    assert "NOT EXISTS" not in text.upper()


def test_every_query_of_the_folder_is_a_kind_and_the_other_way_round():
    files = sorted(path.stem for path in (ontology_path() / "gaps").glob("*.rq"))
    assert len(files) == 28
    assert files == sorted(QUERIED)
    assert all(query == f"gaps/{kind}" for kind, query in QUERIED.items())


def test_a_kind_without_a_query_says_why():
    assert {kind.id for kind in KINDS.values() if kind.unqueried} == set(KINDS) - set(QUERIED)
    assert len(KINDS) - len(QUERIED) == 2
