"""The command that starts the service."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from impactgraph.cli.options import Empty, StoreLocation, choose_store
from impactgraph.errors import UsageError

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    store: StoreLocation = None,
    empty: Empty = False,
) -> None:
    """Serve the pages, the JSON API and the SPARQL endpoint, until Ctrl-C."""
    import uvicorn

    from impactgraph_api import create_app

    app = create_app(choose_store(store, empty=empty))
    print(f"impactgraph is at http://{host}:{port} (Ctrl-C ends it)", file=sys.stderr)
    try:
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    except SystemExit as stopped:
        if stopped.code:
            raise UsageError(
                f"cannot listen on {host}:{port}; is another program there? "
                "Choose another port with --port"
            ) from None
