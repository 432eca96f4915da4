"""The writer process: applies batches to the store until it is told to end, or is ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from impactgraph.errors import StoreError
from impactgraph.store import Store, open_store
from impactgraph_api.workers.confinement import bound_memory, forbid_sockets
from impactgraph_api.writing.applying import Batch, Progress, Result, apply_batch
from impactgraph_api.writing.exchange import At, Deriving, Done, Failed, Live, Message, pack

__all__ = ["serve"]

_SLACK = 512 * 1024**2
"""Data that a process maps beyond what it uses; the ceiling itself is watched from outside."""


def serve(pipe: Connection, location: Path, memory: int, lock_wait: float) -> None:
    """Apply batches as they come through the pipe: the life of a writer.

    Args:
        pipe: gives batches, takes messages; its end is the writer's.
        location: the store's folder.
        memory: how many bytes a write may take.
        lock_wait: for how many seconds it waits for another program that writes to the store.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service ends its writer itself
    threading.Thread(target=_end_with_service, daemon=True).start()
    bound_memory(memory + _SLACK)
    # What LOAD names was fetched before; whatever else the engine were led to ask, it cannot.
    forbid_sockets()
    store: Store | None = None
    while True:
        try:
            batch: Batch = pipe.recv()
        except EOFError:
            return
        try:
            # Here, so that whoever writes learns why it cannot be opened.
            store = store or open_store(location, lock_wait=lock_wait)
            number, results = apply_batch(store, batch, _report_to(pipe))
            _send(pipe, Done(number, results))
        except StoreError as error:
            _send(pipe, Failed(error))


def _end_with_service() -> None:
    """End this process when the service has gone, be it in the middle of an update.

    The process that forked this one lives on for as long as this one does, so its death tells
    nothing; the engine lets other threads run while it works.
    """
    service = multiprocessing.parent_process()
    assert service is not None
    service.join()
    os._exit(1)


def _report_to(pipe: Connection) -> Progress:
    def live(number: int, results: Sequence[Result]) -> None:
        _send(pipe, Live(number, results))

    return Progress(
        at=lambda place: _send(pipe, At(place)),
        deriving=lambda: _send(pipe, Deriving()),
        live=live,
    )


def _send(pipe: Connection, message: Message) -> None:
    pipe.send_bytes(pack(message))
