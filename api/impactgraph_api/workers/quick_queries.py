"""Which kinds of queries were quick lately: where many wait, these need not wait behind others."""

from __future__ import annotations

import re

from impactgraph_api.workers.exchange import Question

__all__ = ["QuickQueries"]

_MOST = 1024
_LONGEST = 4096
"""Characters of a query whose kind is looked at; a longer one is of no kind."""

# IRIs, strings, numbers and comments: programs send the same query about one thing after another.
_CONSTANT = re.compile(
    r"""<[^<>\s]*+> | "[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*" | '[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*'
    | \d++ | \#[^\r\n]*+""",
    re.VERBOSE,
)


class QuickQueries:
    """Remembers the kinds of queries that were answered quickly; the oldest makes room.

    Queries that differ in nothing but IRIs, strings and numbers are of one kind.
    """

    def __init__(self) -> None:
        self._kinds: dict[int, None] = {}

    def __contains__(self, question: Question) -> bool:
        return bool(self._kinds) and _kind(question) in self._kinds

    def note(self, question: Question) -> None:
        """Remember the kind of a query that was answered quickly."""
        kind = _kind(question)
        self._kinds.pop(kind, None)
        self._kinds[kind] = None
        if len(self._kinds) > _MOST:
            del self._kinds[next(iter(self._kinds))]

    def forget(self, question: Question) -> None:
        """Forget the kind of a query that was not quick."""
        self._kinds.pop(_kind(question), None)


def _kind(question: Question) -> int:
    text = question.operation.text
    return hash(_CONSTANT.sub("0", text) if len(text) <= _LONGEST else text)
