"""`GET /corpus`: how what is found is distributed over all case studies, drawn and as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, Response

from impactgraph.catalogue import Catalogue, Facet
from impactgraph.corpus import Grouping
from impactgraph.errors import NotFoundError
from impactgraph.gaps import KINDS
from impactgraph.model import Basis
from impactgraph.views.charts import draw_histogram, shade
from impactgraph_api.cataloguing import KeeperOf, require_catalogue
from impactgraph_api.pages.rendering import render_page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FIGURES = ("chains", "findings", "impacts", "sources")
"""What histograms are drawn of, by the numbers' names."""

_FACETS: Mapping[Grouping, Facet] = {
    Grouping.UNIT: Facet.UNIT,
    Grouping.INSTITUTION: Facet.INSTITUTION,
    Grouping.IMPACT_TYPE: Facet.IMPACT_TYPE,
}

_By = Annotated[Grouping, Query()]


@router.get("/corpus")
def show_corpus(request: Request, keeper: KeeperOf, by: _By = Grouping.UNIT) -> HTMLResponse:
    """Show the distributions over all case studies and by group."""
    standing = keeper.look()
    catalogue = require_catalogue(standing)
    everything, *groups = catalogue.distribution(by)
    kinds = _order_kinds(everything)
    return render_page(
        request,
        "corpus.html",
        here="corpus",
        standing=standing,
        by=by,
        groupings=list(Grouping),
        facet=_FACETS[by].value,
        everything=everything,
        groups=groups,
        figures=[(name, draw_histogram(catalogue.counts(name))) for name in _FIGURES],
        kinds=[(kind, KINDS[kind].title if kind in KINDS else kind) for kind in kinds],
        levels=[Basis.STATED.value, Basis.CURATED.value],
        shade=shade,
    )


@router.get("/corpus/{figure}.csv")
def give_numbers(
    figure: Annotated[str, Path()], keeper: KeeperOf, by: _By = Grouping.UNIT
) -> Response:
    """Return the numbers of a figure as a table.

    Raises:
        NotFoundError: there is no such figure.
    """
    catalogue = require_catalogue(keeper.look())
    if figure in _FIGURES:
        rows: Iterable[Sequence[object]] = [
            (figure, "case studies"),
            *catalogue.counts(figure),
        ]
    elif figure == "reached":
        rows = _list_reached(catalogue, by)
    elif figure == "gaps":
        rows = _list_gaps(catalogue, by)
    else:
        names = ", ".join((*_FIGURES, "reached", "gaps"))
        raise NotFoundError(f"there is no figure {figure!r:.80}; there are {names}")
    text = io.StringIO()
    csv.writer(text).writerows([_disarm(value) for value in row] for row in rows)
    return Response(
        text.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{figure}.csv"'},
    )


def _list_reached(catalogue: Catalogue, by: Grouping) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [
        (by.value, "case studies", "impacts", *(f"reached {basis.value}" for basis in Basis))
    ]
    for one in catalogue.distribution(by):
        reached = [one["reached"][basis.value]["impacts"] for basis in Basis]
        rows.append((one["group"], one["case_studies"], one["impacts"], *reached))
    return rows


def _list_gaps(catalogue: Catalogue, by: Grouping) -> list[Sequence[object]]:
    records = catalogue.distribution(by)
    kinds = _order_kinds(records[0])
    rows: list[Sequence[object]] = [(by.value, "case studies", *kinds)]
    for one in records:
        having = (one["gaps"].get(kind, {"case_studies": 0})["case_studies"] for kind in kinds)
        rows.append((one["group"], one["case_studies"], *having))
    return rows


def _order_kinds(everything: Mapping[str, Any]) -> list[str]:
    """Return the kinds of gap that there are, the commonest first."""
    gaps: Mapping[str, Mapping[str, int]] = everything["gaps"]
    return sorted(gaps, key=lambda kind: (-gaps[kind]["case_studies"], kind))


def _disarm(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
