"""What the service and a worker tell each other, and how it goes over a socket.

A question goes as a length and JSON, an answer as a header and its bytes, or with the descriptor of
a file that has no name. Nothing is unpickled: a worker that a query led astray is not to be
believed.
"""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from impactgraph.errors import ImpactGraphError, QueryError, StoreError
from impactgraph_api.settings import DefaultGraph
from impactgraph_api.sparql.operations import Dataset, QueryOperation
from impactgraph_api.workers.errors import (
    NotAcceptableError,
    QueryMemoryError,
    ResultTooLargeError,
)

__all__ = [
    "HEADER",
    "LENGTH",
    "LONGEST_INLINE",
    "Answer",
    "Header",
    "Question",
    "describe_error",
    "pack_header",
    "pack_question",
    "recover_error",
    "unpack_header",
    "unpack_question",
]

LONGEST_INLINE: Final = 1024**2
"""How many bytes of an answer go over the socket; longer ones go as a file."""

_LONGEST_WORDS: Final = 64 * 1024
"""Characters of an error that are sent."""

LENGTH: Final = struct.Struct("!I")
HEADER: Final = struct.Struct("!B??QQ")

_ERRORS: Final[tuple[type[ImpactGraphError], ...]] = (
    QueryError,
    NotAcceptableError,
    ResultTooLargeError,
    QueryMemoryError,
    StoreError,
)
"""The errors that a worker reports; each goes by its place here, from 1 on, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query, and the formats that the client takes its answer in.

    Attributes:
        operation: the query and its dataset.
        solutions: name of the format for SELECT and ASK, None where none is acceptable.
        graphs: name of the format for CONSTRUCT and DESCRIBE, likewise.
        default_graph: what the query's default graph is; None for the service's own choice.
    """

    operation: QueryOperation
    solutions: str | None
    graphs: str | None
    default_graph: DefaultGraph | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A serialised result: `body`, or, where it is longer than 1 MiB, `file`.

    Attributes:
        generation: the generation of the store that it comes from.
        graph: whether it is that of a CONSTRUCT or DESCRIBE, in the format for graphs.
        body: the bytes.
        file: a file without a name, at its beginning; whoever has the answer closes it.
        size: how many bytes there are.
    """

    generation: int
    graph: bool
    body: bytes | None
    file: BinaryIO | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What comes before the bytes of an answer or of an error's message.

    `error` is 0 for an answer. With `filed`, no bytes follow and a descriptor came along.
    """

    error: int
    graph: bool
    filed: bool
    generation: int
    size: int

    @property
    def following(self) -> int:
        """How many bytes follow on the socket."""
        return 0 if self.filed else self.size


def pack_question(question: Question) -> bytes:
    """Return a question as bytes; inverse of `unpack_question`."""
    operation = question.operation
    dataset = operation.dataset
    content = json.dumps(
        [
            operation.text,
            dataset.default,
            dataset.named,
            question.solutions,
            question.graphs,
            question.default_graph,
        ]
    ).encode("ascii")
    return LENGTH.pack(len(content)) + content


def unpack_question(content: bytes) -> Question:
    """Return the question that follows its length; inverse of `pack_question`."""
    text, default, named, solutions, graphs, default_graph = json.loads(content)
    dataset = Dataset(
        default=None if default is None else tuple(default),
        named=None if named is None else tuple(named),
    )
    operation = QueryOperation(text=text, dataset=dataset)
    return Question(
        operation=operation, solutions=solutions, graphs=graphs, default_graph=default_graph
    )


def pack_header(header: Header) -> bytes:
    """Return a header as bytes; inverse of `unpack_header`."""
    return HEADER.pack(header.error, header.graph, header.filed, header.generation, header.size)


def unpack_header(content: bytes | bytearray) -> Header | None:
    """Return the header at the beginning of what came so far; None where it is not whole.

    Raises:
        ValueError: no worker in its right mind sends that.
    """
    if len(content) < HEADER.size:
        return None
    error, graph, filed, generation, size = HEADER.unpack_from(content)
    header = Header(error=error, graph=graph, filed=filed, generation=generation, size=size)
    if header.error > len(_ERRORS) or header.following > LONGEST_INLINE:
        raise ValueError(f"{header} is no header of an answer")
    return header


def describe_error(error: ImpactGraphError) -> tuple[int, bytes]:
    """Return an error's number and words, as they are sent; see `recover_error`."""
    for number, kind in enumerate(_ERRORS, 1):
        if isinstance(error, kind):
            words = [error.message[:_LONGEST_WORDS], error.details[:_LONGEST_WORDS]]
            return number, json.dumps(words).encode("ascii")
    return describe_error(StoreError(error.message, error.details))


def recover_error(number: int, words: bytes) -> ImpactGraphError:
    """Return the error of that number and words; inverse of `describe_error`."""
    with suppress(ValueError):
        match json.loads(words):
            case [str(message), str(details)]:
                return _ERRORS[number - 1](message, details)
    return StoreError("the query's process failed, and does not say how; ask again")
