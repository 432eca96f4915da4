"""Printing: data to stdout, messages to stderr, tables that fit the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactgraph.model import Basis, Link
from impactgraph.wording import describe_confidence

__all__ = ["basis_text", "print_json", "print_line", "print_sentence", "print_table", "print_title"]

_STYLES = {Basis.STATED: "bold green", Basis.CURATED: "cyan", Basis.INFERRED: "dim italic"}


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # Rich would end the process as failed; the command line ends it quietly.
        raise BrokenPipeError


def _console() -> Console:
    # Off a terminal (a pipe, a file) rich would fall back to 80 columns, too few for chains.
    return _Console(width=None if sys.stdout.isatty() else 120, highlight=False, soft_wrap=False)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def print_title(text: str) -> None:
    """Print a heading."""
    _console().print(f"\n[bold]{escape(text)}[/bold]")


def print_line(text: str, *, style: str = "") -> None:
    """Print a paragraph of plain text."""
    _console().print(Text(text, style=style))


def print_sentence(text: str, *, indent: int = 2) -> None:
    """Print a sentence, indented."""
    _console().print(Padding(Text(text), (0, 0, 0, indent)))


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    *,
    numeric: Sequence[int] = (),
    indent: int = 0,
) -> None:
    """Print rows under column headings; nothing where there are no rows.

    Args:
        columns: the headings.
        rows: a cell for each column; plain strings are printed as they are.
        numeric: the indexes of columns that are aligned to the right.
        indent: how many spaces stand before each line.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    if table.rows:
        _console().print(Padding(table, (0, 0, 0, indent)))


def basis_text(link: Link) -> Text:
    """Return a link's basis and confidence, coloured by basis."""
    words = link.basis.value
    if link.collective:
        words += " together"
    if link.basis is not Basis.STATED:
        words += f", {describe_confidence(link.confidence)}"
    return Text(words, style=_STYLES[link.basis])
