"""`GET /case-studies/{slug}/report`: the evidence report as a page, and ways to take it away."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from impactgraph.robustness import COMPARED_BY
from impactgraph.views.places import view_places
from impactgraph.views.report.tables import table_evidence, table_impacts, table_sources
from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies/{slug}/report")
@router.get("/draft/{draft}/report")
def show_report(case: OpenCaseStudy) -> HTMLResponse:
    """Show what an auditor would see first, what would mend it, and the evidence behind it."""
    view, graph = case.view(), case.graph()
    report = case.report()
    return case.render(
        "report.html",
        view,
        "report",
        report=report,
        compared_by=COMPARED_BY,
        impacts=view_places([row.impact for row in report.impacts], graph),
        tables=(table_impacts(report), table_evidence(report), table_sources(report)),
    )
