"""`/case-studies/{slug}/curation`: what awaits a person's decision, and what was decided."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message

from impactgraph.curation import LARGEST_FILE, LONGEST, ActKind, KeptAct, parse_acts
from impactgraph.errors import ImpactGraphError, NotFoundError
from impactgraph.identity import fold
from impactgraph.views import node_key
from impactgraph.views.changes import say_state
from impactgraph.views.curation import (
    CuratedNode,
    list_nodes,
    list_undecided,
    view_acts,
    view_link,
    view_node,
    which_ends,
)
from impactgraph_api.curation_api import export_turtle
from impactgraph_api.deciding import make_act, read_decision, take_over
from impactgraph_api.form_fields import read_fields, refuse_other_sites
from impactgraph_api.pages.opening import OpenCaseStudy, OpenedCaseStudy
from impactgraph_api.problem import Problem, ProblemError, describe_error
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.tokens import authorise

__all__ = ["router"]

_TOGETHER = 20
"""How many links, and how many acts, stand on one page."""

_FOR_KIND: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.ACCEPT: ("confidence",),
    ActKind.CORRECT: ("label", "from", "to", "confidence"),
    ActKind.ADD: ("from", "to", "quote", "confidence"),
}
"""Which fields of the page's one form go with which decision, beside who, why and target."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person sent that was refused, to be shown again, and why it was refused."""

    fields: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None
    at: str = ""
    """The id of the field that it was refused for; empty where it was none."""


@dataclass(frozen=True, slots=True)
class _Part:
    """As many things of a list as stand on one page: which page that is, of how many."""

    items: Sequence[object]
    count: int
    page: int
    pages: int

    @classmethod
    def of(cls, items: Sequence[object], asked: str | None) -> _Part:
        """Return the page that is asked for, or the nearest one that there is."""
        pages = max(1, -(-len(items) // _TOGETHER))
        number = (
            int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        )
        page = min(max(number, 1), pages)
        first = (page - 1) * _TOGETHER
        return cls(items[first : first + _TOGETHER], len(items), page, pages)


@router.get("/case-studies/{slug}/curation")
def show_curation(case: OpenCaseStudy) -> Response:
    """Show what awaits a decision and what was decided; `link` or `node` names one to decide on."""
    return _render(case, _Said())


@router.get("/case-studies/{slug}/curation.ttl")
def export_curation(case: OpenCaseStudy) -> Response:
    """Return the acts as a file."""
    return export_turtle(case.readings, case.slug, {})


@router.post("/case-studies/{slug}/curation")
async def decide(case: OpenCaseStudy) -> Response:
    """Make the decision that the page's form holds; show the page again where that cannot be."""
    request, fields = case.request, dict[str, str]()
    exchange = Exchange(request.scope, request.receive, _send_nothing, read_headers(request.scope))
    try:
        refuse_other_sites(exchange.headers)
        body = await exchange.read_body(LARGEST_FILE)
        fields = read_fields(body, exchange.headers.get("content-type", ""))
        _authorise(request, fields.pop("token", ""))
        done = await _make(case, fields)
    except (ProblemError, ImpactGraphError) as error:
        said = _Said(fields, describe_error(error), _find_field(error, fields))
        return await asyncio.to_thread(_render, case, said)
    return RedirectResponse(
        f"{case.base}/curation?done={quote(done, safe='')}#done", status_code=HTTPStatus.SEE_OTHER
    )


def _authorise(request: Request, token: str) -> None:
    try:
        authorise({"authorization": f"Bearer {token}"}, request.app.state.settings)
    except ProblemError as error:
        if error.problem.status is HTTPStatus.UNAUTHORIZED:
            error.field = "token"
        raise


def _find_field(error: ProblemError | ImpactGraphError, fields: Mapping[str, str]) -> str:
    """Return the id of the field of the page that an error is of; empty where it is of none."""
    name: str | None = getattr(error, "field", None)
    if name != "why":
        return name or ""
    kind, _, target = fields.get("decision", "").partition(" ")
    return f"why:{target or kind}"


async def _make(case: OpenedCaseStudy, fields: Mapping[str, str]) -> str:
    """Make a decision; return the key of the act, or "import"."""
    graph = await asyncio.to_thread(case.graph)
    case_study: str = graph.graph["case_study"]
    kind, _, target = fields.get("decision", "").partition(" ")
    version = fields.get("version", "")
    if kind == "import":
        content = fields.get("file", "").encode()
        acts = await asyncio.to_thread(parse_acts, content, case_study)
        await take_over(case.request, case_study, acts, version)
        return kind
    wanted = _FOR_KIND.get(ActKind(kind), ()) if kind in list(ActKind) else ()
    values = {name: fields.get(name, "") for name in ("who", *wanted)}
    why = fields.get(f"why:{target or kind}", "")
    decision = read_decision({**values, "kind": kind, "target": target, "why": why}, case_study)
    _, made = await make_act(case.request, case_study, decision, version)
    await asyncio.to_thread(case.readings.keep_change, made.act.iri, graph, case.slug)
    return made.act.iri.removeprefix(f"{case_study}/")


def _render(case: OpenedCaseStudy, said: _Said) -> Response:
    """Return the page, with the status of what was refused."""
    query = case.request.query_params
    graph, curation = case.graph(), case.readings.curation(case.slug)
    undecided, acts = list_undecided(graph), view_acts(curation)
    nodes = list_nodes(graph)
    waiting = _Part.of(undecided, query.get("page"))
    history = _Part.of(acts, query.get("acts"))
    try:
        link = view_link(graph, query["link"]) if "link" in query else None
        node = view_node(graph, query["node"]) if "node" in query else None
    except NotFoundError as error:
        raise ProblemError(
            "not-found", HTTPStatus.NOT_FOUND, error.message, heading="Nothing to decide on"
        ) from None
    done = next((kept for kept in curation.acts if _key(kept) == query.get("done")), None)
    answer = case.render(
        "curation.html",
        case.view(),
        "curation",
        version=curation.version,
        link=link,
        node=node,
        waiting=waiting,
        history=history,
        choices=nodes,
        passages=_list_words(nodes),
        ends=which_ends(),
        done=next((act for act in acts if done and act.key == _key(done)), None),
        change=case.readings.change(done.act.iri) if done else None,
        state=say_state(curation, done, graph) if done else "",
        imported=query.get("done") == "import",
        longest=LONGEST,
        said=defaultdict(str, said.fields),
        problem=said.problem,
        at=said.at,
        read_only=case.request.app.state.settings.read_only,
        address=_address(case.request),
    )
    if said.problem is not None:
        answer.status_code = int(said.problem.status)
        answer.headers.update(said.problem.headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _address(request: Request) -> str:
    """Return the query with which the form is sent to the page that it stands on."""
    query = request.query_params
    kept = {name: query[name] for name in ("link", "node", "page", "acts") if name in query}
    return f"?{urlencode(kept)}" if kept else ""


def _key(kept: KeptAct) -> str:
    return node_key(kept.act.iri, kept.act.case_study)


def _list_words(nodes: Mapping[Any, tuple[CuratedNode, ...]]) -> dict[str, list[str]]:
    """Return the words of the document that each node rests on, by the node's key."""
    return {
        node.key: list(dict.fromkeys(p.exact for p in node.passages if fold(p.exact)))
        for members in nodes.values()
        for node in members
    }


async def _send_nothing(_: Message) -> None:
    raise AssertionError("the framework sends the answer")
