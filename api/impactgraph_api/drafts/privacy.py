"""Whoever knows a draft's address can read it: so it is kept from caches, other sites and logs."""

from __future__ import annotations

import logging
import re

from starlette._utils import get_route_path
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HideDrafts", "PrivateDrafts", "hide_drafts"]

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_ADDRESS = re.compile(r"(/draft/)[^/?\s]+")


def hide_drafts(words: str) -> str:
    """Return words in which no draft's id stands any more.

    >>> hide_drafts("/deep/draft/Zm9vYmFy/gaps?kind=x")
    '/deep/draft/…/gaps?kind=x'
    """
    return _ADDRESS.sub(r"\1…", words)


class HideDrafts(logging.Filter):
    """Takes the ids of drafts out of what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every message pass, without ids."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                hide_drafts(value) if isinstance(value, str) else value for value in record.args
            )
        return True


class PrivateDrafts:
    """ASGI middleware that keeps the pages of drafts out of caches, and their addresses inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""
        if scope["type"] != "http" or not get_route_path(scope).startswith("/draft"):
            await self.app(scope, receive, send)
            return

        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, add_headers)
