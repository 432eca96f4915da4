"""`/api/case-studies/{slug}/check`: the case study beside the rules of an exercise."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from impactgraph.views.checks import answer_check
from impactgraph.views.records import Record
from impactgraph_api import responses
from impactgraph_api.case_study_api import Slug
from impactgraph_api.check_responses import Check
from impactgraph_api.reading import ReadingsOf

__all__ = ["router"]

router = APIRouter(
    prefix="/api/case-studies",
    tags=["case studies"],
    responses={
        400: {"model": responses.Problem, "description": "A value that cannot be used."},
        404: {"model": responses.Problem, "description": "No such case study or rule profile."},
    },
)


@router.get("/{slug}/check", response_model=Check)
def get_check(
    slug: Slug,
    readings: ReadingsOf,
    profile: Annotated[
        str | None,
        Query(
            description="The rules: ref2014, ref2021 or ref2029-draft; "
            "the default is those of the case study's own exercise."
        ),
    ] = None,
    against: Annotated[
        str | None, Query(description="Other rules, to tell where the two differ.")
    ] = None,
) -> Record:
    """Return whether the case study keeps to each rule, as far as that can be told."""
    graph, _ = readings.graph_and_basis(slug, None)
    return answer_check(graph, profile=profile, against=against)
