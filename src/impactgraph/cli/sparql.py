"""The command that asks a SPARQL query."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer

from impactgraph.cli.options import AsJson, StoreLocation, choose_store
from impactgraph.cli.output import print_line, print_table
from impactgraph.errors import UsageError
from impactgraph.store import Results, Solutions
from impactgraph.vocabulary import PREFIXES

__all__ = ["query"]


class Format(StrEnum):
    """How an answer can be printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


_ROWS = {
    Format.JSON: ox.QueryResultsFormat.JSON,
    Format.CSV: ox.QueryResultsFormat.CSV,
    Format.TSV: ox.QueryResultsFormat.TSV,
    Format.XML: ox.QueryResultsFormat.XML,
}
_TRIPLES = {
    Format.TABLE: ox.RdfFormat.TURTLE,
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Format.RDFXML: ox.RdfFormat.RDF_XML,
    Format.JSON: ox.RdfFormat.JSON_LD,
    Format.JSONLD: ox.RdfFormat.JSON_LD,
}


def query(
    text: Annotated[
        str | None, typer.Argument(help="The query; - reads it from standard input.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the query from a file.")
    ] = None,
    form: Annotated[
        Format,
        typer.Option("--format", help="Triples of a CONSTRUCT print as Turtle for `table`."),
    ] = Format.TABLE,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Ask a SPARQL 1.1 query over all case studies; the usual prefixes need no declaring."""
    if (text is None) == (file is None):
        raise UsageError("give the query either as an argument (- for standard input) or by --file")
    if file is not None:
        words = file.read_text(encoding="utf-8")
    else:
        words = sys.stdin.read() if text == "-" else str(text)
    results = choose_store(store).query(words, prefixes=PREFIXES)
    _print(results, Format.JSON if as_json else form)


def _print(results: Results, form: Format) -> None:
    if isinstance(results, ox.QueryBoolean):
        if form in (Format.JSON, Format.XML, Format.CSV, Format.TSV):
            _write(results.serialize(format=_ROWS[form]))
        else:
            print_line("true" if results else "false")
    elif isinstance(results, Solutions):
        if form is Format.TABLE:
            _print_rows(results)
        elif form in _ROWS:
            _write(results.serialize(format=_ROWS[form]))
        else:
            raise UsageError(f"rows cannot be printed as {form.value}; take one of {_known(_ROWS)}")
    elif form in _TRIPLES:
        _write(results.serialize(format=_TRIPLES[form]))
    else:
        raise UsageError(f"triples cannot be printed as {form.value}; take {_known(_TRIPLES)}")


def _print_rows(rows: Solutions) -> None:
    names = [variable.value for variable in rows.variables]
    cells = [[_cell(row[name]) for name in names] for row in rows]
    print_table(names, cells)
    print_line(f"{len(cells)} row{'' if len(cells) == 1 else 's'}.", style="dim")


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value.removeprefix(namespace)}"
        return f"<{term.value}>"
    return str(term) if isinstance(term, ox.Triple) else term.value


def _known(formats: Mapping[Format, object]) -> str:
    return ", ".join(form.value for form in formats)


def _write(data: bytes | None) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data or b"")
    if data and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
