"""What an engine's answer says went wrong, in our own errors."""

from __future__ import annotations

import html
import re
from http import HTTPStatus

import httpx

from impactgraph.errors import ImpactGraphError, QueryError, StoreError, UpdateError
from impactgraph.store.remote.engine import PASSWORD, USER

__all__ = ["AFTER_WHICH_TO_RETRY", "describe_failure", "describe_refusal", "excerpt"]

AFTER_WHICH_TO_RETRY = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)
"""After these a query may be asked again: it was most likely never looked at."""

_MARKUP = re.compile(r"<(?:style|script|head)\b.*?</(?:style|script|head)>|<[^>]*>", re.S | re.I)
_ECHO = re.compile(r"\n\s*SPARQL query:.*", re.S)
_VIRTUOSO = re.compile(r"Virtuoso [0-9A-Z]{5} Error\b")
_LONGEST_EXCERPT = 400


def describe_refusal(response: httpx.Response, body: bytes, *, updating: bool) -> ImpactGraphError:
    """Return the error for an answer whose status is no success.

    Args:
        response: the answer, for its status and headers.
        body: as much of its body as was read.
        updating: whether it answers an update or a query.
    """
    url, status = _place(response.request.url), response.status_code
    said = excerpt(response, body)
    malformed = UpdateError if updating else QueryError
    what = "update" if updating else "query"
    if status == HTTPStatus.BAD_REQUEST:
        return malformed(f"the engine at {url} refuses the {what}: {said}")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return StoreError(
            f"the engine at {url} does not let this user make a {what} ({status}): {said}; set "
            f"{USER} and {PASSWORD} to those of one whom it lets"
        )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        aim = response.headers.get("location", "nowhere")
        return StoreError(f"{url} leads on to {aim} ({status}); give that address if it is right")
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return StoreError(
            f"at {url} is nothing that takes a {what} ({status}): {said}; check the address"
        )
    if status in AFTER_WHICH_TO_RETRY or status == HTTPStatus.TOO_MANY_REQUESTS:
        return StoreError(
            f"the engine at {url} is down or busy ({status}): {said}; try again later"
        )
    if _VIRTUOSO.match(said):
        if "SECURITY:" in said:
            return StoreError(
                f"the engine at {url} does not let this user make a {what}: {said}; it takes "
                f"updates at /sparql-auth, with {USER} and {PASSWORD}"
            )
        return malformed(f"the engine at {url} cannot carry out the {what}: {said}")
    return StoreError(f"the engine at {url} failed over the {what} ({status}): {said}")


def describe_failure(error: httpx.TransportError, url: str, *, sent: bool) -> StoreError:
    """Return the error for an engine that gave no answer at all.

    Args:
        error: what happened on the way.
        url: where to.
        sent: whether an update may have reached the engine.
    """
    place = _place(httpx.URL(url))
    reason = str(error) or type(error).__name__
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout():
            told = f"the engine at {place} cannot be reached: {reason}; is it running?"
        case httpx.TimeoutException():
            told = f"the engine at {place} did not answer in time"
        case _:
            told = f"the engine at {place} broke off its answer: {reason}"
    if sent:
        told += "; the change may have been made or not: look before making it again"
    return StoreError(told)


def excerpt(response: httpx.Response, body: bytes) -> str:
    """Return the beginning of what an engine said, in words and on one line."""
    text = body.decode("utf-8", "replace")
    if "html" in response.headers.get("content-type", "") or text.lstrip()[:1] == "<":
        text = html.unescape(_MARKUP.sub(" ", text))
    text = " ".join(_ECHO.sub("", text).split())
    if len(text) > _LONGEST_EXCERPT:
        text = text[:_LONGEST_EXCERPT] + " …"
    return text or "it gave no reason"


def _place(url: httpx.URL) -> str:
    return str(url.copy_with(query=None, fragment=None))
