"""Chains as the page shows them: steps in order, the weakest marked, ends listed by stage."""

from __future__ import annotations

from impactgraph.chains import find_chains
from impactgraph.model import Basis, Stage
from impactgraph.views.chains import list_ends, view_chains
from small_case_studies import case_graph

GRAPH = case_graph(
    "finding a reportedIn output R1",
    "output R1 carriedBy pathway 1 curated 0.8",
    "pathway 1 ledTo impact 1 curated 0.6",
    "impact 1 corroboratedBy source A",
    "finding a contributedTo impact 2 inferred 0.5",
)


def test_a_chain_marks_its_weakest_step_and_says_how_sure_it_is() -> None:
    (chain,) = view_chains(find_chains(GRAPH, basis=Basis.CURATED), GRAPH)
    assert chain.start.key == "finding/a"
    assert [step.target.key for step in chain.steps] == [
        "output/R1",
        "pathway/1",
        "impact/1",
        "source/A",
    ]
    assert [step.weakest for step in chain.steps] == [False, False, True, False]
    assert chain.weakest == "curated, 0.60"
    assert chain.complete
    assert chain.skipped == ()


def test_a_chain_names_the_stages_that_it_skips() -> None:
    found = list(view_chains(find_chains(GRAPH, basis=Basis.INFERRED), GRAPH))
    skipping = next(chain for chain in found if chain.steps[-1].target.key == "impact/2")
    assert skipping.skipped == ("output", "pathway")
    assert skipping.weakest == "inferred, 0.50"
    assert [step.words for step in skipping.steps] == ["contributed to"]


def test_ends_are_listed_by_stage() -> None:
    ends = dict(list_ends(GRAPH))
    assert list(ends) == list(Stage)
    assert [place.key for place in ends[Stage.IMPACT]] == ["impact/1", "impact/2"]
    assert [place.name for place in ends[Stage.OUTPUT]] == ["output R1"]
