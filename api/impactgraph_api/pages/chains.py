"""`GET /case-studies/{slug}/chains`: the chains between any two nodes, one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from impactgraph.chains import search_chains
from impactgraph.errors import UsageError
from impactgraph.graph import CaseGraph, find_node
from impactgraph.model import Basis, Stage
from impactgraph.views.chains import list_ends, view_chains
from impactgraph.views.places import view_places
from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

LIMITS = (10, 25, 50, 100)
LONGEST = len(Stage) - 1
"""Chains go from stage to later stage only, so that this many steps touch all of them."""
MOST_LISTED = 10_000
"""How far one can turn the pages: chains are made from the first on, and there may be billions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainForm:
    """What the form asks for."""

    origin: str
    target: str
    least: int
    most: int
    complete: bool
    limit: int
    page: int

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields that say something, but for the page, for addresses."""
        given = [("from", self.origin), ("to", self.target)]
        if self.least > 1:
            given.append(("least", str(self.least)))
        if self.most < LONGEST:
            given.append(("most", str(self.most)))
        if self.complete:
            given.append(("complete", "true"))
        if self.limit != LIMITS[0]:
            given.append(("limit", str(self.limit)))
        return [(name, value) for name, value in given if value]

    def turn(self, page: int, asked: Basis | None) -> str:
        """Return the query of another page of the same."""
        basis = [("basis", asked.value)] if asked else []
        return f"?{urlencode([*basis, *self.fields, ('page', str(page))])}"


@router.get("/case-studies/{slug}/chains")
@router.get("/draft/{draft}/chains")
def show_chains(  # noqa: PLR0917 - FastAPI passes them by name
    case: OpenCaseStudy,
    origin: Annotated[str, Query(alias="from", max_length=2000)] = "",
    target: Annotated[str, Query(alias="to", max_length=2000)] = "",
    least: Annotated[int, Query(ge=1, le=LONGEST)] = 1,
    most: Annotated[int, Query(ge=1, le=LONGEST)] = LONGEST,
    complete: Annotated[bool, Query()] = False,
    limit: Annotated[int, Query(ge=1, le=LIMITS[-1])] = LIMITS[0],
    page: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 1,
) -> HTMLResponse:
    """Show the chains that are asked for, strongest first, and say how many there are.

    Raises:
        NotFoundError: there is no such node.
        UsageError: they shall be longer than they may be, or the page is too far on.
    """
    if least > most:
        raise UsageError(f"chains cannot have at least {least} steps and at most {most}")
    if page * limit > MOST_LISTED:
        raise UsageError(
            f"only the {MOST_LISTED:,} strongest chains are listed: choose where chains start or "
            "stop to see others"
        )
    view, graph = case.view(), case.graph()
    form = ChainForm(
        origin=origin,
        target=target,
        least=least,
        most=most,
        complete=complete,
        limit=limit,
        page=page,
    )
    search = search_chains(
        graph,
        basis=view.basis,
        origin=origin or None,
        target=target or None,
        least=LONGEST if complete else least,
        most=most,
    )
    total = search.count()
    named = {end: find_node(graph, end) for end in (origin, target) if end}
    first = (page - 1) * limit
    return case.render(
        "chains.html",
        view,
        "chains",
        form=form,
        ends=list_ends(graph),
        chosen={end: view_places([node], graph)[0].key for end, node in named.items()},
        names={end: node.name for end, node in named.items()},
        total=total,
        first=first,
        last_page=min(-(-total // limit), MOST_LISTED // limit),
        chains=list(view_chains(islice(search, first, first + limit), graph)),
        otherwise=[] if total else _count_otherwise(graph, form, view.basis),
        limits=LIMITS,
        longest=LONGEST,
        most_listed=MOST_LISTED,
    )


def _count_otherwise(graph: CaseGraph, form: ChainForm, but: Basis) -> list[tuple[Basis, int]]:
    """Return how many chains there are of the same ends under other bases, where there are any."""
    found = []
    for basis in Basis:
        if basis is not but:
            search = search_chains(
                graph,
                basis=basis,
                origin=form.origin or None,
                target=form.target or None,
                least=LONGEST if form.complete else form.least,
                most=form.most,
            )
            found.append((basis, search.count()))
    return [(basis, number) for basis, number in found if number]
