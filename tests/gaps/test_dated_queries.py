"""The kinds of gap in time and in figures: query and function find the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from gaps.dated_case_studies import drawn_case_studies, store_of
from impactgraph.gaps import KINDS, find_gaps
from impactgraph.gaps.figures import FIGURE_KINDS, QUALIFIERS
from impactgraph.gaps.temporal import TEMPORAL_KINDS
from impactgraph.graph import build_graph
from impactgraph.model import Basis, CaseStudy
from impactgraph.resources import read_query
from impactgraph.vocabulary import CONCEPTS

IDS = [kind.id for kind in (*TEMPORAL_KINDS, *FIGURE_KINDS)]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(case_study=drawn_case_studies())
def test_query_and_function_find_the_same(case_study: CaseStudy) -> None:
    store = store_of(case_study)
    graph = build_graph(case_study)
    for kind in IDS:
        query = KINDS[kind].query
        assert query is not None
        text = read_query(query)
        names = ("node", "target") if "?target ?caseStudy" in text else ("node",)
        rows = sorted(
            (row["basis"].value, *(row[name].value for name in names)) for row in store.query(text)
        )
        gaps = sorted(
            (str(CONCEPTS[Basis][basis]), *gap.at)
            for basis in (Basis.STATED, Basis.CURATED)
            for gap in find_gaps(graph, basis=basis, kinds=[kind])
        )
        assert rows == gaps, kind


def test_all_seven_kinds_are_compared() -> None:
    assert len(IDS) == 7


@pytest.mark.parametrize("kind", [kind.id for kind in FIGURE_KINDS])
def test_a_query_knows_the_qualifiers_that_the_function_knows(kind: str) -> None:
    query = KINDS[kind].query
    assert query is not None
    listed = re.findall(r"IN \((.+)\) AS \?(\w+)\)", read_query(query))
    words = {word for words, _ in listed for word in re.findall(r'"([^"]*)"', words)}
    assert {name for _, name in listed} == {"exact", "over", "upTo", "about", "nearly"}
    assert words == {*QUALIFIERS, "", "in total", "exactly", "a total of"}
