"""The headers of answers at `/sparql`."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from impactgraph_api.cors import CrossOrigin, RawHeaders
from impactgraph_api.security import HEADERS
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.exchange import Exchange

__all__ = ["ACCEPTED_METHODS", "AnswerHeaders"]

ACCEPTED_METHODS = ("GET", "HEAD", "POST")
"""The methods that ask for something."""

_SECURITY: RawHeaders = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class AnswerHeaders:
    """Makes the headers of one service's answers, by its settings."""

    def __init__(self, settings: Settings) -> None:
        self._origins = CrossOrigin(settings.cors_origins)
        vary = "Accept, Accept-Encoding" + (", Origin" if self._origins.varies else "")
        self._vary = vary
        self._constant: RawHeaders = [*_SECURITY, (b"vary", vary.encode())]

    def describe(self, exchange: Exchange, media_type: str | None, etag: str = "") -> RawHeaders:
        """Return the headers of an answer to a query.

        Args:
            exchange: the request.
            media_type: of the body, if there is one.
            etag: of what may be kept as long as it is asked for anew each time; nobody may keep
                what has none.
        """
        headers = [*self._constant, *self._origins.headers(exchange.headers.get("origin"))]
        if media_type is not None:
            headers.append((b"content-type", media_type.encode()))
        # A POST is no resource that a later GET could ask for.
        if etag and exchange.method != "POST":
            headers.append((b"etag", etag.encode()))
        headers.append((b"cache-control", b"no-cache" if etag else b"no-store"))
        return headers

    def acknowledge(self) -> RawHeaders:
        """Return the headers of the answer to an update: pages of other origins do not read it."""
        return [*self._constant, (b"cache-control", b"no-store")]

    def tell_options(self, exchange: Exchange) -> RawHeaders:
        """Return the headers of the answer to OPTIONS, a page's question before its own included.

        See the Fetch Standard, section 3.3.2, and RFC 9110, section 9.3.7.
        """
        return [
            *_SECURITY,
            (b"vary", b"Origin, Access-Control-Request-Method"),
            (b"allow", ", ".join((*ACCEPTED_METHODS, "OPTIONS")).encode()),
            *self._origins.preflight(exchange.headers, ACCEPTED_METHODS),
        ]

    def open_page(self, exchange: Exchange, headers: MutableHeaders) -> None:
        """Add to the headers of a page or a problem what lets other origins read it."""
        for name, value in self._origins.headers(exchange.headers.get("origin")):
            headers[name.decode()] = value.decode("latin-1")
        headers["Vary"] = self._vary
