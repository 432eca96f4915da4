"""The options that commands share, and the store that they choose."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from impactgraph.graph import CaseGraph, default_basis, to_networkx
from impactgraph.model import Basis
from impactgraph.shipping import Shipment, ship
from impactgraph.store import Store, open_store

__all__ = [
    "AsJson",
    "ChosenBasis",
    "Empty",
    "Slug",
    "StoreLocation",
    "choose_store",
    "graph_and_basis",
]

Slug = Annotated[str, typer.Argument(help="The case study, as `case-studies` lists it.")]
StoreLocation = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="IMPACTGRAPH_STORE",
        metavar="FOLDER|URL",
        show_default="a folder of your user data directory",
        help="The folder of the store, or the URL of a SPARQL 1.1 engine.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Empty = Annotated[
    bool, typer.Option("--empty", help="Leave a new store without the case studies shipped.")
]
ChosenBasis = Annotated[
    Basis | None,
    typer.Option(
        "--basis",
        show_default="curated where a person has curated, else stated",
        help="stated: only what the document says; curated: that and people's conclusions; "
        "inferred: programs' too.",
    ),
]


def choose_store(location: str | Path | None, *, empty: bool = False) -> Store:
    """Return the store at a location, else the user's own.

    A new folder is filled with what impactgraph ships; what an earlier release put there is
    renewed.

    Raises:
        StoreError: it cannot be opened.
    """
    path = location or Path(platformdirs.user_data_dir("impactgraph", appauthor=False)) / "store"
    store = open_store(path)
    # An engine elsewhere is somebody's: nothing is put there unasked.
    if not empty and "://" not in str(path):
        for line in _tell(ship(store), path):
            print(line, file=sys.stderr)
    return store


def _tell(shipment: Shipment, path: str | Path) -> Iterator[str]:
    names = ", ".join(shipment.loaded)
    if shipment.new:
        yield f"New store in {_shorten(path)}, with {names}."
    if shipment.renewed:
        renewed = ", ".join(["the ontology", *shipment.loaded])
        yield f"Brought the store in {_shorten(path)} to this release: {renewed}."
    for slug in shipment.kept:
        yield (
            f"{slug} was changed in this store, so it stays as it is. This release ships another: "
            "`impactgraph load` brings a file in, and repeats what people decided on it."
        )


def graph_and_basis(store: Store, slug: str, basis: Basis | None) -> tuple[CaseGraph, Basis]:
    """Return a case study's graph, and the basis asked for or else its default.

    Raises:
        NotFoundError: the store holds no such case study.
    """
    graph = to_networkx(store.snapshot(), slug)
    return graph, basis or default_basis(graph)


def _shorten(path: str | Path) -> str:
    home = os.path.expanduser("~")
    return str(path).replace(home, "~", 1) if home != "/" else str(path)
