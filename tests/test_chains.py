"""Chains: which there are, in which order, how strong, and how they read."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.chains import (
    count_chains,
    find_chains,
    find_strongest_chain,
    iterate_chains,
    search_chains,
)
from impactgraph.errors import NotFoundError
from impactgraph.graph import CaseGraph, GraphNode, Kind, build_graph, links_of, nodes_of
from impactgraph.model import Basis, Link, Stage, Step
from small_case_studies import case_graph, case_study_of

LADDER = (
    "finding a reportedIn output 1",
    "output 1 carriedBy pathway 1 curated 0.8",
    "pathway 1 ledTo impact 1 collective",
    "impact 1 corroboratedBy source A",
    "finding a contributedTo impact 1 curated 0.7",
    "output 1 contributedTo impact 1 inferred 0.9",
    "finding b carriedBy pathway 1 curated 0.7",
    "claim c of 1",
    "claim c corroboratedBy source A",
    "research creditedFor impact 1",
)


def paths(chains):
    return ["-".join(node.notation for node in chain.nodes) for chain in chains]


def test_under_stated_chains_stop_where_the_document_does():
    chains = find_chains(case_graph(*LADDER), basis=Basis.STATED)
    assert paths(chains) == ["a-1", "1-1-A"]
    assert [(chain.start, chain.stop) for chain in chains] == [
        (Stage.FINDING, Stage.OUTPUT),
        (Stage.PATHWAY, Stage.SOURCE),
    ]


def test_under_curated_the_strongest_come_first_then_the_shorter():
    chains = find_chains(case_graph(*LADDER), basis=Basis.CURATED)
    assert paths(chains) == ["a-1-1-1-A", "a-1-A", "b-1-1-A"]
    assert [chain.strength for chain in chains] == [
        (1, Decimal("0.8")),
        (1, Decimal("0.7")),
        (1, Decimal("0.7")),
    ]


def test_under_inferred_everything_counts_and_the_inferred_is_weakest():
    chains = find_chains(case_graph(*LADDER), basis=Basis.INFERRED)
    assert paths(chains)[-1] == "a-1-1-A"
    assert chains[-1].basis is Basis.INFERRED


def test_a_chain_can_be_extended_at_neither_end():
    graph = case_graph("output 1 contributedTo impact 1", "finding a reportedIn output 1")
    assert paths(find_chains(graph, basis=Basis.STATED)) == ["a-1-1"]


def test_a_lone_node_is_no_chain():
    graph = case_graph("finding a", "impact 1")
    assert find_chains(graph, basis=Basis.INFERRED) == ()
    assert count_chains(graph, basis=Basis.INFERRED) == 0
    assert find_chains(case_graph(), basis=Basis.INFERRED) == ()


def test_given_ends_bound_chains_and_the_other_end_is_maximal():
    graph = case_graph(*LADDER)

    def between(origin, target):
        return paths(find_chains(graph, basis=Basis.CURATED, origin=origin, target=target))

    assert between("output/1", None) == ["1-1-1-A"]
    assert between(None, "impact/1") == ["a-1-1-1", "a-1", "b-1-1"]
    assert between("finding/a", "pathway/1") == ["a-1-1"]
    assert between("source/A", None) == []
    assert between("finding/a", "finding/a") == []


def test_an_unknown_end_is_not_found():
    with pytest.raises(NotFoundError, match="finding/z"):
        find_chains(case_graph(*LADDER), basis=Basis.STATED, origin="finding/z")


def test_of_several_links_for_one_step_the_strongest_stands_for_it():
    graph = case_graph(
        "finding a reportedIn output 1 inferred 0.9",
        "finding a reportedIn output 1 curated 0.2",
    )
    (chain,) = find_chains(graph, basis=Basis.INFERRED)
    assert chain.weakest.basis is Basis.CURATED
    assert find_chains(graph, basis=Basis.STATED) == ()


def test_what_is_stated_together_is_weaker_than_what_is_stated_of_a_pair():
    graph = case_graph(
        "pathway 1 ledTo impact 1 collective",
        "pathway 2 ledTo impact 1",
        "finding a reportedIn output 1 curated 1",
    )
    assert paths(find_chains(graph, basis=Basis.CURATED)) == ["2-1", "1-1", "a-1"]


def test_a_chain_says_what_it_reaches_and_what_it_skips():
    graph = case_graph(*LADDER)
    whole, direct, past = find_chains(graph, basis=Basis.CURATED)
    assert (whole.complete, whole.reaching, whole.skipped) == (True, True, ())
    assert (direct.complete, direct.reaching) == (False, True)
    assert direct.skipped == (Stage.OUTPUT, Stage.PATHWAY)
    assert past.skipped == (Stage.OUTPUT,)
    assert not any(chain.reaching for chain in find_chains(graph, basis=Basis.STATED))


def test_a_chain_reads_as_one_sentence():
    graph = case_graph(*LADDER)
    sentences = [chain.sentence for chain in find_chains(graph, basis=Basis.CURATED)]
    assert sentences[0] == (
        "Finding a is reported in output 1 (stated), which is carried by pathway 1 (curated, "
        "0.80), which led to impact 1 (stated of pathways and impacts together), which source A "
        "corroborates (stated)."
    )
    assert sentences[1] == (
        "Finding a contributed to impact 1 (curated, 0.70), which source A corroborates (stated)."
    )
    (inferred,) = find_chains(
        graph, basis=Basis.INFERRED, origin="output/1", target="source/A", limit=10
    )[1:]
    assert "(inferred by paragraph-scope, 0.90)" in inferred.sentence


def test_a_chain_carries_the_places_that_it_rests_on():
    (chain, *_) = find_chains(case_graph(*LADDER), basis=Basis.STATED)
    assert [anchor.exact for anchor in chain.anchors] == ["words"]


def test_millions_of_chains_are_counted_and_the_first_few_made():
    width = 40
    graph = grid(width)
    assert count_chains(graph, basis=Basis.STATED) == width**5
    first = find_chains(graph, basis=Basis.STATED, limit=3)
    assert paths(first) == ["0-0-0-0-0", "0-0-0-0-1", "0-0-0-0-2"]


def test_a_search_counts_and_lists_the_same_chains():
    search = search_chains(case_graph(*LADDER), basis=Basis.CURATED)
    assert search.count() == len(list(search)) == 3
    assert list(search) == list(search)


def test_the_strongest_chain_of_a_pair_may_be_the_longer_one():
    graph = case_graph(*LADDER)
    chain = find_strongest_chain(graph, "finding/a", "impact/1", basis=Basis.CURATED)
    assert paths([chain]) == ["a-1-1-1"]
    assert chain.strength == (1, Decimal("0.8"))
    assert find_strongest_chain(graph, "finding/a", "impact/1", basis=Basis.STATED) is None
    assert find_strongest_chain(graph, "finding/a", "finding/a", basis=Basis.CURATED) is None
    with pytest.raises(NotFoundError, match="impact/9"):
        find_strongest_chain(graph, "finding/a", "impact/9", basis=Basis.CURATED)


def test_strength_is_by_basis_before_confidence():
    graph = case_graph(
        "finding a reportedIn output 1 curated 0.2",
        "finding b reportedIn output 1 inferred 0.9",
        "finding c reportedIn output 1 collective",
        "finding d reportedIn output 1",
    )
    assert paths(find_chains(graph, basis=Basis.INFERRED)) == ["d-1", "c-1", "a-1", "b-1"]


def grid(width: int) -> CaseGraph:
    kinds = list(Kind)[:5]
    steps = (Step.REPORTED_IN, Step.CARRIED_BY, Step.LED_TO, Step.CORROBORATED_BY)
    nodes = [
        GraphNode(iri=f"x/{kind}/{number}", kind=kind, notation=str(number), label=str(number))
        for kind in kinds
        for number in range(width)
    ]
    links = [
        make_link(f"x/{kinds[rank]}/{left}", step, f"x/{kinds[rank + 1]}/{right}")
        for rank, step in enumerate(steps)
        for left in range(width)
        for right in range(width)
    ]
    return build_graph(case_study_of(nodes, links, iri="x"))


def make_link(
    origin: str, step: Step, target: str, basis: Basis = Basis.STATED, confidence: str = "1"
) -> Link:
    return Link(
        iri=f"{origin}>{target}>{basis}",
        label="link",
        origin=origin,
        step=step,
        target=target,
        basis=basis,
        confidence=Decimal(confidence),
        rationale="so it says",
        attributed_to="reader",
        anchors=(),
    )


STEPS = {
    ("finding", "output"): Step.REPORTED_IN,
    ("finding", "pathway"): Step.CARRIED_BY,
    ("output", "pathway"): Step.CARRIED_BY,
    ("finding", "impact"): Step.CONTRIBUTED_TO,
    ("output", "impact"): Step.CONTRIBUTED_TO,
    ("pathway", "impact"): Step.LED_TO,
    ("pathway", "source"): Step.CORROBORATED_BY,
    ("impact", "source"): Step.CORROBORATED_BY,
}


@st.composite
def graphs(draw: st.DrawFn) -> CaseGraph:
    nodes = [
        GraphNode(iri=f"{kind}/{number}", kind=Kind(kind), notation=str(number), label="x")
        for kind in ("finding", "output", "pathway", "impact", "source")
        for number in range(draw(st.integers(0, 3)))
    ]
    pairs = [
        (one.iri, STEPS[one.kind.value, other.kind.value], other.iri)
        for one, other in itertools.permutations(nodes, 2)
        if (one.kind.value, other.kind.value) in STEPS
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    links = [
        make_link(
            *pair,
            basis=draw(st.sampled_from(list(Basis))),
            confidence=draw(st.sampled_from(["0.3", "0.6", "1"])),
        )
        for pair in chosen
    ]
    return build_graph(case_study_of(nodes, links, iri="x"))


def brute_force(graph: CaseGraph, basis: Basis) -> list[tuple[str, ...]]:
    links = [link for link in links_of(graph) if basis.admits(link.basis)]
    following = {node.iri: [] for node in nodes_of(graph)}
    for link in links:
        following[link.origin].append(link.target)
    starts = set(following) - {link.target for link in links}

    def extend(path: tuple[str, ...]) -> list[tuple[str, ...]]:
        if not following[path[-1]]:
            return [path] if len(path) > 1 else []
        return [longer for end in following[path[-1]] for longer in extend((*path, end))]

    return [path for start in starts for path in extend((start,))]


@settings(max_examples=200, deadline=None)
@given(graphs(), st.sampled_from(list(Basis)))
def test_chains_are_those_of_brute_force_each_once_strongest_first(graph, basis):
    chains = list(iterate_chains(graph, basis=basis))
    found = [tuple(node.iri for node in chain.nodes) for chain in chains]
    assert sorted(found) == sorted(brute_force(graph, basis))
    assert count_chains(graph, basis=basis) == len(found)
    keys = [
        (
            tuple(-part for part in chain.strength),
            len(chain.links),
            [list(graph).index(iri) for iri in path],
        )
        for chain, path in zip(chains, found, strict=True)
    ]
    assert keys == sorted(keys)


def test_a_search_is_bounded_by_how_many_steps_chains_have() -> None:
    graph = case_graph(*LADDER)
    every = list(search_chains(graph, basis=Basis.CURATED))
    complete = search_chains(graph, basis=Basis.CURATED, least=4)
    assert list(complete) == [chain for chain in every if chain.complete]
    assert complete.count() == 1
    short = search_chains(graph, basis=Basis.CURATED, most=2)
    assert list(short) == [chain for chain in every if len(chain.links) <= 2]
    assert short.count_by_length() == {2: 1}
    assert search_chains(graph, basis=Basis.CURATED).count() == len(every)
