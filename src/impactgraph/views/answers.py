"""The answers to the questions of one case study, as the records that every face gives out."""

from __future__ import annotations

from itertools import islice
from typing import Any

from impactgraph.attestation import Attestations
from impactgraph.chains import search_chains
from impactgraph.gaps import KINDS, find_gaps
from impactgraph.graph import CaseGraph, Kind, model_of, node_of, nodes_of
from impactgraph.headline import headline
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from impactgraph.remedies import list_needs, list_source_uses, suggest_remedies
from impactgraph.robustness import measure_robustness
from impactgraph.suggestions import list_suggested
from impactgraph.threads import find_threads, find_witnesses
from impactgraph.underpinnings import explain_finding, explain_impact
from impactgraph.views.records import (
    Record,
    chain_record,
    finding_record,
    gap_record,
    headline_record,
    impact_record,
    matrix_record,
    short_record,
)
from impactgraph.views.remedies import need_record, remedies_record, use_record
from impactgraph.views.report import build_report
from impactgraph.views.report.record import report_record
from impactgraph.views.robustness import robustness_record, thread_record

__all__ = [
    "answer_chains",
    "answer_gaps",
    "answer_matrix",
    "answer_remedies",
    "answer_report",
    "answer_robustness",
    "answer_suggestions",
    "answer_underpinnings",
]

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
    search = search_chains(graph, basis=basis, origin=origin, target=target)
    chains = iter(search)
    if complete:
        chains = (chain for chain in islice(chains, MOST_SEARCHED) if chain.complete)
    known = Attestations(graph, basis)
    found = list(islice(chains, None if limit is None else limit + 1))
    truncated = limit is not None and len(found) > limit
    total: int | None = len(found)
    if truncated:
        total = None if complete else search.count()
    return _answer(
        graph,
        basis,
        total=total,
        truncated=truncated,
        chains=[chain_record(chain, find_witnesses(chain, known)) for chain in found[:limit]],
    )


def answer_gaps(
    graph: CaseGraph, basis: Basis, *, kinds: list[str] | None = None, all_kinds: bool = False
) -> Record:
    """Return what an evidenced chain needs and the graph lacks, the gravest first.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        kinds: ids of the kinds to look for; those that are on by default where there are none.
        all_kinds: whether to look, where `kinds` are not given, for every kind there is.

    Raises:
        NotFoundError: there is no such kind of gap.
    """
    found = find_gaps(graph, basis=basis, kinds=kinds or (KINDS if all_kinds else None))
    return _answer(graph, basis, gaps=[gap_record(gap) for gap in found])


def answer_matrix(graph: CaseGraph, basis: Basis) -> Record:
    """Return findings against impacts: how many chains, and the strongest one's weakest link."""
    return _answer(graph, basis, **matrix_record(underpinning_matrix(graph, basis=basis)))


def answer_robustness(graph: CaseGraph, basis: Basis) -> Record:
    """Return what the evidence survives, what it hangs on, and who can tell a chain throughout."""
    return _answer(
        graph,
        basis,
        **robustness_record(measure_robustness(graph, basis=basis)),
        threads=[thread_record(thread) for thread in find_threads(graph, basis=basis)],
    )


def answer_remedies(graph: CaseGraph, basis: Basis, *, limit: int | None = None) -> Record:
    """Return what would close most gaps, what each impact would need, what each source is for."""
    return _answer(
        graph,
        basis,
        **remedies_record(suggest_remedies(graph, basis=basis, limit=limit)),
        needs=[need_record(need) for need in list_needs(graph, basis=basis)],
        sources=[use_record(use) for use in list_source_uses(graph, basis=basis)],
    )


def answer_report(graph: CaseGraph, basis: Basis) -> Record:
    """Return all that the report of a case study says."""
    return report_record(build_report(graph, basis=basis))


def answer_suggestions(graph: CaseGraph) -> Record:
    """Return for each impact what probably underpins it, surest first; never what is stated.

    `kept` says whether the case study's graph has the link, so that it can be decided on.
    """
    model = model_of(graph)
    links = {link.iri for link in model.links}
    suggested: dict[str, list[Record]] = {node.iri: [] for node in nodes_of(graph, Kind.IMPACT)}
    for link in list_suggested(model):
        suggested[link.target].append(
            {
                "link": link.iri,
                "from": short_record(node_of(graph, link.origin)),
                "confidence": float(link.confidence),
                "because": link.rationale,
                "kept": link.iri in links,
            }
        )
    return {
        "case_study": graph.graph["case_study"],
        "basis": Basis.INFERRED.value,
        "impacts": [
            {"impact": short_record(node_of(graph, iri)), "suggestions": some}
            for iri, some in suggested.items()
        ],
    }


def _answer(graph: CaseGraph, basis: Basis, **record: Any) -> Record:
    return {"case_study": graph.graph["case_study"], "basis": basis.value, **record}
