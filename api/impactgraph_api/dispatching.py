"""The way past the framework for what has to be fast: paths that raw ASGI apps answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Dispatcher", "find_path"]


class Dispatcher:
    """The outermost middleware: hands some paths, and all below them, to apps of their own."""

    def __init__(self, app: ASGIApp, *, apps: Mapping[str, ASGIApp]) -> None:
        self.app = app
        self.apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to the app for its path, or on."""
        app = self.app
        if scope["type"] == "http":
            first = find_path(scope)[1:].partition("/")[0]
            app = self.apps.get(f"/{first}", app)
        await app(scope, receive, send)


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
