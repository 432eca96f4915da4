"""Saying who asks, in the way that the engine wants (RFC 7617, Basic; RFC 7616, Digest)."""

from __future__ import annotations

from collections.abc import Generator

import httpx

__all__ = ["Credentials"]


class Credentials(httpx.Auth):
    """A user's name and password, sent only once an engine has asked for them.

    What it asked for is remembered, so that later requests need no second round.
    """

    requires_request_body = False

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request, and again with credentials where they are asked for."""
        chosen = self._chosen
        if chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            chosen = self._chosen = self._choose(response)
            if chosen is None:
                return
        yield from chosen.auth_flow(request)

    def _choose(self, response: httpx.Response) -> httpx.Auth | None:
        """Digest where it is on offer: it does not give the password away."""
        asked = {
            challenge.strip().partition(" ")[0].lower()
            for challenge in response.headers.get_list("WWW-Authenticate")
        }
        if "digest" in asked:
            return self._digest
        return self._basic if "basic" in asked else None
