"""`/api/extract`, `/api/report` and `PUT /case-studies/{slug}`: what becomes of a document."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from impactgraph.documents import MEDIA_TYPES
from impactgraph.errors import UsageError
from impactgraph.identity import is_slug
from impactgraph.model import Basis
from impactgraph_api import responses
from impactgraph_api.conditions import refuse_conditions
from impactgraph_api.documents.payload import FORM, check_content_type, take_document
from impactgraph_api.documents.process import Encode, Extract, Report, unpack_case_study
from impactgraph_api.documents.reader import DocumentReader
from impactgraph_api.negotiation import HTML, Format
from impactgraph_api.offering import choose_offered
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.tokens import authorise
from impactgraph_api.writing import CaseStudyRequest, Writer

__all__ = ["answer_nobody", "router"]

_FORMATS = (
    Format("json", ("application/json",), "https://www.rfc-editor.org/rfc/rfc8259"),
    HTML,
    Format("md", ("text/markdown",), "https://www.rfc-editor.org/rfc/rfc7763"),
    Format(
        "xlsx",
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
    ),
)
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The document, as the body or as the one file of a form.",
        "content": {
            **dict.fromkeys(MEDIA_TYPES, _BINARY),
            FORM: {"schema": {"type": "object", "properties": {"file": _BINARY["schema"]}}},
        },
    }
}


def _problems(**more: str) -> dict[int | str, dict[str, Any]]:
    described = {
        "400": "A value that cannot be used.",
        "413": "The document is too large.",
        "415": "Of that media type no case study can be read.",
        "422": "The document is no case study, or cannot be read; the detail says why.",
        "503": "Too many documents wait.",
        "504": "It took too long.",
    }
    return {
        int(status.removeprefix("s")): {"model": responses.Problem, "description": words}
        for status, words in sorted({**described, **more}.items())
    }


router = APIRouter(tags=["documents"])


@router.post(
    "/api/extract",
    openapi_extra=_BODY,
    responses={
        **_problems(),
        200: {"description": "What was found.", "content": {"application/json": {}}},
    },
)
async def extract(request: Request) -> Response:
    """Return what is found in a document, each with its place in it; nothing is kept.

    The answer is a line of `impactgraph extract`.
    """
    exchange = _begin(request)
    content, name = await _receive(exchange, request.app.state.settings.body)
    answer = await exchange.await_while_there(
        _reader(request).read(Extract(content=content, name=name))
    )
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post(
    "/api/report",
    openapi_extra=_BODY,
    responses={
        **_problems(s406="None of the formats is acceptable."),
        200: {
            "description": "The report.",
            "content": {form.media_types[0]: {} for form in _FORMATS},
        },
    },
)
async def report(
    request: Request,
    basis: Annotated[
        Basis | None,
        Query(
            description="Which links count: stated; curated (and stated); inferred (all). The "
            "default is stated."
        ),
    ] = None,
    form: Annotated[
        str | None, Query(alias="format", description="json, html, md or xlsx; else by Accept.")
    ] = None,
    annex: Annotated[
        bool,
        Query(description="Whether a page or Markdown has its annex too; the others hold all."),
    ] = False,
) -> Response:
    """Return the report of a document's case study; nothing is kept."""
    chosen = choose_offered(form, request.headers.get("accept"), _FORMATS)
    exchange = _begin(request)
    content, name = await _receive(exchange, request.app.state.settings.body)
    answer = await exchange.await_while_there(
        _reader(request).read(
            Report(content=content, name=name, form=chosen.name, basis=basis, annex=annex)
        )
    )
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if chosen.name != "json":
        # A page made of a stranger's words is not to be one of the service's own.
        headers["Content-Disposition"] = f'attachment; filename="report.{chosen.name}"'
    return Response(answer, media_type=chosen.media_types[0], headers=headers)


@router.put(
    "/case-studies/{slug}",
    openapi_extra=_BODY,
    responses={
        **_problems(
            s401="The request does not bear the service's token.",
            s403="The service only reads.",
            s409="A person encoded the case study that is there.",
            s412="Writes under a condition are not offered.",
            s507="The disk is full; the store is as it was.",
        ),
        200: {"model": responses.KeptCaseStudy, "description": "It was replaced."},
        201: {"model": responses.KeptCaseStudy, "description": "It is new."},
    },
)
async def keep(
    request: Request,
    slug: Annotated[str, Path(description="What the case study is to be called.")],
    replace_curated: Annotated[
        bool, Query(description="Replace what a person encoded, too.")
    ] = False,
    keep_text: Annotated[
        bool,
        Query(
            description="Keep the document's text, too, for the page that shows the words in their "
            "places. Whoever can read the service can read it."
        ),
    ] = False,
) -> Response:
    """Keep the case study of a document, in the place of one of that slug; its curation stays."""
    exchange = _begin(request)
    settings = request.app.state.settings
    # Whoever may not write learns so before sending it all.
    authorise(exchange.headers, settings)
    refuse_conditions(exchange.headers)
    if not is_slug(slug):
        raise UsageError(
            f"{slug!r:.120} is no name for a case study: take up to 100 small letters, digits and "
            "hyphens, and no name of what case studies share"
        )
    content, name = await _receive(exchange, settings.body)
    answer = await exchange.await_while_there(
        _reader(request).read(Encode(content=content, name=name, slug=slug, keep_text=keep_text))
    )
    encoded = unpack_case_study(answer)
    writer: Writer = request.app.state.monitored.writer
    written = await writer.write(
        CaseStudyRequest(case_study=encoded, replace_curated=replace_curated)
    )
    record = {
        "slug": encoded.slug,
        "iri": encoded.iri,
        "triples": encoded.triples,
        "warnings": dict(encoded.warnings),
    }
    if not written.created:
        return JSONResponse(record)
    root = request.scope.get("root_path", "")
    location = f"{root}/case-studies/{encoded.slug}"
    return JSONResponse(record, status_code=HTTPStatus.CREATED, headers={"Location": location})


def answer_nobody(_: Request, __: Exception) -> Response:
    """Return what is sent to a client that has gone away."""
    return Response(status_code=HTTPStatus.REQUEST_TIMEOUT)


def _reader(request: Request) -> DocumentReader:
    reader: DocumentReader = request.app.state.document_reader
    return reader


def _begin(request: Request) -> Exchange:
    return Exchange(request.scope, request.receive, _send_nothing, read_headers(request.scope))


async def _send_nothing(_: Message) -> None:
    raise AssertionError("the framework sends the answer")


async def _receive(exchange: Exchange, limit: int) -> tuple[bytes, str]:
    content_type = check_content_type(exchange.headers.get("content-type"))
    return take_document(await exchange.read_body(limit), content_type)
