"""Asking a remote engine over HTTP (SPARQL 1.1 Protocol), and hearing it out."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, TypedDict, cast

import httpx

from impactgraph.errors import ImpactGraphError
from impactgraph.store.datasets import names_dataset
from impactgraph.store.remote.answers import ACCEPTED, refuse_nonsense
from impactgraph.store.remote.credentials import Credentials
from impactgraph.store.remote.engine import Engine
from impactgraph.store.remote.failures import (
    AFTER_WHICH_TO_RETRY,
    describe_failure,
    describe_refusal,
)
from impactgraph.store.remote.queries import Form

__all__ = [
    "BEGINNING",
    "PAUSES",
    "Body",
    "BusyError",
    "ClientOptions",
    "Connection",
    "check_answer",
    "client_options",
    "describe_silence",
    "may_ask_again",
    "query_request",
    "update_request",
]

PAUSES: Final = (0.2, 1.0)
"""Seconds before a query is asked a second and a third time."""

KEPT_IN_MEMORY: Final = 4 * 1024**2
BEGINNING: Final = 4096
"""How many bytes of an answer are looked at to tell what it is."""

_HAND_SHAKE = 5.0
_DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri", "union-default-graph")
"""Parameters that choose a dataset and would win over FROM; the last is Oxigraph's own."""


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
        for pause in PAUSES:
            try:
                return self._ask_once(form, text)
            except (BusyError, httpx.TransportError) as error:
                if not may_ask_again(error):
                    raise describe_silence(error, self.engine.query_url) from error
                time.sleep(pause)
        try:
            return self._ask_once(form, text)
        except (BusyError, httpx.TransportError) as error:
            raise describe_silence(error, self.engine.query_url) from error

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

    def _ask_once(self, form: Form, text: str) -> Body:
        deadline = time.monotonic() + self.engine.timeout
        request = query_request(self._client, self.engine, form, text)
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
            check_answer(response, file.read(BEGINNING), form)
            file.seek(0)
            stack.pop_all()
            response.close()
            return Body(response, file)


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


def may_ask_again(error: BusyError | httpx.TransportError) -> bool:
    """Return whether a query may be asked again: not while the engine is still at work on it."""
    return not isinstance(error, httpx.ReadTimeout)


def describe_silence(error: BusyError | httpx.TransportError, url: str) -> ImpactGraphError:
    """Return the error for an engine that was asked as often as may be."""
    if isinstance(error, BusyError):
        return error.reported
    return describe_failure(error, url, sent=False)


class ClientOptions(TypedDict):
    """What an HTTP client is made with."""

    auth: httpx.Auth | None
    timeout: httpx.Timeout
    headers: dict[str, str]


def client_options(engine: Engine) -> ClientOptions:
    """Return the options that an HTTP client of an engine is made with."""
    credentials = None
    if engine.user is not None:
        credentials = Credentials(engine.user, engine.password or "")
    return {
        "auth": credentials,
        "timeout": httpx.Timeout(engine.timeout, connect=min(_HAND_SHAKE, engine.timeout)),
        "headers": {"User-Agent": "impactgraph"},
    }


def query_request(
    client: httpx.Client | httpx.AsyncClient,
    engine: Engine,
    form: Form,
    text: str,
    dataset: Sequence[tuple[str, str]] = (),
) -> httpx.Request:
    """Return the request for a query: as a form, for addresses have no room for long ones.

    Sent as a body of its own, a query makes Virtuoso 7.2.5 wait for ever. What the engine's URL
    says of the default graph is for queries that say nothing of it.

    Args:
        client: what will send it.
        engine: who is asked.
        form: the query's form.
        text: the query.
        dataset: names and values of default-graph-uri and named-graph-uri.
    """
    url = httpx.URL(engine.query_url)
    if dataset or names_dataset(text):
        for name in _DATASET_PARAMETERS:
            url = url.copy_remove_param(name)
    return client.build_request(
        "POST",
        url,
        data=_fields([("query", text), *dataset]),
        headers={"Accept": ACCEPTED[form.gives_triples]},
    )


def update_request(
    client: httpx.Client | httpx.AsyncClient,
    engine: Engine,
    text: str,
    dataset: Sequence[tuple[str, str]] = (),
) -> httpx.Request:
    """Return the request for an update, with the graphs of using-graph-uri and the like."""
    url = httpx.URL(engine.update_url)
    for name, value in dataset:
        url = url.copy_add_param(name, value)
    return client.build_request(
        "POST",
        url,
        content=text.encode("utf-8"),
        headers={"Content-Type": "application/sparql-update"},
    )


def _fields(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
