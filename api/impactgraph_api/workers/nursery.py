"""The service's side of the process that workers are forked from."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from impactgraph_api.settings import Settings
from impactgraph_api.workers.nursery_process import BEGIN, END, ENDED, MESSAGE, STARTED, YIELD

__all__ = ["Nursery"]

# Signals come to a whole group of processes, even before everything is imported; the service ends
# its own processes in its own time.
_BOOT = """
import json, signal, sys
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
argument = sys.argv[1]
sys.path[:] = json.loads(argument)["path"]
from impactgraph_api.workers.nursery_process import run_nursery
run_nursery(argument)
"""
_NICENESS = 15
_PATIENCE = 5.0


class Nursery:
    """Forks workers, ends them, and says when one has ended.

    Args:
        location: the folder of the store that workers answer from.
        settings: their limits.
        on_started: called with the process and the socket of each new worker.
        on_ended: called with the process of a worker and its status, see `os.waitpid`.
        on_lost: called when the nursery itself has ended unasked, its workers with it.
    """

    def __init__(
        self,
        location: Path,
        settings: Settings,
        *,
        on_started: Callable[[int, socket.socket], None],
        on_ended: Callable[[int, int], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._location = location
        self._settings = settings
        self._on_started = on_started
        self._on_ended = on_ended
        self._on_lost = on_lost
        self._begun: deque[socket.socket] = deque()
        self._received = bytearray()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> int | None:
        """The number of the process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process; it is ready some tenths of a second later."""
        ours, theirs = socket.socketpair()
        argument = json.dumps(
            {
                "path": sys.path,
                "descriptor": theirs.fileno(),
                "parent": os.getpid(),
                "location": str(self._location),
                "memory": self._settings.query_memory,
                "result_size": self._settings.result_size,
                "default_graph": self._settings.default_graph,
            }
        )
        with theirs:
            # Nothing of a request gets into the command.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", _BOOT, argument],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        ours.setblocking(False)
        self._control = ours
        asyncio.get_running_loop().add_reader(ours, self._read)

    def begin_worker(self) -> None:
        """Have a worker forked; `on_started` gets it."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._begun.append(ours)
        with theirs:
            self._order(BEGIN, 0, descriptors=[theirs.fileno()])

    def end_worker(self, process: int) -> None:
        """Have a worker killed; `on_ended` says when it is gone."""
        self._order(END, process)

    def slow_worker(self, process: int) -> None:
        """Have a worker make way for others, from now on."""
        self._order(YIELD, process, _NICENESS)

    async def close(self) -> None:
        """End the process and all workers."""
        process = self._process
        self._forget()
        if process is None:
            return
        try:
            await asyncio.to_thread(process.wait, _PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)

    def _order(
        self, order: bytes, process: int, value: int = 0, *, descriptors: list[int] | None = None
    ) -> None:
        if self._control is None:
            return
        message = MESSAGE.pack(order, process, value)
        try:
            socket.send_fds(self._control, [message], descriptors or [])
        except OSError:
            self._lose()

    def _read(self) -> None:
        assert self._control is not None
        try:
            content = self._control.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            content = b""
        if not content:
            self._lose()
            return
        self._received += content
        while len(self._received) >= MESSAGE.size:
            report, process, status = MESSAGE.unpack_from(self._received)
            del self._received[: MESSAGE.size]
            if report == STARTED:
                self._on_started(process, self._begun.popleft())
            elif report == ENDED:
                self._on_ended(process, status)

    def _lose(self) -> None:
        process = self._process
        self._forget()
        if process is not None:
            process.kill()
            process.wait()
        self._on_lost()

    def _forget(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
        for begun in self._begun:
            begun.close()
        self._begun.clear()
        self._received.clear()
        self._control = self._process = None
