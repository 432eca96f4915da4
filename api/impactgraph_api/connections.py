"""Connections to clients: bounds that the web server itself has not, and a way past it.

The parser takes headers of any length, and waits for them for ever; connections are taken until no
file descriptor is left to work with. A request that comes again, byte for byte, need not be parsed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from impactgraph_api.problem import MEDIA_TYPE, Problem
from impactgraph_api.sparql.repeats import LONGEST_REQUEST, STATE, WHOLE_REQUEST, Repeats

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
    """HTTP/1.1 with bounds on the number of connections, the length of a head, and its time.

    What the app's `Repeats` know, they answer; where requests are logged, all go through the app.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._begun = 0
        self._ended = 0
        # A line would be made for every request, even where nobody logs it.
        self.access_log = self.access_logger.isEnabledFor(logging.INFO)
        self._repeats: Repeats | None = None if self.access_log else self.app_state.get(STATE)

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
        alone = self._repeats is not None and len(data) <= LONGEST_REQUEST and self._is_at_rest()
        if alone and self._repeat_answer(data):
            return
        if self._deadline is not None:
            self._head += len(data)
        begun = self._begun
        # What came may hold the head's end: then more than the bound is no more than one packet.
        super().data_received(data)
        if self._deadline is not None and self._head > LONGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif alone and self._ended == self._begun == begun + 1:
            self._offer_repeating(data)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        self._begun += 1
        super().on_message_begin()
        if self._deadline is None:
            self._await_head()

    def on_message_complete(self) -> None:
        """Note the end of a request."""
        self._ended += 1
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """Go on to the request."""
        self._stop_waiting()
        super().on_headers_complete()

    def _is_at_rest(self) -> bool:
        """Return whether all that came was whole requests, which have their answers."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and self._begun == self._ended and not self.flow.write_paused

    def _repeat_answer(self, request: bytes) -> bool:
        """Answer a request as the same was before; return whether it was."""
        assert self._repeats is not None
        answer = self._repeats.find(request, self.server_state.default_headers)
        if answer is None:
            return False
        self._stop_waiting()
        self.transport.write(answer)
        self.on_response_complete()
        return True

    def _offer_repeating(self, request: bytes) -> None:
        """Tell the app, which has not begun yet, the bytes of the request that it is to answer."""
        if self.scope["method"] == "GET" and self.cycle.keep_alive:
            self.scope["extensions"] = {WHOLE_REQUEST: {"bytes": request}}

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
