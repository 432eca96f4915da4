"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a form for people.

See https://www.w3.org/TR/sparql11-protocol/#query-operation for the three request forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from impactgraph.errors import QueryError
from impactgraph.identity import BASE
from impactgraph.resources import ontology_path
from impactgraph.vocabulary import PREFIXES
from impactgraph_api.negotiation import (
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    Format,
    choose,
    prefers_html,
)
from impactgraph_api.pages import render_page
from impactgraph_api.problem import ProblemError
from impactgraph_api.query_workers import (
    Answer,
    NotAcceptableError,
    OverloadedError,
    QueryTimeoutError,
    QueryWorkers,
)

__all__ = ["router"]

router = APIRouter(tags=["SPARQL"])

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

_EXAMPLE = """SELECT ?impact ?finding ?basis WHERE {
  ?underpinning a ig:Underpinning ;
    ig:impact/rdfs:label ?impact ;
    ig:finding/rdfs:label ?finding ;
    ig:basis/rdfs:label ?basis .
} ORDER BY ?impact ?finding LIMIT 50"""


@dataclass(frozen=True, slots=True)
class Question:
    """An example that the form offers: its question, and its query."""

    title: str
    query: str


@router.get("/sparql", summary="SPARQL query (GET)")
async def query_by_get(request: Request) -> Response:
    """Answer the SPARQL 1.1 query in the parameter `query`; show browsers a form."""
    text = _one(request.query_params.getlist("query"))
    if text is None or (not text.strip() and prefers_html(request.headers.get("accept"))):
        if prefers_html(request.headers.get("accept")):
            return await _show_form(request)
        raise _missing_query()
    return await _respond(request, text)


@router.post("/sparql", summary="SPARQL query (POST)")
async def query_by_post(request: Request) -> Response:
    """Answer a SPARQL 1.1 query, sent as it is or as the field `query` of a form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (FORM, QUERY):
        raise ProblemError(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"a query is sent as {QUERY}, or as the field query of {FORM}; this was "
            f"{media_type or 'of no type'}",
            {"Accept-Post": f"{QUERY}, {FORM}"},
        )
    body = await _read_body(request)
    if media_type == QUERY:
        return await _respond(request, body)
    try:
        fields = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError) as error:
        raise _malformed(f"the form cannot be read: {error}") from error
    if any(name == "update" for name, _ in fields):
        raise ProblemError(
            "update-not-offered",
            HTTPStatus.FORBIDDEN,
            "this service answers queries and takes no updates",
        )
    text = _one([value for name, value in fields if name == "query"])
    if text is None:
        raise _missing_query()
    return await _respond(request, text)


async def _respond(request: Request, text: str) -> Response:
    for name in ("default-graph-uri", "named-graph-uri"):
        if name in request.query_params:
            raise ProblemError(
                "dataset-not-offered",
                HTTPStatus.BAD_REQUEST,
                f"{name} is not offered; name graphs in the query, with FROM or GRAPH",
            )
    accept = request.headers.get("accept")
    if prefers_html(accept):
        return await _show_result(request, text)
    solutions = choose(accept, SOLUTION_FORMATS)
    graphs = choose(accept, GRAPH_FORMATS)
    if solutions is None and graphs is None:
        raise _not_acceptable([*SOLUTION_FORMATS, *GRAPH_FORMATS])
    answer = await _ask(request, text, solutions, graphs)
    chosen = graphs if answer.graph else solutions
    assert chosen is not None
    media_type = chosen.media_types[0]
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    headers = {"Content-Type": media_type, "Vary": "Accept"}
    return Response(answer.body, headers=headers)


async def _ask(
    request: Request, text: str, solutions: Format | None, graphs: Format | None
) -> Answer:
    workers: QueryWorkers = request.app.state.query_workers
    limits = request.app.state.limits
    threads: anyio.CapacityLimiter = request.app.state.query_threads
    try:
        if threads.available_tokens < 1:
            raise OverloadedError
        return await anyio.to_thread.run_sync(
            lambda: workers.ask(
                text,
                solutions=solutions.name if solutions else None,
                graphs=graphs.name if graphs else None,
            ),
            limiter=threads,
        )
    except NotAcceptableError as error:
        offered = GRAPH_FORMATS if error.args[0] == "graph" else SOLUTION_FORMATS
        raise _not_acceptable(offered) from error
    except QueryTimeoutError as error:
        raise ProblemError(
            "query-timeout",
            HTTPStatus.GATEWAY_TIMEOUT,
            f"the query was ended after {limits.seconds:g} seconds; ask for less at a time, with "
            "LIMIT or a narrower pattern",
        ) from error
    except OverloadedError as error:
        raise ProblemError(
            "too-many-queries",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "all query workers are busy; try again shortly",
            {"Retry-After": "5"},
        ) from error


async def _show_form(request: Request, **shown: Any) -> Response:
    context: dict[str, Any] = {
        "query": "",
        "columns": None,
        "rows": (),
        "total": 0,
        "answer": None,
        "turtle": None,
        "problem": None,
        "prefixes": _prologue(),
        "status": HTTPStatus.OK,
        "questions": await anyio.to_thread.run_sync(read_questions),
        **shown,
    }
    context["query"] = context["query"] or f"{_prologue()}\n\n{_EXAMPLE}"
    page = render_page(request, "sparql.html", here="sparql", **context)
    page.headers["Vary"] = "Accept"
    return page


async def _show_result(request: Request, text: str) -> Response:
    """The form with the result beneath it, or with what is wrong with the query."""
    json_format = next(iter(SOLUTION_FORMATS))
    turtle_format = next(iter(GRAPH_FORMATS))
    try:
        answer = await _ask(request, text, json_format, turtle_format)
    except (QueryError, ProblemError) as error:
        status = HTTPStatus.BAD_REQUEST
        if isinstance(error, ProblemError):
            status = error.problem.status
        return await _show_form(request, query=text, problem=str(error), status=status)
    if answer.graph:
        return await _show_form(request, query=text, turtle=answer.body.decode())
    limit = request.app.state.limits.rows
    shown = await anyio.to_thread.run_sync(lambda: _read_rows(answer.body, limit))
    return await _show_form(request, query=text, **shown)


def _read_rows(body: bytes, limit: int) -> dict[str, Any]:
    """What a page shows of a result in JSON: the first rows, or true or false."""
    result = json.loads(body)
    if "boolean" in result:
        return {"answer": result["boolean"]}
    bindings = result["results"]["bindings"]
    columns = result["head"]["vars"]
    rows = [[_cell(binding.get(name)) for name in columns] for binding in bindings[:limit]]
    return {"columns": columns, "rows": rows, "total": len(bindings)}


def _cell(term: dict[str, Any] | None) -> dict[str, str]:
    """A term as a table shows it: shortened where a prefix fits, linked where it is a node."""
    if term is None:
        return {"text": "", "hint": "", "href": ""}
    value = term["value"]
    if term["type"] != "uri":
        return {"text": value, "hint": term.get("xml:lang", ""), "href": ""}
    text = value
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and len(value) > len(namespace):
            text = f"{prefix}:{value.removeprefix(namespace)}"
    return {"text": text, "hint": value if text != value else "", "href": _page_of(value)}


def _page_of(iri: str) -> str:
    """The page of a node of a case study, or of the case study: kind and notation tell."""
    slug, _, key = iri.removeprefix(BASE).partition("/")
    kind = key.partition("/")[0]
    if not iri.startswith(BASE) or not slug:
        return ""
    if kind in ("finding", "output", "pathway", "impact", "source", "claim", "research"):
        return f"/case-studies/{slug}#node={key}"
    return ""


def read_questions() -> tuple[Question, ...]:
    """Return the competency questions of the ontology, whatever there are, in their order."""
    folder = ontology_path() / "competency-questions"
    return tuple(
        Question(title=_first_line(text), query=text)
        for path in sorted(folder.glob("*.rq"))
        for text in (path.read_text(encoding="utf-8"),)
    )


def _first_line(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()


def _prologue() -> str:
    wanted = ("ig", "rdfs", "skos", "dcterms")
    return "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in wanted)


async def _read_body(request: Request) -> str:
    limit = request.app.state.limits.body
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ProblemError(
                "request-too-large",
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"a query may have at most {limit} bytes",
            )
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"the body is not UTF-8: {error}") from error


def _one(values: list[str]) -> str | None:
    if len(values) > 1:
        raise _malformed(f"there must be one query; there were {len(values)}")
    return values[0] if values else None


def _malformed(detail: str) -> ProblemError:
    return ProblemError("malformed-request", HTTPStatus.BAD_REQUEST, detail)


def _missing_query() -> ProblemError:
    return _malformed("the parameter query is missing; it takes a SPARQL 1.1 query")


def _not_acceptable(offered: Iterable[Format]) -> ProblemError:
    names = ", ".join(offer.media_types[0] for offer in offered)
    return ProblemError(
        "not-acceptable", HTTPStatus.NOT_ACCEPTABLE, f"the answer can be had as {names}"
    )
