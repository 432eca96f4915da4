"""The life of a worker: it answers one question after the other until the service lets go of it."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from impactgraph.errors import ImpactGraphError, QueryError, StoreError
from impactgraph.store import Snapshot, Store, Triples, open_store
from impactgraph.store.datasets import DefaultGraph
from impactgraph.store.layout import Layout
from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS
from impactgraph_api.workers.errors import NotAcceptableError, QueryMemoryError
from impactgraph_api.workers.exchange import (
    LENGTH,
    LONGEST_INLINE,
    Header,
    Question,
    describe_error,
    pack_header,
    unpack_question,
)
from impactgraph_api.workers.output import BoundedOutput

__all__ = ["answer_questions"]

_SECONDS_BETWEEN_LOOKS = 0.5
"""How often an idle worker looks for a new generation, so that it keeps no old one from deletion
and the next question need not wait for the new one."""

_GRAPH_FORMATS = {offer.name: chosen for offer, chosen in GRAPH_FORMATS.items()}
_SOLUTION_FORMATS = {offer.name: chosen for offer, chosen in SOLUTION_FORMATS.items()}


def answer_questions(
    service: socket.socket, location: Path, *, default_graph: DefaultGraph, result_size: int
) -> None:
    """Answer the service's questions over a store until it closes the socket.

    An empty answer that nobody asked for says that the worker is ready.

    Args:
        service: the socket to it.
        location: the folder of the store.
        default_graph: what the default graph is of questions that do not say; see
            `impactgraph.store.Snapshot.query`.
        result_size: how many bytes an answer may have.
    """
    store: Store | None = None
    with suppress(StoreError):
        store = _open(location)
    output = BoundedOutput(inline=LONGEST_INLINE, ceiling=result_size)
    ready = Header(error=0, graph=False, filed=False, generation=0, size=0)
    _send_answer(service, ready, output)
    while True:
        while not select.select([service], [], [], _SECONDS_BETWEEN_LOOKS)[0]:
            with suppress(StoreError):
                store = store or _open(location)
                store.generation  # noqa: B018 - moves on to the live one
        content = _receive(service)
        if content is None:
            return
        question = unpack_question(content)
        output = BoundedOutput(inline=LONGEST_INLINE, ceiling=result_size)
        try:
            store = store or _open(location)
            with store.snapshot() as snapshot:
                graph = _write_answer(snapshot, question, default_graph, output)
                header = Header(
                    error=0,
                    graph=graph,
                    filed=output.file is not None,
                    generation=snapshot.generation,
                    size=output.size,
                )
        except ImpactGraphError as error:
            _send_error(service, error)
        except MemoryError:
            _send_error(service, QueryMemoryError("the query's process ran out of memory"))
        except Exception as error:  # everything goes back to who asked
            _send_error(service, QueryError("the query failed", repr(error)))
        except BaseException as error:  # so the engine's own defects are raised
            _send_error(service, QueryError("the engine failed at the query", str(error)))
            raise
        else:
            _send_answer(service, header, output)
        finally:
            output.close()


def _open(location: Path) -> Store:
    """Open the store; one that is gone is not to be made anew."""
    if not Layout(location).format.is_file():
        raise StoreError("the store is gone; restore its folder from a copy", str(location))
    return open_store(location)


def _write_answer(
    snapshot: Snapshot, question: Question, default_graph: DefaultGraph, output: BoundedOutput
) -> bool:
    """Write an answer and return whether it is that of a CONSTRUCT or DESCRIBE."""
    dataset = question.operation.dataset
    results = snapshot.query(
        question.operation.text,
        default_graph=question.default_graph or default_graph,
        default=dataset.default,
        named=dataset.named,
    )
    # What the engine writes into, it takes for a file.
    if isinstance(results, Triples):
        if question.graphs is None:
            raise NotAcceptableError("graph")
        results.serialize(output, _GRAPH_FORMATS[question.graphs])  # type: ignore[arg-type]
        return True
    if question.solutions is None:
        raise NotAcceptableError("solutions")
    chosen: ox.QueryResultsFormat = _SOLUTION_FORMATS[question.solutions]
    serialize: Callable[..., bytes | None] = results.serialize
    serialize(output, chosen)
    return False


def _receive(service: socket.socket) -> bytes | None:
    """Return what comes next; None where the service has closed the socket."""
    length = _receive_exactly(service, LENGTH.size)
    if length is None:
        return None
    return _receive_exactly(service, LENGTH.unpack(length)[0])


def _receive_exactly(service: socket.socket, size: int) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        chunk = service.recv(min(size - len(received), 1024**2))
        if not chunk:
            return None
        received += chunk
    return bytes(received)


def _send_answer(service: socket.socket, header: Header, output: BoundedOutput) -> None:
    if output.file is None:
        service.sendall(pack_header(header) + output.memory)
        return
    output.file.seek(0)
    socket.send_fds(service, [pack_header(header)], [output.file.fileno()])


def _send_error(service: socket.socket, error: ImpactGraphError) -> None:
    number, message = describe_error(error)
    header = Header(error=number, graph=False, filed=False, generation=0, size=len(message))
    service.sendall(pack_header(header) + message)
