"""`GET /case-studies/{slug}/matrix`: findings against impacts, and the evidence of each impact."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies/{slug}/matrix")
@router.get("/draft/{draft}/matrix")
def show_matrix(case: OpenCaseStudy) -> HTMLResponse:
    """Show which findings are joined to which impacts; each cell leads to its chains."""
    return case.render("matrix.html", case.view(), "matrix")
