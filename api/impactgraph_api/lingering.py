"""Answers that come before the request's body is read, and still arrive.

Closing a connection on which the client is still sending resets it, and the client (or the proxy
before it) never sees the answer that says why: see RFC 9112, section 9.6.
"""

from __future__ import annotations

import asyncio
import contextlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Lingering"]

_PATIENCE = 15.0
"""Seconds for which what a client sends in vain is thrown away."""

_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Lingering:
    """An ASGI app that reads what is left of a body before it ends the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; linger where its answer ends before its body."""
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY or _waits(scope):
            await self.app(scope, receive, send)
            return
        read = False

        async def watch_body() -> Message:
            nonlocal read
            message = await receive()
            read = read or not message.get("more_body", False)
            return message

        async def linger(message: Message) -> None:
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not last or read:
                await send(message)
                return
            # The client has the whole answer now, and may stop.
            await send({**message, "more_body": True})
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    while not read:
                        await watch_body()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self.app(scope, watch_body, linger)


def _waits(scope: Scope) -> bool:
    """Whether the client waits with the body for a sign (RFC 9110, section 10.1.1)."""
    return any(name == b"expect" for name, _ in scope["headers"])
