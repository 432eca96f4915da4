"""Connections to clients that mean no good: bounds that the web server itself has not.

The parser takes headers of any length, and waits for them for ever; connections are taken until no
file descriptor is left to work with.
"""

from __future__ import annotations

import asyncio
import json
import sys
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from impactgraph_api.problem import MEDIA_TYPE, Problem

__all__ = ["LONGEST_HEAD", "BoundedProtocol"]

LONGEST_HEAD = 64 * 1024
"""Bytes that a request line and its headers may have together; the parser of URLs has that bound,
too.
"""

_PATIENCE = 30.0
"""Seconds within which a head must come once it has begun, or the connection was made."""


_RESERVED = 64
"""File descriptors that are for the store, the workers and their answers, where a process may have
many; of few, a third."""


def _find_highest_descriptor() -> int:
    """Return the highest file descriptor that a connection may have."""
    try:
        import resource
    except ImportError:  # not on Windows
        return sys.maxsize
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit - min(_RESERVED, limit // 3)


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 with bounds on the number of connections, the length of a head, and its time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head = 0
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head, unless there are too many connections already."""
        super().connection_made(transport)
        # The lowest number that is free is always taken, so a high one says that few are left.
        if transport.get_extra_info("socket").fileno() > _find_highest_descriptor():
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless the head gets too long with it."""
        if self._deadline is not None:
            self._head += len(data)
        # What came may hold the head's end: then more than the bound is no more than one packet.
        super().data_received(data)
        if self._deadline is not None and self._head > LONGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        if self._deadline is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        """Go on to the request."""
        self._stop_waiting()
        super().on_headers_complete()

    def _await_head(self) -> None:
        self._head = 0
        self._deadline = self.loop.call_later(_PATIENCE, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, status: HTTPStatus) -> None:
        self._stop_waiting()
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            # The head is that of a next request; its answer must not stand inside this one's.
            if status is HTTPStatus.REQUEST_TIMEOUT:
                self._await_head()
            else:
                self.transport.close()
            return
        self.transport.write(_ANSWERS[status])
        self.transport.close()


def _write_answer(status: HTTPStatus, kind: str, detail: str, *, headers: str = "") -> bytes:
    body = json.dumps(Problem(kind, status, detail).record())
    return (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nconnection: close\r\n{headers}"
        f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n\r\n{body}"
    ).encode("ascii")


_ANSWERS = {
    HTTPStatus.SERVICE_UNAVAILABLE: _write_answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "too-many-connections",
        "too many connections are open; try again shortly",
        headers="retry-after: 2\r\n",
    ),
    HTTPStatus.REQUEST_TIMEOUT: _write_answer(
        HTTPStatus.REQUEST_TIMEOUT,
        "request-timeout",
        f"the head of a request did not come within {_PATIENCE:g} seconds",
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: _write_answer(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "request-head-too-large",
        f"the request line and the headers may have at most {LONGEST_HEAD} bytes together; send "
        "a long query by POST",
    ),
}
