"""`GET /ontology`: the ontology, as a page for people and as Turtle for programs."""

from __future__ import annotations

from typing import Annotated

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactgraph.resources import ontology_file
from impactgraph.views.terms import read_ontology
from impactgraph.vocabulary import IG, PREFIXES
from impactgraph_api.negotiation import GRAPH_FORMATS, HTML, Format
from impactgraph_api.offering import choose_offered
from impactgraph_api.pages.linked_data import address_of
from impactgraph_api.pages.rendering import render_page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_OFFERS = (HTML, *GRAPH_FORMATS)


@router.get("/ontology")
def show_ontology(
    request: Request, form: Annotated[str | None, Query(alias="format")] = None
) -> Response:
    """Show every term with its definition, or return the ontology as RDF."""
    chosen = choose_offered(form, request.headers.get("accept"), _OFFERS)
    if chosen is not HTML:
        answer = Response(_serialise(chosen), media_type=chosen.content_type)
        answer.headers["Access-Control-Allow-Origin"] = "*"
    else:
        answer = render_page(
            request,
            "ontology.html",
            here="ontology",
            ontology=read_ontology(),
            address_of=address_of,
            formats=list(GRAPH_FORMATS),
        )
    answer.headers["Vary"] = "Accept"
    return answer


def _serialise(form: Format) -> bytes:
    content = ontology_file().read_bytes()
    if form.name == "turtle":
        return content
    triples = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=str(IG)[:-1])
    written = ox.serialize(
        (quad.triple for quad in triples), format=GRAPH_FORMATS[form], prefixes=PREFIXES
    )
    assert written is not None
    return written
