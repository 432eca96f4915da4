"""Every failure as application/problem+json (RFC 9457), or as a page where a browser asks.

What can go wrong is one tree (`impactgraph.errors`); this is the one place where it meets HTTP.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from impactgraph import errors
from impactgraph_api.negotiation import prefers_html
from impactgraph_api.pages import render_page
from impactgraph_api.security import HEADERS
from impactgraph_api.workers import errors as workers

__all__ = [
    "MEDIA_TYPE",
    "Problem",
    "ProblemError",
    "Way",
    "describe_error",
    "install_problem_handlers",
    "respond",
]

TYPES = "https://w3id.org/impactgraph/problems/"
MEDIA_TYPE = "application/problem+json"

_log = logging.getLogger("impactgraph.api")

_STATUSES: Mapping[type[errors.ImpactGraphError], tuple[str, HTTPStatus]] = {
    workers.QueryTimeoutError: ("query-timeout", HTTPStatus.GATEWAY_TIMEOUT),
    workers.QueryMemoryError: ("query-memory", HTTPStatus.UNPROCESSABLE_ENTITY),
    workers.ResultTooLargeError: ("result-size", HTTPStatus.UNPROCESSABLE_ENTITY),
    workers.OverloadedError: ("too-many-queries", HTTPStatus.SERVICE_UNAVAILABLE),
    errors.UpdateTimeoutError: ("update-timeout", HTTPStatus.GATEWAY_TIMEOUT),
    errors.UpdateMemoryError: ("update-memory", HTTPStatus.UNPROCESSABLE_ENTITY),
    errors.OutdatedError: ("outdated", HTTPStatus.PRECONDITION_FAILED),
    errors.ConflictError: ("conflict", HTTPStatus.CONFLICT),
    errors.UpdateError: ("update-refused", HTTPStatus.BAD_REQUEST),
    workers.DocumentTimeoutError: ("document-timeout", HTTPStatus.GATEWAY_TIMEOUT),
    workers.DocumentMemoryError: ("document-memory", HTTPStatus.UNPROCESSABLE_ENTITY),
    errors.DocumentError: ("no-case-study", HTTPStatus.UNPROCESSABLE_ENTITY),
    errors.ValidationError: ("invalid-data", HTTPStatus.UNPROCESSABLE_ENTITY),
    errors.GraphNotFoundError: ("graph-not-found", HTTPStatus.NOT_FOUND),
    errors.NotFoundError: ("not-found", HTTPStatus.NOT_FOUND),
    errors.QueryError: ("query-refused", HTTPStatus.BAD_REQUEST),
    errors.UsageError: ("bad-value", HTTPStatus.BAD_REQUEST),
    errors.StoreFullError: ("store-full", HTTPStatus.INSUFFICIENT_STORAGE),
    errors.StoreLockedError: ("store-locked", HTTPStatus.SERVICE_UNAVAILABLE),
    errors.StoreError: ("store-unavailable", HTTPStatus.SERVICE_UNAVAILABLE),
    errors.ImpactGraphError: ("failed", HTTPStatus.INTERNAL_SERVER_ERROR),
}
"""The nearest class in an error's ancestry gives the problem's type and the status."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a page that tells of a problem leads on to: a path below the service's root."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a request, or with the service.

    `heading` stands over its page instead of the title, and `ways` lead on from there.
    """

    type: str
    status: HTTPStatus
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    heading: str | None = None
    ways: tuple[Way, ...] = ()

    @property
    def title(self) -> str:
        """The type in words."""
        return self.type.replace("-", " ").capitalize()

    def record(self) -> dict[str, str | int]:
        """Return what a client is told, by RFC 9457's names."""
        return {
            "type": TYPES + self.type,
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
        }


class ProblemError(Exception):
    """Raised by a route to answer with a problem; `field` is that of a form that it is of."""

    field: str | None = None

    def __init__(
        self,
        kind: str,
        status: HTTPStatus,
        detail: str,
        headers: Mapping[str, str] | None = None,
        *,
        heading: str | None = None,
        ways: tuple[Way, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(kind, status, detail, headers or {}, heading, ways)


def respond(request: Request, problem: Problem) -> Response:
    """Return a problem as JSON, or as a page to whom prefers one."""
    headers = {**problem.headers, "Vary": "Accept", "Cache-Control": "no-store"}
    if request.url.path.startswith("/api/") or not prefers_html(request.headers.get("accept")):
        return JSONResponse(
            problem.record() | {"instance": request.url.path},
            status_code=int(problem.status),
            media_type=MEDIA_TYPE,
            headers=headers,
        )
    page = render_page(
        request, "problem.html", here="", status=int(problem.status), problem=problem
    )
    page.headers.update(headers)
    return page


def describe_error(error: errors.ImpactGraphError | ProblemError) -> Problem:
    """Return an error as the problem that a client is told of; its details are for the log."""
    if isinstance(error, ProblemError):
        return error.problem
    if error.details:
        _log.warning("%s", error)
    kind, status = next(
        _STATUSES[ancestor] for ancestor in type(error).__mro__ if ancestor in _STATUSES
    )
    headers = {}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(getattr(error, "retry_after", 1))
    return Problem(kind, status, error.message, headers)


def install_problem_handlers(app: FastAPI) -> None:
    """Make every failure of the app a problem."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(errors.ImpactGraphError, _on_impactgraph_error)
    app.add_exception_handler(RequestValidationError, _on_bad_value)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_defect)


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return respond(request, error.problem)


def _on_impactgraph_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.ImpactGraphError)
    return respond(request, describe_error(error))


def _on_bad_value(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[tuple[str, ...], str] = {}
    for item in error.errors():
        place = tuple(str(part) for part in item["loc"] if "[" not in str(part))
        first.setdefault(place, _describe(item))
    details = first.values()
    return respond(request, Problem("bad-value", HTTPStatus.BAD_REQUEST, "; ".join(details)))


def _describe(item: Mapping[str, Any]) -> str:
    # A value that may be of several types is named last by the type that it was tried as.
    named = [str(part) for part in item["loc"] if "[" not in str(part)]
    name = named[-1] if named else "a value"
    if expected := item.get("ctx", {}).get("expected"):
        return f"{name} is one of {expected}, not {item.get('input')!r:.80}"
    return f"{name}: {item['msg'][:1].lower()}{item['msg'][1:]} (it was {item.get('input')!r:.80})"


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
    details = {
        HTTPStatus.NOT_FOUND: f"there is nothing at {request.url.path}; see /api for what there is",
        HTTPStatus.METHOD_NOT_ALLOWED: (
            f"{request.method} is not offered at {request.url.path}; "
            f"offered: {headers.get('Allow')}"
        ),
    }
    kind = status.phrase.lower().replace(" ", "-")
    detail = details.get(status, str(error.detail))
    ways = (
        (Way("/sparql", "Ask your own question"), Way("/draft", "Look at a draft of yours"))
        if status is HTTPStatus.NOT_FOUND
        else ()
    )
    heading = "Nothing is here" if status is HTTPStatus.NOT_FOUND else ""
    return respond(request, Problem(kind, status, detail, headers, heading=heading, ways=ways))


def _methods(request: Request) -> list[str]:
    """The methods that some route offers at this path; the framework names those of one only."""
    offered = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]
    return [*offered, "HEAD"] if "GET" in offered else offered


def _on_defect(request: Request, error: Exception) -> Response:
    _log.error("failed at %s", request.url.path, exc_info=error)
    problem = Problem(
        "failed",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "something failed that should not; the service's log has the details",
        HEADERS,  # this answer does not pass through the middleware that adds them
    )
    return respond(request, problem)
