"""Which queries turned out to be long: the same again need not hold up the quick ones."""

from __future__ import annotations

import time

from impactgraph_api.workers.exchange import Question

__all__ = ["LongQueries"]

_SECONDS = 60.0
_MOST = 1024


class LongQueries:
    """Remembers for a minute the queries that had to make way, or met a limit."""

    def __init__(self) -> None:
        self._noted: dict[int, float] = {}

    def __contains__(self, question: Question) -> bool:
        noted = self._noted.get(_key(question)) if self._noted else None
        return noted is not None and time.monotonic() - noted < _SECONDS

    def note(self, question: Question) -> None:
        """Remember a query from now on; the oldest makes room."""
        key = _key(question)
        self._noted.pop(key, None)
        self._noted[key] = time.monotonic()
        if len(self._noted) > _MOST:
            del self._noted[next(iter(self._noted))]

    def forget(self, question: Question) -> None:
        """Forget a query: it was answered."""
        if self._noted:
            self._noted.pop(_key(question), None)


def _key(question: Question) -> int:
    operation = question.operation
    return hash((operation.text, operation.dataset, question.default_graph))
