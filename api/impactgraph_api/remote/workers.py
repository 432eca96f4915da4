"""Handing queries on to a remote engine.

Answers are read whole, checked and written anew in the format that the client takes, so that every
engine's look alike, and an error always precedes the headers. What an engine is still working on
when a client leaves or the time is up, it goes on with: SPARQL has no way to call it off.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import BinaryIO, cast

import httpx
import pyoxigraph as ox

from impactgraph.errors import ImpactGraphError, StoreError
from impactgraph.store import refuse_service
from impactgraph.store.remote import RemoteStore
from impactgraph.store.remote.answers import (
    parse_solutions,
    reporting_answer,
    triples_format,
)
from impactgraph.store.remote.connection import (
    BEGINNING,
    PAUSES,
    BusyError,
    check_answer,
    client_options,
    describe_silence,
    may_ask_again,
    query_request,
)
from impactgraph.store.remote.queries import Form, read_form
from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.operations import Dataset
from impactgraph_api.workers import (
    Answer,
    NotAcceptableError,
    OverloadedError,
    QueryTimeoutError,
    QueryWorkers,
    Question,
    Statistics,
)
from impactgraph_api.workers.exchange import LONGEST_INLINE
from impactgraph_api.workers.output import BoundedOutput

__all__ = ["RemoteWorkers"]

_RETRY_AFTER = 5
_SOLUTIONS = {offer.name: form for offer, form in SOLUTION_FORMATS.items()}
_GRAPHS = {offer.name: form for offer, form in GRAPH_FORMATS.items()}


class RemoteWorkers(QueryWorkers):
    """Hands queries on to an engine, a few at a time."""

    def __init__(self, store: RemoteStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._client: httpx.AsyncClient | None = None
        self._places = asyncio.Semaphore(settings.workers)
        self._asking = 0
        self._queued = 0
        self._outcomes: Counter[str] = Counter()
        self._spent = 0.0

    async def start(self) -> None:
        """Make ready to ask."""
        self._client = httpx.AsyncClient(**client_options(self._store.engine))

    async def close(self) -> None:
        """Let go of the engine."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def stats(self) -> Statistics:
        """Return what is being asked, and counts since the service started."""
        return Statistics(
            idle=self._settings.workers - self._asking,
            quick=self._asking,
            long=0,
            waiting=self._queued,
            memory=0,
            outcomes=dict(self._outcomes),
            started=0,
            crashed=0,
            seconds=self._spent,
        )

    def processes(self) -> tuple[int, ...]:
        """Return no numbers: there are no processes here."""
        return ()

    async def ask(self, question: Question) -> Answer:
        """Answer a query.

        Raises:
            QueryError: the engine refuses the query, or it asks another service.
            NotAcceptableError: the query's form has no answer in a format that is taken.
            QueryTimeoutError: the engine did not answer in time.
            ResultTooLargeError: the answer is larger than one may be.
            OverloadedError: too many queries wait already.
            StoreError: the engine is down, or answers nonsense.
        """
        with self._counting():
            text = question.operation.text
            refuse_service(text)
            form = read_form(text)
            if (question.graphs if form.gives_triples else question.solutions) is None:
                raise NotAcceptableError("graph" if form.gives_triples else "solutions")
            limit = self._settings.query_timeout
            seconds = min(limit, question.operation.seconds or limit)
            try:
                async with asyncio.timeout(seconds), self._place():
                    return await self._ask(question, form)
            except TimeoutError as error:
                raise QueryTimeoutError(
                    f"the engine did not answer within {seconds:g} seconds; ask for less at a "
                    "time, with LIMIT or a narrower pattern"
                ) from error

    async def _ask(self, question: Question, form: Form) -> Answer:
        for pause in PAUSES:
            try:
                return await self._ask_once(question, form)
            except (BusyError, httpx.TransportError) as error:
                if not may_ask_again(error):
                    raise describe_silence(error, self._store.engine.query_url) from error
                await asyncio.sleep(pause)
        try:
            return await self._ask_once(question, form)
        except (BusyError, httpx.TransportError) as error:
            raise describe_silence(error, self._store.engine.query_url) from error

    async def _ask_once(self, question: Question, form: Form) -> Answer:
        if self._client is None:
            raise StoreError("the service is ending")
        engine, operation = self._store.engine, question.operation
        generation = self._store.generation
        request = query_request(
            self._client, engine, form, operation.text, list(_name_graphs(operation.dataset))
        )
        received = BoundedOutput(inline=LONGEST_INLINE, ceiling=self._settings.result_size)
        try:
            response = await self._client.send(request, stream=True)
            try:
                async for chunk in response.aiter_bytes():
                    received.write(chunk)
            finally:
                await response.aclose()
            return await asyncio.to_thread(
                self._rewrite, question, form, response, received, generation
            )
        finally:
            received.close()

    def _rewrite(
        self,
        question: Question,
        form: Form,
        response: httpx.Response,
        received: BoundedOutput,
        generation: int,
    ) -> Answer:
        """Check an answer, and write it in the format that the client takes."""
        body = _begin(received)
        check_answer(response, body.read(BEGINNING), form)
        body.seek(0)
        output = BoundedOutput(inline=LONGEST_INLINE, ceiling=self._settings.result_size)
        try:
            _write(question, form, response, body, cast(BinaryIO, output))
        except BaseException:
            output.close()
            raise
        if output.file is not None:
            output.file.seek(0)
        return Answer(
            generation=generation,
            graph=form.gives_triples,
            body=bytes(output.memory) if output.file is None else None,
            file=cast(BinaryIO | None, output.file),
            size=output.size,
        )

    @contextmanager
    def _counting(self) -> Iterator[None]:
        begun = time.monotonic()
        outcome = "cancelled"
        try:
            yield
            outcome = "answered"
        except ImpactGraphError as error:
            outcome = type(error).__name__
            raise
        finally:
            self._outcomes[outcome] += 1
            self._spent += time.monotonic() - begun

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Wait for one of the places for queries that are being asked."""
        if self._queued >= self._settings.queue:
            raise OverloadedError(
                f"{self._settings.queue} queries are waiting already; try again shortly",
                retry_after=_RETRY_AFTER,
            )
        self._queued += 1
        try:
            await self._places.acquire()
        finally:
            self._queued -= 1
        self._asking += 1
        try:
            yield
        finally:
            self._asking -= 1
            self._places.release()


def _begin(received: BoundedOutput) -> BinaryIO:
    if received.file is None:
        return io.BytesIO(received.memory)
    received.file.seek(0)
    return cast(BinaryIO, received.file)


def _write(
    question: Question, form: Form, response: httpx.Response, body: BinaryIO, output: BinaryIO
) -> None:
    if form.gives_triples:
        assert question.graphs is not None
        with reporting_answer():
            parsed = ox.parse(body, triples_format(response), without_named_graphs=True)
            triples = (quad.triple for quad in parsed)
            ox.serialize(triples, output, _GRAPHS[question.graphs])
        return
    assert question.solutions is not None
    results = parse_solutions(body, form)
    results.serialize(output, format=_SOLUTIONS[question.solutions])


def _name_graphs(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for iri in dataset.default or ():
        yield "default-graph-uri", iri
    for iri in dataset.named or ():
        yield "named-graph-uri", iri
