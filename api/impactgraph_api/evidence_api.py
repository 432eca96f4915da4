"""`/api/case-studies/{slug}/robustness`, `/remedies` and `/report`: the evidence, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from impactgraph.views.answers import answer_remedies, answer_report, answer_robustness
from impactgraph.views.records import Record
from impactgraph_api import responses
from impactgraph_api.case_study_api import AtBasis, Slug
from impactgraph_api.evidence_responses import Remedies, Robustness
from impactgraph_api.reading import ReadingsOf
from impactgraph_api.report_responses import Report

__all__ = ["router"]

router = APIRouter(
    prefix="/api/case-studies",
    tags=["case studies"],
    responses={
        400: {"model": responses.Problem, "description": "A value that cannot be used."},
        404: {"model": responses.Problem, "description": "No such case study."},
    },
)


@router.get("/{slug}/robustness", response_model=Robustness)
def get_robustness(slug: Slug, readings: ReadingsOf, basis: AtBasis = None) -> Record:
    """Return what the evidence survives and what it hangs on: parties, chains, withdrawals."""
    return answer_robustness(*readings.graph_and_basis(slug, basis))


@router.get("/{slug}/remedies", response_model=Remedies)
def get_remedies(
    slug: Slug,
    readings: ReadingsOf,
    basis: AtBasis = None,
    limit: Annotated[
        int | None, Query(ge=1, le=1000, description="How many remedies at most.")
    ] = None,
) -> Record:
    """Return which new source or link would close most gaps, and what each source is good for."""
    return answer_remedies(*readings.graph_and_basis(slug, basis), limit=limit)


@router.get("/{slug}/report", response_model=Report)
def get_report(slug: Slug, readings: ReadingsOf, basis: AtBasis = None) -> Record:
    """Return all that the report says: summary, matrix, chains, gaps, remedies and evidence."""
    return answer_report(*readings.graph_and_basis(slug, basis))
