"""`GET /case-studies/{slug}`: the page of one case study."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from impactgraph.errors import NotFoundError
from impactgraph.graph import Kind
from impactgraph.model import Basis
from impactgraph.views import CaseStudyView, render_network
from impactgraph.views.svg import draw_svg
from impactgraph.wording import join_words, level_words
from impactgraph_api.pages.rendering import page_context
from impactgraph_api.problem import ProblemError, Way
from impactgraph_api.reading import Readings, ReadingsOf

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies")
def show_all(request: Request) -> Response:
    """Lead to the overview, where all case studies are."""
    return RedirectResponse(f"{page_context(request, '')['root']}/", status_code=308)


AtBasis = Annotated[str | None, Query()]


@router.get("/case-studies/{slug}")
def show_case_study(
    request: Request, slug: str, readings: ReadingsOf, basis: AtBasis = None
) -> Response:
    """Show a case study: picture, details, and the same as text."""
    view = _read(readings, slug, basis)
    if view is None:
        return _lead_to_namesake(request, readings, slug)
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
        level=level_words(view.basis),
    )
    return HTMLResponse(page)


@router.get("/case-studies/{slug}/picture.svg")
def draw_case_study(
    request: Request, slug: str, readings: ReadingsOf, basis: AtBasis = None
) -> Response:
    """Return the picture alone, as it is printed and as a page without scripts has it."""
    view = _read(readings, slug, basis)
    if view is None:
        return _lead_to_namesake(request, readings, slug, "/picture.svg")
    return Response(draw_svg(view), media_type="image/svg+xml")


def _read(readings: Readings, slug: str, basis: str | None) -> CaseStudyView | None:
    """Return the view, or None where there is no such case study."""
    if basis is not None and basis not in list(Basis):
        raise ProblemError(
            "bad-value",
            HTTPStatus.BAD_REQUEST,
            f"the basis is stated, curated or inferred, not {basis!r:.80}",
            heading="No such basis",
            ways=(Way(_path(slug), "The page under its default basis"),),
        )
    try:
        return readings.view(slug, None if basis is None else Basis(basis))
    except NotFoundError:
        return None


def _lead_to_namesake(
    request: Request, readings: Readings, slug: str, rest: str = ""
) -> RedirectResponse:
    """Lead to the case study whose slug differs in case only; else say which there are."""
    known = [entry.summary for entry in readings.overview()]
    for summary in known:
        if summary.slug.casefold() == slug.casefold():
            root = page_context(request, "")["root"]
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{root}{_path(summary.slug)}{rest}{query}", status_code=308)
    raise ProblemError(
        "not-found",
        HTTPStatus.NOT_FOUND,
        f"there is no case study {slug!r:.80}{', only:' if known else ': there is none yet'}",
        heading="No case study of that name",
        ways=tuple(Way(_path(summary.slug), summary.title) for summary in known),
    )


def _path(slug: str) -> str:
    return f"/case-studies/{quote(slug, safe='')}"


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
