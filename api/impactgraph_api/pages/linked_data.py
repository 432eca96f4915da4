"""`/id/…`, `/nodes/…`, `/data/…`: every IRI of the store leads to a page, or to RDF.

An IRI names a thing, not a document about it; so `/id/…` answers 303 and leads to one of the two
(Cool URIs for the Semantic Web, W3C 2008, section 4.2).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from impactgraph.errors import NotFoundError
from impactgraph.identity import BASE
from impactgraph.views import CaseStudyView, NodeView
from impactgraph.views.resources import read_graph, read_resource, read_triples
from impactgraph.vocabulary import IG, PREFIXES
from impactgraph_api.negotiation import GRAPH_FORMATS, HTML
from impactgraph_api.offering import choose_offered
from impactgraph_api.pages.rendering import page_context, render_page
from impactgraph_api.reading import Readings, ReadingsOf

__all__ = ["address_of", "router"]

router = APIRouter(include_in_schema=False)

_ONTOLOGY = str(IG).removesuffix("#")
_LONGEST = 2000


def address_of(iri: str | None) -> str:
    """Return the page of an IRI, below the service's root; empty where the service has none.

    >>> address_of("https://w3id.org/impactgraph/id/jam-and-justice/finding/a")
    '/nodes/jam-and-justice/finding/a'
    >>> address_of("https://w3id.org/impactgraph/ontology#Finding")
    '/ontology#Finding'
    """
    if iri is None:
        return ""
    if iri.startswith(BASE) and len(iri) > len(BASE):
        return f"/nodes/{iri.removeprefix(BASE)}"
    if iri == _ONTOLOGY or iri.startswith(str(IG)):
        return f"/ontology{iri.removeprefix(_ONTOLOGY)}"
    return ""


@router.get("/id/{path:path}")
def dereference(request: Request, readings: ReadingsOf) -> Response:
    """Lead from a thing to what is said of it: the page, or RDF, as the Accept header asks."""
    iri = _iri(request, "/id/")
    _find(readings, iri)
    offers = (HTML, *GRAPH_FORMATS)
    chosen = choose_offered(None, request.headers.get("accept"), offers)
    root = page_context(request, "")["root"]
    kind = "nodes" if chosen is HTML else "data"
    query = "" if chosen is HTML else f"?format={chosen.name}"
    return RedirectResponse(
        f"{root}/{kind}/{iri.removeprefix(BASE)}{query}",
        status_code=HTTPStatus.SEE_OTHER,
        headers={"Vary": "Accept"},
    )


@router.get("/nodes/{path:path}")
def show_node(request: Request, readings: ReadingsOf) -> Response:
    """Show what is said of a thing, what speaks of it, its words, and what it lacks."""
    iri = _iri(request, "/nodes/")
    with readings.store.snapshot() as snapshot:
        resource = read_resource(snapshot, iri)
    view, node = _find_in_case_study(readings, resource.case_study or iri, iri)
    return render_page(
        request,
        "resource.html",
        here="",
        resource=resource,
        view=view,
        node=node,
        path=iri.removeprefix(BASE),
        address_of=address_of,
        formats=list(GRAPH_FORMATS),
    )


@router.get("/data/{path:path}")
def give_data(
    request: Request,
    readings: ReadingsOf,
    form: Annotated[str | None, Query(alias="format")] = None,
) -> Response:
    """Return what is said of a thing as RDF; of a case study, what was encoded and decided."""
    iri = _iri(request, "/data/")
    chosen = choose_offered(form, request.headers.get("accept"), GRAPH_FORMATS)
    with readings.store.snapshot() as snapshot:
        triples = read_triples(snapshot, iri)
        encoded = read_graph(snapshot, iri)
        graph = [*encoded, *read_graph(snapshot, f"{iri}/curation")] if encoded else triples
    body = ox.serialize(
        (ox.Triple(*triple) for triple in graph), format=GRAPH_FORMATS[chosen], prefixes=PREFIXES
    )
    return Response(
        body,
        media_type=chosen.content_type,
        headers={"Vary": "Accept", "Access-Control-Allow-Origin": "*"},
    )


def _iri(request: Request, before: str) -> str:
    """The IRI that the address ends in, percent-encoded as it was sent."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    tail = raw.decode("latin-1").partition(before)[2]
    iri = f"{BASE}{tail}"
    try:
        ox.NamedNode(iri)
    except ValueError:
        raise NotFoundError(f"{unquote(tail)!r:.80} cannot stand in an identifier") from None
    if len(iri) > _LONGEST:
        raise NotFoundError(f"identifiers have at most {_LONGEST} characters")
    return iri


def _find(readings: Readings, iri: str) -> None:
    with readings.store.snapshot() as snapshot:
        read_triples(snapshot, iri)


def _find_in_case_study(
    readings: Readings, case_study: str, iri: str
) -> tuple[CaseStudyView | None, NodeView | None]:
    """Return the case study that a thing belongs to, and the node that it is there."""
    try:
        view = readings.view(case_study, None)
    except NotFoundError:
        return None, None
    nodes = (each for node in view.nodes for each in (node, *node.claims))
    node = next((node for node in nodes if node.iri == iri), None)
    if node is None and view.research and view.research.iri == iri:
        node = view.research
    return view, node
