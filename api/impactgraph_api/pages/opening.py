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
from impactgraph.texts import KeptText
from impactgraph.views import CaseStudyView
from impactgraph.views.report import Report
from impactgraph_api.drafts import Draft, Drafts
from impactgraph_api.pages.linked_data import address_of
from impactgraph_api.pages.rendering import page_context, render_page
from impactgraph_api.problem import ProblemError, Way
from impactgraph_api.reading import Readings

__all__ = ["MovedError", "OpenCaseStudy", "OpenedCaseStudy", "follow_move"]


_FEW = 20
"""So many case studies at most are named to whom asks for one that there is not."""


class MovedError(Exception):
    """Raised to lead to another address for good."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True, slots=True)
class OpenedCaseStudy:
    """A case study that a page is to show.

    `base` is the address of its first page, below which its others are; `asked` is the basis that
    the address names, None where it names none and the case study's default holds. `draft` is the
    draft that it is of, None for one that is kept.
    """

    request: Request
    readings: Readings
    slug: str
    base: str
    asked: Basis | None
    draft: Draft | None = None

    def view(self) -> CaseStudyView:
        """Return what the page of the graph shows; the same values serve the other pages."""
        return self.readings.view(self.slug, self.asked)

    def graph(self) -> CaseGraph:
        """Return its graph, which nobody may change."""
        return self.readings.graph(self.slug)

    def advice(self) -> tuple[str, ...]:
        """Return what would mend most of it, as its report says it."""
        return self.readings.advice(self.slug, self.view().basis)

    def report(self) -> Report:
        """Return the report on it."""
        return self.readings.report(self.slug, self.view().basis)

    def text(self) -> KeptText | None:
        """Return the text of its document, where that is kept."""
        return self.readings.text(self.slug)

    def context(self, view: CaseStudyView, here: str) -> dict[str, Any]:
        """Return what the frame of each of its pages needs."""
        return {
            **page_context(self.request, "overview"),
            "view": view,
            "base": self.base,
            "tab": here,
            "asked": self.asked,
            "query": f"?basis={self.asked.value}" if self.asked else "",
            "nodes": self.nodes(),
            **self._draft_context(),
        }

    def nodes(self) -> str:
        """Return the address below which its nodes have pages; a draft's have none."""
        if self.draft is not None:
            return ""
        root: str = page_context(self.request, "")["root"]
        return f"{root}{address_of(self.graph().graph['case_study'])}"

    def _draft_context(self) -> dict[str, Any]:
        if self.draft is None:
            return {}
        settings = self.request.app.state.settings
        return {"here": "draft", "draft": self.draft, "minutes": round(settings.draft_time / 60)}

    def render(self, template: str, view: CaseStudyView, here: str, **more: Any) -> HTMLResponse:
        """Return one of its pages."""
        return render_page(
            self.request, template, **{"here": "overview", **self.context(view, here), **more}
        )


def _open(request: Request, basis: Annotated[str | None, Query()] = None) -> OpenedCaseStudy:
    """Open the case study that an address names.

    Raises:
        ProblemError: there is no such case study, or no such basis.
        MovedError: its slug differs from the one of the address in case only.
    """
    draft = _find_draft(request)
    readings: Readings = draft.readings if draft else request.app.state.readings
    slug: str = draft.slug if draft else request.path_params["slug"]
    root = page_context(request, "")["root"]
    path = f"/draft/{draft.id}" if draft else _path(slug)
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
    return OpenedCaseStudy(request, readings, slug, f"{root}{path}", asked, draft)


def _find_draft(request: Request) -> Draft | None:
    """Return the draft that an address names, None where it names a case study of the store."""
    draft_id: str | None = request.path_params.get("draft")
    if draft_id is None:
        return None
    drafts: Drafts = request.app.state.drafts
    try:
        return drafts.find(draft_id)
    except NotFoundError:
        minutes = round(request.app.state.settings.draft_time / 60)
        raise ProblemError(
            "not-found",
            HTTPStatus.NOT_FOUND,
            f"a draft is forgotten {minutes} minutes after the last look at it, when it is deleted "
            "or kept, when the service is started anew, or when others need the room; send the "
            "document again",
            heading="No such draft, or no more",
            ways=(Way("/draft", "Send a document"),),
        ) from None


OpenCaseStudy = Annotated[OpenedCaseStudy, Depends(_open)]
"""What a page of one case study names to get it."""


def follow_move(_: Request, error: Exception) -> Response:
    """Answer a `MovedError`."""
    assert isinstance(error, MovedError)
    return RedirectResponse(error.location, status_code=HTTPStatus.PERMANENT_REDIRECT)


def _lead_to_namesake(request: Request, readings: Readings, slug: str, root: str) -> None:
    known = readings.titles()
    for other in known:
        if other.casefold() == slug.casefold():
            rest = request.url.path.removeprefix(root).removeprefix(f"/case-studies/{slug}")
            query = f"?{request.url.query}" if request.url.query else ""
            raise MovedError(f"{root}{_path(other)}{quote(rest)}{query}")
    few = len(known) <= _FEW
    only = ", only:" if few else f" among the {len(known)} that there are"
    raise ProblemError(
        "not-found",
        HTTPStatus.NOT_FOUND,
        f"there is no case study {slug!r:.80}{only if known else ': there is none yet'}",
        heading="No case study of that name",
        ways=tuple(Way(_path(other), title) for other, title in known.items()) if few else (),
    )


def _path(slug: str) -> str:
    return f"/case-studies/{quote(slug, safe='')}"
