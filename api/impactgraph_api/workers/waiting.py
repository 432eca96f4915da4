"""Questions that wait for a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from impactgraph_api.workers.errors import OverloadedError
from impactgraph_api.workers.task import Task

__all__ = ["Waiting"]

_RETRY_AFTER = 2
"""What clients are told, in seconds, when there is no room."""


class Waiting:
    """Two queues, for quick questions and for long ones, so that none fills the other's.

    Args:
        longest: how many questions may wait in each.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self.quick: deque[Task] = deque()
        self.long: deque[Task] = deque()

    def __len__(self) -> int:
        """How many questions wait."""
        return len(self.quick) + len(self.long)

    def __iter__(self) -> Iterator[Task]:
        """All questions that wait."""
        yield from self.quick
        yield from self.long

    def add(self, task: Task, *, long: bool) -> None:
        """Have a question wait; where there is no room it fails."""
        queue = self.long if long else self.quick
        if len(queue) < self._longest:
            queue.append(task)
            return
        task.fail(
            OverloadedError(
                f"{self._longest} queries are waiting already; try again shortly",
                retry_after=_RETRY_AFTER,
            )
        )

    def remove(self, task: Task) -> None:
        """Let a question wait no more, if it does."""
        for queue in (self.quick, self.long):
            if task in queue:
                queue.remove(task)

    def expire(self, now: float) -> None:
        """Fail all questions that are past their deadlines."""
        for task in [task for task in self if now > task.deadline]:
            self.remove(task)
            task.fail(
                OverloadedError(
                    f"no worker came free within {task.seconds:g} seconds; try again shortly",
                    retry_after=_RETRY_AFTER,
                )
            )
