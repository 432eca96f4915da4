"""The command line: it parses, calls one public function, and prints.

Data go to standard output, messages to standard error. Exit codes: 0 done; 2 the command was
called wrongly; 3 no such case study or node; 4 a file, graph or query is not right; 5 the store
cannot be used; 1 anything else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from impactgraph.cli.analysis import chains, gaps, matrix, underpins
from impactgraph.cli.checking import check
from impactgraph.cli.contents import case_studies, dump, load, remove, validate
from impactgraph.cli.corpus import compare, corpus
from impactgraph.cli.curation import curate, curation
from impactgraph.cli.documents import encode, extract
from impactgraph.cli.evidence import remedies, report, robustness
from impactgraph.cli.search import search
from impactgraph.cli.serve import serve
from impactgraph.cli.sparql import query
from impactgraph.cli.suggestions import evaluate_suggestions, suggest, train_suggestions
from impactgraph.errors import (
    DecodingError,
    DocumentError,
    ImpactGraphError,
    LoadingError,
    NotFoundError,
    QueryError,
    StoreError,
    UsageError,
)

__all__ = ["EXIT_CODES", "app", "main"]

EXIT_CODES: dict[type[ImpactGraphError], int] = {
    UsageError: 2,
    NotFoundError: 3,
    LoadingError: 4,
    DocumentError: 4,
    DecodingError: 4,
    QueryError: 4,
    StoreError: 5,
    ImpactGraphError: 1,
}
"""The exit code for each kind of failure; the first that fits counts."""


def _until_pipe_closes(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command, ending quietly when the reader of its output leaves (`| head`)."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered must not be tried again when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return run


app = typer.Typer(
    name="impactgraph",
    help="How research became impact, and how well that is evidenced.",
    epilog="Exit codes: 0 done, 2 called wrongly, 3 no such case study or node, "
    "4 a file, graph or query is not right, 5 the store cannot be used, 1 anything else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    case_studies,
    underpins,
    chains,
    gaps,
    matrix,
    robustness,
    remedies,
    report,
    check,
    corpus,
    compare,
    search,
    query,
    extract,
    encode,
    suggest,
    train_suggestions,
    evaluate_suggestions,
    curation,
    curate,
    validate,
    load,
    remove,
    dump,
    serve,
):
    app.command(command.__name__.replace("_", "-"))(_until_pipe_closes(command))


def main() -> None:
    """Run the command line, with one plain line for what goes wrong."""
    try:
        app()
    except ImpactGraphError as error:
        print(f"impactgraph: {error}", file=sys.stderr)
        sys.exit(next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind)))
    except OSError as error:
        print(f"impactgraph: {error}", file=sys.stderr)
        sys.exit(4)
