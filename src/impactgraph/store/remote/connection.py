"""Asking a remote engine over HTTP (SPARQL 1.1 Protocol), and hearing it out."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import BinaryIO, Final, TypeVar, cast

import httpx

from impactgraph.errors import GraphNotFoundError, ImpactGraphError, StoreError
from impactgraph.store.remote.answers import refuse_nonsense
from impactgraph.store.remote.engine import GRAPH_STORE_URL, Engine
from impactgraph.store.remote.failures import (
    AFTER_WHICH_TO_RETRY,
    describe_failure,
    describe_refusal,
)
from impactgraph.store.remote.queries import Form
from impactgraph.store.remote.requests import (
    client_options,
    graph_request,
    query_request,
    update_request,
)

__all__ = [
    "BEGINNING",
    "PAUSES",
    "Body",
    "BusyError",
    "Connection",
    "check_answer",
    "check_graph",
    "describe_silence",
    "may_ask_again",
]

_Value = TypeVar("_Value")

PAUSES: Final = (0.2, 1.0)
"""Seconds before a query is asked a second and a third time."""

KEPT_IN_MEMORY: Final = 4 * 1024**2
BEGINNING: Final = 4096
"""How many bytes of an answer are looked at to tell what it is."""


@dataclass(frozen=True, slots=True)
class Body:
    """A whole answer: its headers, and what it holds, at its beginning."""

    response: httpx.Response
    file: BinaryIO


class Connection:
    """The way to one engine, for any number of threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._client = httpx.Client(**client_options(engine))

    def ask(self, form: Form, text: str) -> Body:
        """Return an engine's answer to a query, once it is whole; ask again where that may help.

        Raises:
            QueryError: the engine refuses the query.
            StoreError: it is down, does not answer in time, or answers nonsense.
        """
        request = partial(query_request, self._client, self.engine, form, text)
        check = partial(check_answer, form=form)
        return _persist(lambda: self._receive(request(), check), self.engine.query_url)

    def try_graph_store(self) -> None:
        """See whether the engine's graph store gives graphs: the default one is always there.

        Raises:
            StoreError: it does not.
        """
        request = partial(graph_request, self._client, self.engine, "GET", None)

        def get() -> None:
            response = self._client.send(request(), stream=True)
            with contextlib.closing(response):
                _refuse_virtuoso(response)
                check_answer(response, next(response.iter_bytes(BEGINNING), b""), Form.CONSTRUCT)

        _persist(get, str(self.engine.graph_store_url))

    def fetch_graph(self, iri: str) -> Body:
        """Return a graph by the Graph Store HTTP Protocol; ask again where that may help.

        Raises:
            GraphNotFoundError: there is none of that name.
            StoreError: the engine is down, does not answer in time, or answers nonsense.
        """
        request = partial(graph_request, self._client, self.engine, "GET", iri)
        check = partial(check_graph, iri=iri)
        return _persist(lambda: self._receive(request(), check), str(self.engine.graph_store_url))

    def replace_graph(self, iri: str, content: bytes) -> None:
        """Put a graph in Turtle in the place of what is there; more than once where that may help.

        Raises:
            UpdateError: the engine refuses the graph.
            StoreError: as for `update`.
        """

        def put() -> None:
            request = graph_request(self._client, self.engine, "PUT", iri, content)
            response = self._client.send(request)
            if response.status_code in AFTER_WHICH_TO_RETRY:
                raise BusyError(describe_refusal(response, response.content, updating=True))
            if not response.is_success:
                raise describe_refusal(response, response.content, updating=True)

        _persist(put, str(self.engine.graph_store_url), writing=True)

    def update(self, text: str) -> None:
        """Have an engine make a change; what it says of a success means nothing.

        Raises:
            UpdateError: the engine refuses the update.
            StoreError: it is down, may not be written, or did not answer: it may have made the
                change then.
        """
        request = update_request(self._client, self.engine, text)
        try:
            response = self._client.send(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise describe_failure(error, self.engine.update_url, sent=False) from error
        except httpx.TransportError as error:
            raise describe_failure(error, self.engine.update_url, sent=True) from error
        if not response.is_success:
            raise describe_refusal(response, response.content, updating=True)

    def close(self) -> None:
        """Let go of the engine."""
        self._client.close()

    def _receive(
        self, request: httpx.Request, check: Callable[[httpx.Response, bytes], None]
    ) -> Body:
        deadline = time.monotonic() + self.engine.timeout
        file = cast(BinaryIO, tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY))  # noqa: SIM115
        with contextlib.ExitStack() as stack:
            stack.callback(file.close)
            response = self._client.send(request, stream=True)
            stack.callback(response.close)
            for chunk in response.iter_bytes():
                file.write(chunk)
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer is too long in coming", request=request)
            file.seek(0)
            check(response, file.read(BEGINNING))
            file.seek(0)
            stack.pop_all()
            response.close()
            return Body(response, file)


def _persist(attempt: Callable[[], _Value], url: str, *, writing: bool = False) -> _Value:
    """Return what comes of an attempt, made again where that may help."""
    pauses = iter(PAUSES)
    while True:
        try:
            return attempt()
        except (BusyError, httpx.TransportError) as error:
            pause = next(pauses, None)
            if pause is None or not may_ask_again(error):
                raise describe_silence(error, url, writing=writing) from error
            time.sleep(pause)


class BusyError(Exception):
    """The engine wants to be asked later; `reported` is what to say when it never answers."""

    def __init__(self, reported: ImpactGraphError) -> None:
        super().__init__(str(reported))
        self.reported = reported


def check_answer(response: httpx.Response, beginning: bytes, form: Form) -> None:
    """Refuse an answer to a query that is none, by its status, headers and first bytes.

    Raises:
        BusyError: it is worth asking again.
        QueryError: the engine refuses the query.
        StoreError: the engine failed, or answers nonsense.
    """
    if response.status_code in AFTER_WHICH_TO_RETRY:
        raise BusyError(describe_refusal(response, beginning, updating=False))
    if not response.is_success:
        raise describe_refusal(response, beginning, updating=False)
    refuse_nonsense(response, beginning, form)


def check_graph(response: httpx.Response, beginning: bytes, iri: str) -> None:
    """Refuse an answer that is no graph; see `check_answer`.

    Raises:
        GraphNotFoundError: there is none of that name.
        StoreError: as for `check_answer`, and for Virtuoso's graph store.
    """
    _refuse_virtuoso(response)
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise GraphNotFoundError(f"there is no graph <{iri}>")
    check_answer(response, beginning, Form.CONSTRUCT)


def _refuse_virtuoso(response: httpx.Response) -> None:
    if response.headers.get("server", "").startswith("Virtuoso"):
        raise StoreError(
            "Virtuoso's graph store cuts off long graphs without a word, and takes no long "
            f"literals; leave {GRAPH_STORE_URL} out"
        )


def may_ask_again(error: BusyError | httpx.TransportError) -> bool:
    """Return whether a query may be asked again: not while the engine is still at work on it."""
    return not isinstance(error, httpx.ReadTimeout)


def describe_silence(
    error: BusyError | httpx.TransportError, url: str, *, writing: bool = False
) -> ImpactGraphError:
    """Return the error for an engine that was asked as often as may be."""
    if isinstance(error, BusyError):
        return error.reported
    return describe_failure(error, url, sent=writing)
