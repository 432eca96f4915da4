"""Compression of what a browser opens: pages as they are made, static files once.

Only answers to a GET without a token are compressed, so that no secret is ever compressed beside
what somebody else wrote (BREACH). The SPARQL endpoint is answered past this, in its own way.
"""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware, IdentityResponder
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["CompressedFiles", "CompressedPages", "accepts_gzip"]

_OTHERS = (
    *("application/*", "audio/*", "font/*", "multipart/*", "video/*"),
    *("image/gif", "image/jpeg", "image/png", "image/webp"),
    *("text/css", "text/csv", "text/event-stream", "text/javascript", "text/plain", "text/turtle"),
)
"""What is no page or drawing; static files are compressed where they are served."""
_FILES = (".css", ".html", ".js", ".json", ".mjs", ".svg")
_LEAST = 1000
"""Bytes below which compressing is not worth its while."""
_LEVEL = 9


def accepts_gzip(headers: Headers) -> bool:
    """Return whether a client takes gzip (RFC 9110, 12.5.3): named, with a weight above 0.

    >>> accepts_gzip(Headers({"accept-encoding": "br, gzip;q=0.5"}))
    True
    >>> accepts_gzip(Headers({"accept-encoding": "gzip;q=0, identity"}))
    False
    """
    for choice in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = choice.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


class CompressedPages:
    """ASGI middleware that compresses pages and drawings that are asked for without a token."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._compressed = GZipMiddleware(
            app, minimum_size=_LEAST, compresslevel=_LEVEL, exclude_content_types=_OTHERS
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; compress the answer where that is wanted and safe."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "authorization" in headers:
            await self.app(scope, receive, send)
        elif accepts_gzip(headers):
            await self._compressed(scope, receive, send)
        else:
            plain = IdentityResponder(self.app, _LEAST, exclude_content_types=_OTHERS)
            await plain(scope, receive, send)


class CompressedFiles(StaticFiles):
    """Static files; those of text are compressed once and then kept."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file as its client takes it; each form has a validator of its own."""
        plain = super().file_response(full_path, stat_result, scope, status_code)
        path = os.fspath(full_path)
        if (
            not path.endswith(_FILES)
            or stat_result.st_size < _LEAST
            or status_code != HTTPStatus.OK
        ):
            return plain
        plain.headers.add_vary_header("Accept-Encoding")
        request = Headers(scope=scope)
        if "range" in request or not accepts_gzip(request):
            return plain
        whole = FileResponse(full_path, stat_result=stat_result)
        headers = {
            "Content-Encoding": "gzip",
            "Content-Type": whole.headers["content-type"],
            "ETag": f'{whole.headers["etag"][:-1]}-gzip"',
            "Last-Modified": whole.headers["last-modified"],
            "Vary": "Accept-Encoding",
        }
        answer = Response(_compress(path, stat_result.st_mtime_ns), headers=headers)
        if self.is_not_modified(answer.headers, request):
            return NotModifiedResponse(answer.headers)
        return answer


@lru_cache(maxsize=128)
def _compress(path: str, _: int) -> bytes:
    """Compress a file, again only when its time of change, the second argument, is another."""
    return gzip.compress(Path(path).read_bytes(), compresslevel=9, mtime=0)
