"""The answers to the questions of one case study, as the records that every face gives out."""

from __future__ import annotations

from itertools import islice
from typing import Any

from impactgraph.chains import count_chains, iterate_chains
from impactgraph.gaps import find_gaps
from impactgraph.graph import CaseGraph, Kind, nodes_of
from impactgraph.headline import headline
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from impactgraph.underpinnings import explain_finding, explain_impact
from impactgraph.views.records import (
    Record,
    chain_record,
    finding_record,
    gap_record,
    headline_record,
    impact_record,
    matrix_record,
)

__all__ = ["answer_chains", "answer_gaps", "answer_matrix", "answer_underpinnings"]

MOST_SEARCHED = 100_000
"""How many chains are looked through for complete ones, at most."""


def answer_underpinnings(
    graph: CaseGraph, basis: Basis, *, impact: str | None = None, finding: str | None = None
) -> Record:
    """Return which findings underpin which impacts: all of them, or the one that is named.

    Raises:
        NotFoundError: there is no such impact or finding.
    """
    impacts = [impact] if impact else []
    findings = [finding] if finding else []
    if not (impacts or findings):
        impacts = [node.iri for node in nodes_of(graph, Kind.IMPACT)]
        findings = [node.iri for node in nodes_of(graph, Kind.FINDING)]
    return _answer(
        graph,
        basis,
        headline=headline_record(headline(graph)),
        impacts=[impact_record(explain_impact(graph, one, basis=basis)) for one in impacts],
        findings=[finding_record(explain_finding(graph, one, basis=basis)) for one in findings],
    )


def answer_chains(
    graph: CaseGraph,
    basis: Basis,
    *,
    origin: str | None = None,
    target: str | None = None,
    complete: bool = False,
    limit: int | None = None,
) -> Record:
    """Return the chains, strongest first, and how many there are.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        origin: where chains shall start: kind and notation ("finding/a"), or an IRI.
        target: where chains shall stop, likewise.
        complete: whether only chains count that touch all five stages; their total is None where
            there are more than `limit`, and of a graph with very many chains only the strongest
            are searched.
        limit: how many at most.

    Raises:
        NotFoundError: origin or target is no node of the graph.
    """
    chains = iterate_chains(graph, basis=basis, origin=origin, target=target)
    if complete:
        chains = (chain for chain in islice(chains, MOST_SEARCHED) if chain.complete)
    found = list(islice(chains, None if limit is None else limit + 1))
    truncated = limit is not None and len(found) > limit
    total: int | None = len(found)
    if truncated:
        total = None if complete else count_chains(graph, basis=basis, origin=origin, target=target)
    return _answer(
        graph,
        basis,
        total=total,
        truncated=truncated,
        chains=[chain_record(chain) for chain in found[:limit]],
    )


def answer_gaps(graph: CaseGraph, basis: Basis, *, kinds: list[str] | None = None) -> Record:
    """Return what an evidenced chain needs and the graph lacks, the gravest first.

    Raises:
        NotFoundError: there is no such kind of gap.
    """
    found = find_gaps(graph, basis=basis, kinds=kinds or None)
    return _answer(graph, basis, gaps=[gap_record(gap) for gap in found])


def answer_matrix(graph: CaseGraph, basis: Basis) -> Record:
    """Return findings against impacts: how many chains, and the strongest one's weakest link."""
    return _answer(graph, basis, **matrix_record(underpinning_matrix(graph, basis=basis)))


def _answer(graph: CaseGraph, basis: Basis, **record: Any) -> Record:
    return {"case_study": graph.graph["case_study"], "basis": basis.value, **record}
