"""A source that a person gives to a claim, or takes from it, is its impact's too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rdflib import Graph

from impactgraph.curation import Act, ActKind, Decision, Replayed, order_acts, replay
from impactgraph.encoding import decode
from impactgraph.graph import build_graph, links_of
from impactgraph.identity import link_iri
from impactgraph.model import Basis, Step
from small_case_studies import CASE, rdf_of

LINES = (
    "research",
    "claim c of 1",
    "claim d of 1",
    "claim c corroboratedBy source A inferred 0.6",
    "claim d corroboratedBy source A inferred 0.5",
    "claim c corroboratedBy source B",
    "impact 1 corroboratedBy source B",
    "research creditedFor impact 1",
)
START = datetime(2026, 11, 1, tzinfo=UTC)
Corroborations = set[tuple[str, str, str]]


def iri(path: str) -> str:
    return f"{CASE}/{path}"


def link(origin: str, source: str, basis: Basis) -> str:
    return link_iri(CASE, iri(origin), Step.CORROBORATED_BY, iri(source), basis)


@pytest.fixture(scope="module")
def encoded() -> Graph:
    graph = Graph()
    for triple in rdf_of(*LINES):
        graph.add(triple)
    return graph


def act(kind: ActKind, target: str, second: int, **fields: str) -> Act:
    decision = Decision(kind=kind, who="Ada", target=target, **fields)  # type: ignore[arg-type]
    when = START + timedelta(seconds=second)
    return Act(case_study=CASE, when=when, about="something", decision=decision)


def run(encoded: Graph, *acts: Act) -> Replayed:
    return replay(order_acts(acts), encoded, case_study=CASE)


def corroborations(encoded: Graph, replayed: Replayed) -> Corroborations:
    left = Graph()
    for triple in encoded:
        if triple not in replayed.withdrawn:
            left.add(triple)
    return {
        (found.origin.removeprefix(f"{CASE}/"), found.target[-1], found.basis.value)
        for found in links_of(build_graph(decode(left + replayed.added)))
        if found.step is Step.CORROBORATED_BY
    }


ACCEPT = act(ActKind.ACCEPT, link("claim/c", "source/A", Basis.INFERRED), 1)
SECOND = act(ActKind.ACCEPT, link("claim/d", "source/A", Basis.INFERRED), 2)
RAISED = link("impact/1", "source/A", Basis.CURATED)


def test_an_accepted_source_of_a_claim_is_one_of_its_impact(encoded: Graph) -> None:
    replayed = run(encoded, ACCEPT)
    assert {("claim/c", "A", "curated"), ("impact/1", "A", "curated")} <= corroborations(
        encoded, replayed
    )
    assert replayed.effects[ACCEPT.iri].generated == (
        link("claim/c", "source/A", Basis.CURATED),
        RAISED,
    )


def test_the_last_claim_that_loses_a_source_takes_it_from_its_impact(encoded: Graph) -> None:
    first = act(ActKind.REJECT, link("claim/c", "source/A", Basis.CURATED), 3, why="no")
    second = act(ActKind.REJECT, link("claim/d", "source/A", Basis.CURATED), 4, why="no")
    assert RAISED in run(encoded, ACCEPT, SECOND, first).effects[first.iri].generated
    one = corroborations(encoded, run(encoded, ACCEPT, SECOND, first))
    assert ("impact/1", "A", "curated") in one
    none = corroborations(encoded, run(encoded, ACCEPT, SECOND, first, second))
    assert not any(source == "A" for _, source, _ in none)


def test_an_undone_acceptance_leaves_nothing_of_it(encoded: Graph) -> None:
    undo = act(ActKind.UNDO, ACCEPT.iri, 3)
    replayed = run(encoded, ACCEPT, undo)
    assert not replayed.added
    assert not replayed.withdrawn


def test_a_link_that_follows_from_a_claim_is_decided_on_there(encoded: Graph) -> None:
    reject = act(ActKind.REJECT, RAISED, 3, why="no")
    stated = act(ActKind.REJECT, link("impact/1", "source/B", Basis.STATED), 4, why="no")
    effects = run(encoded, ACCEPT, reject, stated).effects
    for refused in (reject, stated):
        assert "decide on the link of the claim" in str(effects[refused.iri].lack)


def test_a_stated_source_led_elsewhere_leaves_the_impact_too(encoded: Graph) -> None:
    moved = act(
        ActKind.CORRECT,
        link("claim/c", "source/B", Basis.STATED),
        3,
        why="the letter is A",
        end=iri("source/A"),
    )
    now = corroborations(encoded, run(encoded, moved))
    assert ("impact/1", "A", "curated") in now
    assert ("impact/1", "B", "stated") not in now


def test_a_source_that_is_withdrawn_and_a_claim_that_is_rejected_leave_no_impact_with_it(
    encoded: Graph,
) -> None:
    for target, kind in (("source/A", ActKind.WITHDRAW), ("claim/c", ActKind.REJECT)):
        gone = act(kind, iri(target), 3, why="no")
        now = corroborations(encoded, run(encoded, ACCEPT, gone))
        assert not any(basis == "curated" for _, _, basis in now)
