"""`GET /`: all case studies, and what this is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from impactgraph.gaps import Severity
from impactgraph.model import Stage
from impactgraph_api.pages.rendering import render_page
from impactgraph_api.reading import ReadingsOf

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_overview(request: Request, readings: ReadingsOf) -> HTMLResponse:
    """Show every case study with its headline, counts by stage and gaps by severity."""
    return render_page(
        request,
        "overview.html",
        here="overview",
        entries=readings.overview(),
        stages=list(Stage),
        severities=[severity.value for severity in Severity],
    )
