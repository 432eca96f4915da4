"""`GET /api/search`: the search and the facets of the overview, as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from impactgraph.catalogue import Facet, Order, found_record
from impactgraph.gaps import Severity
from impactgraph.graph import Kind
from impactgraph.model import Stage
from impactgraph.views.records import Record
from impactgraph_api import responses
from impactgraph_api.cataloguing import KeeperOf, SelectionOf, require_catalogue

__all__ = ["router"]

router = APIRouter(
    prefix="/api/search",
    tags=["search"],
    responses={
        400: {"model": responses.Problem, "description": "A value that cannot be used."},
        503: {"model": responses.Problem, "description": "The catalogue is not built yet."},
    },
)


class Answer(BaseModel):
    """What all answers share: nothing is in them that is not described."""

    model_config = ConfigDict(extra="forbid")


class Piece(Answer):
    """A piece of a text, and whether it is one of the words that were looked for."""

    text: str
    match: bool


class Hit(Answer):
    """A node in which words were found, its label and its words in pieces."""

    iri: str
    kind: Kind
    name: str
    label: list[Piece]
    words: list[Piece]


class Reached(Answer):
    """How many impacts a chain leads to from a finding or output."""

    stated: int
    curated: int


class FoundCaseStudy(Answer):
    """A case study that was found; `more_hits` counts the hits beyond those listed."""

    slug: str
    iri: str
    title: str
    institution: str | None
    unit_of_assessment: str | None
    exercise: str | None
    research_period: str | None
    impact_period: str | None
    counts: dict[Stage, int]
    claims: int
    sourced_claims: int
    reached: Reached
    stops: str | None = Field(description="Where its stated chains stop; null if nowhere.")
    gaps: dict[Severity, int]
    hits: list[Hit]
    more_hits: int


class FacetValue(Answer):
    """A value of a facet, and how many of the case studies that all other facets leave have it."""

    value: str
    label: str
    count: int
    chosen: bool


class Search(Answer):
    """What was found, in the catalogue of which generation of the store."""

    generation: int
    up_to_date: bool
    words: list[str]
    order: Order
    total: int
    page: int
    pages: int
    totals: dict[str, int]
    facets: dict[Facet, list[FacetValue]]
    case_studies: list[FoundCaseStudy]


@router.get("", response_model=Search)
def search(selection: SelectionOf, keeper: KeeperOf) -> Record:
    """Find case studies by words and facets, 20 a page, with the nodes that have the words."""
    standing = keeper.look()
    catalogue = require_catalogue(standing)
    return found_record(catalogue.find(selection), catalogue, fresh=standing.fresh)
