"""Small answers, kept for as long as the store's generation lives, and their entity tags.

A generation never changes, so an answer from it is right until the next one is live.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b

from impactgraph_api.sparql.formats import Formats
from impactgraph_api.sparql.operations import QueryOperation

__all__ = [
    "AnswerCache",
    "AnswerKey",
    "KeptAnswer",
    "is_repeatable",
    "make_etag",
    "make_key",
    "matches",
]

AnswerKey = tuple[str, tuple[str, ...] | None, tuple[str, ...] | None, str | None, str | None, bool]
"""What an answer depends on beside the generation: query, dataset, formats, whether compressed."""

_OVERHEAD = 1024
"""What an entry takes beside its texts, measured generously."""

_MOST_HEADS = 16
"""Requests that are remembered for one answer."""

# With its bracket or a comment before that; "foaf:knows (…)" is kept out needlessly, and does no
# harm. Escapes such as \u004E may spell any letter.
_VOLATILE = re.compile(r"(?:rand|now|uuid)\s*[(#]|\\u")

_SALT = secrets.token_bytes(8)
"""Tags hold for one run of the service: a store restored from a copy may count generations anew."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A whole answer as it is sent.

    Attributes:
        body: as it goes over the wire.
        compressed: whether that is gzip.
        media_type: with its charset.
        etag: its entity tag.
        heads: the headers that it was sent with, by the bytes of the request.
    """

    body: bytes
    compressed: bool
    media_type: str
    etag: str
    heads: dict[bytes, bytes] = field(default_factory=dict)


class AnswerCache:
    """The answers that were last asked for, bounded by their bytes; for one thread.

    >>> cache = AnswerCache(100_000)
    >>> key = ("ASK {}", None, None, "json", None, False)
    >>> cache.put(1, key, KeptAnswer(b"{}", False, "application/json", 'W/"a"'))
    >>> cache.get(1, key).body, cache.get(2, key)
    (b'{}', None)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._generation = -1
        self._kept: OrderedDict[AnswerKey, KeptAnswer] = OrderedDict()
        self._requests: dict[bytes, AnswerKey] = {}
        self.hits = 0
        self.misses = 0

    @property
    def size(self) -> int:
        """How many bytes the kept answers may take."""
        return self._size

    @property
    def used(self) -> int:
        """How many bytes the kept answers take."""
        return self._used

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def get(self, generation: int, key: AnswerKey) -> KeptAnswer | None:
        """Return the answer from that generation, where it is kept."""
        kept = self._kept.get(key) if generation == self._generation else None
        if kept is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return kept

    def put(self, generation: int, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer, in the place of those that nobody asked for longest.

        All answers are from one generation, the newest that an answer came from.
        """
        if generation < self._generation:
            return
        if generation > self._generation:
            self._kept.clear()
            self._requests.clear()
            self._used = 0
            self._generation = generation
        weight = _weigh(key, answer)
        if weight > self._size or key in self._kept:
            return
        self._kept[key] = answer
        self._use(weight)

    def remember(self, key: AnswerKey, answer: KeptAnswer, request: bytes, head: bytes) -> None:
        """Remember that a request, byte for byte, had an answer, if that is still kept.

        Args:
            key: of the answer.
            answer: as it was sent.
            request: all bytes of the request.
            head: the headers that the answer was sent with.
        """
        if self._kept.get(key) is not answer or request in self._requests:
            return
        if len(answer.heads) >= _MOST_HEADS:
            oldest = next(iter(answer.heads))
            del self._requests[oldest]
            self._used -= _weigh_head(oldest, answer.heads.pop(oldest))
        answer.heads[request] = head
        self._requests[request] = key
        self._use(_weigh_head(request, head))

    def knows(self, request: bytes) -> bool:
        """Return whether a request, byte for byte, has been remembered."""
        return request in self._requests

    def recall(self, generation: int, request: bytes) -> tuple[bytes, bytes] | None:
        """Return the headers and the body of the answer to a request that has been remembered.

        Where its answer is from another generation than that, there is none.
        """
        if generation != self._generation:
            return None
        kept = self.get(generation, self._requests[request])
        return None if kept is None else (kept.heads[request], kept.body)

    def _use(self, weight: int) -> None:
        self._used += weight
        while self._used > self._size:
            key, kept = self._kept.popitem(last=False)
            for request in kept.heads:
                del self._requests[request]
            self._used -= _weigh(key, kept)


def make_key(operation: QueryOperation, formats: Formats, *, compressed: bool) -> AnswerKey:
    """Return the key of a query's answer; the deadline does not change an answer."""
    return (
        operation.text,
        operation.dataset.default,
        operation.dataset.named,
        formats.solutions.name if formats.solutions else None,
        formats.graphs.name if formats.graphs else None,
        compressed,
    )


def make_etag(generation: int, key: AnswerKey) -> str:
    """Return the entity tag of an answer (RFC 9110, section 8.8.3).

    It is a weak one: solutions without ORDER BY may come in another order, and compressed answers
    have the tag of plain ones.
    """
    digest = blake2b(repr((generation, key[:-1])).encode("utf-8", "replace"), key=_SALT)
    return f'W/"{digest.hexdigest()[:32]}"'


def matches(if_none_match: str | None, etag: str, *, exists: bool) -> bool:
    """Return whether a client has the answer already (RFC 9110, section 13.1.2).

    >>> matches('"a", W/"b"', 'W/"b"', exists=False), matches("*", 'W/"b"', exists=False)
    (True, False)

    Args:
        if_none_match: the header of that name.
        etag: of the answer.
        exists: whether there is an answer for sure; until then `*` does not match.
    """
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return exists
    opaque = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == opaque for tag in if_none_match.split(","))


def is_repeatable(text: str) -> bool:
    """Return whether a query has the same answer whenever the same generation is asked.

    >>> is_repeatable("SELECT ?known {?known ?p ?o}"), is_repeatable("SELECT (Now ( ) AS ?t) {}")
    (True, False)
    """
    return not _VOLATILE.search(text.lower())


def _weigh(key: AnswerKey, answer: KeptAnswer) -> int:
    # A text may take four bytes a character in memory.
    dataset = sum(map(len, (*(key[1] or ()), *(key[2] or ()))))
    heads = sum(_weigh_head(request, head) for request, head in answer.heads.items())
    return len(answer.body) + 4 * len(key[0]) + 4 * dataset + heads + _OVERHEAD


def _weigh_head(request: bytes, head: bytes) -> int:
    return len(request) + len(head) + _OVERHEAD
