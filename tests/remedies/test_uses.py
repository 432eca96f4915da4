"""What each present source is good for."""

from __future__ import annotations

from unittest import mock

from impactgraph.model import Basis
from impactgraph.remedies import list_source_uses, variations
from small_case_studies import CASE, case_graph

LINES = (
    "research creditedFor impact 1",
    "pathway 1 ledTo impact 1",
    "claim c of 1",
    "claim d of 1",
    "impact 1 corroboratedBy source A",
    "impact 1 corroboratedBy source B",
    "claim c corroboratedBy source A",
    "claim c corroboratedBy source B",
    "source A attests research",
    "source B attests research",
)


def test_a_source_that_only_repeats_others_is_redundant() -> None:
    graph = case_graph(*LINES, "claim d corroboratedBy source A", "source C report")
    uses = {use.source.notation: use for use in list_source_uses(graph, basis=Basis.STATED)}
    assert [node.iri for node in uses["A"].only_for] == [f"{CASE}/claim/d"]
    assert not uses["A"].redundant
    assert uses["A"].sentence == "Source A is the only source of one claim."
    assert uses["B"].only_for == ()
    assert uses["C"].sentence == "Source C corroborates nothing."


def test_losing_the_last_source_opens_the_gaps_to_come() -> None:
    graph = case_graph(*LINES[:3], "impact 1 corroboratedBy source A", LINES[6])
    (use,) = list_source_uses(graph, basis=Basis.STATED)
    assert {gap.kind for gap in use.opens} >= {"uncorroborated-impact", "uncorroborated-claim"}
    assert use.sentence == "Source A is the only source of one claim and of impact 1."


def test_inferred_links_make_no_source_spare() -> None:
    graph = case_graph(
        "impact 1 corroboratedBy source A",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "claim c corroboratedBy source B inferred 0.6",
    )
    uses = {use.source.notation: use for use in list_source_uses(graph, basis=Basis.INFERRED)}
    assert {node.iri for node in uses["A"].only_for} == {f"{CASE}/claim/c", f"{CASE}/impact/1"}
    assert uses["B"].corroborates == ()


def test_where_a_source_could_not_be_tried_nothing_is_said_of_sparing_it() -> None:
    graph = case_graph(*LINES)
    with mock.patch.object(variations, "_MOST_WORK", 1):
        first, second = list_source_uses(graph, basis=Basis.STATED)
    assert first.opens is not None
    assert (second.opens, second.redundant) == (None, False)
    assert second.sentence == "Source B is nowhere the only source."
