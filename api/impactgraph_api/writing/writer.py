"""The writer: takes writes, has those that wait committed together, and answers each."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from impactgraph.errors import ImpactGraphError, StoreError, StoreFullError
from impactgraph_api.settings import Settings
from impactgraph_api.workers.errors import OverloadedError
from impactgraph_api.writing.applying import Batch, Job
from impactgraph_api.writing.conversation import (
    Broken,
    Committed,
    Outcome,
    Refused,
    WriterProcess,
)
from impactgraph_api.writing.fetching import Fetcher
from impactgraph_api.writing.loads import fetch_documents
from impactgraph_api.writing.requests import UpdateRequest, WriteOutcome, WriteRequest

__all__ = ["Writer", "WriterStatistics"]

_log = logging.getLogger(__name__)

_MOST_TOGETHER = 64
_GRACE = 5.0
"""How many seconds the batch at hand may take when the service ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterStatistics:
    """The state of the writer at one moment, and counts since the service started.

    Attributes:
        waiting: writes that wait.
        writing: writes that are being committed.
        outcomes: how many writes came to which end: `written`, or the name of the error.
        generations: how many generations were made.
        started: how many writer processes were started.
        process: the number of the process that writes now; None where there is none.
    """

    waiting: int
    writing: int
    outcomes: dict[str, int]
    generations: int
    started: int
    process: int | None


@dataclass(slots=True, eq=False)
class _Waiting:
    """A write on its way; `alone` after something happened that may have been its doing."""

    job: Job
    answer: asyncio.Future[WriteOutcome]
    alone: bool = False
    derive: bool = True
    deaths: int = field(default=0)


class Writer:
    """Commits writes to a store in a folder, by a process of their own.

    Each write is judged alone: one that fails refuses only itself. A write that takes too long or
    too much memory is ended with the process; others that were to be committed with it are tried
    again.
    """

    def __init__(self, location: Path, settings: Settings) -> None:
        self._location = location
        self._settings = settings
        self._fetcher = Fetcher(
            allow=settings.load_allow, size=settings.write_body, seconds=settings.update_timeout
        )
        self._waiting: deque[_Waiting] = deque()
        self._writing: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._process: WriterProcess | None = None
        self._thread = ThreadPoolExecutor(1, "impactgraph-writer")
        self._outcomes: Counter[str] = Counter()
        self._generations = 0
        self._started = 0
        self._closing = False

    async def start(self) -> None:
        """Start the process, where anyone may write, so that the first write need not wait."""
        self._task = asyncio.create_task(self._run(), name="impactgraph-writer")
        if not self._settings.read_only:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._ready_process)

    async def close(self) -> None:
        """End the process; the batch at hand has a few seconds, what waits is refused."""
        self._closing = True
        self._wake.set()
        for waiting in self._waiting:
            self._settle(waiting, StoreError("the service is ending; the write was not made"))
        self._waiting.clear()
        if self._task is not None:
            done, _ = await asyncio.wait({self._task}, timeout=_GRACE)
            if not done and self._process is not None:
                self._process.kill()
            await self._task
            self._task = None
        if self._process is not None:
            self._process.close()
            self._process = None
        self._thread.shutdown()

    def stats(self) -> WriterStatistics:
        """Return what the writer is doing and has done."""
        return WriterStatistics(
            waiting=len(self._waiting),
            writing=len(self._writing),
            outcomes=dict(self._outcomes),
            generations=self._generations,
            started=self._started,
            process=self._process.number if self._process else None,
        )

    async def write(self, request: WriteRequest) -> WriteOutcome:
        """Make a write; it is durable when this returns, and later queries see it.

        Raises:
            UpdateError: it is malformed, or cannot be applied to what the store holds.
            UpdateTimeoutError, UpdateMemoryError: it took more than it may.
            GraphNotFoundError: the graph to delete is not there.
            ValidationError: it violates the shapes; the message is the report.
            StoreFullError, StoreLockedError, StoreError: the store could not be written.
            OverloadedError: too many writes wait.
        """
        self._refuse_excess(request)
        documents = {}
        if isinstance(request, UpdateRequest):
            documents = await fetch_documents(request, self._fetcher)
        # Others may have come meanwhile.
        self._refuse_excess(request)
        answer: asyncio.Future[WriteOutcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(Job(request=request, documents=documents), answer))
        self._wake.set()
        return await answer

    def _refuse_excess(self, request: WriteRequest) -> None:
        if self._closing or self._task is None:
            raise StoreError("the writer does not run; the write was not made")
        size = request.size + sum(waiting.job.request.size for waiting in self._waiting)
        if len(self._waiting) >= self._settings.queue or (
            self._waiting and size > 2 * self._settings.write_body
        ):
            raise OverloadedError(
                f"{len(self._waiting)} writes wait already; try again shortly", retry_after=2
            )

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            while batch := self._take_batch():
                self._writing = batch
                outcome = await loop.run_in_executor(self._thread, self._commit, batch)
                self._writing = []
                self._conclude(batch, outcome)

    def _take_batch(self) -> list[_Waiting]:
        """Take the writes that are to go together, leaving out those that nobody awaits."""
        batch: list[_Waiting] = []
        most = 1 if self._settings.validate_writes else _MOST_TOGETHER
        while self._waiting and len(batch) < most and not self._closing:
            first = self._waiting[0]
            if first.answer.done():
                self._waiting.popleft()
                self._outcomes["cancelled"] += 1
            elif batch and (first.alone or batch[0].alone or first.derive != batch[0].derive):
                break
            else:
                batch.append(self._waiting.popleft())
        return batch

    def _commit(self, batch: Sequence[_Waiting]) -> Outcome:
        """Have a batch written; in the writer's own thread."""
        try:
            return self._ready_process().apply(
                Batch(
                    jobs=tuple(waiting.job for waiting in batch),
                    derive=batch[0].derive,
                    validate=self._settings.validate_writes,
                )
            )
        except ImpactGraphError as error:
            return Refused(error)
        except Exception:  # whatever it is, those who wait are to be answered
            _log.exception("the writer failed")
            return Refused(
                StoreError("the writer failed, the write was not made; the service's log says why")
            )

    def _ready_process(self) -> WriterProcess:
        if self._process is None or not self._process.fit:
            if self._process is not None:
                self._process.close()
            self._process = None
            self._process = WriterProcess(
                self._location,
                seconds=self._settings.update_timeout,
                memory=self._settings.query_memory,
            )
            self._started += 1
        return self._process

    def _conclude(self, batch: Sequence[_Waiting], outcome: Outcome) -> None:
        """Answer the writes of a batch, or have them tried again."""
        match outcome:
            case Committed(generation, results):
                self._generations += generation is not None
                for waiting, result in zip(batch, results, strict=True):
                    if isinstance(result, ImpactGraphError):
                        self._settle(waiting, result)
                    else:
                        assert generation is not None
                        self._settle(waiting, WriteOutcome(generation=generation, created=result))
            case Refused(error):
                if isinstance(error, StoreFullError) and len(batch) > 1:
                    # One of them may be what does not fit.
                    self._try_again(batch, alone=True)
                else:
                    self._settle_all(batch, error)
            case Broken(deriving=True) if batch[0].derive:
                for waiting in batch:
                    waiting.derive = False
                self._try_again(batch)
            case Broken(place=int(place), error=ImpactGraphError() as error):
                self._settle(batch[place], error)
                self._try_again([*batch[:place], *batch[place + 1 :]])
            case _:
                self._try_after_death(batch)

    def _try_after_death(self, batch: Sequence[_Waiting]) -> None:
        """Try again what was not the doing of any write that is known; each but twice."""
        spared = []
        for waiting in batch:
            waiting.deaths += 1
            if waiting.deaths > 2:
                self._settle(
                    waiting,
                    StoreError("the writer ended again and again; the write was not made"),
                )
            else:
                spared.append(waiting)
        self._try_again(spared, alone=True)

    def _try_again(self, batch: Sequence[_Waiting], *, alone: bool = False) -> None:
        for waiting in reversed(batch):
            waiting.alone = waiting.alone or alone
            if self._closing:
                self._settle(waiting, StoreError("the service is ending; the write was not made"))
            else:
                self._waiting.appendleft(waiting)

    def _settle_all(self, batch: Sequence[_Waiting], error: ImpactGraphError) -> None:
        for waiting in batch:
            self._settle(waiting, error)

    def _settle(self, waiting: _Waiting, result: WriteOutcome | ImpactGraphError) -> None:
        written = isinstance(result, WriteOutcome)
        self._outcomes["written" if written else type(result).__name__] += 1
        # Whoever asked may have gone.
        with suppress(asyncio.InvalidStateError):
            if isinstance(result, WriteOutcome):
                waiting.answer.set_result(result)
            else:
                waiting.answer.set_exception(result)
