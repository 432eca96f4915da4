"""What the query workers are doing and have done, for metrics."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Statistics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The state of the workers at one moment, and counts since the service started.

    Attributes:
        idle: workers that wait for a query.
        quick: workers that have answered for less than the time from which a query is long.
        long: workers that have answered for longer.
        waiting: queries that wait for a worker.
        memory: bytes of anonymous memory of all workers.
        outcomes: how many queries came to which end: `answered`, `cancelled`, or the name of the
            error.
        started: how many workers were started.
        crashed: how many ended without being told to.
        seconds: how long all queries that have ended took together, waiting included.
    """

    idle: int
    quick: int
    long: int
    waiting: int
    memory: int
    outcomes: dict[str, int]
    started: int
    crashed: int
    seconds: float
