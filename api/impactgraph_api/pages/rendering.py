"""The templates, and what every page needs of them."""

from __future__ import annotations

from gettext import translation
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from impactgraph.wording import capitalise

__all__ = [
    "DOMAIN",
    "LANGUAGE",
    "STATIC_FOLDER",
    "create_environment",
    "page_context",
    "render_page",
]

FOLDER = Path(__file__).parents[1]
STATIC_FOLDER = FOLDER / "static"

LANGUAGE = "en"
"""The language of the pages (BCP 47); English stands in the templates as it is shown."""

DOMAIN = "impactgraph"
"""The texts' name for gettext; `make texts` gathers them in locale/impactgraph.pot."""


def create_environment() -> Environment:
    """Return the templates' environment: everything is escaped, nothing may be undefined."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.filters["capitalise"] = capitalise
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translation(DOMAIN, FOLDER / "locale", [LANGUAGE], fallback=True), newstyle=True
    )
    return environment


def page_context(request: Request, here: str) -> dict[str, Any]:
    """Return what the frame of every page needs.

    Args:
        request: tells where the service is mounted.
        here: the name of the page in the navigation.
    """
    root = request.scope.get("root_path", "").rstrip("/")
    return {"root": root, "here": here, "language": LANGUAGE}


def render_page(
    request: Request, template: str, *, here: str, status: int = 200, **context: Any
) -> HTMLResponse:
    """Return a page made of one of the templates."""
    environment: Environment = request.app.state.templates
    page = environment.get_template(template).render(page_context(request, here) | context)
    return HTMLResponse(page, status_code=status)
