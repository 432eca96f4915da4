"""Having documents read: each by a process of its own, a few at a time, within limits."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from impactgraph.errors import DocumentError, ImpactGraphError
from impactgraph_api.documents.process import Task, do_task
from impactgraph_api.forking import forking_context
from impactgraph_api.settings import MEBIBYTE, Settings
from impactgraph_api.workers.errors import (
    DocumentMemoryError,
    DocumentTimeoutError,
    OverloadedError,
)
from impactgraph_api.workers.gauge import Gauge

__all__ = ["DocumentReader"]

_POLL: Final = 0.05
_LONGEST_ANSWER: Final = 256 * MEBIBYTE


class DocumentReader:
    """Has documents read; a hostile one costs a process, and never the service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._context = forking_context()
        self._places = asyncio.Semaphore(settings.workers)
        self._waiting = 0

    async def start(self) -> None:
        """Start what forks the processes, so that the first document need not wait for it."""
        await asyncio.to_thread(forkserver.ensure_running)

    async def read(self, task: Task) -> bytes:
        """Return what is wanted of a document.

        Raises:
            DocumentError: it is no case study, or cannot be read.
            DocumentTimeoutError, DocumentMemoryError: it took more than it may.
            OverloadedError: too many documents wait.
        """
        if self._waiting >= self._settings.queue:
            raise OverloadedError(
                f"{self._waiting} documents wait already; try again shortly", retry_after=2
            )
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            return await self._have_done(task)
        finally:
            self._places.release()

    async def _have_done(self, task: Task) -> bytes:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=do_task, args=(theirs, task, self._settings.query_memory), daemon=True
        )
        try:
            await asyncio.to_thread(process.start)
            theirs.close()
            await self._watch(process, ours)
            outcome, answer = await asyncio.to_thread(_receive, ours)
        finally:
            # A client that leaves ends the reading too.
            theirs.close()
            ours.close()
            await asyncio.to_thread(_end, process)
        match outcome:
            case b"done":
                return answer
            case b"refused":
                raise DocumentError(answer.decode("utf-8", "replace"))
            case _:
                raise ImpactGraphError(
                    "the document could not be read for a fault of the service; its log says more"
                )

    async def _watch(self, process: BaseProcess, pipe: Connection) -> None:
        """Return when the process has answered, or ended."""
        loop = asyncio.get_running_loop()
        answered = asyncio.Event()
        gauge = Gauge(process.pid or 0)
        deadline = loop.time() + self._settings.query_timeout
        loop.add_reader(pipe.fileno(), answered.set)
        try:
            while not answered.is_set():
                if loop.time() > deadline:
                    raise DocumentTimeoutError(
                        f"reading the document was ended after {self._settings.query_timeout:g} "
                        "seconds; a case study has a few pages: send it alone"
                    )
                if gauge.read_memory() > self._settings.query_memory:
                    raise _out_of_memory(self._settings.query_memory)
                with suppress(TimeoutError):
                    await asyncio.wait_for(answered.wait(), _POLL)
        finally:
            loop.remove_reader(pipe.fileno())
            gauge.close()


def _receive(pipe: Connection) -> tuple[bytes, bytes]:
    # An event loop that watched it may have left it so that it never waits.
    os.set_blocking(pipe.fileno(), True)
    try:
        return pipe.recv_bytes(100), pipe.recv_bytes(_LONGEST_ANSWER)
    except (EOFError, OSError):
        return b"failed", b""


def _end(process: BaseProcess) -> None:
    if process.pid is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
    process.close()


def _out_of_memory(ceiling: int) -> DocumentMemoryError:
    return DocumentMemoryError(
        f"reading the document was ended because it took more than {ceiling // MEBIBYTE} MiB of "
        "memory; a case study has a few pages: send it alone"
    )
