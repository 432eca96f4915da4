"""`/draft`: a document that somebody sends to see what becomes of it; nothing is stored unasked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Message

from impactgraph.errors import ConflictError, ImpactGraphError, UsageError
from impactgraph.identity import is_slug
from impactgraph_api.documents.process import Draft as ReadDraft
from impactgraph_api.documents.process import Encode, unpack_case_study
from impactgraph_api.documents.reader import DocumentReader
from impactgraph_api.drafts import Draft, Drafts, take_upload
from impactgraph_api.drafts.uploads import ENDINGS
from impactgraph_api.form_fields import read_fields, refuse_other_sites
from impactgraph_api.negotiation import prefers_html
from impactgraph_api.pages.opening import OpenCaseStudy, OpenedCaseStudy
from impactgraph_api.pages.rendering import page_context, render_page
from impactgraph_api.problem import MEDIA_TYPE, Problem, ProblemError, describe_error
from impactgraph_api.settings import MEBIBYTE, Settings
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.tokens import authorise
from impactgraph_api.writing import CaseStudyRequest, Writer

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_LONGEST_FORM = 100_000

_ADVICE: Mapping[str, tuple[str, str]] = {
    "no-file": ("No file was chosen", ""),
    "request-too-large": (
        "The file is too large",
        "Send the case study alone, without large pictures.",
    ),
    "no-case-study": (
        "No case study could be read from it",
        "Send one case study with the five sections of the REF template, as text that can be "
        "selected; save it anew from your word processor if it should be one.",
    ),
    "document-timeout": (
        "Reading it took too long",
        "Send the case study alone; save it anew from your word processor if it is no longer.",
    ),
    "document-memory": (
        "Reading it took too much memory",
        "Send the case study alone; save it anew from your word processor if it is no larger.",
    ),
    "too-many-queries": (
        "Many people are sending documents just now",
        "Nothing is wrong with yours: wait a few seconds, and send it again.",
    ),
    "other-site": ("That came from another site", "Open this page yourself, and send it here."),
}
"""What is said over a refusal, and how to mend it, by the type of the problem."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    heading: str
    detail: str
    remedy: str


@router.get("/draft")
def show_form(request: Request) -> Response:
    """Show where a document is sent, and what happens to it."""
    return _show_form(request)


@router.post("/draft")
async def take_draft(request: Request) -> Response:
    """Read the document that is sent, and lead to its graph; else say why it cannot be read.

    Whoever prefers JSON is told the address, or the problem.
    """
    try:
        draft = await _read(request)
    except (ProblemError, ImpactGraphError) as error:
        return _refuse(request, describe_error(error))
    address = f"{page_context(request, '')['root']}/draft/{draft.id}"
    if _wants_json(request):
        return JSONResponse(
            {"address": address}, status_code=HTTPStatus.CREATED, headers={"Location": address}
        )
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


@router.post("/draft/{draft}/delete")
def delete_draft(request: Request, draft: str) -> Response:
    """Forget a draft at once."""
    refuse_other_sites(read_headers(request.scope))
    _drafts(request).delete(draft)
    root = page_context(request, "")["root"]
    return RedirectResponse(f"{root}/draft?deleted=yes", status_code=HTTPStatus.SEE_OTHER)


@router.get("/draft/{draft}/keep")
def ask_to_keep(case: OpenCaseStudy) -> Response:
    """Show the form with which a draft becomes a case study of the store."""
    return _show_keeping(case, {"slug": case.slug}, None)


@router.post("/draft/{draft}/keep")
async def keep_draft(case: OpenCaseStudy) -> Response:
    """Keep a draft as a case study of the store, as `PUT /case-studies/{slug}` does."""
    fields: dict[str, str] = {}
    try:
        exchange = _begin(case.request)
        refuse_other_sites(exchange.headers)
        body = await exchange.read_body(_LONGEST_FORM)
        fields = read_fields(body, exchange.headers.get("content-type", ""))
        token = fields.pop("token", "").strip()
        authorise({"authorization": f"Bearer {token}"}, _settings(case.request))
        slug = await _keep(case, fields)
    except (ProblemError, ImpactGraphError) as error:
        return await asyncio.to_thread(_show_keeping, case, fields, describe_error(error))
    root = page_context(case.request, "")["root"]
    return RedirectResponse(f"{root}/case-studies/{slug}", status_code=HTTPStatus.SEE_OTHER)


async def _read(request: Request) -> Draft:
    exchange = _begin(request)
    refuse_other_sites(exchange.headers)
    body = await exchange.read_body(_settings(request).body)
    upload = take_upload(body, exchange.headers.get("content-type", ""))
    del body
    task = ReadDraft(content=upload.content, name=upload.name)
    answer = await exchange.await_while_there(_reader(request).read(task))
    return await asyncio.to_thread(_drafts(request).add, upload, answer)


async def _keep(case: OpenedCaseStudy, fields: Mapping[str, str]) -> str:
    assert case.draft is not None
    request, slug = case.request, fields.get("slug", "").strip()
    if not is_slug(slug):
        raise UsageError(
            f"{slug!r:.120} is no name for a case study: take up to 100 small letters, digits and "
            "hyphens, and no name of what case studies share"
        )
    replace = "replace" in fields
    if not replace and slug in await asyncio.to_thread(request.app.state.readings.titles):
        raise ConflictError(
            f"there is a case study {slug} already; choose another name, or tick that it is to be "
            "replaced"
        )
    upload = case.draft.upload
    task = Encode(
        content=upload.content, name=upload.name, slug=slug, keep_text="keep_text" in fields
    )
    encoded = unpack_case_study(await _reader(request).read(task))
    writer: Writer = request.app.state.monitored.writer
    await writer.write(CaseStudyRequest(case_study=encoded, replace_curated=replace))
    _drafts(request).delete(case.draft.id)
    return slug


def _show_form(request: Request, refusal: _Refusal | None = None, status: int = 200) -> Response:
    settings = _settings(request)
    return render_page(
        request,
        "draft.html",
        here="draft",
        status=status,
        problem=refusal,
        deleted=request.query_params.get("deleted") == "yes",
        endings=ENDINGS,
        largest=settings.body,
        largest_words=_size_words(settings.body),
        minutes=round(settings.draft_time / 60),
    )


def _show_keeping(
    case: OpenedCaseStudy, said: Mapping[str, str], problem: Problem | None
) -> Response:
    page = render_page(
        case.request,
        "draft_keep.html",
        here="draft",
        status=int(problem.status) if problem else HTTPStatus.OK,
        draft=case.draft,
        minutes=round(_settings(case.request).draft_time / 60),
        said=defaultdict(str, said),
        problem=problem,
        read_only=_settings(case.request).read_only,
    )
    page.headers.update(problem.headers if problem else {})
    return page


def _refuse(request: Request, problem: Problem) -> Response:
    heading, remedy = _ADVICE.get(problem.type, (problem.title, ""))
    # It may begin with the name of the file, which stays as it is.
    detail = f"{problem.detail.rstrip('.')}."
    if _wants_json(request):
        return JSONResponse(
            {**problem.record(), "heading": heading, "detail": detail, "remedy": remedy},
            status_code=int(problem.status),
            media_type=MEDIA_TYPE,
            headers=problem.headers,
        )
    page = _show_form(request, _Refusal(heading, detail, remedy), int(problem.status))
    page.headers.update(problem.headers)
    return page


def _wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "application/json" in accept and not prefers_html(accept)


def _size_words(size: int) -> str:
    return f"{size // MEBIBYTE} MB" if size >= MEBIBYTE else f"{size} bytes"


def _begin(request: Request) -> Exchange:
    return Exchange(request.scope, request.receive, _send_nothing, read_headers(request.scope))


async def _send_nothing(_: Message) -> None:
    raise AssertionError("the framework sends the answer")


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _drafts(request: Request) -> Drafts:
    drafts: Drafts = request.app.state.drafts
    return drafts


def _reader(request: Request) -> DocumentReader:
    reader: DocumentReader = request.app.state.document_reader
    return reader
