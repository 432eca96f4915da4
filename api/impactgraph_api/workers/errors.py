"""What can come of a query or a document instead of an answer, and what a process's end means."""

from __future__ import annotations

import os
import signal

from impactgraph.errors import ImpactGraphError, QueryError, StoreError

__all__ = [
    "DocumentMemoryError",
    "DocumentTimeoutError",
    "NotAcceptableError",
    "OverloadedError",
    "QueryMemoryError",
    "QueryTimeoutError",
    "ResultTooLargeError",
    "explain_end",
    "out_of_memory",
]

_CRASHES = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP})


class NotAcceptableError(ImpactGraphError):
    """The query's form has no answer in a format that the client accepts.

    The message is `graph` for CONSTRUCT and DESCRIBE, `solutions` for SELECT and ASK.
    """


class QueryTimeoutError(ImpactGraphError):
    """A query was still running at its deadline."""


class QueryMemoryError(ImpactGraphError):
    """A query wanted more memory than one may have."""


class ResultTooLargeError(ImpactGraphError):
    """An answer was larger than one may be."""


class DocumentTimeoutError(ImpactGraphError):
    """A document was still being read at its deadline."""


class DocumentMemoryError(ImpactGraphError):
    """A document took more memory than one may have."""


class OverloadedError(ImpactGraphError):
    """No worker came free for a query or a document.

    Attributes:
        retry_after: after how many seconds it may be worth another try.
    """

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def out_of_memory(ceiling: int) -> QueryMemoryError:
    """Return the error for a query that met the ceiling, in bytes."""
    return QueryMemoryError(
        f"the query was ended because it took more than {ceiling // 1024**2} MiB of memory; ask "
        "for less at a time, with LIMIT or a narrower pattern"
    )


def explain_end(status: int, ceiling: int) -> ImpactGraphError | None:
    """Return what the end of a worker says of its query; None where it was not the query's doing.

    Args:
        status: how the process ended, as `os.waitpid` returns it.
        ceiling: how much memory it might take, in bytes.
    """
    if not os.WIFSIGNALED(status):
        return StoreError(
            f"the query's process ended by itself with status {os.waitstatus_to_exitcode(status)}; "
            "the service's log may say why"
        )
    number = os.WTERMSIG(status)
    # The engine aborts where an allocation fails; it raises nothing.
    if number == signal.SIGABRT:
        return out_of_memory(ceiling)
    if number in _CRASHES:
        return QueryError(
            f"the engine cannot evaluate the query: its process ended with "
            f"{signal.Signals(number).name}, as it does where groups, expressions or paths are "
            "nested too deeply; nest less"
        )
    return None
