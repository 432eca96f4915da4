"""Reading the number of the live generation, which every query that may be kept asks for."""

from __future__ import annotations

import os

from impactgraph.store.layout import Layout

__all__ = ["LiveGeneration"]


class LiveGeneration:
    """Reads which generation of a store is live; called, it takes a few microseconds.

    CURRENT is only ever replaced by another file, so one that looks as it did has not changed:
    the next may get the same inode, but not within the same tick of the clock, since a write waits
    for the disk.

    Args:
        layout: of the store's folder.
    """

    __slots__ = ("_layout", "_number", "_path", "_seen")

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path = str(layout.current)
        self._seen: tuple[int, ...] = ()
        self._number = 0

    def __call__(self) -> int:
        """Return the number.

        Raises:
            StoreError: the store has lost it.
        """
        try:
            status = os.stat(self._path)
        except OSError:
            return self._layout.live()
        seen = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_dev)
        if seen != self._seen:
            # What is read may be newer than what was seen, and is then read again.
            self._number = self._layout.live()
            self._seen = seen
        return self._number
