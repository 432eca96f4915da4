"""The service's side of one worker: the socket to it, and what it is doing."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable

from impactgraph.errors import ImpactGraphError, StoreError
from impactgraph_api.workers.exchange import (
    HEADER,
    Answer,
    Header,
    Question,
    pack_question,
    recover_error,
    unpack_header,
)
from impactgraph_api.workers.gauge import Gauge

__all__ = ["Worker"]

_CHUNK = 64 * 1024
"""Bytes that are read at once; for many more, memory would be mapped anew each time."""


class Worker:
    """One process that answers one question at a time.

    Args:
        process: its number.
        channel: the socket to it, which does not block.
        on_ready: called with this worker once it has the store open.
        on_outcome: called with this worker and what came of its question.
        on_silent: called with this worker when it has closed its socket or talks nonsense.

    Attributes:
        ready: whether it has the store open.
        reached: whether it has taken all that it was sent, as far as is known.
        spent: whether it is to answer no further question.
    """

    def __init__(
        self,
        process: int,
        channel: socket.socket,
        *,
        on_ready: Callable[[Worker], None],
        on_outcome: Callable[[Worker, Answer | ImpactGraphError], None],
        on_silent: Callable[[Worker], None],
    ) -> None:
        self.process = process
        self.gauge = Gauge(process)
        self._channel = channel
        self._on_ready = on_ready
        self._on_outcome = on_outcome
        self._on_silent = on_silent
        self.ready = False
        self.reached = True
        self.spent = False
        self._received = bytearray()
        self._descriptors: list[int] = []
        self._unsent: memoryview | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(channel, self._read)

    def ask(self, question: Question) -> None:
        """Send a question; `on_outcome` is called later, or `on_silent`.

        Where the worker has ended already, `reached` tells that no query was to blame.
        """
        self._unsent = memoryview(pack_question(question))
        self._write()

    def note_reset(self) -> None:
        """Find out of a process that is gone whether it left its question unread."""
        if self._channel.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.reached = False

    def close(self) -> None:
        """Let go of the worker: nothing is called from now on."""
        self._stop_writing()
        self._loop.remove_reader(self._channel)
        self._channel.close()
        self.gauge.close()
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors.clear()

    def _write(self) -> None:
        assert self._unsent is not None
        try:
            sent = self._channel.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError:
            # That it has ended is found by reading.
            self.reached = False
            self._stop_writing()
            return
        if sent == len(self._unsent):
            self._stop_writing()
            return
        self._unsent = self._unsent[sent:]
        self._loop.add_writer(self._channel, self._write)

    def _stop_writing(self) -> None:
        if self._unsent is not None:
            self._unsent = None
            self._loop.remove_writer(self._channel)

    def _read(self) -> None:
        try:
            content, descriptors, _, _ = socket.recv_fds(self._channel, _CHUNK, 1)
        except BlockingIOError:
            return
        except OSError:
            # A socket closed over what was sent and not read is reset.
            self.reached = False
            content, descriptors = b"", []
        self._descriptors += descriptors
        self._received += content
        try:
            header = unpack_header(self._received)
        except ValueError:
            content = b""
            header = None
        if not content:
            self._on_silent(self)
        elif header is not None and len(self._received) >= HEADER.size + header.following:
            outcome = self._take_outcome(header)
            if self.ready:
                self._on_outcome(self, outcome)
            else:
                self.ready = True
                self._on_ready(self)

    def _take_outcome(self, header: Header) -> Answer | ImpactGraphError:
        following = bytes(memoryview(self._received)[HEADER.size :][: header.following])
        self._received = bytearray()
        if header.error:
            return recover_error(header.error, following)
        if header.filed and not self._descriptors:
            return StoreError("the answer cannot be taken over: no file descriptors are left")
        file = os.fdopen(self._descriptors.pop(), "rb") if header.filed else None
        return Answer(
            generation=header.generation,
            graph=header.graph,
            body=None if header.filed else following,
            file=file,
            size=header.size,
        )
