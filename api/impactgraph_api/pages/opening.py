"""Opening a case study for one of its pages: who it is, where its pages are, under which basis."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from impactgraph.errors import NotFoundError
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis
from impactgraph.views import CaseStudyView
from impactgraph_api.pages.rendering import page_context, render_page
from impactgraph_api.problem import ProblemError, Way
from impactgraph_api.reading import Readings

__all__ = ["MovedError", "OpenCaseStudy", "OpenedCaseStudy", "follow_move"]


class MovedError(Exception):
    """Raised to lead to another address for good."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True, slots=True)
class OpenedCaseStudy:
    """A case study that a page is to show.

    `base` is the address of its first page, below which its others are; `asked` is the basis that
    the address names, None where it names none and the case study's default holds.
    """

    request: Request
    readings: Readings
    slug: str
    base: str
    asked: Basis | None

    def view(self) -> CaseStudyView:
        """Return what the page of the graph shows; the same values serve the other pages."""
        return self.readings.view(self.slug, self.asked)

    def graph(self) -> CaseGraph:
        """Return its graph, which nobody may change."""
        return self.readings.graph(self.slug)

    def context(self, view: CaseStudyView, here: str) -> dict[str, Any]:
        """Return what the frame of each of its pages needs."""
        return {
            **page_context(self.request, "overview"),
            "view": view,
            "base": self.base,
            "tab": here,
            "asked": self.asked,
        }

    def render(self, template: str, view: CaseStudyView, here: str, **more: Any) -> HTMLResponse:
        """Return one of its pages."""
        return render_page(
            self.request, template, **{**self.context(view, here), "here": "overview", **more}
        )


def _open(request: Request, basis: Annotated[str | None, Query()] = None) -> OpenedCaseStudy:
    """Open the case study that an address names.

    Raises:
        ProblemError: there is no such case study, or no such basis.
        MovedError: its slug differs from the one of the address in case only.
    """
    readings: Readings = request.app.state.readings
    slug: str = request.path_params["slug"]
    root = page_context(request, "")["root"]
    path = _path(slug)
    if basis is not None and basis not in list(Basis):
        raise ProblemError(
            "bad-value",
            HTTPStatus.BAD_REQUEST,
            f"the basis is stated, curated or inferred, not {basis!r:.80}",
            heading="No such basis",
            ways=(Way(path, "The page under its default basis"),),
        )
    try:
        readings.graph(slug)
    except NotFoundError:
        _lead_to_namesake(request, readings, slug, root)
    asked = None if basis is None else Basis(basis)
    return OpenedCaseStudy(request, readings, slug, f"{root}{path}", asked)


OpenCaseStudy = Annotated[OpenedCaseStudy, Depends(_open)]
"""What a page of one case study names to get it."""


def follow_move(_: Request, error: Exception) -> Response:
    """Answer a `MovedError`."""
    assert isinstance(error, MovedError)
    return RedirectResponse(error.location, status_code=HTTPStatus.PERMANENT_REDIRECT)


def _lead_to_namesake(request: Request, readings: Readings, slug: str, root: str) -> None:
    known = [entry.summary for entry in readings.overview()]
    for summary in known:
        if summary.slug.casefold() == slug.casefold():
            rest = request.url.path.removeprefix(root).removeprefix(f"/case-studies/{slug}")
            query = f"?{request.url.query}" if request.url.query else ""
            raise MovedError(f"{root}{_path(summary.slug)}{quote(rest)}{query}")
    raise ProblemError(
        "not-found",
        HTTPStatus.NOT_FOUND,
        f"there is no case study {slug!r:.80}{', only:' if known else ': there is none yet'}",
        heading="No case study of that name",
        ways=tuple(Way(_path(summary.slug), summary.title) for summary in known),
    )


def _path(slug: str) -> str:
    return f"/case-studies/{quote(slug, safe='')}"
