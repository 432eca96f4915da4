"""Which worker is at which question, and which of those are long."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph_api.workers.task import Task
from impactgraph_api.workers.worker import Worker

__all__ = ["Lanes"]


class Lanes:
    """A quick lane, which every question begins in, and a long one.

    Args:
        width: how many workers may be in the quick lane, and for long in the other.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self.quick: dict[Worker, Task] = {}
        self.long: dict[Worker, Task] = {}
        self._leaving: set[int] = set()

    def __iter__(self) -> Iterator[tuple[Worker, Task]]:
        """All workers with a question."""
        yield from self.quick.items()
        yield from self.long.items()

    @property
    def quick_is_full(self) -> bool:
        """Whether no more may begin in the quick lane but what is known to be quick."""
        return len(self.quick) >= self._width

    @property
    def quick_is_crowded(self) -> bool:
        """Whether no more may begin in the quick lane at all."""
        return len(self.quick) >= 2 * self._width

    @property
    def long_is_crowded(self) -> bool:
        """Whether more are in the long lane than may stay there."""
        return len(self.long) > self._width

    def has_room_for_long(self, times: int) -> bool:
        """Return whether the long lane, counted so many times, has room for one more.

        Workers that are ending take room until they are gone.
        """
        return len(self.long) + len(self._leaving) < self._width * times

    def move_to_long(self, worker: Worker) -> None:
        """Move a worker out of the quick lane."""
        self.long[worker] = self.quick.pop(worker)

    def leave(self, worker: Worker) -> Task | None:
        """Take a worker, which ends, out of its lane; return its question, if it has one."""
        if worker in self.long:
            self._leaving.add(worker.process)
            return self.long.pop(worker)
        return self.quick.pop(worker, None)

    def note_end(self, process: int) -> None:
        """Note that the process of a worker is gone."""
        self._leaving.discard(process)

    def clear(self) -> list[Task]:
        """Forget all workers; return the questions that they had."""
        tasks = [task for _, task in self]
        self.quick.clear()
        self.long.clear()
        self._leaving.clear()
        return tasks
