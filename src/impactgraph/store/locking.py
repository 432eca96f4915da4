"""The writer's lock: one at a time, whichever process or thread it is in."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from impactgraph.errors import StoreLockedError
from impactgraph.store.layout import reporting

__all__ = ["exclusive"]

_PAUSE = 0.01
_LONGEST_NOTE = 200


@contextmanager
def exclusive(lock: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock of a store; its holder's death frees it.

    Args:
        lock: the file to lock.
        wait: for how many seconds to wait for whoever has it.

    Raises:
        StoreLockedError: it was not free in time.
        StoreError: the file cannot be written.
    """
    with reporting(
        "the store cannot be written (give yourself the right to write in its folder, or work on a "
        "copy of it)",
        lock,
    ):
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        with reporting("the store cannot be locked (keep stores on a local disk)", lock):
            _take(descriptor, lock, wait)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
            # Closing alone would not do where a forked child has inherited the descriptor.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def _take(descriptor: int, lock: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, _LONGEST_NOTE, 0).decode("utf-8", "replace")
                raise StoreLockedError(
                    f"another program is writing to the store; it was not free within {wait:g} s. "
                    "Try again when that has ended; if it hangs, end it: what was live before "
                    "stays whole",
                    f"{lock} is held by {holder.strip() or 'one that does not say who it is'}",
                ) from None
            time.sleep(_PAUSE)
    since = datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
    os.ftruncate(descriptor, 0)
    note = f"process {os.getpid()} on {socket.gethostname()} since {since}\n"
    # A full disk has no room for the note; the lock is held, and sweeping may make room.
    with suppress(OSError):
        os.pwrite(descriptor, note.encode("utf-8"), 0)
