"""The pool of query workers: two lanes, a queue, and the limits of every query."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from pathlib import Path

from impactgraph.errors import ImpactGraphError, StoreError
from impactgraph_api.settings import Settings
from impactgraph_api.workers.crew import Crew
from impactgraph_api.workers.errors import (
    OverloadedError,
    explain_end,
    out_of_memory,
)
from impactgraph_api.workers.exchange import Answer, Question
from impactgraph_api.workers.long_queries import LongQueries
from impactgraph_api.workers.statistics import Statistics
from impactgraph_api.workers.task import Task
from impactgraph_api.workers.worker import Worker

__all__ = ["QueryWorkers"]

_LONG = 0.25
"""After how many seconds of a processor a query is long. A clock would count against a query that
others keep from the processor."""

_LONG_WHERE_OTHERS_WAIT = 0.025

_LOOK = 0.02
"""How often, in seconds, time and memory of the queries that run are looked at."""

_LONGEST_START = 60.0

_RETRY_AFTER = 2
"""What clients are told, in seconds, when there is no room."""


class QueryWorkers:
    """Answers queries in processes of their own, within the limits of the settings.

    A query begins in the quick lane, which has as many workers as the settings say. One that takes
    250 ms of a processor (25 ms where others wait) is long: its worker gets a low priority and a
    spare takes its place. As many may be long as may be quick, and as many again until they have
    taken 250 ms; what is too much is put back, and begins again when there is room. The same query,
    asked again within a minute, waits for such room from the start. The deadline counts from the
    moment of asking.

    Everything happens on the event loop that `start` runs on.

    Args:
        location: the folder of the store.
        settings: the limits, and the default graph.
    """

    def __init__(self, location: Path, settings: Settings) -> None:
        self._settings = settings
        self._crew = Crew(
            location,
            settings,
            on_idle=self._dispatch,
            on_outcome=self._on_outcome,
            on_silent=self._on_silent,
            on_ended=self._on_ended,
            on_lost=self._on_lost,
        )
        self._running = False
        self._looking: asyncio.TimerHandle | None = None
        self._quick: dict[Worker, Task] = {}
        self._long: dict[Worker, Task] = {}
        self._silent: dict[int, Task] = {}
        self._leaving_long: set[int] = set()
        self._waiting: deque[Task] = deque()
        self._waiting_long: deque[Task] = deque()
        self._long_queries = LongQueries()
        self._counts: Counter[str] = Counter()
        self._seconds = 0.0

    async def start(self) -> None:
        """Start the workers, and wait until the first is ready.

        Raises:
            StoreError: none was ready within a minute.
        """
        self._running = True
        self._crew.start()
        self._dispatch()
        try:
            async with asyncio.timeout(_LONGEST_START):
                while not self._crew.idle:
                    await asyncio.sleep(_LOOK)
        except TimeoutError as error:
            await self.close()
            raise StoreError(
                "the query workers did not start within a minute; the service's log may say why"
            ) from error

    async def close(self) -> None:
        """End all workers; whoever still waits gets a `StoreError`."""
        self._running = False
        if self._looking is not None:
            self._looking.cancel()
        for task in (*self._take_running(), *self._waiting, *self._waiting_long):
            task.fail(StoreError("the service is ending"))
        await self._crew.close()

    async def ask(self, question: Question) -> Answer:
        """Answer a query; where the caller is cancelled, its worker ends.

        Args:
            question: the query, and the formats that its answer may have.

        Returns:
            The answer; whoever has it closes its file, if it has one.

        Raises:
            QueryError: the query is malformed, refused, or crashes the engine.
            NotAcceptableError: the format that the query needs is None.
            QueryTimeoutError: it was still running at its deadline.
            QueryMemoryError: it took more memory than it may.
            ResultTooLargeError: its answer was larger than it may be.
            OverloadedError: too many wait, or no worker came free before its deadline.
            StoreError: the store cannot be read, or the workers have been ended.
        """
        if not self._running:
            raise StoreError("the query workers are not running; start them first")
        seconds = min(
            self._settings.query_timeout, question.operation.seconds or self._settings.query_timeout
        )
        task = Task(question, seconds)
        outcome = "cancelled"
        try:
            known = question in self._long_queries
            self._enqueue(task, self._waiting_long if known else self._waiting)
            self._dispatch()
            answer = await task.outcome
            outcome = "answered"
        except ImpactGraphError as error:
            outcome = type(error).__name__
            raise
        except asyncio.CancelledError:
            self._abandon(task)
            raise
        finally:
            self._counts[outcome] += 1
            self._seconds += time.monotonic() - task.asked
        return answer

    def stats(self) -> Statistics:
        """Return what the workers are doing and have done."""
        return Statistics(
            idle=len(self._crew.idle),
            quick=len(self._quick),
            long=len(self._long),
            waiting=len(self._waiting) + len(self._waiting_long),
            memory=sum(worker.gauge.read_memory() for worker in self._crew.members.values()),
            outcomes=dict(self._counts),
            started=self._crew.started,
            crashed=self._crew.crashed,
            seconds=self._seconds,
        )

    def processes(self) -> tuple[int, ...]:
        """Return the numbers of the workers' processes."""
        return tuple(self._crew.members)

    def _dispatch(self) -> None:
        """Give every worker that is free a query, and see that there are enough workers."""
        if not self._running:
            return
        while self._waiting_long and self._crew.idle and self._room_for_long(1):
            worker = self._crew.idle.pop()
            self._crew.slow(worker)
            self._long[worker] = task = self._waiting_long.popleft()
            task.begin(worker)
        while self._waiting and self._crew.idle and len(self._quick) < self._settings.workers:
            worker = self._crew.idle.pop()
            self._quick[worker] = task = self._waiting.popleft()
            task.begin(worker)
        if self._looking is None and (
            self._quick or self._long or self._waiting or self._waiting_long
        ):
            self._looking = asyncio.get_running_loop().call_later(_LOOK, self._look)
        # As many spares as workers: one is there at once for each query that turns out long.
        self._crew.fill_up(2 * self._settings.workers - len(self._quick))

    def _enqueue(self, task: Task, queue: deque[Task]) -> None:
        """Have a question wait; each lane has a queue of its own, so none fills the other's."""
        if len(queue) < self._settings.queue:
            queue.append(task)
            return
        task.fail(
            OverloadedError(
                f"{self._settings.queue} queries are waiting already; try again shortly",
                retry_after=_RETRY_AFTER,
            )
        )

    def _look(self) -> None:
        """Hold every query to its limits, and change lanes."""
        self._looking = None
        now = time.monotonic()
        ceiling = self._settings.query_memory
        in_use: dict[Worker, int] = {}
        for worker, task in (*self._quick.items(), *self._long.items()):
            in_use[worker] = worker.gauge.read_memory()
            if in_use[worker] > ceiling:
                self._end(worker, out_of_memory(ceiling))
            elif now > task.deadline:
                self._end(worker, task.too_slow())
        self._hold_together({worker: in_use[worker] for worker in (*self._quick, *self._long)})
        self._change_lanes()
        for queue in (self._waiting, self._waiting_long):
            for task in [task for task in queue if now > task.deadline]:
                queue.remove(task)
                task.fail(
                    OverloadedError(
                        f"no worker came free within {task.seconds:g} seconds; try again shortly",
                        retry_after=_RETRY_AFTER,
                    )
                )
        self._dispatch()

    def _hold_together(self, in_use: dict[Worker, int]) -> None:
        """See that all together take no more than every worker of one lane may."""
        allowed = self._settings.query_memory * self._settings.workers
        while sum(in_use.values()) > allowed:
            greediest = max(in_use, key=lambda worker: in_use[worker])
            del in_use[greediest]
            self._end(greediest, out_of_memory(self._settings.query_memory))

    def _change_lanes(self) -> None:
        """Make way for others: move what is long, and put back what is too much of that."""
        quantum = _LONG_WHERE_OTHERS_WAIT if self._waiting else _LONG
        for worker, task in tuple(self._quick.items()):
            if task.used_since(worker) <= quantum:
                continue
            if self._room_for_long(2):
                self._crew.slow(worker)
                self._long[worker] = self._quick.pop(worker)
            else:
                self._put_back(worker, task)
        for worker, task in reversed(tuple(self._long.items())):
            if len(self._long) > self._settings.workers and task.used_since(worker) > _LONG:
                self._put_back(worker, task)

    def _put_back(self, worker: Worker, task: Task) -> None:
        self._discharge(worker)
        task.worker = None
        self._long_queries.note(task.question)
        self._enqueue(task, self._waiting_long)

    def _room_for_long(self, times: int) -> bool:
        """Return whether the long lane, counted so many times, has room for one more."""
        return len(self._long) + len(self._leaving_long) < self._settings.workers * times

    def _end(self, worker: Worker, error: ImpactGraphError) -> None:
        """End a worker and tell whoever waits for it why."""
        task = self._quick.get(worker) or self._long.get(worker)
        self._discharge(worker)
        if task is not None:
            self._long_queries.note(task.question)
            task.fail(error)

    def _discharge(self, worker: Worker) -> None:
        """Let go of a worker and have it killed."""
        if self._long.pop(worker, None) is not None:
            self._leaving_long.add(worker.process)
        self._quick.pop(worker, None)
        self._crew.discharge(worker)

    def _abandon(self, task: Task) -> None:
        for queue in (self._waiting, self._waiting_long):
            if task in queue:
                queue.remove(task)
        if task.worker is not None and task.worker.process in self._crew.members:
            self._discharge(task.worker)
        if task.outcome.done() and not task.outcome.cancelled() and not task.outcome.exception():
            answer = task.outcome.result()
            if answer.file is not None:
                answer.file.close()
        self._dispatch()

    def _on_outcome(self, worker: Worker, outcome: Answer | ImpactGraphError) -> None:
        task = self._quick.get(worker) or self._long.get(worker)
        # A priority that was lowered cannot be raised again, and memory seldom comes back.
        spent = (
            worker in self._long or worker.gauge.read_memory() > self._settings.query_memory // 4
        )
        if task is None or spent:
            self._discharge(worker)
        else:
            del self._quick[worker]
            self._crew.idle.append(worker)
        if task is not None:
            task.worker = None
            self._long_queries.forget(task.question)
            task.finish(outcome)
        self._dispatch()

    def _on_silent(self, worker: Worker) -> None:
        """Keep the question of a worker that ended until its status says what that means."""
        task = self._quick.pop(worker, None) or self._long.pop(worker, None)
        if task is not None:
            task.worker = None
            if worker.reached:
                self._silent[worker.process] = task
            else:
                self._waiting.appendleft(task)

    def _on_ended(self, process: int, status: int) -> None:
        self._leaving_long.discard(process)
        task = self._silent.pop(process, None)
        if task is not None:
            self._explain(task, explain_end(status, self._settings.query_memory))
        self._dispatch()

    def _explain(self, task: Task, error: ImpactGraphError | None) -> None:
        """Tell why there is no answer; what was not the query's doing is tried once more."""
        if error is not None:
            task.fail(error)
        elif task.lost or not self._running:
            task.fail(StoreError("the query's process was ended from outside; ask again"))
        elif not task.outcome.done():
            task.lost = True
            self._waiting.appendleft(task)

    def _on_lost(self) -> None:
        for task in self._take_running():
            self._explain(task, None)

    def _take_running(self) -> list[Task]:
        """Return the questions that were with workers, and forget who had them."""
        tasks = [*self._quick.values(), *self._long.values(), *self._silent.values()]
        for running in (self._quick, self._long, self._silent, self._leaving_long):
            running.clear()
        for task in tasks:
            task.worker = None
        return tasks
