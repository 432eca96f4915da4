"""`/sparql` as a raw ASGI app: the query and update operations of the SPARQL 1.1 Protocol.

See https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2, and for a request that asks
nothing https://www.w3.org/TR/sparql11-service-description/, section 2.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache, partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from impactgraph.errors import ImpactGraphError
from impactgraph_api.description import ServiceDescription
from impactgraph_api.dispatching import find_path
from impactgraph_api.negotiation import GRAPH_FORMATS, accepts_gzip, choose, prefers_html
from impactgraph_api.problem import ProblemError, describe_error
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.answering import QueryAnswering, ReadGeneration
from impactgraph_api.sparql.caching import AnswerCache
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.sparql.form import show_answer, show_form
from impactgraph_api.sparql.formats import FORMAT_NAMES, choose_formats, not_acceptable
from impactgraph_api.sparql.headers import ACCEPTED_METHODS, AnswerHeaders
from impactgraph_api.sparql.operations import QueryOperation, UpdateOperation
from impactgraph_api.sparql.requests import (
    BodyKind,
    ProtocolRequest,
    classify_body,
    read_body_request,
    read_url_request,
)
from impactgraph_api.sparql.responding import handle_or_refuse, send_response
from impactgraph_api.sparql.sending import compress, send_body
from impactgraph_api.tokens import authorise
from impactgraph_api.workers import QueryWorkers
from impactgraph_api.writing import UpdateRequest, Writer

__all__ = ["PATH", "SparqlEndpoint"]

PATH = "/sparql"

_LONG = 64 * 1024
"""Bytes of a body from which on reading it would hold up other requests."""

_SHORT = 2048
_REMEMBERED = 4096
"""Requests by GET that are remembered as they were read, and how many bytes each may have."""

_OTHER_FIELDS = 64 * 1024
"""Bytes that the fields of a form may take beside the query."""


class SparqlEndpoint:
    """The SPARQL endpoint of one service.

    Args:
        workers: answer the queries.
        writer: makes the updates.
        settings: the limits, and who may do what.
        generation: reads the number of the live generation; None where answers cannot be known to
            be still right, so that none is kept.
    """

    def __init__(
        self,
        *,
        workers: QueryWorkers,
        writer: Writer,
        settings: Settings,
        generation: ReadGeneration | None,
    ) -> None:
        self._writer = writer
        self._settings = settings
        self._generation = generation
        self._headers = AnswerHeaders(settings)
        self._answering = QueryAnswering(
            workers=workers, headers=self._headers, settings=settings, generation=generation
        )
        self._description = ServiceDescription(workers, settings)
        # Most requests come again, and reading one takes as long as sending its kept answer.
        self._read_url = lru_cache(maxsize=_REMEMBERED)(
            partial(read_url_request, settings=settings)
        )

    @property
    def cache(self) -> AnswerCache:
        """The answers that are kept."""
        return self._answering.cache

    async def close(self) -> None:
        """Give up what runs for no request."""
        await self._description.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange(scope, receive, send, read_headers(scope))
        await handle_or_refuse(exchange, self._handle, self._headers)

    async def _handle(self, exchange: Exchange) -> None:
        scope = exchange.scope
        path = find_path(scope)
        if path not in (PATH, f"{PATH}/"):
            raise ProblemError(
                "not-found", HTTPStatus.NOT_FOUND, f"there is nothing at {path:.200}; see {PATH}"
            )
        match exchange.method:
            case "GET" | "HEAD":
                query_string = scope["query_string"]
                if len(query_string) < _SHORT:
                    request = self._read_url(query_string)
                else:
                    request = read_url_request(query_string, self._settings)
                await self._answer(exchange, request)
            case "POST":
                await self._answer(exchange, await self._read_post(exchange))
            case "OPTIONS":
                await exchange.start(204, self._headers.tell_options(exchange))
                await exchange.send_part(b"")
            case other:
                raise ProblemError(
                    "method-not-allowed",
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    f"{other:.40} is not offered at {PATH}; offered: {', '.join(ACCEPTED_METHODS)}",
                    {"Allow": ", ".join((*ACCEPTED_METHODS, "OPTIONS"))},
                )

    async def _read_post(self, exchange: Exchange) -> ProtocolRequest:
        kind = classify_body(exchange.headers.get("content-type"))
        if kind == "update":
            # Whoever may not write need not send it all first.
            authorise(exchange.headers, self._settings)
        body = await exchange.read_body(self._longest_body(exchange, kind))
        given = (kind, exchange.scope["query_string"], body, self._settings)
        if len(body) > _LONG:
            return await asyncio.to_thread(read_body_request, *given)
        return read_body_request(*given)

    def _longest_body(self, exchange: Exchange, kind: BodyKind) -> int:
        """How long a body may be, so that nobody sends and nothing decodes what is refused then."""
        settings = self._settings
        if kind == "query":
            return min(settings.body, settings.query_length)
        if kind == "form" and not _may_write(exchange, settings):
            # Of a query's text each byte may be three of the form.
            return min(settings.body, 3 * settings.query_length + _OTHER_FIELDS)
        return settings.body

    async def _answer(self, exchange: Exchange, request: ProtocolRequest) -> None:
        operation = request.operation
        if isinstance(operation, UpdateOperation):
            await self._update(exchange, operation)
            return
        if operation is None:
            await self._describe(exchange, request.format)
            return
        formats = choose_formats(exchange.headers.get("accept"), request.format)
        if formats.page:
            await self._show(exchange, operation, request.written)
        else:
            await self._answering.answer(exchange, operation, formats)

    async def _update(self, exchange: Exchange, operation: UpdateOperation) -> None:
        authorise(exchange.headers, self._settings)
        await self._writer.write(UpdateRequest(operation=operation))
        await exchange.start(204, self._headers.acknowledge())
        await exchange.send_part(b"")

    async def _describe(self, exchange: Exchange, name: str | None) -> None:
        """Answer who asks nothing: people with the form, programs with the service description."""
        accept = exchange.headers.get("accept")
        formats = choose_formats(accept, name) if name else None
        if formats.page if formats else prefers_html(accept):
            request = Request(exchange.scope, exchange.receive)
            await send_response(exchange, await show_form(request), self._headers)
            return
        chosen = formats.graphs if formats else choose(accept, GRAPH_FORMATS)
        if chosen is None:
            raise not_acceptable([*GRAPH_FORMATS])
        endpoint = str(Request(exchange.scope).url.replace(query="", fragment=""))
        generation = self._generation() if self._generation else None
        body = await self._description.write(endpoint, generation, chosen)
        zipped = accepts_gzip(exchange.headers.get("accept-encoding"))
        if zipped:
            body = await compress(body)
        headers = self._headers.describe(exchange, chosen.content_type)
        await send_body(exchange, 200, headers, body, compressed=zipped)

    async def _show(self, exchange: Exchange, operation: QueryOperation, written: str) -> None:
        """Answer a browser: the form with the result beneath it, or with what is wrong."""
        request = Request(exchange.scope, exchange.receive)
        try:
            answer = await self._answering.ask(exchange, operation, FORMAT_NAMES["html"])
            page = await show_answer(request, written, answer)
        except (ImpactGraphError, ProblemError) as error:
            problem = describe_error(error)
            page = await show_form(
                request, query=written, problem=problem.detail, status=problem.status
            )
            page.headers.update(problem.headers)
        await send_response(exchange, page, self._headers)


def _may_write(exchange: Exchange, settings: Settings) -> bool:
    try:
        authorise(exchange.headers, settings)
    except ProblemError:
        return False
    return True
