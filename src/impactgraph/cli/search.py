"""The command that finds case studies by their words."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from impactgraph.catalogue import (
    Catalogue,
    Selection,
    build_catalogue,
    found_record,
    locate_catalogue,
)
from impactgraph.cli.options import AsJson, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_title

__all__ = ["search"]

_PATIENCE = 600.0
"""Seconds: as long as another process may take to build the catalogue of a large store."""

_WORTH_TELLING = 200


def search(
    words: Annotated[
        list[str], typer.Argument(help="Words that a case study has, or that begin such.")
    ],
    page: Annotated[int, typer.Option("--page", min=1, help="Which 20 of those found.")] = 1,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Find case studies by words of their titles, findings, impacts, sources and the like."""
    selection = Selection(text=" ".join(words), page=page)
    chosen = choose_store(store)
    path = locate_catalogue(chosen)
    build_catalogue(chosen, path, wait=_PATIENCE, processes=2, progress=_tell)
    catalogue = Catalogue(path)
    found = catalogue.find(selection)
    if as_json:
        print_json(found_record(found, catalogue, fresh=True))
        return
    noun = "case study" if found.total == 1 else "case studies"
    print_line(f"{found.total} {noun}, page {found.page} of {found.pages}.", style="dim")
    for card in found.cards:
        print_title(f"{card.plain_title} ({card.slug})")
        for hit in card.hits:
            label = "".join(text for text, _ in hit.label)
            print_line(f"  {hit.name}: {label}")
        if card.more_hits:
            print_line(f"  and in {card.more_hits} more nodes", style="dim")


def _tell(done: int, of: int) -> None:
    if of >= _WORTH_TELLING and (done % 100 == 0 or done == of) and sys.stderr.isatty():
        print(f"\rReading {done} of {of} case studies", end="", file=sys.stderr, flush=True)
        if done == of:
            print(file=sys.stderr)
