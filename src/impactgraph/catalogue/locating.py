"""Where the catalogue of a store lies."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from impactgraph.identity import digest
from impactgraph.store import Store
from impactgraph.store.layout import Layout, reporting
from impactgraph.store.remote import RemoteStore

__all__ = ["locate_catalogue", "stamp_of"]

_FILE = "catalogue.sqlite"


def locate_catalogue(store: Store) -> Path:
    """Return the path of a store's catalogue, whether or not it has been built yet.

    It lies in the store's folder. For an engine elsewhere, and for a store whose folder may only
    be read, it lies in the user's cache folder, under a name made of the store's address.
    """
    if not isinstance(store, RemoteStore):
        folder = store.location / "catalogue"
        if os.access(folder if folder.is_dir() else store.location, os.W_OK):
            return folder / _FILE
    cache = Path(platformdirs.user_cache_dir("impactgraph", appauthor=False))
    return cache / "catalogues" / digest(store.address) / _FILE


def stamp_of(store: Store) -> str:
    """Return what tells the live generation from any other, of the same number too.

    A store that was restored from a copy counts on from there, and comes to numbers that another
    generation had before.

    Raises:
        StoreError: the store cannot be read.
    """
    if isinstance(store, RemoteStore):
        return str(store.generation)
    with reporting("the store cannot be read", store.location):
        written = Layout(store.location).current.stat().st_mtime_ns
    return f"{store.generation} {written}"
