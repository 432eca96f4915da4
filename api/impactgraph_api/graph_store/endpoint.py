"""The Graph Store HTTP Protocol as a raw ASGI app.

See https://www.w3.org/TR/sparql11-http-rdf-update/, section 5, for what each method does.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, Literal, cast

from starlette.types import Receive, Scope, Send

from impactgraph_api.conditions import refuse_conditions
from impactgraph_api.cors import CrossOrigin
from impactgraph_api.graph_store.naming import PATH, Target, find_target, name_new_graph
from impactgraph_api.graph_store.payload import ACCEPTED_TYPES, check_content_type
from impactgraph_api.graph_store.reading import make_operation, read_graph
from impactgraph_api.negotiation import GRAPH_FORMATS, Format, accepts_gzip
from impactgraph_api.problem import ProblemError
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.answering import ReadGeneration
from impactgraph_api.sparql.caching import make_etag, make_key, matches
from impactgraph_api.sparql.exchange import Exchange, read_headers
from impactgraph_api.sparql.formats import Formats, choose_formats, not_acceptable
from impactgraph_api.sparql.headers import AnswerHeaders
from impactgraph_api.sparql.responding import handle_or_refuse
from impactgraph_api.sparql.sending import WORTH_COMPRESSING, compress, send_body, send_file
from impactgraph_api.tokens import authorise
from impactgraph_api.workers import QueryWorkers
from impactgraph_api.writing import GraphRequest, Writer

__all__ = ["GraphStoreEndpoint"]

_READS: Final = ("GET", "HEAD")
_METHODS: Final = (*_READS, "OPTIONS", "PUT", "POST", "DELETE")


class GraphStoreEndpoint:
    """The graph store of one service.

    Args:
        workers: answer the queries that read graphs.
        writer: makes the changes.
        settings: the limits, and who may write.
        generation: reads the number of the live generation; None where answers cannot be known to
            be still right.
    """

    def __init__(
        self,
        *,
        workers: QueryWorkers,
        writer: Writer,
        settings: Settings,
        generation: ReadGeneration | None,
    ) -> None:
        self._workers = workers
        self._writer = writer
        self._settings = settings
        self._generation = generation
        self._headers = AnswerHeaders(settings)
        self._origins = CrossOrigin(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange(scope, receive, send, read_headers(scope))
        await handle_or_refuse(exchange, self._handle, self._headers)

    async def _handle(self, exchange: Exchange) -> None:
        match exchange.method:
            case "GET" | "HEAD":
                await self._read(exchange)
            case "PUT" | "POST" | "DELETE":
                await self._write(exchange)
            case "OPTIONS":
                await self._tell_options(exchange)
            case other:
                raise ProblemError(
                    "method-not-allowed",
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    f"{other:.40} is not offered at {PATH}; offered: {', '.join(_METHODS)}",
                    {"Allow": ", ".join(_METHODS)},
                )

    async def _read(self, exchange: Exchange) -> None:
        target = _find_graph(exchange)
        form = choose_formats(exchange.headers.get("accept"), target.format).graphs
        if form is None:
            raise not_acceptable([*GRAPH_FORMATS])
        if self._generation is not None:
            etag = _make_etag(self._generation(), target, form)
            # A client that has the tag of this generation was told that the graph is there.
            if matches(exchange.headers.get("if-none-match"), etag, exists=False):
                await exchange.start(304, self._headers.describe(exchange, None, etag))
                await exchange.send_part(b"")
                return
        answer = await exchange.await_while_there(
            read_graph(self._workers, target.graph, form.name)
        )
        etag = _make_etag(answer.generation, target, form) if self._generation is not None else ""
        headers = self._headers.describe(exchange, form.content_type, etag)
        zipped = accepts_gzip(exchange.headers.get("accept-encoding"))
        if answer.file is not None:
            await send_file(exchange, headers, answer.file, answer.size, compressed=zipped)
            return
        body = answer.body or b""
        zipped = zipped and len(body) >= WORTH_COMPRESSING
        if zipped:
            body = await compress(body)
        await send_body(exchange, 200, headers, body, compressed=zipped)

    async def _write(self, exchange: Exchange) -> None:
        # Whoever may not write learns so before sending it all.
        authorise(exchange.headers, self._settings)
        refuse_conditions(exchange.headers)
        creates = exchange.method == "POST" and find_target(exchange.scope).whole
        graph = name_new_graph(exchange.scope) if creates else _find_graph(exchange).graph
        base = graph or name_new_graph(exchange.scope)
        body, media_type = b"", ""
        if exchange.method != "DELETE":
            media_type = check_content_type(exchange.headers.get("content-type"))
            body = await exchange.read_body(self._settings.write_body)
        outcome = await self._writer.write(
            GraphRequest(
                method=cast(Literal["PUT", "POST", "DELETE"], exchange.method),
                graph=graph,
                body=body,
                media_type=media_type,
                base=base,
            )
        )
        headers = self._headers.acknowledge()
        if exchange.method == "DELETE" or not outcome.created:
            await exchange.start(204, headers)
            await exchange.send_part(b"")
            return
        if creates:
            headers.append((b"location", base.encode("ascii")))
        await send_body(exchange, 201, headers, b"")

    async def _tell_options(self, exchange: Exchange) -> None:
        headers = [
            *self._headers.acknowledge(),
            (b"allow", ", ".join(_METHODS).encode()),
            (b"accept-post", ", ".join(ACCEPTED_TYPES).encode()),
            *self._origins.preflight(exchange.headers, _READS),
        ]
        await exchange.start(204, headers)
        await exchange.send_part(b"")


def _find_graph(exchange: Exchange) -> Target:
    target = find_target(exchange.scope)
    if target.whole:
        raise ProblemError(
            "malformed-request",
            HTTPStatus.BAD_REQUEST,
            f"{exchange.method} at {PATH} needs a graph: ?graph=IRI names one, ?default is the "
            f"default one, and {PATH}/NAME has its own URL for a name",
        )
    return target


def _make_etag(generation: int, target: Target, form: Format) -> str:
    key = make_key(make_operation(target.graph), Formats(None, form), compressed=False)
    return make_etag(generation, key)
