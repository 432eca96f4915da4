"""The pool of query workers: who answers which query next, and the limits of every query."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

from impactgraph.errors import ImpactGraphError, StoreError
from impactgraph_api.settings import Settings
from impactgraph_api.workers.crew import Crew
from impactgraph_api.workers.errors import explain_end, out_of_memory
from impactgraph_api.workers.exchange import Answer, Question
from impactgraph_api.workers.lanes import Lanes
from impactgraph_api.workers.long_queries import LongQueries
from impactgraph_api.workers.quick_queries import QuickQueries
from impactgraph_api.workers.statistics import Statistics
from impactgraph_api.workers.task import Task
from impactgraph_api.workers.waiting import Waiting
from impactgraph_api.workers.worker import Worker

__all__ = ["QueryWorkers"]

_LONG = 0.25
"""After how many seconds of a processor a query is long. A clock would count against a query that
others keep from the processor."""

_LONG_WHERE_OTHERS_WAIT = 0.025

_LOOK = 0.01
"""How often, in seconds, time and memory of the queries that run are looked at."""

_LONGEST_START = 60.0


class QueryWorkers:
    """Answers queries in processes of their own, within the limits of the settings.

    A query begins in the quick lane, which has as many workers as the settings say. One that takes
    250 ms of a processor (25 ms where others wait) is long: its worker gets a low priority and a
    spare takes its place. As many may be long as may be quick, and as many again until they have
    taken 250 ms; what is too much is put back, and begins again when there is room. The same query,
    asked again within a minute, waits for such room from the start. Where many wait, queries of a
    kind that was quick lately go first, and have twice as many workers. The deadline counts from
    the moment of asking.

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
        self._lanes = Lanes(settings.workers)
        self._waiting = Waiting(settings.queue)
        self._silent: dict[int, Task] = {}
        self._long_queries = LongQueries()
        self._quick_queries = QuickQueries()
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
        for task in (*self._take_running(), *self._waiting):
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
        limit = self._settings.query_timeout
        task = Task(question, min(limit, question.operation.seconds or limit))
        outcome = "cancelled"
        try:
            # What kind of question it is matters only where it has to wait.
            waits = self._lanes.quick_is_full or not self._crew.idle
            known = waits and question in self._quick_queries
            self._waiting.add(task, long=question in self._long_queries, known=known)
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
            quick=len(self._lanes.quick),
            long=len(self._lanes.long),
            waiting=len(self._waiting),
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
        idle, lanes, waiting = self._crew.idle, self._lanes, self._waiting
        while waiting.long and idle and lanes.has_room_for_long(1):
            worker = idle.pop()
            self._crew.slow(worker)
            lanes.long[worker] = task = waiting.long.popleft()
            task.begin(worker)
        while idle and not lanes.quick_is_crowded:
            first = waiting.take_quick(known=lanes.quick_is_full)
            if first is None:
                break
            worker = idle.pop()
            lanes.quick[worker] = first
            first.begin(worker)
        if self._looking is None and (lanes.quick or lanes.long or waiting):
            self._looking = asyncio.get_running_loop().call_later(_LOOK, self._look)
        # As many spares as workers: one is there at once for each query that turns out long.
        self._crew.fill_up(2 * self._settings.workers - len(lanes.quick))

    def _look(self) -> None:
        """Hold every query to its limits, and change lanes."""
        self._looking = None
        self._hold_to_limits(time.monotonic())
        self._change_lanes()
        self._waiting.expire(time.monotonic())
        self._dispatch()

    def _hold_to_limits(self, now: float) -> None:
        """End what is past its deadline, or takes more memory than it may alone or with others."""
        ceiling = self._settings.query_memory
        in_use = {worker: worker.gauge.read_memory() for worker in self._crew.members.values()}
        for worker, memory in in_use.items():
            # Memory seldom comes back.
            worker.spent = worker.spent or memory > ceiling // 4
        for worker, task in tuple(self._lanes):
            if in_use[worker] > ceiling:
                self._end(worker, out_of_memory(ceiling))
            elif now > task.deadline:
                self._end(worker, task.too_slow())
        for worker in [worker for worker in self._crew.idle if worker.spent]:
            self._crew.discharge(worker)
        greedy = {worker: in_use[worker] for worker, _ in self._lanes}
        while sum(greedy.values()) > ceiling * self._settings.workers:
            greediest = max(greedy, key=lambda worker: greedy[worker])
            del greedy[greediest]
            self._end(greediest, out_of_memory(ceiling))

    def _change_lanes(self) -> None:
        """Make way for others: move what is long, and put back what is too much of that."""
        for worker, task in self._lanes:
            task.measure(worker)
        others_wait = self._waiting.known or self._waiting.quick
        quantum = _LONG_WHERE_OTHERS_WAIT if others_wait else _LONG
        for worker, task in tuple(self._lanes.quick.items()):
            if task.used <= quantum:
                continue
            self._quick_queries.forget(task.question)
            if self._lanes.has_room_for_long(2):
                self._crew.slow(worker)
                self._lanes.move_to_long(worker)
            else:
                self._put_back(worker, task)
        for worker, task in reversed(tuple(self._lanes.long.items())):
            if self._lanes.long_is_crowded and task.used > _LONG:
                self._put_back(worker, task)

    def _put_back(self, worker: Worker, task: Task) -> None:
        self._discharge(worker)
        task.worker = None
        self._long_queries.note(task.question)
        self._waiting.add(task, long=True)

    def _end(self, worker: Worker, error: ImpactGraphError) -> None:
        """End a worker and tell whoever waits for it why."""
        task = self._discharge(worker)
        if task is not None:
            self._long_queries.note(task.question)
            task.fail(error)

    def _discharge(self, worker: Worker) -> Task | None:
        """Let go of a worker and have it killed; return the question that it had, if any."""
        task = self._lanes.leave(worker)
        self._crew.discharge(worker)
        return task

    def _abandon(self, task: Task) -> None:
        self._waiting.remove(task)
        if task.worker is not None and task.worker.process in self._crew.members:
            self._discharge(task.worker)
        if task.outcome.done() and not task.outcome.cancelled() and not task.outcome.exception():
            answer = task.outcome.result()
            if answer.file is not None:
                answer.file.close()
        self._dispatch()

    def _on_outcome(self, worker: Worker, outcome: Answer | ImpactGraphError) -> None:
        quick = worker in self._lanes.quick
        task = self._lanes.leave(worker)
        if task is None or worker.spent:
            self._crew.discharge(worker)
        else:
            self._crew.idle.append(worker)
        if task is not None:
            task.worker = None
            self._long_queries.forget(task.question)
            if quick and self._lanes.long:
                self._quick_queries.note(task.question)
            task.finish(outcome)
        self._dispatch()

    def _on_silent(self, worker: Worker) -> None:
        """Keep the question of a worker that ended until its status says what that means."""
        task = self._lanes.leave(worker)
        if task is not None:
            task.worker = None
            if worker.reached:
                self._silent[worker.process] = task
            else:
                self._waiting.quick.appendleft(task)

    def _on_ended(self, process: int, status: int) -> None:
        self._lanes.note_end(process)
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
            self._waiting.quick.appendleft(task)

    def _on_lost(self) -> None:
        for task in self._take_running():
            self._explain(task, None)

    def _take_running(self) -> list[Task]:
        """Return the questions that were with workers, and forget who had them."""
        tasks = [*self._lanes.clear(), *self._silent.values()]
        self._silent.clear()
        for task in tasks:
            task.worker = None
        return tasks
