"""Chains that share no node, against networkx and against trying out every set of nodes."""

from __future__ import annotations

import itertools

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import influence_lines
from impactgraph.model import Basis
from impactgraph.robustness import find_disjoint_chains
from robustness.walked_chains import walk_chains
from small_case_studies import case_graph


def fewest_breaking(chains):
    """The size of the least set of nodes, but for the impact, that every chain meets."""
    nodes = sorted({iri for chain in chains for iri in chain[:-1]})
    return next(
        size
        for size in range(len(nodes) + 1)
        for gone in itertools.combinations(nodes, size)
        if all(set(gone) & set(chain[:-1]) for chain in chains)
    )


@settings(max_examples=150, deadline=None)
@given(lines=influence_lines(), basis=st.sampled_from(list(Basis)))
def test_as_many_chains_share_no_node_as_nodes_break_all(lines, basis):
    graph = case_graph(*lines)
    for found in find_disjoint_chains(graph, basis=basis):
        chains = walk_chains(graph, basis, found.impact.iri)
        paths = [tuple(node.iri for node in path) for path in found.paths]
        assert set(paths) <= set(chains)
        used = [iri for path in paths for iri in path[:-1]]
        assert len(used) == len(set(used))
        cut = {node.iri for node in found.cut}
        assert all(cut & set(chain[:-1]) for chain in chains)
        assert found.count == len(cut) == fewest_breaking(chains)


@settings(max_examples=100, deadline=None)
@given(lines=influence_lines())
def test_networkx_finds_as_many(lines):
    graph = case_graph(*lines)
    for found in find_disjoint_chains(graph, basis=Basis.INFERRED):
        flow = nx.DiGraph()
        flow.add_nodes_from(["root", found.impact.iri])
        for path in walk_chains(graph, Basis.INFERRED, found.impact.iri):
            nx.add_path(flow, ("root", *path))
        assert found.count == nx.node_connectivity(flow, "root", found.impact.iri)


def test_a_level_that_admits_more_has_no_fewer():
    graph = case_graph(
        "finding a contributedTo impact 1",
        "finding b contributedTo impact 1 curated 0.7",
        "output 1 contributedTo impact 1 inferred 0.5",
    )
    counts = [find_disjoint_chains(graph, basis=basis)[0].count for basis in Basis]
    assert counts == [1, 2, 3]


def test_a_flow_that_took_the_wrong_way_first_is_turned_back():
    graph = case_graph(
        "finding a reportedIn output 1",
        "finding a reportedIn output 2",
        "finding b reportedIn output 1",
        "output 1 contributedTo impact 1",
        "output 2 contributedTo impact 1",
    )
    (found,) = find_disjoint_chains(graph, basis=Basis.STATED)
    assert [[node.name for node in path] for path in found.paths] == [
        ["finding a", "output 2", "impact 1"],
        ["finding b", "output 1", "impact 1"],
    ]


def test_the_sentences_say_how_many_and_what_breaks_them():
    graph = case_graph(
        "finding a carriedBy pathway 1",
        "finding b carriedBy pathway 1",
        "pathway 1 ledTo impact 1",
        "finding a contributedTo impact 2",
        "finding b contributedTo impact 2",
        "pathway 2 ledTo impact 3",
    )
    said = [found.sentence for found in find_disjoint_chains(graph, basis=Basis.STATED)]
    assert said == [
        "Every chain from the research to impact 1 (stated) passes through pathway 1.",
        "2 chains from the research to impact 2 (stated) share no other node; it takes the loss "
        "of findings a and b to break every chain.",
        "No chain from the research reaches impact 3 (stated).",
    ]


def test_no_flow_is_turned_back_through_the_root():
    graph = case_graph(
        "finding 1 reportedIn output 1",
        "finding 1 reportedIn output 2",
        "finding 2 reportedIn output 2",
        "output 1 contributedTo impact 1",
        "output 2 contributedTo impact 1",
    )
    assert [found.count for found in find_disjoint_chains(graph, basis=Basis.STATED)] == [2]
