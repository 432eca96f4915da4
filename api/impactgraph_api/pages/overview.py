"""`GET /`: all case studies: searched, narrowed down, and what they lack together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from impactgraph.catalogue import Catalogue, Facet, Found, Order, Selection, Totals
from impactgraph.gaps import Severity
from impactgraph.model import Stage
from impactgraph.views.charts import Band, draw_band
from impactgraph_api.cataloguing import KeeperOf, SelectionOf
from impactgraph_api.pages.rendering import render_page
from impactgraph_api.sparql.gallery import Question, read_questions

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_HEIGHT = 46.0
_FULL = 3
"""With so many case studies at most, each is shown at length."""

_GAPS = 10
_QUESTIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passing:
    """How many of a stage's members lead on, and the band that shows it."""

    stage: Stage
    following: Stage
    whole: int
    stated: int
    curated: int
    band: Band


@router.get("/")
def show_overview(request: Request, selection: SelectionOf, keeper: KeeperOf) -> HTMLResponse:
    """Show the case studies that the address selects, with facets, sums and commonest gaps."""
    standing = keeper.look()
    found = None if standing.catalogue is None else standing.catalogue.find(selection)
    return render_page(
        request,
        "overview.html",
        here="overview",
        selection=selection,
        standing=standing,
        number=standing.catalogue.number if standing.catalogue else standing.case_studies,
        failures=_list_failures(standing.catalogue),
        found=found,
        full=found is not None and found.total <= _FULL and not selection.words,
        stages=list(Stage),
        severities=[severity.value for severity in Severity],
        passings=_list_passings(found.totals) if found else [],
        gaps=found.gaps[:_GAPS] if found else (),
        orders=list(Order),
        questions=_choose_questions(),
        page_address=lambda page: _address(selection.fields(page=page)),
        address_without=lambda facet, value: _address(selection.without(facet, value).fields()),
        gap_address=lambda value: _address([("gap", value)]),
        narrow_address=lambda value: _address(_narrowed(found, selection, value)),
    )


def _address(fields: list[tuple[str, str]]) -> str:
    """Return what follows the page's path."""
    return f"?{urlencode(fields)}" if fields else ""


def _narrowed(found: Found | None, selection: Selection, value: str) -> list[tuple[str, str]]:
    """Return the fields of the selection narrowed down to one more kind of gap."""
    if found is None:
        return []
    kept = [(name, given) for name, given in selection.fields(page=1) if name != Facet.GAP.value]
    return [*kept, (Facet.GAP.value, value)]


def _list_passings(totals: Totals) -> list[_Passing]:
    numbers = totals.numbers
    stages = list(Stage)
    passings = []
    for stage, following in pairwise(stages):
        name = f"{stage.value}s"
        whole, stated, curated = (
            numbers[name],
            numbers[f"{name}_on_stated"],
            numbers[f"{name}_on_curated"],
        )
        passings.append(
            _Passing(
                stage=stage,
                following=following,
                whole=whole,
                stated=stated,
                curated=curated,
                band=draw_band(stated, curated, whole, height=_HEIGHT),
            )
        )
    return passings


def _list_failures(catalogue: Catalogue | None) -> list[tuple[str, str]]:
    return list(catalogue.failures.items()) if catalogue else []


def _choose_questions() -> tuple[Question, ...]:
    return read_questions()[:_QUESTIONS]
