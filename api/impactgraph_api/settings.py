"""What an operator chooses: how queries see the data, the limits, and who may write."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final, Literal

from impactgraph.errors import UsageError

__all__ = ["GIBIBYTE", "KIBIBYTE", "LEAST_QUERY_MEMORY", "MEBIBYTE", "DefaultGraph", "Settings"]

DefaultGraph = Literal["union", "strict"]
"""What a query's default graph is: the union of all graphs, or the dataset's own."""

KIBIBYTE: Final = 1024
MEBIBYTE: Final = 1024 * KIBIBYTE
GIBIBYTE: Final = 1024 * MEBIBYTE
LEAST_QUERY_MEMORY: Final = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of one service; sizes in bytes, times in seconds.

    >>> Settings(token="secret").read_only
    False
    >>> "secret" in repr(Settings(token="secret"))
    False

    Attributes:
        default_graph: `union`: a query's default graph is the union of all graphs; `strict`: it is
            the dataset's own (SPARQL 1.1 Query, section 13).
        query_timeout: how long a query may run, or a document be read; a request may ask for less.
        query_memory: how much memory of its own the process of a query or document may take.
        result_size: how large an answer may be.
        workers: how many queries run at the same time, and how many documents are read.
        queue: how many more queries, or documents, may wait.
        cache_size: how large all answers that are kept may be together; 0 keeps none.
        update_timeout: how long a write may run.
        validate_writes: whether a write that leaves a case study violating the shapes is refused.
        token: what a request must bear to write; without one nobody writes.
        cors_origins: the origins whose pages may read answers; `*` is all of them.
        load_allow: the hosts or URL prefixes that LOAD may fetch from.
        body: how large the body of a query or update, or a document, may be.
        write_body: how large the body of a Graph Store write may be.
        query_length: how long the text of a query may be.
        drafts: how many drafts are kept in memory at the same time.
        draft_memory: how large they may be together, each its document and the graph of it.
        draft_time: how long a draft is kept after it was last looked at.
    """

    default_graph: DefaultGraph = "union"
    query_timeout: float = 30
    query_memory: int = GIBIBYTE
    result_size: int = GIBIBYTE
    workers: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    queue: int = 64
    cache_size: int = 64 * MEBIBYTE
    update_timeout: float = 60
    validate_writes: bool = False
    token: str | None = field(default=None, repr=False)
    cors_origins: tuple[str, ...] = ("*",)
    load_allow: tuple[str, ...] = ()
    body: int = 16 * MEBIBYTE
    write_body: int = 256 * MEBIBYTE
    query_length: int = MEBIBYTE
    drafts: int = 64
    draft_memory: int = 256 * MEBIBYTE
    draft_time: float = 1800

    def __post_init__(self) -> None:
        """Refuse values that no service can work with.

        Raises:
            UsageError: a value is out of its range.
        """
        if self.default_graph not in ("union", "strict"):
            raise UsageError(f"no default graph {self.default_graph!r}; take union or strict")
        if self.query_memory < LEAST_QUERY_MEMORY:
            raise UsageError(
                f"query_memory is {self.query_memory} bytes; a query's process needs at least "
                f"{LEAST_QUERY_MEMORY} (512 MiB)"
            )
        for name in ("query_timeout", "update_timeout", "draft_time"):
            if not 0 < getattr(self, name) < float("inf"):
                raise UsageError(f"{name} is {getattr(self, name)}; it takes seconds above 0")
        for name in (
            *("result_size", "workers", "queue", "body", "write_body", "query_length"),
            *("drafts", "draft_memory"),
        ):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}; it takes a number from 1 on")
        if self.cache_size < 0:
            raise UsageError(f"cache_size is {self.cache_size}; 0 keeps no answers")
        if self.token is not None and not self.token.strip():
            raise UsageError("the token is empty; leave it out for a service that only reads")

    @property
    def read_only(self) -> bool:
        """Whether nobody may write, for want of a token."""
        return self.token is None
