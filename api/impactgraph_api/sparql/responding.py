"""What the raw ASGI apps share: answers that others make, and every failure made a problem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from impactgraph.errors import ImpactGraphError
from impactgraph_api.head import HeadAsGet
from impactgraph_api.problem import ProblemError, describe_error, respond
from impactgraph_api.security import SecurityHeaders
from impactgraph_api.sparql.exchange import ClientGoneError, Exchange
from impactgraph_api.sparql.headers import AnswerHeaders

__all__ = ["handle_or_refuse", "send_response"]


async def handle_or_refuse(
    exchange: Exchange, handle: Callable[[Exchange], Awaitable[None]], headers: AnswerHeaders
) -> None:
    """Have a request handled; what that raises is told to the client, if there still is one.

    Args:
        exchange: the request.
        handle: answers it.
        headers: of the answers.
    """
    try:
        await handle(exchange)
    except ClientGoneError:
        return
    except (ProblemError, ImpactGraphError) as error:
        response = respond(Request(exchange.scope, exchange.receive), describe_error(error))
        await send_response(exchange, response, headers)


async def send_response(exchange: Exchange, response: Response, headers: AnswerHeaders) -> None:
    """Send a page or a problem, with the headers that the middleware gives all others."""
    headers.open_page(exchange, response.headers)
    send = HeadAsGet(SecurityHeaders(response))
    await send(exchange.scope, exchange.receive, exchange.send)
