"""`GET /api`: what the service offers to programs, from its own OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS
from impactgraph_api.pages import render_page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Operation:
    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    example: str | None


@router.get("/api")
def show_api(request: Request) -> HTMLResponse:
    """Show the routes with their parameters; FastAPI's own page would load from a CDN."""
    return render_page(
        request,
        "api.html",
        here="api",
        operations=list(_operations(request)),
        solution_formats=list(SOLUTION_FORMATS),
        graph_formats=list(GRAPH_FORMATS),
        base=str(request.base_url).rstrip("/"),
    )


def _operations(request: Request) -> Iterator[_Operation]:
    first = next(iter(request.app.state.readings.titles()), None)
    for path, methods in request.app.openapi()["paths"].items():
        for method, operation in methods.items():
            if method == "head":
                continue
            example = path
            if "{" in path:
                example = path.replace("{slug}", first) if first else ""
            yield _Operation(
                method=method.upper(),
                path=path,
                summary=operation.get("description") or operation.get("summary", ""),
                parameters=tuple(operation.get("parameters", ())),
                example=example if method == "get" and path != "/sparql" else None,
            )
