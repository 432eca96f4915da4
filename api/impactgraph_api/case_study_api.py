"""`/api/case-studies…`: the same answers as JSON."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from impactgraph.chains import count_chains, iterate_chains
from impactgraph.errors import NotFoundError
from impactgraph.gaps import find_gaps
from impactgraph.graph import Kind, nodes_of
from impactgraph.headline import headline
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from impactgraph.underpinnings import explain_finding, explain_impact
from impactgraph.views.overview import OverviewEntry
from impactgraph.views.records import (
    Record,
    chain_record,
    finding_record,
    gap_record,
    graph_record,
    headline_record,
    impact_record,
    matrix_record,
    summary_record,
)
from impactgraph_api import responses
from impactgraph_api.reading import ReadingsOf

__all__ = ["router"]

router = APIRouter(
    prefix="/api/case-studies",
    tags=["case studies"],
    responses={
        400: {"model": responses.Problem, "description": "A value that cannot be used."},
        404: {"model": responses.Problem, "description": "No such case study or node."},
    },
)

Slug = Annotated[str, Path(description="The case study's slug, such as jam-and-justice.")]
AtBasis = Annotated[
    Basis | None,
    Query(
        description="Which links count: stated; curated (and stated); inferred (all). "
        "The default is curated where a person has curated the case study, else stated."
    ),
]
End = Annotated[str | None, Query(description="A node: finding/a, impact/2, or its IRI.")]


@router.get("", response_model=responses.CaseStudies)
def list_case_studies(readings: ReadingsOf) -> Record:
    """List all case studies, by title."""
    return {"case_studies": [_entry_record(entry) for entry in readings.overview()]}


@router.get("/{slug}", response_model=responses.CaseStudy)
def get_case_study(slug: Slug, readings: ReadingsOf) -> Record:
    """Return one case study's title, institution, periods, counts, headline and gaps."""
    for entry in readings.overview():
        if slug in (entry.summary.slug, entry.summary.iri):
            return _entry_record(entry)
    raise NotFoundError(f"there is no case study {slug!r}; /api/case-studies lists them")


@router.get("/{slug}/graph", response_model=responses.Graph)
def get_graph(slug: Slug, readings: ReadingsOf, basis: AtBasis = None) -> Record:
    """Return the nodes of a case study, and the links that count."""
    graph, level = readings.graph_and_basis(slug, basis)
    return graph_record(graph, basis=level)


@router.get("/{slug}/chains", response_model=responses.Chains)
def get_chains(  # noqa: PLR0917 - FastAPI passes them by name
    slug: Slug,
    readings: ReadingsOf,
    basis: AtBasis = None,
    origin: Annotated[End, Query(alias="from")] = None,
    target: Annotated[End, Query(alias="to")] = None,
    complete: Annotated[bool, Query(description="Only chains that touch all five stages.")] = False,
    limit: Annotated[int, Query(ge=1, le=10_000, description="How many at most.")] = 1000,
) -> Record:
    """Return the chains through the stages, strongest first."""
    graph, level = readings.graph_and_basis(slug, basis)
    chains = iterate_chains(graph, basis=level, origin=origin, target=target)
    total: int | None = count_chains(graph, basis=level, origin=origin, target=target)
    if complete:
        # Bounded too: at most so many chains are looked through.
        chains = (chain for chain in islice(chains, 100_000) if chain.complete)
    found = list(islice(chains, limit + 1))
    if complete:
        total = None if len(found) > limit else len(found)
    return {
        "case_study": graph.graph["case_study"],
        "basis": level,
        "total": total,
        "truncated": len(found) > limit,
        "chains": [chain_record(chain) for chain in found[:limit]],
    }


@router.get("/{slug}/gaps", response_model=responses.Gaps)
def get_gaps(
    slug: Slug,
    readings: ReadingsOf,
    basis: AtBasis = None,
    kind: Annotated[list[str] | None, Query(description="Only these kinds of gap.")] = None,
) -> Record:
    """Return what an evidenced chain needs and the graph lacks, the gravest first."""
    graph, level = readings.graph_and_basis(slug, basis)
    return _answer(
        graph.graph["case_study"],
        level,
        gaps=[gap_record(gap) for gap in find_gaps(graph, basis=level, kinds=kind)],
    )


@router.get("/{slug}/matrix", response_model=responses.Matrix)
def get_matrix(slug: Slug, readings: ReadingsOf, basis: AtBasis = None) -> Record:
    """Return findings against impacts: how many chains, and the strongest one's weakest link."""
    graph, level = readings.graph_and_basis(slug, basis)
    record = matrix_record(underpinning_matrix(graph, basis=level))
    return {"case_study": graph.graph["case_study"], **record}


@router.get("/{slug}/underpinnings", response_model=responses.Underpinnings)
def get_underpinnings(
    slug: Slug,
    readings: ReadingsOf,
    basis: AtBasis = None,
    impact: Annotated[str | None, Query(description="Only this impact: 2, or impact/2.")] = None,
    finding: Annotated[str | None, Query(description="Only this finding: a.")] = None,
) -> Record:
    """Return which findings underpin which impacts, as data and in sentences."""
    graph, level = readings.graph_and_basis(slug, basis)
    impacts = [impact] if impact else []
    findings = [finding] if finding else []
    if not (impacts or findings):
        impacts = [node.iri for node in nodes_of(graph, Kind.IMPACT)]
        findings = [node.iri for node in nodes_of(graph, Kind.FINDING)]
    return _answer(
        graph.graph["case_study"],
        level,
        headline=headline_record(headline(graph)),
        impacts=[impact_record(explain_impact(graph, one, basis=level)) for one in impacts],
        findings=[finding_record(explain_finding(graph, one, basis=level)) for one in findings],
    )


def _answer(case_study: str, basis: Basis, **record: Any) -> Record:
    return {"case_study": case_study, "basis": basis, **record}


def _entry_record(entry: OverviewEntry) -> Record:
    return {
        **summary_record(entry.summary),
        "default_basis": entry.basis,
        "headline": headline_record(entry.headline),
        "gaps": dict(entry.gaps),
    }
