from __future__ import annotations

import pytest

from impactgraph.model import Basis, Stage
from impactgraph.views.case_study import view_case_study
from impactgraph.views.values import CaseStudyView, NodeView
from views import sample


def view(basis: Basis) -> CaseStudyView:
    return view_case_study(
        sample.graph(),
        basis=basis,
        summary=sample.summary(),
        details=sample.details(),
        gaps=sample.gaps(),
    )


def node(of: CaseStudyView, key: str) -> NodeView:
    return next(node for node in of.nodes if node.key == key)


@pytest.mark.parametrize("basis", list(Basis))
def test_no_link_shows_beyond_the_basis(basis: Basis) -> None:
    shown = view(basis)
    nodes = [*shown.nodes, *(claim for one in shown.nodes for claim in one.claims)]
    bases = {link.basis for one in nodes for link in (*one.incoming, *one.outgoing)}
    assert bases == {other for other in Basis if basis.admits(other)}


def test_stages_come_in_order_and_nodes_in_the_documents() -> None:
    shown = view(Basis.STATED)
    assert list(shown.stages) == list(Stage)
    assert [one.key for one in shown.stages[Stage.SOURCE]] == [f"source/{n}" for n in "ABCDEFG"]


def test_an_impact_says_first_what_it_rests_on() -> None:
    shown = view(Basis.CURATED)
    assert "credits the research as a whole" in (node(shown, "impact/1").sentence or "")
    assert node(shown, "finding/a").sentence is None
    stated = node(view(Basis.STATED), "impact/1").sentence
    assert all(node(view(basis), "impact/1").sentence == stated for basis in Basis)


def test_a_way_that_all_impacts_share_does_not_hide_one_of_an_impacts_own() -> None:
    rows = node(view(Basis.CURATED), "impact/1").influences
    of_d = [(row.through, row.sure) for row in rows if row.finding == "finding d"]
    assert sorted(of_d) == [((), "curated, 0.70"), (("pathway 3",), "curated, 0.70")]
    marked = {row.through: row.shared for row in rows if row.finding == "finding d"}
    assert marked == {
        (): None,
        ("pathway 3",): "pathway",
    }
    assert all(row.because for row in rows)
    assert node(view(Basis.STATED), "impact/1").influences == ()


def test_the_matrix_tells_the_evidence_of_each_impact() -> None:
    matrix = view(Basis.CURATED).matrix
    assert [column.sources for column in matrix.columns] == [5, 1, 1, 1]
    assert [(column.unsourced, column.claims) for column in matrix.columns] == [
        (0, 2),
        (1, 1),
        (0, 0),
        (0, 1),
    ]
    row = next(row for row in matrix.rows if row.key == "finding/d")
    assert [(cell.impact, cell.chain_count, cell.words) for cell in row.cells] == [
        ("impact/1", 2, "curated, 0.70"),
        ("impact/2", 2, "curated, 0.70"),
        ("impact/3", 1, "curated, 0.70"),
        ("impact/4", 2, "curated, 0.70"),
    ]
    assert matrix.remark == ""
    assert view(Basis.STATED).matrix.remark.startswith("Every cell is 0: ")


def test_a_probable_source_is_no_source() -> None:
    shown = view(Basis.INFERRED)
    claim = node(shown, "impact/2").unsourced[0]
    assert [link.other for link in claim.outgoing] == ["source/B"]
    assert claim.source_gap is not None
    assert dict(shown.sourced) == {Basis.STATED: 3, Basis.CURATED: 3, Basis.INFERRED: 4}
    assert (shown.probable_sources, shown.probable_links) == (1, 1)


def test_gaps_are_grave_or_slight() -> None:
    shown = view(Basis.STATED)
    assert [len(shown.grave_gaps), len(shown.slight_gaps)] == [2, 0]


def test_claims_stand_in_their_impact_with_their_sources() -> None:
    impact = node(view(Basis.STATED), "impact/1")
    assert [claim.key for claim in impact.claims] == ["claim/1", "claim/2"]
    assert [link.other for link in impact.claims[0].outgoing] == ["source/B"]


def test_a_gap_in_a_claim_marks_its_impact() -> None:
    shown = view(Basis.STATED)
    assert len(node(shown, "impact/2").all_gaps) == 1
    assert node(shown, "impact/2").grave
    assert not node(shown, "impact/4").all_gaps


def test_both_ends_of_a_link_tell_it_in_their_own_words() -> None:
    shown = view(Basis.STATED)
    assert node(shown, "finding/b").outgoing[0].words == "is reported in"
    reports = node(shown, "output/2").incoming
    assert {link.other for link in reports} == {"finding/a", "finding/b"}
    assert {link.words for link in reports} == {"reports"}


def test_hidden_links_are_counted_by_basis() -> None:
    assert dict(view(Basis.STATED).hidden) == {Basis.CURATED: 10, Basis.INFERRED: 1}
    assert dict(view(Basis.INFERRED).hidden) == {}
    assert view(Basis.STATED).default_basis is Basis.CURATED


def test_the_research_is_no_stage() -> None:
    shown = view(Basis.STATED)
    assert shown.research is not None
    assert [link.other for link in shown.research.outgoing] == [f"impact/{n}" for n in "1234"]
    assert shown.research.key not in {one.key for one in shown.nodes}
