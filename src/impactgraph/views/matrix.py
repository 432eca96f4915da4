"""The matrix of findings and impacts as the page shows it, with the evidence of each impact."""

from __future__ import annotations

from collections.abc import Mapping

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph
from impactgraph.matrix import Cell, underpinning_matrix
from impactgraph.model import Basis
from impactgraph.remedies import ClaimCount, count_claims, say_counted
from impactgraph.views.values import (
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixView,
    NodeView,
    name_basis,
)
from impactgraph.wording import capitalise

__all__ = ["view_matrix"]


def view_matrix(graph: CaseGraph, *, basis: Basis, nodes: Mapping[str, NodeView]) -> MatrixView:
    """Return the matrix under a basis.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        nodes: the views of findings and impacts under that basis, by their IRIs.
    """
    matrix = underpinning_matrix(graph, basis=basis)
    counts = count_claims(graph, basis=basis)
    known = Attestations(graph, Basis.STATED if basis is Basis.STATED else Basis.CURATED)
    return MatrixView(
        columns=tuple(
            _head(nodes[impact.iri], len(known.sources_of(impact.iri)), counts[impact.iri])
            for impact in matrix.impacts
        ),
        rows=tuple(
            MatrixRow(
                key=nodes[finding.iri].key,
                name=_name(nodes[finding.iri]),
                label=finding.label,
                cells=tuple(_fill(cell, nodes[cell.impact].key) for cell in row),
            )
            for finding, row in zip(matrix.findings, matrix.cells, strict=True)
        ),
        counted=say_counted(counts.values()),
        remark=f"{capitalise(matrix.remark)}." if matrix.remark else "",
    )


def _head(impact: NodeView, sources: int, count: ClaimCount) -> MatrixColumn:
    return MatrixColumn(
        key=impact.key,
        name=_name(impact),
        label=impact.label,
        sources=sources,
        claims=len(count.counted),
        unsourced=len(count.unsourced),
    )


def _name(node: NodeView) -> str:
    """Return what the document calls a node, else its label: no two of a kind are alike."""
    return node.name if node.notation else node.label


def _fill(cell: Cell, impact: str) -> MatrixCell:
    link = cell.weakest_link
    return MatrixCell(
        impact=impact,
        chain_count=cell.chain_count,
        words=name_basis(link.basis, link.confidence) if link else "",
    )
