"""Questions that wait for a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from impactgraph_api.workers.errors import OverloadedError
from impactgraph_api.workers.task import Task

__all__ = ["Waiting"]

_RETRY_AFTER = 2
"""What clients are told, in seconds, when there is no room."""


_TURN = 4
"""Of so many places in the quick lane one goes to a question of an unknown kind."""


class Waiting:
    """Queues for quick questions and for long ones, so that none fills the other's.

    Of quick questions those whose kind is known to be quick go before the others.

    Args:
        longest: how many questions may wait in each.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._turn = 0
        self.known: deque[Task] = deque()
        self.quick: deque[Task] = deque()
        self.long: deque[Task] = deque()

    def __len__(self) -> int:
        """How many questions wait."""
        return len(self.known) + len(self.quick) + len(self.long)

    def __iter__(self) -> Iterator[Task]:
        """All questions that wait."""
        yield from self.known
        yield from self.quick
        yield from self.long

    def take_quick(self, *, known: bool) -> Task | None:
        """Return the question that is next in the quick lane, if one waits for it.

        Args:
            known: whether it has to be one that is known to be quick.
        """
        queue = self.known or self.quick
        if known:
            queue = self.known
        elif self.known and self.quick:
            self._turn = (self._turn + 1) % _TURN
            queue = self.known if self._turn else self.quick
        return queue.popleft() if queue else None

    def add(self, task: Task, *, long: bool, known: bool = False) -> None:
        """Have a question wait; where there is no room it fails.

        Args:
            task: the question.
            long: whether it turned out to be long.
            known: whether such questions are known to be quick.
        """
        queue = self.long if long else self.known if known else self.quick
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
        for queue in (self.known, self.quick, self.long):
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
