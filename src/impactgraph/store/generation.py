"""A generation that is open for reading."""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from pathlib import Path

import pyoxigraph as ox

from impactgraph.errors import StoreError
from impactgraph.store.layout import (
    Layout,
    is_short_of_descriptors,
    report_failure,
    reporting,
)

__all__ = ["Generation", "open_generation", "open_live_generation"]

_PATIENCE = 10.0
_PAUSE = 0.002


class Generation:
    """An Oxigraph store, open read-only, that no sweeper deletes while anything refers to this.

    Tables are opened only when they are first needed, so a generation must outlast its readers.
    """

    __slots__ = ("__weakref__", "engine", "number", "pointer")

    def __init__(self, path: Path, number: int, pointer: bytes, descriptor: int) -> None:
        self.number = number
        self.pointer = pointer
        # The lock is let go of with the last reference; at the process's end, by the system.
        weakref.finalize(self, os.close, descriptor).atexit = False
        try:
            self.engine = ox.Store.read_only(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            if isinstance(error, OSError) and is_short_of_descriptors(error):
                raise report_failure("the store cannot be opened", error, path) from error
            raise StoreError(
                "the live generation cannot be read as an Oxigraph store: it is damaged; restore "
                "the folder of the store from a copy",
                f"{path}: {error}",
            ) from error


def open_live_generation(layout: Layout) -> Generation:
    """Open the generation that CURRENT names, under a shared lock.

    CURRENT is read again after locking: only what it names then is safe from the sweeper.

    Raises:
        StoreError: CURRENT names nothing that can be opened.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        pointer = layout.read_pointer()
        number = layout.parse_pointer(pointer)
        path = layout.generation(number)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            if is_short_of_descriptors(error):
                raise report_failure("the store cannot be opened", error, path) from error
            if pointer == layout.read_pointer():
                raise StoreError(
                    f"the live generation cannot be opened: {error.strerror}; restore the folder "
                    "of the store from a copy",
                    str(path),
                ) from error
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            locked = pointer == layout.read_pointer()
        except BlockingIOError:
            locked = False
        except BaseException:
            os.close(descriptor)
            raise
        if locked:
            return Generation(path, number, pointer, descriptor)
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise StoreError(
                "the live generation is kept locked by another program; end that one", str(path)
            )
        time.sleep(_PAUSE)


def open_generation(layout: Layout, number: int) -> Generation:
    """Open a generation that some other process holds, live or not, under a shared lock.

    Raises:
        StoreError: it is gone, or cannot be opened.
    """
    path = layout.generation(number)
    with reporting(f"generation {number} cannot be opened (it may have been replaced since)"):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StoreError(f"generation {number} is being deleted; begin again") from error
    return Generation(path, number, layout.read_pointer(), descriptor)
