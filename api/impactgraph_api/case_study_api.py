"""`/api/case-studies…`: the same answers as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from impactgraph.model import Basis
from impactgraph.views.answers import (
    answer_chains,
    answer_gaps,
    answer_matrix,
    answer_suggestions,
    answer_underpinnings,
)
from impactgraph.views.overview import OverviewEntry
from impactgraph.views.records import Record, graph_record, headline_record, summary_record
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
def list_case_studies(
    readings: ReadingsOf,
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Which page, from 1.")] = 1,
    limit: Annotated[int, Query(ge=1, le=100, description="How many a page.")] = 100,
) -> Record:
    """List the case studies by title, a page at a time; `/api/search` finds some of them."""
    entries, total = readings.list_entries((page - 1) * limit, limit)
    return {
        "case_studies": [_entry_record(entry) for entry in entries],
        "total": total,
        "page": page,
        "pages": max(1, -(-total // limit)),
    }


@router.get("/{slug}", response_model=responses.CaseStudy)
def get_case_study(slug: Slug, readings: ReadingsOf) -> Record:
    """Return one case study's title, institution, periods, counts, headline and gaps."""
    return _entry_record(readings.entry(slug))


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
    return answer_chains(graph, level, origin=origin, target=target, complete=complete, limit=limit)


@router.get("/{slug}/gaps", response_model=responses.Gaps)
def get_gaps(
    slug: Slug,
    readings: ReadingsOf,
    basis: AtBasis = None,
    kind: Annotated[
        list[responses.GapKindId] | None, Query(description="Only these kinds of gap.")
    ] = None,
    all_kinds: Annotated[
        bool, Query(description="Also the kinds that are not on by default.")
    ] = False,
) -> Record:
    """Return what an evidenced chain needs and the graph lacks, the gravest first."""
    graph, level = readings.graph_and_basis(slug, basis)
    return answer_gaps(graph, level, kinds=kind, all_kinds=all_kinds)


@router.get("/{slug}/matrix", response_model=responses.Matrix)
def get_matrix(slug: Slug, readings: ReadingsOf, basis: AtBasis = None) -> Record:
    """Return findings against impacts: how many chains, and the strongest one's weakest link."""
    return answer_matrix(*readings.graph_and_basis(slug, basis))


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
    return answer_underpinnings(graph, level, impact=impact, finding=finding)


@router.get("/{slug}/suggestions", response_model=responses.Suggestions)
def get_suggestions(slug: Slug, readings: ReadingsOf) -> Record:
    """Return which outputs and findings probably underpin each impact, where no link states it."""
    return answer_suggestions(readings.graph(slug))


def _entry_record(entry: OverviewEntry) -> Record:
    return {
        **summary_record(entry.summary),
        "default_basis": entry.basis,
        "headline": headline_record(entry.headline),
        "gaps": dict(entry.gaps),
    }
