"""Many documents at once: over processes, in order, never more in memory than needed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from impactgraph.errors import ImportingError

__all__ = ["work_through"]

_AHEAD = 64
"""How many tasks each process may be ahead of the one that is wanted next: enough to go on with
while what they made is stored."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def work_through(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int
) -> Iterator[tuple[Task, Result]]:
    """Yield each task with what a function made of it, in the order of the tasks.

    Args:
        work: a function of a module, which another process can import.
        tasks: taken as they are needed.
        processes: how many processes work; 1 works in this one.

    Raises:
        ImportingError: a process died.
    """
    if processes <= 1:
        for task in tasks:
            yield task, work(task)
        return
    # A forked process would share the store's threads and locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent) as pool:
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        try:
            for task in tasks:
                with _sparing_children():
                    future = pool.submit(work, task)
                waiting.append((task, future))
                if len(waiting) >= processes * _AHEAD:
                    yield _take(waiting)
            while waiting:
                yield _take(waiting)
        except BrokenProcessPool as error:
            raise ImportingError(
                "a process that reads case studies died, for want of memory perhaps; what was "
                "stored before is whole: start again to go on, with --processes 1 if need be"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _take(waiting: deque[tuple[Task, Future[Result]]]) -> tuple[Task, Result]:
    task, future = waiting.popleft()
    return task, future.result()


@contextmanager
def _sparing_children() -> Iterator[None]:
    """Have processes that are started meanwhile not know of Ctrl-C: this one ends them itself."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """End this process when the one that started it has gone, however that ended."""
    threading.Thread(target=_await_parent, daemon=True).start()


def _await_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
