"""`GET /case-studies/{slug}`: the page of one case study."""

from __future__ import annotations

from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from impactgraph.graph import Kind
from impactgraph.model import Basis
from impactgraph.views import CaseStudyView, render_network
from impactgraph.views.gaps import GapEntry, list_gaps
from impactgraph.views.svg import draw_svg
from impactgraph.wording import join_words, level_words
from impactgraph_api.pages.opening import OpenCaseStudy, OpenedCaseStudy
from impactgraph_api.pages.rendering import page_context

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_WORST = 3


@router.get("/case-studies")
def show_all(request: Request) -> Response:
    """Lead to the overview, where all case studies are."""
    return RedirectResponse(f"{page_context(request, '')['root']}/", status_code=308)


@router.get("/case-studies/{slug}")
@router.get("/draft/{draft}")
def show_case_study(case: OpenCaseStudy) -> Response:
    """Show a case study: picture, details, and the same as text."""
    view = case.view()
    credited = [
        link
        for link in (view.research.outgoing if view.research else ())
        if link.other.startswith(f"{Kind.IMPACT.value}/")
    ]
    context = case.context(view, "graph")
    # The picture brings its own.
    context.pop("view")
    context.pop("nodes")
    page = render_network(
        view,
        case.request.app.state.templates.get_template("case_study.html"),
        **context,
        breaks=_describe_breaks(view),
        credited=_name_credited([link.other_name for link in credited]),
        credited_keys=[link.other for link in credited],
        names={node.key: node.name for node in view.nodes},
        severities=dict.fromkeys(gap.severity for gap in view.gaps),
        level=level_words(view.basis),
        worst=_find_worst(case, view) if case.draft else (),
    )
    return HTMLResponse(page)


@router.get("/case-studies/{slug}/picture.svg")
@router.get("/draft/{draft}/picture.svg")
def draw_case_study(case: OpenCaseStudy) -> Response:
    """Return the picture alone, as it is printed and as a page without scripts has it."""
    return Response(draw_svg(case.view()), media_type="image/svg+xml")


def _find_worst(case: OpenedCaseStudy, view: CaseStudyView) -> tuple[GapEntry, ...]:
    """Return the gravest gaps, with what mends them: what whoever sent a draft wants to know."""
    groups = list_gaps(case.graph(), basis=view.basis).groups
    return tuple(islice((gap for group in groups for gap in group.gaps), _WORST))


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
