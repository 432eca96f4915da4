"""The command that starts the service."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from impactgraph.cli.options import Empty, StoreLocation, choose_store
from impactgraph.cli.sizes import parse_size
from impactgraph.errors import UsageError

__all__ = ["serve"]

MEMORY, RESULT, CACHE, DRAFTS = "1G", "1G", "64M", "256M"


class DefaultGraph(StrEnum):
    """What a query's default graph is."""

    UNION = "union"
    STRICT = "strict"


class LogLevel(StrEnum):
    """How much the service tells on standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    store: StoreLocation = None,
    empty: Empty = False,
    default_graph: Annotated[
        DefaultGraph,
        typer.Option(
            help="A query's default graph: the union of all graphs, or the data set's own."
        ),
    ] = DefaultGraph.UNION,
    query_timeout: Annotated[
        float, typer.Option(min=0.001, help="Seconds that a query may run.")
    ] = 30,
    query_memory: Annotated[
        str, typer.Option(metavar="SIZE", help="Memory that a query may take; at least 512M.")
    ] = MEMORY,
    result_size: Annotated[
        str, typer.Option(metavar="SIZE", help="Size that an answer may have.")
    ] = RESULT,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Queries that run at the same time.",
            show_default="one for each processor, at most 4",
        ),
    ] = None,
    queue: Annotated[int, typer.Option(min=1, help="Queries that may wait for a worker.")] = 64,
    cache_size: Annotated[
        str, typer.Option(metavar="SIZE", help="Size of all kept answers together; 0 keeps none.")
    ] = CACHE,
    update_timeout: Annotated[
        float, typer.Option(min=0.001, help="Seconds that a write may run.")
    ] = 60,
    drafts: Annotated[int, typer.Option(min=1, help="Drafts that are kept in memory.")] = 64,
    draft_memory: Annotated[
        str, typer.Option(metavar="SIZE", help="Size of all drafts together.")
    ] = DRAFTS,
    draft_time: Annotated[
        float, typer.Option(min=0.001, help="Seconds that a draft is kept after the last look.")
    ] = 1800,
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="A file with the token that a write must bear; else IMPACTGRAPH_TOKEN, else "
            "nobody may write."
        ),
    ] = None,
    validate_writes: Annotated[
        bool,
        typer.Option(
            "--validate-writes", help="Refuse writes that leave a case study violating the shapes."
        ),
    ] = False,
    load_allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PLACE",
            help="Host or URL prefix that LOAD may fetch from; may be repeated.",
            show_default="none",
        ),
    ] = None,
    cors_origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Origin whose pages may read answers; may be repeated; none: no other.",
            show_default="*, all",
        ),
    ] = None,
    root_path: Annotated[
        str, typer.Option(metavar="PATH", help="The path that a proxy takes off before it asks.")
    ] = "",
    log_level: Annotated[
        LogLevel, typer.Option(help="From which level on to log; info logs requests.")
    ] = LogLevel.WARNING,
) -> None:
    """Serve the pages, the JSON API and the SPARQL endpoint, until Ctrl-C."""
    from impactgraph_api import Settings, choose_token, create_app, listen

    if root_path and not root_path.startswith("/"):
        raise UsageError(f"the root path {root_path!r} is none: it begins with /, as in /impact")
    if token_file is not None:
        _warn_of_readers(token_file)
    settings = Settings(
        default_graph=default_graph.value,
        query_timeout=query_timeout,
        query_memory=parse_size(query_memory),
        result_size=parse_size(result_size),
        queue=queue,
        cache_size=parse_size(cache_size),
        update_timeout=update_timeout,
        drafts=drafts,
        draft_memory=parse_size(draft_memory),
        draft_time=draft_time,
        validate_writes=validate_writes,
        token=choose_token(os.environ.get("IMPACTGRAPH_TOKEN"), token_file),
        cors_origins=_read_origins(cors_origin),
        load_allow=tuple(load_allow or ()),
    )
    if workers is not None:
        settings = replace(settings, workers=workers)
    app = create_app(choose_store(store, empty=empty), settings)
    listen(app, host=host, port=port, root_path=root_path, log_level=log_level.value)


def _read_origins(given: list[str] | None) -> tuple[str, ...]:
    if not given:
        return ("*",)
    return tuple(origin for origin in given if origin != "none")


def _warn_of_readers(token_file: Path) -> None:
    try:
        mode = token_file.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        print(
            f"impactgraph: others can read the token in {token_file}; chmod 600 keeps them out",
            file=sys.stderr,
        )
