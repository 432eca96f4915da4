"""`/api/case-studies/{slug}/curation`: what people decided, as JSON and Turtle, and deciding."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from impactgraph.curation import LARGEST_FILE, export_acts, parse_acts
from impactgraph.errors import UsageError
from impactgraph.views.curation import act_record, curation_record
from impactgraph_api import responses
from impactgraph_api.case_study_api import Slug
from impactgraph_api.curation_responses import Curation, Decision, MadeAct
from impactgraph_api.deciding import make_act, read_decision, read_version, take_over, write_tag
from impactgraph_api.negotiation import Format, choose
from impactgraph_api.problem import ProblemError
from impactgraph_api.reading import ReadingsOf
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.tokens import authorise

__all__ = ["export_turtle", "router"]

TURTLE = "text/turtle"
_LARGEST_ACT = 64 * 1024
_FORMATS = (
    Format("json", ("application/json",), "https://www.rfc-editor.org/rfc/rfc8259"),
    Format("ttl", (TURTLE,), "https://www.w3.org/TR/turtle/"),
)

router = APIRouter(prefix="/api/case-studies", tags=["curation"])


def _problems(**described: str) -> dict[int | str, dict[str, Any]]:
    return {
        int(status.removeprefix("s")): {"model": responses.Problem, "description": words}
        for status, words in described.items()
    }


@router.get(
    "/{slug}/curation",
    responses={
        200: {
            "model": Curation,
            "description": "The acts, in the order of time.",
            "content": {TURTLE: {"schema": {"type": "string"}}},
        },
        **_problems(
            s400="A value that cannot be used.",
            s404="No such case study.",
            s406="None of the formats is acceptable.",
        ),
    },
)
def get_curation(
    request: Request,
    slug: Slug,
    readings: ReadingsOf,
    form: Annotated[
        Literal["json", "ttl"] | None,
        Query(alias="format", description="json or ttl; else by Accept."),
    ] = None,
) -> Response:
    """Return what people decided on a case study; the ETag is the version to decide on."""
    curation = readings.curation(slug)
    name = form
    if name is None:
        chosen = choose(request.headers.get("accept"), _FORMATS)
        if chosen is None:
            raise ProblemError(
                "not-acceptable",
                HTTPStatus.NOT_ACCEPTABLE,
                f"a curation can be had as application/json or {TURTLE}",
            )
        name = "ttl" if chosen.name == "ttl" else "json"
    headers = {"ETag": write_tag(curation), "Vary": "Accept"}
    if name == "ttl":
        return export_turtle(readings, slug, headers)
    return JSONResponse(curation_record(curation), headers=headers)


@router.post(
    "/{slug}/curation",
    status_code=201,
    openapi_extra={
        "parameters": [
            {
                "name": "If-Match",
                "in": "header",
                "required": True,
                "schema": {"type": "string"},
                "description": "The ETag of the curation that was decided on.",
            }
        ],
        "requestBody": {
            "required": True,
            "description": "A decision; or acts of another store, as they were exported.",
            "content": {
                "application/json": {"schema": Decision.model_json_schema()},
                TURTLE: {"schema": {"type": "string"}},
            },
        },
    },
    responses={
        200: {"model": Curation, "description": "The acts of the file were taken over."},
        201: {"model": MadeAct, "description": "It was decided."},
        **_problems(
            s400="A value that cannot be used, or a decision that would change nothing.",
            s401="The request does not bear the service's token.",
            s403="The service only reads.",
            s404="No such case study.",
            s408="The body did not come.",
            s412="Others decided something since; the detail says who and what.",
            s413="The body is too large.",
            s415="Neither JSON nor Turtle.",
            s422="The file is malformed; the detail names the act.",
            s428="If-Match is missing.",
            s503="Too many writes wait.",
            s507="The disk is full; the store is as it was.",
        ),
    },
)
async def decide(request: Request, slug: Slug, readings: ReadingsOf) -> Response:
    """Decide on a case study: accept, reject, correct, add, withdraw or undo; needs the token."""
    exchange = Exchange(request.scope, request.receive, _send_nothing, read_headers(request.scope))
    authorise(exchange.headers, request.app.state.settings)
    graph = await asyncio.to_thread(readings.graph, slug)
    case_study: str = graph.graph["case_study"]
    version = read_version(exchange.headers.get("if-match"))
    kind = exchange.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == TURTLE:
        content = await exchange.read_body(LARGEST_FILE)
        acts = await asyncio.to_thread(parse_acts, content, case_study)
        curation = await take_over(request, case_study, acts, version)
        return JSONResponse(curation_record(curation), headers={"ETag": write_tag(curation)})
    if kind != "application/json":
        raise ProblemError(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"send a decision as application/json, or exported acts as {TURTLE}",
        )
    fields = _parse(await exchange.read_body(_LARGEST_ACT))
    curation, made = await make_act(request, case_study, read_decision(fields, case_study), version)
    return JSONResponse(
        {"version": curation.version, "act": act_record(made)},
        status_code=HTTPStatus.CREATED,
        headers={"ETag": write_tag(curation)},
    )


def export_turtle(readings: ReadingsOf, slug: str, headers: dict[str, str]) -> Response:
    """Return the acts on a case study as a file that can be imported elsewhere."""
    curation = readings.curation(slug)
    name = readings.graph(slug).graph["slug"]
    disposition = {"Content-Disposition": f'attachment; filename="{name}-curation.ttl"'}
    written = export_acts(kept.act for kept in curation.acts)
    return Response(written, media_type=TURTLE, headers={**headers, **disposition})


async def _send_nothing(_: Message) -> None:
    raise AssertionError("the framework sends the answer")


def _parse(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("the body is no JSON") from None
    if not isinstance(fields, dict):
        raise UsageError("the body is no JSON object with the fields of a decision")
    return fields
