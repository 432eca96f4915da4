"""`GET /case-studies/{slug}/text`: the words that the graph rests on, in their places."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from impactgraph.views.source_text import view_source_text
from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies/{slug}/text")
@router.get("/draft/{draft}/text")
def show_text(case: OpenCaseStudy) -> HTMLResponse:
    """Show the document's text with its passages marked, or, where it is not kept, a list."""
    return case.render(
        "text.html",
        case.view(),
        "text",
        found=view_source_text(case.graph(), case.text()),
    )
