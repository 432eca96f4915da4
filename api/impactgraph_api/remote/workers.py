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
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
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
    check_graph,
    describe_silence,
    may_ask_again,
)
from impactgraph.store.remote.queries import Form, read_form
from impactgraph.store.remote.requests import client_options, graph_request, query_request
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """What an engine is asked, and how its answer is to be taken.

    Attributes:
        request: goes to the engine.
        check: refuses an answer that is none, by its headers and first bytes.
        form: what kind of answer it has.
        offer: the name of the format that the client takes.
    """

    request: httpx.Request
    check: Callable[[httpx.Response, bytes], None]
    form: Form
    offer: str


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
            offer = question.graphs if form.gives_triples else question.solutions
            if offer is None:
                raise NotAcceptableError("graph" if form.gives_triples else "solutions")
            errand = _Errand(
                request=query_request(
                    self._open_client(),
                    self._store.engine,
                    form,
                    text,
                    list(_name_graphs(question.operation.dataset)),
                ),
                check=partial(check_answer, form=form),
                form=form,
                offer=offer,
            )
            return await self._run(errand, question.operation.seconds)

    @property
    def has_graph_store(self) -> bool:
        """Whether the engine gives whole graphs by the Graph Store HTTP Protocol."""
        return self._store.engine.graph_store_url is not None

    async def fetch_graph(self, iri: str, form: str) -> Answer:
        """Return a whole graph, from the engine's graph store.

        Args:
            iri: the graph's name.
            form: the name of a format for graphs.

        Raises:
            GraphNotFoundError: there is none of that name; else as for `ask`.
        """
        with self._counting():
            errand = _Errand(
                request=graph_request(self._open_client(), self._store.engine, "GET", iri),
                check=partial(check_graph, iri=iri),
                form=Form.CONSTRUCT,
                offer=form,
            )
            return await self._run(errand, None)

    def _open_client(self) -> httpx.AsyncClient:
        if self._client is None:
            raise StoreError("the service is ending")
        return self._client

    async def _run(self, errand: _Errand, seconds: float | None) -> Answer:
        """Ask when there is a place, again where that may help, and no longer than may be."""
        limit = self._settings.query_timeout
        seconds = min(limit, seconds or limit)
        pauses = iter(PAUSES)
        try:
            async with asyncio.timeout(seconds), self._place():
                while True:
                    try:
                        return await self._run_once(errand)
                    except (BusyError, httpx.TransportError) as error:
                        pause = next(pauses, None)
                        if pause is None or not may_ask_again(error):
                            raise describe_silence(error, str(errand.request.url)) from error
                        await asyncio.sleep(pause)
        except TimeoutError as error:
            raise QueryTimeoutError(
                f"the engine did not answer within {seconds:g} seconds; ask for less at a time, "
                "with LIMIT or a narrower pattern"
            ) from error

    async def _run_once(self, errand: _Errand) -> Answer:
        generation = self._store.generation
        received = BoundedOutput(inline=LONGEST_INLINE, ceiling=self._settings.result_size)
        try:
            response = await self._open_client().send(errand.request, stream=True)
            try:
                async for chunk in response.aiter_bytes():
                    received.write(chunk)
            finally:
                await response.aclose()
            return await asyncio.to_thread(self._rewrite, errand, response, received, generation)
        finally:
            received.close()

    def _rewrite(
        self, errand: _Errand, response: httpx.Response, received: BoundedOutput, generation: int
    ) -> Answer:
        """Check an answer, and write it in the format that the client takes."""
        body = _begin(received)
        errand.check(response, body.read(BEGINNING))
        body.seek(0)
        output = BoundedOutput(inline=LONGEST_INLINE, ceiling=self._settings.result_size)
        try:
            _write(errand, response, body, cast(BinaryIO, output))
        except BaseException:
            output.close()
            raise
        if output.file is not None:
            output.file.seek(0)
        return Answer(
            generation=generation,
            graph=errand.form.gives_triples,
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


def _write(errand: _Errand, response: httpx.Response, body: BinaryIO, output: BinaryIO) -> None:
    if errand.form.gives_triples:
        with reporting_answer():
            parsed = ox.parse(body, triples_format(response), without_named_graphs=True)
            triples = (quad.triple for quad in parsed)
            ox.serialize(triples, output, _GRAPHS[errand.offer])
        return
    results = parse_solutions(body, errand.form)
    results.serialize(output, format=_SOLUTIONS[errand.offer])


def _name_graphs(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for iri in dataset.default or ():
        yield "default-graph-uri", iri
    for iri in dataset.named or ():
        yield "named-graph-uri", iri
