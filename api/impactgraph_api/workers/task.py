"""One question on its way to an answer."""

from __future__ import annotations

import asyncio
import time

from impactgraph.errors import ImpactGraphError
from impactgraph_api.workers.errors import QueryTimeoutError
from impactgraph_api.workers.exchange import Answer, Question
from impactgraph_api.workers.worker import Worker

__all__ = ["Task"]


class Task:
    """A question, its deadline, who answers it, and what comes of it.

    Args:
        question: what is asked.
        seconds: how long it may take, waiting included.
    """

    __slots__ = (
        "_clock",
        "asked",
        "deadline",
        "lost",
        "outcome",
        "question",
        "seconds",
        "used",
        "worker",
    )

    def __init__(self, question: Question, seconds: float) -> None:
        self.question = question
        self.seconds = seconds
        self.asked = time.monotonic()
        self.deadline = self.asked + seconds
        self.worker: Worker | None = None
        self.used = 0.0
        self._clock: float | None = None
        self.lost = False
        self.outcome: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def begin(self, worker: Worker) -> None:
        """Hand the question to a worker."""
        self.worker = worker
        self.used = 0.0
        self._clock = None
        worker.ask(self.question)

    def measure(self, worker: Worker) -> None:
        """Bring `used` up to date: for how many seconds of a processor the worker has been at it.

        They count from the first look. Most questions are answered before that, and a look takes
        a good part of such an answer's time.
        """
        clock = worker.gauge.read_seconds()
        if self._clock is None:
            self._clock = clock
        self.used = clock - self._clock

    def finish(self, outcome: Answer | ImpactGraphError) -> None:
        """Hand over what came of it; where nobody waits any more, let go of it."""
        if isinstance(outcome, ImpactGraphError):
            self.fail(outcome)
        elif not self.outcome.done():
            self.outcome.set_result(outcome)
        elif outcome.file is not None:
            outcome.file.close()

    def fail(self, error: ImpactGraphError) -> None:
        """Say why there is no answer."""
        if not self.outcome.done():
            self.outcome.set_exception(error)

    def too_slow(self) -> QueryTimeoutError:
        """Return the error for a query that is past its deadline."""
        return QueryTimeoutError(
            f"the query was ended after {self.seconds:g} seconds; ask for less at a time, with "
            "LIMIT or a narrower pattern"
        )
