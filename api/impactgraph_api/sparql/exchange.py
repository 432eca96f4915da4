"""One request and the way back: what a raw ASGI app reads of it, and how it answers.

See https://asgi.readthedocs.io/en/latest/specs/www.html for the messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from starlette.types import Message, Receive, Scope, Send

from impactgraph_api.cors import RawHeaders
from impactgraph_api.problem import ProblemError
from impactgraph_api.sparql.repeats import WHOLE_REQUEST

__all__ = ["ClientGoneError", "Exchange", "read_headers"]

_Value = TypeVar("_Value")

_UNWATCHED = 0.05
"""Seconds that work goes on before anybody looks whether the client is there: looking costs as much
as a small query.
"""

_STALLED = 60.0
"""Seconds after which a client is given up that sends nothing of its body, or takes no answer."""


class ClientGoneError(Exception):
    """The client went away, or stopped reading; there is nobody to tell."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, its headers by names in lower case, and the channel for its answer."""

    scope: Scope
    receive: Receive
    send: Send
    headers: dict[str, str]

    @property
    def method(self) -> str:
        """The method, in capitals."""
        method: str = self.scope["method"]
        return method

    @property
    def whole_request(self) -> bytes | None:
        """The bytes of the request, where the web server says that it can answer them itself."""
        extension = self.scope.get("extensions", {}).get(WHOLE_REQUEST)
        return None if extension is None else extension["bytes"]

    async def read_body(self, limit: int) -> bytes:
        """Return the whole body.

        Raises:
            ProblemError: it is longer than the limit, compressed, or does not come.
            ClientGoneError: the client went away before its end.
        """
        coding = self.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", ""):
            raise ProblemError(
                "unsupported-media-type",
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"requests are taken uncompressed; this was {coding:.40}",
                {"Accept-Encoding": "identity"},
            )
        announced = self.headers.get("content-length", "")
        if announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
            raise _too_large(limit)
        body = bytearray()
        while True:
            message = await self._receive_soon()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            body += message.get("body", b"")
            if len(body) > limit:
                raise _too_large(limit)
            if not message.get("more_body", False):
                return bytes(body)

    async def _receive_soon(self) -> Message:
        try:
            async with asyncio.timeout(_STALLED):
                return await self.receive()
        except TimeoutError as error:
            raise ProblemError(
                "request-timeout",
                HTTPStatus.REQUEST_TIMEOUT,
                f"the rest of the body did not come within {_STALLED:g} seconds",
                {"Connection": "close"},
            ) from error

    async def await_while_there(self, work: Awaitable[_Value]) -> _Value:
        """Return what comes of the work, which is cancelled where the client goes away.

        The body has to be read by then.

        Raises:
            ClientGoneError: the client went away first.
        """
        loop = asyncio.get_running_loop()
        watching: asyncio.Task[None] | None = None

        async def watch() -> None:
            await self.wait_until_gone()
            there.reschedule(loop.time())

        def begin_watching() -> None:
            nonlocal watching
            watching = loop.create_task(watch())

        timer = loop.call_later(_UNWATCHED, begin_watching)
        try:
            async with asyncio.timeout(None) as there:
                try:
                    return await work
                finally:
                    timer.cancel()
                    if watching is not None:
                        watching.cancel()
        except TimeoutError as error:
            if there.expired():
                raise ClientGoneError from error
            raise

    async def wait_until_gone(self) -> None:
        """Return when the client has gone away."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def start(self, status: int, headers: RawHeaders) -> None:
        """Send the status and the headers."""
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def send_part(self, body: bytes, *, more: bool = False) -> None:
        """Send a part of the body, in the client's own time.

        Raises:
            ClientGoneError: more was to come, and it took nothing for a minute.
        """
        if not more:
            await self.send({"type": "http.response.body", "body": body})
            return
        try:
            async with asyncio.timeout(_STALLED):
                await self.send({"type": "http.response.body", "body": body, "more_body": True})
        except TimeoutError as error:
            raise ClientGoneError from error


def read_headers(scope: Scope) -> dict[str, str]:
    """Return a request's headers by names in lower case; those that repeat are joined by commas."""
    headers: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name in headers:
            repeated.setdefault(name, [headers[name]]).append(value)
        else:
            headers[name] = value
    for name, values in repeated.items():
        headers[name] = ", ".join(values)
    return headers


def _too_large(limit: int) -> ProblemError:
    return ProblemError(
        "request-too-large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"the body may have at most {limit} bytes",
    )
