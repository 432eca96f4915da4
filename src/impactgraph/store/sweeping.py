"""Deleting what nobody reads any more."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from impactgraph.store.layout import Layout

__all__ = ["sweep"]


def sweep(layout: Layout) -> tuple[int, ...]:
    """Delete all generations that are neither live nor in use, strays of dead writers included.

    The caller holds the writer's lock. What cannot be deleted now is left for the next time.

    Returns:
        The numbers of those that were deleted.
    """
    live = layout.generation(layout.live())
    deleted = []
    for path, number in sorted(layout.numbers().items()):
        if path != live and _delete_unused(path):
            deleted.append(number)
    return tuple(deleted)


def _delete_unused(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
