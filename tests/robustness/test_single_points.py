"""What all chains pass through, against walking every chain."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import influence_lines
from impactgraph.graph import Kind, nodes_of
from impactgraph.model import Basis
from impactgraph.robustness import find_single_points
from robustness.walked_chains import find_starts, walk_chains
from small_case_studies import CASE, case_graph

LADDER = (
    "finding a reportedIn output 1",
    "finding b reportedIn output 1",
    "output 1 carriedBy pathway 1",
    "output 1 carriedBy pathway 2",
    "pathway 1 ledTo impact 1",
    "pathway 2 ledTo impact 1",
)


def by_impact(graph, basis):
    found: dict[str, set[tuple[str, ...]]] = {}
    for point in find_single_points(graph, basis=basis):
        passage = (
            (point.origin.iri,)
            if point.target is None
            else (
                point.origin.iri,
                point.target.iri,
            )
        )
        found.setdefault(point.impact.iri, set()).add(passage)
    return found


@settings(max_examples=150, deadline=None)
@given(lines=influence_lines(), basis=st.sampled_from(list(Basis)))
def test_single_points_are_on_every_chain_and_nothing_else_is(lines, basis):
    graph = case_graph(*lines)
    found = by_impact(graph, basis)
    for impact in nodes_of(graph, Kind.IMPACT):
        chains = walk_chains(graph, basis, impact.iri)
        on_each = [{(iri,) for iri in path} | set(pairwise(path)) for path in chains]
        expected = set.intersection(*on_each) - {(impact.iri,)} if chains else set()
        assert found.get(impact.iri, set()) == expected
    for point in find_single_points(graph, basis=basis):
        assert point.chains == len(walk_chains(graph, basis, point.impact.iri))
        assert (point.node is None) != (point.link is None)


@settings(max_examples=100, deadline=None)
@given(lines=influence_lines())
def test_the_nodes_are_the_dominators_of_networkx(lines):
    graph = case_graph(*lines)
    basis = Basis.INFERRED
    flow = nx.DiGraph()
    flow.add_edges_from(("root", start) for start in find_starts(graph, basis))
    for impact in nodes_of(graph, Kind.IMPACT):
        for path in walk_chains(graph, basis, impact.iri):
            nx.add_path(flow, path)
    parents = nx.immediate_dominators(flow, "root")
    found = by_impact(graph, basis)
    for impact in nodes_of(graph, Kind.IMPACT):
        dominators, iri = set(), impact.iri
        while iri in parents and parents[iri] not in (None, "root", iri):
            iri = parents[iri]
            dominators.add((iri,))
        nodes = {passage for passage in found.get(impact.iri, ()) if len(passage) == 1}
        assert nodes == dominators


def test_what_all_chains_share_is_named_along_them():
    points = find_single_points(case_graph(*LADDER), basis=Basis.STATED)
    assert [point.name for point in points] == ["output 1"]
    assert points[0].sentence == (
        "All 4 chains from the research to impact 1 (stated) pass through output 1."
    )


def test_of_one_chain_every_node_and_step_is_a_single_point():
    graph = case_graph("finding a carriedBy pathway 1", "pathway 1 ledTo impact 1")
    points = find_single_points(graph, basis=Basis.STATED)
    assert [point.name for point in points] == [
        "finding a",
        "the step that finding a is carried by pathway 1",
        "pathway 1",
        "the step that pathway 1 led to impact 1",
    ]
    assert points[1].sentence == (
        "The only chain from the research to impact 1 (stated) passes through the step that "
        "finding a is carried by pathway 1."
    )
    assert points[1].link is not None
    assert points[1].link.origin == f"{CASE}/finding/a"


def test_pathways_that_no_research_leads_to_make_no_chain():
    graph = case_graph(*LADDER, "pathway 3 ledTo impact 1", "pathway 3 ledTo impact 2")
    assert {point.impact.name for point in find_single_points(graph, basis=Basis.STATED)} == {
        "impact 1"
    }


def test_surer_levels_have_fewer_chains():
    graph = case_graph(*LADDER, "finding a contributedTo impact 1 curated 0.7")
    assert [p.name for p in find_single_points(graph, basis=Basis.STATED)] == ["output 1"]
    assert find_single_points(graph, basis=Basis.CURATED) == ()
