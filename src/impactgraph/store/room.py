"""Room on the disk of a store.

The engine does not always report a full disk: it also waits for room that nobody makes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from impactgraph.errors import StoreFullError

__all__ = ["RESERVE", "measure_room", "refuse_without_room"]

RESERVE = 8 * 1024**2
"""Bytes that must be free before a write begins: a small one takes less, with all that the engine
writes along with it."""


def measure_room(folder: Path) -> int:
    """Return how many bytes are free, to this user, on the disk of a folder.

    Raises:
        OSError: the folder cannot be looked at.
    """
    found = os.statvfs(folder)
    # Some file systems do not say.
    return found.f_bavail * found.f_frsize if found.f_blocks else sys.maxsize


def refuse_without_room(folder: Path, wanted: int) -> None:
    """Refuse a write that would fill the disk of a folder.

    Args:
        folder: where it would be written.
        wanted: how many bytes it is likely to take; `RESERVE` where that is more.

    Raises:
        StoreFullError: so much is not free.
        OSError: the folder cannot be looked at.
    """
    wanted = max(wanted, RESERVE)
    if measure_room(folder) < wanted:
        raise StoreFullError(
            f"the disk is full: a write like this one needs {-(-wanted // 1024**2)} MiB free; the "
            "store is as it was. Make room, then try again"
        )
