"""The way past the framework for what has to be fast: paths that raw ASGI apps answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["DispatchingApp", "find_path"]


class DispatchingApp(FastAPI):
    """A FastAPI app that hands some paths, and all below them, to apps of their own.

    Those are answered past the framework's middleware, which costs as much as a small answer.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._own: dict[str, ASGIApp] = {}

    def hand_over(self, path: str, app: ASGIApp) -> None:
        """Have an app answer a path of one segment, and all below it.

        What it fails at is answered as what the framework's own routes fail at: the handlers must
        be there by now.
        """
        handler = self.exception_handlers[Exception]
        self._own[path] = ServerErrorMiddleware(app, handler=handler)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to the app for its path, or on."""
        if scope["type"] == "http":
            first = find_path(scope)[1:].partition("/")[0]
            app = self._own.get(f"/{first}")
            if app is not None:
                scope["app"] = self
                await app(scope, receive, send)
                return
        await super().__call__(scope, receive, send)


def find_path(scope: Scope) -> str:
    """Return the path of a request below the one that the service is mounted at.

    >>> find_path({"path": "/impact/sparql", "root_path": "/impact"})
    '/sparql'
    >>> find_path({"path": "/sparql", "root_path": "/spa"})
    '/sparql'
    """
    path: str = scope["path"]
    root = scope.get("root_path", "").rstrip("/")
    return path.removeprefix(root) if path.startswith(f"{root}/") else path
