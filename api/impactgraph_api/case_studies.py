"""`GET /case-studies/{slug}`: the page of one case study."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from impactgraph.graph import Kind
from impactgraph.model import Basis
from impactgraph.views import CaseStudyView, render_network
from impactgraph.wording import join_words
from impactgraph_api.pages import page_context
from impactgraph_api.reading import ReadingsOf

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies")
def show_all(request: Request) -> Response:
    """Lead to the overview, where all case studies are."""
    return RedirectResponse(f"{page_context(request, '')['root']}/", status_code=308)


@router.get("/case-studies/{slug}")
def show_case_study(
    request: Request,
    slug: str,
    readings: ReadingsOf,
    basis: Annotated[Basis | None, Query()] = None,
) -> HTMLResponse:
    """Show a case study: picture, details, and the same as text."""
    view = readings.view(slug, basis)
    credited = [
        link
        for link in (view.research.outgoing if view.research else ())
        if link.other.startswith(f"{Kind.IMPACT.value}/")
    ]
    page = render_network(
        view,
        request.app.state.templates.get_template("case_study.html"),
        **page_context(request, "overview"),
        breaks=_describe_breaks(view),
        credited=_name_credited([link.other_name for link in credited]),
        credited_keys=[link.other for link in credited],
        names={node.key: node.name for node in view.nodes},
        severities=dict.fromkeys(gap.severity for gap in view.gaps),
    )
    return HTMLResponse(page)


def _describe_breaks(view: CaseStudyView) -> list[dict[str, str]]:
    """The gutters that no stated link crosses: what the page writes there, and what it hides."""
    basis_of = {link: stroke.basis for stroke in view.layout.strokes for link in stroke.lines}
    breaks = []
    for gap in view.layout.breaks:
        hidden = ""
        shown_by = view.basis
        for basis in (Basis.CURATED, Basis.INFERRED):
            count = sum(basis_of.get(link) is basis for link in gap.lines)
            if count and not view.basis.admits(basis) and not hidden:
                hidden = f"{count} {basis.value} link{'' if count == 1 else 's'} hidden"
                shown_by = basis
        breaks.append(
            {
                "after": gap.after.value,
                "words": "No stated link crosses here",
                "hidden": hidden,
                "basis": shown_by.value,
            }
        )
    return breaks


def _name_credited(names: list[str]) -> str:
    numbers = [name.removeprefix("impact ") for name in names]
    if not numbers:
        return ""
    return f"impact{'' if len(numbers) == 1 else 's'} {join_words(numbers)}"
