"""Compression of what a browser opens: pages as they are made, static files once.

Only answers to a GET without a token are compressed, so that no secret is ever compressed beside
what somebody else wrote (BREACH). The SPARQL endpoint is answered past this, in its own way.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

import anyio.to_thread
import brotli
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from impactgraph_api.negotiation import accepts_coding

__all__ = ["CompressedFiles", "CompressedPages"]

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
_LARGE = 131_072
"""Bytes from which compressing would hold up others."""
_QUALITY = 5
"""Of brotli, for pages: smaller than gzip's best and quicker."""
_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, compresslevel=_LEVEL, mtime=0),
}
"""How a file is compressed, what is best first (RFC 7932, RFC 1952)."""


class CompressedPages:
    """ASGI middleware that compresses pages and drawings that are asked for without a token."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; compress the answer where that is wanted and safe."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "authorization" in headers:
            await self.app(scope, receive, send)
            return
        responder = _RESPONDERS[_choose(headers)]
        await responder(self.app, _LEAST, exclude_content_types=_OTHERS)(scope, receive, send)


class _BrotliResponder(IdentityResponder):
    """What Starlette does with gzip, with brotli."""

    content_encoding = "br"

    def __init__(self, app: ASGIApp, minimum_size: int, **options: tuple[str, ...]) -> None:
        super().__init__(app, minimum_size, **options)
        self._compressor = brotli.Compressor(quality=_QUALITY)

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """Return a part of the body compressed; a large one without holding up others."""
        if len(body) < _LARGE:
            return self._compress(body, more_body)
        return await anyio.to_thread.run_sync(self._compress, body, more_body)

    def _compress(self, body: bytes, more_body: bool) -> bytes:
        begun: bytes = self._compressor.process(body)
        rest: bytes = self._compressor.flush() if more_body else self._compressor.finish()
        return begun + rest


_RESPONDERS = {"br": _BrotliResponder, "gzip": GZipResponder, None: IdentityResponder}


def _choose(headers: Headers) -> str | None:
    """Return the best coding that a client takes, None where it takes none."""
    accepted = headers.get("accept-encoding")
    return next((coding for coding in _CODINGS if accepts_coding(accepted, coding)), None)


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
        coding = _choose(request)
        if "range" in request or coding is None:
            return plain
        whole = FileResponse(full_path, stat_result=stat_result)
        headers = {
            "Content-Encoding": coding,
            "Content-Type": whole.headers["content-type"],
            "ETag": f'{whole.headers["etag"][:-1]}-{coding}"',
            "Last-Modified": whole.headers["last-modified"],
            "Vary": "Accept-Encoding",
        }
        answer = Response(_compress(path, coding, stat_result.st_mtime_ns), headers=headers)
        if self.is_not_modified(answer.headers, request):
            return NotModifiedResponse(answer.headers)
        return answer


@lru_cache(maxsize=256)
def _compress(path: str, coding: str, _: int) -> bytes:
    """Compress a file, again only when its time of change, the last argument, is another."""
    return _CODINGS[coding](Path(path).read_bytes())
