"""The matrix of findings and impacts, and its remark."""

from __future__ import annotations

from decimal import Decimal

from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from small_case_studies import case_graph

ALL_TOGETHER = tuple(f"pathway {p} ledTo impact {i} collective" for p in (1, 2, 3) for i in (1, 2))


def counts(matrix):
    return [[cell.chain_count for cell in row] for row in matrix.cells]


def test_a_cell_gives_the_weakest_link_of_the_strongest_chain():
    graph = case_graph(
        "finding a contributedTo impact 1 curated 0.7",
        "finding a contributedTo impact 1 inferred 0.9",
        "finding a reportedIn output 1",
        "output 1 contributedTo impact 1 curated 0.8",
        "finding b",
        "impact 2",
    )
    matrix = underpinning_matrix(graph, basis=Basis.CURATED)
    assert [node.notation for node in matrix.findings] == ["a", "b"]
    assert counts(matrix) == [[2, 0], [0, 0]]
    cell = matrix.cells[0][0]
    assert (cell.basis, cell.confidence, cell.collective) == (
        Basis.CURATED,
        Decimal("0.8"),
        False,
    )
    assert (matrix.cells[1][1].weakest_link, matrix.cells[1][1].basis) == (None, None)
    assert matrix.remark is None


def test_where_every_cell_is_0_the_remark_says_where_chains_stop():
    graph = case_graph("finding a reportedIn output 1", *ALL_TOGETHER)
    matrix = underpinning_matrix(graph, basis=Basis.STATED)
    assert counts(matrix) == [[0, 0]]
    assert matrix.remark == (
        "every cell is 0: no stated step leads on from any output; "
        "the stated chains stop between output and pathway"
    )


def test_where_only_some_outputs_are_dead_ends_they_are_named():
    graph = case_graph(
        "finding a reportedIn output 1",
        "finding a reportedIn output 2",
        "output 2 carriedBy pathway 1 curated 0.5",
        "impact 1",
    )
    assert underpinning_matrix(graph, basis=Basis.CURATED).remark == (
        "every cell is 0: no stated or curated step leads on from output 1 or any pathway; "
        "the stated or curated chains stop between output and impact and between pathway and "
        "impact"
    )


def test_where_all_go_through_one_pathway_the_remark_names_it():
    graph = case_graph(
        "finding a carriedBy pathway 3 curated 0.7",
        "finding b carriedBy pathway 3 curated 0.7",
        *ALL_TOGETHER,
    )
    matrix = underpinning_matrix(graph, basis=Basis.CURATED)
    assert counts(matrix) == [[1, 1], [1, 1]]
    assert matrix.remark == (
        "the cells are equal because all go through pathway 3, "
        "which the document joins to all impacts together"
    )


def test_a_pathway_that_is_joined_to_each_impact_alone_is_not_called_collective():
    graph = case_graph(
        "finding a carriedBy pathway 3", "pathway 3 ledTo impact 1", "pathway 3 ledTo impact 2"
    )
    remark = underpinning_matrix(graph, basis=Basis.STATED).remark
    assert remark == "the cells are equal because all go through pathway 3"


def test_where_the_last_steps_are_said_together_the_remark_says_so():
    graph = case_graph(
        "finding a carriedBy pathway 1 curated 0.7",
        "finding a carriedBy pathway 2 curated 0.7",
        *ALL_TOGETHER,
    )
    assert underpinning_matrix(graph, basis=Basis.CURATED).remark == (
        "the cells are equal because the last step of each chain is said of pathways and "
        "impacts together"
    )


def test_where_pairs_are_alike_by_themselves_the_remark_says_how():
    graph = case_graph(
        "finding a contributedTo impact 1 curated 0.7",
        "finding a contributedTo impact 2 curated 0.7",
    )
    assert underpinning_matrix(graph, basis=Basis.CURATED).remark == (
        "the cells are equal because one chain joins each pair, "
        "and the weakest link is curated (0.70)"
    )


def test_rows_that_are_alike_are_explained_though_the_matrix_is_not():
    graph = case_graph(
        "finding a contributedTo impact 1 curated 0.9",
        "finding d carriedBy pathway 3 curated 0.7",
        "finding e carriedBy pathway 3 curated 0.6",
        *ALL_TOGETHER,
    )
    assert underpinning_matrix(graph, basis=Basis.CURATED).remark == (
        "the cells of findings d and e are equal because all go through pathway 3, "
        "which the document joins to all impacts together"
    )


def test_one_cell_alone_needs_no_remark():
    graph = case_graph("finding a contributedTo impact 1")
    assert underpinning_matrix(graph, basis=Basis.STATED).remark is None


def test_a_matrix_without_findings_says_so():
    matrix = underpinning_matrix(case_graph("impact 1"), basis=Basis.STATED)
    assert matrix.remark == "the matrix is empty: the case study has no finding"


def test_a_row_that_is_full_because_of_one_collective_pathway_says_so():
    graph = case_graph(
        "finding a contributedTo impact 1 curated 0.9",
        "finding d carriedBy pathway 3 curated 0.7",
        "finding d contributedTo impact 1 curated 0.5",
        *ALL_TOGETHER,
    )
    matrix = underpinning_matrix(graph, basis=Basis.CURATED)
    assert counts(matrix) == [[1, 0], [2, 1]]
    assert matrix.remark == (
        "the strongest chains of finding d all go through pathway 3, "
        "which the document joins to all impacts together"
    )
