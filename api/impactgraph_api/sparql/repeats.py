"""Requests that come again byte for byte, answered without being taken apart.

Programs ask the same over and over, with the same headers. The same bytes have the same answer for
as long as the generation lives that it came from, so the web server may give it itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from impactgraph.errors import ImpactGraphError
from impactgraph_api.cors import RawHeaders
from impactgraph_api.sparql.caching import AnswerCache

__all__ = ["LONGEST_REQUEST", "STATE", "WHOLE_REQUEST", "Repeats", "write_head"]

STATE = "repeats"
"""Where the `Repeats` of an app stand in its lifespan state."""

WHOLE_REQUEST = "impactgraph.whole_request"
"""The ASGI extension with the bytes of a request, where they came as one piece and by GET."""

LONGEST_REQUEST = 8192
"""Bytes from which on a request is not worth remembering."""

_STATUS_LINE = b"HTTP/1.1 200 OK\r\n"


class Repeats:
    """Gives the kept answers of one service to requests that had them before.

    Args:
        cache: keeps the answers, and which requests had them.
        read_generation: reads the number of the live generation.
        count: called after each answer with the seconds that finding it took.
    """

    def __init__(
        self,
        cache: AnswerCache,
        read_generation: Callable[[], int],
        count: Callable[[float], None],
    ) -> None:
        self._cache = cache
        self._read_generation = read_generation
        self._count = count

    def find(self, request: bytes, own_headers: RawHeaders) -> bytes | None:
        """Return the whole answer to a request; None where it has to be worked out.

        Args:
            request: all bytes of it, and no others.
            own_headers: what the web server adds to every answer.
        """
        started = time.perf_counter()
        if not self._cache.knows(request):
            return None
        try:
            found = self._cache.recall(self._read_generation(), request)
        except ImpactGraphError:
            return None
        if found is None:
            return None
        head, body = found
        answer = b"".join((_STATUS_LINE, write_head(own_headers), head, b"\r\n", body))
        self._count(time.perf_counter() - started)
        return answer


def write_head(headers: RawHeaders) -> bytes:
    r"""Return headers as they go over the wire.

    >>> write_head([(b"vary", b"Accept")])
    b'vary: Accept\r\n'
    """
    return b"".join(b"%b: %b\r\n" % header for header in headers)
