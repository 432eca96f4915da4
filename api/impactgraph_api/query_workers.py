"""Answering queries in processes that can be ended: the engine itself has no time limit.

Each worker is a long-lived process that has the store's folder open. A query that is still running
at its deadline ends with its worker; the next query gets a fresh one (about 100 ms).
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from impactgraph.errors import QueryError, StoreError
from impactgraph.store import Snapshot, Triples, open_store
from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS

__all__ = [
    "Answer",
    "Limits",
    "NotAcceptableError",
    "OverloadedError",
    "QueryTimeoutError",
    "QueryWorkers",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query and all queries together may take.

    `memory` bounds the bytes of data of one worker (where the system can do that), `body` those
    of a request, `rows` those of a result that is shown as a page.
    """

    workers: int = min(4, os.cpu_count() or 1)
    seconds: float = 30.0
    seconds_in_queue: float = 5.0
    memory: int = 2 * 1024**3
    body: int = 1024**2
    rows: int = 500


class QueryTimeoutError(Exception):
    """A query did not end in time."""


class OverloadedError(Exception):
    """No worker came free in time."""


class NotAcceptableError(Exception):
    """The query's form has no answer in a format that the client accepts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result; `graph` tells CONSTRUCT and DESCRIBE from SELECT and ASK."""

    body: bytes
    graph: bool


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    solutions: str | None
    graphs: str | None


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, location: Path, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, location, memory), name="impactgraph-query", daemon=True
        )
        self.process.start()
        theirs.close()

    def ask(self, question: _Question, seconds: float) -> Answer | Exception:
        """Return the answer, or what came of it instead; the worker may have ended then."""
        try:
            self.pipe.send(question)
            if not self.pipe.poll(seconds):
                return QueryTimeoutError()
            answer: Answer | Exception = self.pipe.recv()
        except (EOFError, OSError):
            return MemoryError()
        return answer

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class QueryWorkers:
    """A bounded pool of workers over one store's folder; they start when first needed."""

    def __init__(self, location: Path, limits: Limits) -> None:
        self._location = location
        self._limits = limits
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._busy: set[_Worker] = set()
        self._lock = threading.Lock()
        for _ in range(limits.workers):
            self._idle.put(None)

    def ask(self, text: str, *, solutions: str | None, graphs: str | None) -> Answer:
        """Answer a query.

        Args:
            text: a SPARQL 1.1 query.
            solutions: name of the format for SELECT and ASK, None where none is accepted.
            graphs: name of the format for CONSTRUCT and DESCRIBE, likewise.

        Raises:
            QueryError: the query is malformed or refused.
            NotAcceptableError: the format that the query needs is None.
            OverloadedError: no worker came free in time.
            QueryTimeoutError: the query was still running at its deadline.
            StoreError: the worker ended, most likely for want of memory.
        """
        try:
            worker = self._idle.get(timeout=self._limits.seconds_in_queue)
        except queue.Empty:
            raise OverloadedError from None
        try:
            if worker is None or not worker.process.is_alive():
                worker = _Worker(self._location, self._limits.memory)
            with self._lock:
                self._busy.add(worker)
            outcome = worker.ask(_Question(text, solutions, graphs), self._limits.seconds)
            with self._lock:
                self._busy.discard(worker)
            if isinstance(outcome, (QueryTimeoutError, MemoryError)):
                worker.end()
                worker = None
        finally:
            self._idle.put(worker)
        if isinstance(outcome, MemoryError):
            raise StoreError(
                "the query's worker ended before it answered, most likely for want of memory; "
                "ask for less at a time, with LIMIT or a narrower pattern"
            )
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            for worker in self._busy:
                worker.process.kill()
        deadline = time.monotonic() + 5
        for _ in range(self._limits.workers):
            try:
                idle = self._idle.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            if idle is not None:
                idle.end()


def _serve(pipe: Connection, location: Path, memory: int) -> None:
    """Answer questions until the pipe is closed: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _bound_memory(memory)
    store = open_store(location)
    while True:
        try:
            question: _Question = pipe.recv()
        except (EOFError, OSError):
            return
        outcome: Answer | Exception
        try:
            with store.snapshot() as snapshot:
                outcome = _answer(snapshot, question)
        except Exception as error:  # everything goes back to who asked
            known = isinstance(error, (QueryError, StoreError, NotAcceptableError))
            outcome = error if known else QueryError(f"the query failed: {error}")
        pipe.send(outcome)


def _end_with_parent() -> None:
    """End this process when the service is gone, be it in the middle of a query."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _answer(snapshot: Snapshot, question: _Question) -> Answer:
    results = snapshot.query(question.text)
    if isinstance(results, Triples):
        graphs = {offer.name: graph for offer, graph in GRAPH_FORMATS.items()}
        if question.graphs is None:
            raise NotAcceptableError("graph")
        return Answer(results.serialize(format=graphs[question.graphs]) or b"", graph=True)
    formats = {offer.name: chosen for offer, chosen in SOLUTION_FORMATS.items()}
    if question.solutions is None:
        raise NotAcceptableError("solutions")
    return Answer(results.serialize(format=formats[question.solutions]) or b"", graph=False)


def _bound_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
