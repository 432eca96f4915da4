"""Remedies: what would close most gaps, tried on the case study as it would then be."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import Basis, Organisation, Reference
from impactgraph.remedies import Action, list_source_uses, suggest_remedies, variations
from impactgraph.remedies.remedy import WEIGHTS
from impactgraph.remedies.variations import list_gaps, with_more
from small_case_studies import CASE, case_graph

CLAIMS = (
    "pathway 1 ledTo impact 1",
    "impact 1 corroboratedBy source A",
    "claim c of 1",
    "claim d of 1",
    "claim c corroboratedBy source A inferred 0.6",
    "claim d corroboratedBy source A inferred 0.6",
)


def test_a_mark_that_may_be_meant_closes_its_claims() -> None:
    found = suggest_remedies(case_graph(*CLAIMS), basis=Basis.CURATED)
    (mark,) = [remedy for remedy in found.remedies if remedy.action is Action.MARK]
    assert mark.advice == (
        "Check whether source A shows “claim c” and “claim d”; where it does, put its mark into "
        "those sentences."
    )
    assert {gap.nodes[0].iri for gap in mark.closes} == {f"{CASE}/claim/c", f"{CASE}/claim/d"}
    assert {gap.kind for gap in mark.closes} == {"uncorroborated-claim"}
    assert mark.sentence.endswith("It would close 2 gaps (2 low).")


def test_under_stated_what_a_curator_concluded_is_advised_as_such() -> None:
    graph = case_graph(
        "impact 1 corroboratedBy source A",
        "claim c of 1",
        "claim c corroboratedBy source A curated 0.9",
    )
    marks = [
        remedy
        for remedy in suggest_remedies(graph, basis=Basis.STATED).remedies
        if remedy.action is Action.MARK
    ]
    assert [mark.because for mark in marks] == [
        "An analyst concluded that it is meant there. This adds no new voice."
    ]
    assert not any(
        remedy.action is Action.MARK
        for remedy in suggest_remedies(graph, basis=Basis.CURATED).remedies
    )


def test_an_output_is_cited_where_its_finding_is_joined() -> None:
    graph = case_graph(
        "finding a reportedIn output 1",
        "finding a contributedTo impact 1 curated 0.7",
        "finding a contributedTo impact 2 curated 0.4",
    )
    cited = [
        remedy
        for remedy in suggest_remedies(graph, basis=Basis.CURATED).remedies
        if remedy.action is Action.CITE
    ]
    assert [remedy.advice for remedy in cited] == [
        "Say in section 4 whether output 1 informed impact 1, and cite it there if it did."
    ]
    assert cited[0].because == (
        "It reports finding a, which an analyst joined to impact 1 (confidence 0.70)."
    )


def test_whoever_a_claim_names_is_asked_and_their_part_is_said() -> None:
    council = Organisation(iri=f"{CASE}/organisation/council", label="The Council")
    model = model_of(case_graph("impact 1 corroboratedBy source A", "claim c of 1"))
    graph = build_graph(
        replace(
            model,
            claims=tuple(replace(claim, beneficiaries=(council.iri,)) for claim in model.claims),
            reference=Reference(organisations=(council,)),
        )
    )
    found = suggest_remedies(graph, basis=Basis.STATED)
    asked = [remedy for remedy in found.remedies if remedy.action is Action.OBTAIN]
    assert asked[0].advice == (
        "Obtain from The Council a document of its own that shows “claim c” (impact 1)."
    )
    assert asked[0].because == (
        "An outside voice, as far as the document says: it states no part of The Council in the "
        "research."
    )
    assert asked[0].outside


def test_a_case_study_without_gaps_needs_no_remedy() -> None:
    found = suggest_remedies(case_graph(), basis=Basis.INFERRED)
    assert (found.remedies, found.left, found.basis) == ((), (), Basis.CURATED)


def test_a_limit_leaves_the_rest() -> None:
    everything = suggest_remedies(case_graph(*CLAIMS), basis=Basis.CURATED)
    first = suggest_remedies(case_graph(*CLAIMS), basis=Basis.CURATED, limit=1)
    assert first.remedies == everything.remedies[:1]
    assert len(first.left) > len(everything.left)


def test_a_case_study_of_no_real_size_is_not_tried_for_hours() -> None:
    graph = case_graph(*CLAIMS)
    every = suggest_remedies(graph, basis=Basis.CURATED)
    with mock.patch.object(variations, "_MOST_WORK", 1):
        found = suggest_remedies(graph, basis=Basis.CURATED)
        (use,) = list_source_uses(graph, basis=Basis.CURATED)
    assert every.untried == 0
    assert found.untried > 0
    assert len(found.remedies) == 1
    assert use.opens is not None


_NODES = {"finding": "ab", "output": "12", "pathway": "12", "impact": "12", "source": "AB"}
_STEPS = (
    ("finding", "reportedIn", "output"),
    ("output", "carriedBy", "pathway"),
    ("finding", "contributedTo", "impact"),
    ("pathway", "ledTo", "impact"),
    ("impact", "corroboratedBy", "source"),
    ("pathway", "corroboratedBy", "source"),
)


@st.composite
def small_graphs(draw: st.DrawFn) -> CaseGraph:
    lines = [
        f"{kind} {notation}"
        for kind, notations in _NODES.items()
        for notation in draw(st.sets(st.sampled_from(notations)))
    ]
    known = {tuple(line.split()) for line in lines}
    possible = [
        f"{one} {left} {step} {two} {right} {basis}"
        for one, step, two in _STEPS
        for left in _NODES[one]
        for right in _NODES[two]
        if (one, left) in known and (two, right) in known
        for basis in ("", "collective", "curated 0.7", "inferred 0.5")
    ]
    lines += draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    for number in range(draw(st.integers(0, 2))) if ("impact", "1") in known else ():
        lines.append(f"claim c{number} of 1")
    return case_graph(*lines)


@settings(max_examples=60, deadline=None)
@given(small_graphs(), st.sampled_from([Basis.STATED, Basis.CURATED]))
def test_gaps_are_closed_once_or_left_and_gains_do_not_grow_within_an_action(
    graph: CaseGraph, basis: Basis
) -> None:
    found = suggest_remedies(graph, basis=basis)
    closed = [(gap.kind, gap.at) for remedy in found.remedies for gap in remedy.closes]
    left = [(gap.kind, gap.at) for gap in found.left]
    wanted = {key for key, gap in list_gaps(graph, basis).items() if WEIGHTS[gap.severity]}
    assert sorted(closed + left) == sorted(wanted)
    order = list(Action)
    ranks = [(order.index(remedy.action), -remedy.gain) for remedy in found.remedies]
    assert ranks == sorted(ranks)
    assert all(remedy.gain > 0 for remedy in found.remedies)


@settings(max_examples=60, deadline=None)
@given(small_graphs(), st.sampled_from([Basis.STATED, Basis.CURATED]))
def test_a_link_that_is_added_closes_what_its_remedy_says(graph: CaseGraph, basis: Basis) -> None:
    for remedy in suggest_remedies(graph, basis=basis).remedies:
        if remedy.action is Action.OBTAIN:
            continue
        after = list_gaps(with_more(graph, remedy.adds), basis)
        for gap in remedy.closes:
            key = (gap.kind, gap.at)
            assert key not in after or not WEIGHTS[after[key].severity]
