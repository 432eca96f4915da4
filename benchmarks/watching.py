"""Watching the memory of a service's processes while something else goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.processes import command_line, descendants, divided_memory, unshared_memory

__all__ = ["Watch", "watch_memory"]

_EVERY = 0.1


@dataclass(slots=True)
class Watch:
    """The memory of one process of a family, and of those below it, in bytes.

    Memory is anonymous memory: what files in memory take is shared and can be had back.
    """

    root: int
    highest_root: int = 0
    """Most of the process itself: the one that speaks HTTP."""
    highest_worker: int = 0
    """Most of any single process below it."""
    highest_workers: int = 0
    """Most of all processes below it together, what they share counted once."""
    most_workers: int = 0
    """How many of those there were at the same time, at most."""
    by_worker: dict[int, int] = field(default_factory=dict)
    """Most of each process below it."""

    def look(self) -> None:
        """Read the memory of all processes now."""
        self.highest_root = max(self.highest_root, unshared_memory(self.root))
        workers = {one: unshared_memory(one) for one in _workers(self.root)}
        for one, size in workers.items():
            self.by_worker[one] = max(size, self.by_worker.get(one, 0))
        self.highest_worker = max([self.highest_worker, *workers.values()])
        self.highest_workers = max(self.highest_workers, sum(map(divided_memory, workers)))
        self.most_workers = max(self.most_workers, len(workers))


@contextmanager
def watch_memory(root: int) -> Iterator[Watch]:
    """Watch a process and its descendants until the block ends.

    Args:
        root: the number of the process.
    """
    watch, ended = Watch(root), threading.Event()

    def keep_looking() -> None:
        while not ended.wait(_EVERY):
            watch.look()

    watch.look()
    thread = threading.Thread(target=keep_looking, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()


def _workers(root: int) -> tuple[int, ...]:
    """Return the processes below another, without the bookkeeper that Python starts by itself."""
    return tuple(
        one
        for one in descendants(root)
        if one != root and "resource_tracker" not in command_line(one)
    )
