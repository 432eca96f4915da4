"""The workers there are, whatever they do: begun, idle, let go of, and begun again when lost."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from impactgraph.errors import ImpactGraphError
from impactgraph_api.settings import Settings
from impactgraph_api.workers.exchange import Answer
from impactgraph_api.workers.nursery import Nursery
from impactgraph_api.workers.worker import Worker

__all__ = ["Crew"]

_PAUSE = 0.2
"""How long to wait, in seconds, after a start that came to nothing: whatever ended it is not to be
met as fast as can be."""


class Crew:
    """Keeps as many workers idle as are wanted.

    Args:
        location: the folder of the store that workers answer from.
        settings: their limits.
        on_idle: called when a worker has come to be had.
        on_outcome: called with a worker and what came of its question.
        on_silent: called with a worker that ended unasked, while it is still known.
        on_ended: called with the process of any worker that is gone, and its status.
        on_lost: called when the nursery has ended unasked, with all workers.
    """

    def __init__(
        self,
        location: Path,
        settings: Settings,
        *,
        on_idle: Callable[[], None],
        on_outcome: Callable[[Worker, Answer | ImpactGraphError], None],
        on_silent: Callable[[Worker], None],
        on_ended: Callable[[int, int], None],
        on_lost: Callable[[], None],
    ) -> None:
        self.members: dict[int, Worker] = {}
        self.idle: list[Worker] = []
        self.started = 0
        self.crashed = 0
        self._starting = 0
        self._running = False
        self._on_idle = on_idle
        self._on_outcome = on_outcome
        self._on_silent = on_silent
        self._on_ended = on_ended
        self._on_lost = on_lost
        self._nursery = Nursery(
            location,
            settings,
            on_started=self._welcome,
            on_ended=self._bury,
            on_lost=self._lose_all,
        )

    def start(self) -> None:
        """Start the nursery; workers come with `fill_up`."""
        self._running = True
        self._nursery.start()

    async def close(self) -> None:
        """End all workers."""
        self._running = False
        self._forget_all()
        await self._nursery.close()

    def fill_up(self, wanted: int) -> None:
        """See that so many workers are idle, or will be when they are ready."""
        if not self._running or self._nursery.process is None:
            return
        for _ in range(wanted - len(self.idle) - self._starting):
            self._starting += 1
            try:
                self._nursery.begin_worker()
            except OSError:  # no descriptors are left
                self._pause()

    def slow(self, worker: Worker) -> None:
        """Have a worker make way for others; its priority cannot be raised again."""
        worker.spent = True
        self._nursery.slow_worker(worker.process)

    def discharge(self, worker: Worker) -> None:
        """Let go of a worker and have it killed."""
        self._release(worker)
        self._nursery.end_worker(worker.process)

    def _release(self, worker: Worker) -> None:
        if worker in self.idle:
            self.idle.remove(worker)
        self.members.pop(worker.process, None)
        worker.close()

    def _welcome(self, process: int, channel: socket.socket) -> None:
        self.started += 1
        self.members[process] = Worker(
            process,
            channel,
            on_ready=self._admit,
            on_outcome=self._on_outcome,
            on_silent=self._note_silence,
        )

    def _admit(self, worker: Worker) -> None:
        self._starting -= 1
        self.idle.append(worker)
        self._on_idle()

    def _note_silence(self, worker: Worker) -> None:
        self.crashed += 1
        self._on_silent(worker)
        self.discharge(worker)
        if not worker.ready:
            self._pause()

    def _bury(self, process: int, status: int) -> None:
        # That a worker has ended may be heard before its socket is found closed.
        if process in self.members:
            self.members[process].note_reset()
            self._note_silence(self.members[process])
        self._on_ended(process, status)

    def _pause(self) -> None:
        asyncio.get_running_loop().call_later(_PAUSE, self._give_one_up)

    def _give_one_up(self) -> None:
        self._starting = max(0, self._starting - 1)
        self._on_idle()

    def _lose_all(self) -> None:
        self.crashed += 1
        self._forget_all()
        self._on_lost()
        if self._running:
            asyncio.get_running_loop().call_later(_PAUSE, self._start_again)

    def _start_again(self) -> None:
        if not self._running:
            return
        try:
            self._nursery.start()
        except OSError:  # no descriptors are left
            asyncio.get_running_loop().call_later(_PAUSE, self._start_again)
        self._on_idle()

    def _forget_all(self) -> None:
        for worker in tuple(self.members.values()):
            self._release(worker)
        self._starting = 0
