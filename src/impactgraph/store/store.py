"""Opening, reading and writing a store."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from rdflib import Dataset

from impactgraph.errors import StoreError
from impactgraph.store.generation import Generation, open_generation, open_live_generation
from impactgraph.store.layout import Layout, read_format, reporting, write_format
from impactgraph.store.locking import exclusive
from impactgraph.store.querying import Bindings, Prefixes
from impactgraph.store.results import Results
from impactgraph.store.snapshot import Snapshot
from impactgraph.store.sweeping import sweep
from impactgraph.store.transaction import Change
from impactgraph.store.writing import commit, make_first_generation

__all__ = ["Store", "open_store"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_BEGINNINGS = {"lock", "generations", "CURRENT", "CURRENT.tmp", "FORMAT.tmp"}
"""What lies in the folder of a store whose making was cut short."""


class Store:
    """A store in a folder, for any number of threads and processes.

    Every query sees one generation from its start to its end, the newest when it starts.
    """

    def __init__(self, layout: Layout, *, lock_wait: float) -> None:
        self._layout = layout
        self._lock_wait = lock_wait
        self._generation: Generation | None = None
        self._moving = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def location(self) -> Path:
        """The folder of the store."""
        return self._layout.root

    @property
    def address(self) -> str:
        """What `open_store` opens this store by, in another process too."""
        return str(self._layout.root)

    @property
    def generation(self) -> int:
        """Number of the live generation; 0 where nothing has ever been written."""
        return self._live().number

    def query(
        self, text: str, *, bindings: Bindings | None = None, prefixes: Prefixes | None = None
    ) -> Results:
        """Answer a SPARQL 1.1 query over the union of all graphs.

        Args:
            text: the query; it may not ask other services.
            bindings: values of some of its variables, by name without question mark, as terms of
                pyoxigraph; a SELECT must name these variables in its projection.
            prefixes: namespaces that the query need not declare, by their prefixes.

        Returns:
            `Solutions` for SELECT, `Triples` for CONSTRUCT and DESCRIBE, a
            `pyoxigraph.QueryBoolean` for ASK. They are for the calling thread alone.

        Raises:
            QueryError: the query is malformed or asks for what is not offered.
            StoreError: the store cannot be read.
        """
        return self.snapshot().query(text, bindings=bindings, prefixes=prefixes)

    def snapshot(self, generation: int | None = None) -> Snapshot:
        """Return one generation, to ask several queries of the same data.

        Args:
            generation: its number, where another process that holds it shares its work; else the
                live one.

        Raises:
            StoreError: there is no such generation any more.
        """
        if generation is None or generation == self.generation:
            return Snapshot(self._live())
        return Snapshot(open_generation(self._layout, generation))

    def dataset(self) -> Dataset:
        """Return the live generation as a dataset of rdflib; see `Snapshot.dataset`."""
        return self.snapshot().dataset()

    def write(
        self, change: Change, *, announce: Callable[[int], None] | None = None, room: int = 0
    ) -> int:
        """Make one change: all of it, or nothing where anything fails.

        Args:
            change: makes the change on the transaction that it is given.
            announce: called with the generation's number when only making it live is left to do:
                whoever sees this process die after that finds the number live, or it never was.
            room: how many bytes on the disk the change is likely to take, where that is known;
                it is refused at once where they are not free.

        Returns:
            The number of the generation that holds the change; it is durable, and every query
            that starts from now on sees it.

        Raises:
            StoreLockedError: another process or thread writes and did not end in time.
            StoreFullError: the disk is full.
            StoreError: the store cannot be written. What `change` raises comes through as it is.
        """
        with exclusive(self._layout.lock, wait=self._lock_wait):
            try:
                return commit(self._layout, change, announce, room=room)
            finally:
                # What this store has open itself is not to keep the old generation.
                self.close()
                sweep(self._layout)

    def close(self) -> None:
        """Let go of the generation that is open; whoever asks again opens the live one."""
        with self._moving:
            self._generation = None

    def _live(self) -> Generation:
        generation = self._generation
        if generation is not None and generation.pointer == self._layout.read_pointer():
            return generation
        with self._moving:
            generation = self._generation
            if generation is None or generation.pointer != self._layout.read_pointer():
                generation = self._generation = open_live_generation(self._layout)
            return generation


def open_store(location: str | Path, *, lock_wait: float = 10.0) -> Store:
    """Open the store in a folder, or the SPARQL engine at a URL.

    Where there is no store in the folder yet, or nothing in it, one is made.

    Args:
        location: the folder, "~" standing for the user's own; or the URL that takes queries: see
            `remote.locate_engine` for what the environment says of it.
        lock_wait: for how many seconds a write waits for another one to end.

    Raises:
        StoreError: the folder holds something else, a store that is damaged or of another format,
            or may not be used.
    """
    if _URL.match(str(location)):
        # Imported here: most stores are folders, and need no HTTP.
        from impactgraph.store.remote import open_remote_store

        return open_remote_store(str(location))
    layout = Layout(Path(os.path.abspath(Path(location).expanduser())))
    if not read_format(layout):
        _make_store(layout, lock_wait)
    store = Store(layout, lock_wait=lock_wait)
    store.generation  # noqa: B018 - what is damaged is reported here, not by the first query
    return store


def _make_store(layout: Layout, lock_wait: float) -> None:
    cannot = "no store can be made there"
    with reporting(f"{cannot} (choose a folder that you may write to)", layout.root):
        layout.root.mkdir(parents=True, exist_ok=True)
        _refuse_others(layout)
    with exclusive(layout.lock, wait=lock_wait):
        # Someone else may have made it since.
        if read_format(layout):
            return
        with reporting(cannot, layout.root):
            _refuse_others(layout)
            layout.generations.mkdir(exist_ok=True)
            _clear_beginnings(layout)
            make_first_generation(layout)
            write_format(layout)


def _refuse_others(layout: Layout) -> None:
    """Refuse a folder that holds anything but the beginnings of a store."""
    others = sorted({path.name for path in layout.root.iterdir()} - _BEGINNINGS)
    if others:
        shown = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise StoreError(
            f"the folder is no impactgraph store and not empty (it holds {shown}); choose an empty "
            "or a new folder",
            str(layout.root),
        )
    if layout.generations.is_dir() and any(layout.numbers().values()):
        raise StoreError(
            "the store has lost its FORMAT; restore that file from a copy of the store",
            str(layout.root),
        )


def _clear_beginnings(layout: Layout) -> None:
    for path in layout.numbers():
        shutil.rmtree(path)
