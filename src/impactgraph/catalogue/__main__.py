"""Bring a store's catalogue up to date, as a process of its own that gives way to others."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from impactgraph.catalogue.building import build_catalogue
from impactgraph.errors import ImpactGraphError, StoreLockedError
from impactgraph.store import open_store

_NICE = 10


def main() -> None:
    """Build the catalogue in a file (second argument) of the store at an address (the first)."""
    address, path, processes = sys.argv[1:]
    os.nice(_NICE)
    try:
        # Where another process builds it, that will do.
        with suppress(StoreLockedError), open_store(address) as store:
            build_catalogue(store, Path(path), processes=int(processes))
    except ImpactGraphError as error:
        sys.exit(f"impactgraph: the catalogue was not built: {error}")


if __name__ == "__main__":
    main()
