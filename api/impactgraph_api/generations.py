"""Reading the number of the live generation, which every query that may be kept asks for."""

from __future__ import annotations

import os

from impactgraph.store.layout import Layout

__all__ = ["LiveGeneration"]

_LONGEST_NAME = 64


class LiveGeneration:
    """Reads which generation of a store is live; called, it takes a few microseconds.

    Args:
        layout: of the store's folder.
    """

    __slots__ = ("_layout", "_number", "_path", "_pointer")

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path = str(layout.current)
        self._pointer = b""
        self._number = 0

    def __call__(self) -> int:
        """Return the number.

        Raises:
            StoreError: the store has lost it.
        """
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return self._layout.live()
        try:
            pointer = os.read(descriptor, _LONGEST_NAME)
        finally:
            os.close(descriptor)
        if pointer != self._pointer:
            self._number = self._layout.parse_pointer(pointer)
            self._pointer = pointer
        return self._number
