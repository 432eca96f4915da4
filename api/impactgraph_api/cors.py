"""Which pages of other origins may read answers (Fetch Standard, section 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["CrossOrigin", "RawHeaders"]

RawHeaders = list[tuple[bytes, bytes]]
"""Headers as ASGI has them."""

_EXPOSED = (b"access-control-expose-headers", b"ETag, Retry-After")


class CrossOrigin:
    """The headers of one service's choice; credentials are never allowed.

    Only reads are open: `Authorization` is not among the headers that a page may send, so no page
    of another origin writes, whatever token it may know.
    """

    def __init__(self, origins: Sequence[str]) -> None:
        self._all = "*" in origins
        self._origins = frozenset(origin.rstrip("/").lower() for origin in origins)
        self._open: RawHeaders = [(b"access-control-allow-origin", b"*"), _EXPOSED]

    @property
    def varies(self) -> bool:
        """Whether the answer depends on who asks, so that Vary has to say so."""
        return bool(self._origins) and not self._all

    def headers(self, origin: str | None) -> RawHeaders:
        """Return what lets a page of that origin read an answer, if it may."""
        if self._all:
            return self._open
        if origin is None or origin.lower() not in self._origins:
            return []
        return [(b"access-control-allow-origin", origin.encode("latin-1")), _EXPOSED]

    def preflight(self, request: Mapping[str, str], methods: Sequence[str]) -> RawHeaders:
        """Return the answer's headers to a page that asks whether it may ask.

        Args:
            request: the headers of the OPTIONS request, by names in lower case.
            methods: those that read.
        """
        allowed = self.headers(request.get("origin"))
        if not allowed or "access-control-request-method" not in request:
            return []
        return [
            allowed[0],
            (b"access-control-allow-methods", ", ".join(methods).encode()),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
        ]
