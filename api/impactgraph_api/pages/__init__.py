"""The pages, one module each; what they share is in `rendering`."""

from impactgraph_api.pages.rendering import (
    STATIC_FOLDER,
    create_environment,
    page_context,
    render_page,
)

__all__ = ["STATIC_FOLDER", "create_environment", "page_context", "render_page"]
