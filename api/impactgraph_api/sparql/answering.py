"""Answering queries: from the answers that are kept, or from the workers."""

from __future__ import annotations

from collections.abc import Callable

from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS, accepts_gzip
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.caching import (
    AnswerCache,
    AnswerKey,
    KeptAnswer,
    is_repeatable,
    make_etag,
    make_key,
    matches,
)
from impactgraph_api.sparql.exchange import Exchange
from impactgraph_api.sparql.formats import Formats, not_acceptable
from impactgraph_api.sparql.headers import AnswerHeaders
from impactgraph_api.sparql.operations import QueryOperation
from impactgraph_api.sparql.repeats import write_head
from impactgraph_api.sparql.sending import (
    WORTH_COMPRESSING,
    compress,
    describe_body,
    send_body,
    send_file,
)
from impactgraph_api.workers import Answer, NotAcceptableError, QueryWorkers, Question

__all__ = ["QueryAnswering", "ReadGeneration"]

ReadGeneration = Callable[[], int]
"""Reads the number of the live generation, in a few microseconds."""


class QueryAnswering:
    """The query operation of one service.

    Args:
        workers: answer what is not kept.
        headers: of the answers.
        settings: say how much may be kept.
        generation: None where an answer cannot be known to be still right; then none is kept.
    """

    def __init__(
        self,
        *,
        workers: QueryWorkers,
        headers: AnswerHeaders,
        settings: Settings,
        generation: ReadGeneration | None,
    ) -> None:
        self._workers = workers
        self._headers = headers
        self._generation = generation
        self.cache = AnswerCache(settings.cache_size)

    async def answer(self, exchange: Exchange, operation: QueryOperation, formats: Formats) -> None:
        """Answer a query.

        Args:
            exchange: the request.
            operation: the query.
            formats: what the client accepts, a page not among it.

        Raises:
            ImpactGraphError: the query is refused, or met a limit; see `workers`.
            ProblemError: no format for this kind of query is acceptable.
            ClientGoneError: the client went away.
        """
        zipped = accepts_gzip(exchange.headers.get("accept-encoding"))
        key = make_key(operation, formats, compressed=zipped)
        if await self._answer_from_kept(exchange, key):
            return
        answer = await self.ask(exchange, operation, formats)
        chosen = formats.graphs if answer.graph else formats.solutions
        assert chosen is not None
        repeatable = self._generation is not None and is_repeatable(operation.text)
        etag = make_etag(answer.generation, key) if repeatable else ""
        if answer.file is not None:
            headers = self._headers.describe(exchange, chosen.content_type, etag)
            await send_file(exchange, headers, answer.file, answer.size, compressed=zipped)
            return
        body = answer.body or b""
        compressed = zipped and len(body) >= WORTH_COMPRESSING
        if compressed:
            body = await compress(body)
        fresh = KeptAnswer(body, compressed, chosen.content_type, etag)
        if repeatable:
            self.cache.put(answer.generation, key, fresh)
        if not await self._send_not_modified(exchange, etag, exists=True):
            await self._send(exchange, key, fresh)

    async def ask(self, exchange: Exchange, operation: QueryOperation, formats: Formats) -> Answer:
        """Return the workers' answer to a query, which ends when the client goes away.

        Raises:
            ImpactGraphError: as of `answer`; so are ProblemError and ClientGoneError.
        """
        question = Question(
            operation=operation,
            solutions=formats.solutions.name if formats.solutions else None,
            graphs=formats.graphs.name if formats.graphs else None,
        )
        try:
            return await exchange.await_while_there(self._workers.ask(question))
        except NotAcceptableError as error:
            offered = GRAPH_FORMATS if str(error) == "graph" else SOLUTION_FORMATS
            raise not_acceptable([*offered]) from error

    async def _answer_from_kept(self, exchange: Exchange, key: AnswerKey) -> bool:
        """Answer without asking anybody, where that is possible; return whether it was done."""
        conditional = "if-none-match" in exchange.headers
        if self._generation is None or not (self.cache.size or conditional):
            return False
        generation = self._generation()
        kept = self.cache.get(generation, key)
        if kept is not None:
            if not await self._send_not_modified(exchange, kept.etag, exists=True):
                await self._send(exchange, key, kept)
            return True
        # Whoever has the answer has its tag, and only what is repeatable has one.
        if not conditional:
            return False
        return await self._send_not_modified(exchange, make_etag(generation, key), exists=False)

    async def _send(self, exchange: Exchange, key: AnswerKey, answer: KeptAnswer) -> None:
        headers = self._headers.describe(exchange, answer.media_type, answer.etag)
        body, compressed = answer.body, answer.compressed
        request = exchange.whole_request
        if request is not None:
            head = write_head([*headers, *describe_body(body, compressed=compressed)])
            self.cache.remember(key, answer, request, head)
        await send_body(exchange, 200, headers, body, compressed=compressed)

    async def _send_not_modified(self, exchange: Exchange, etag: str, *, exists: bool) -> bool:
        """Answer 304 where the client has the answer already; return whether that was done."""
        condition = exchange.headers.get("if-none-match")
        if condition is None or not etag or exchange.method == "POST":
            return False
        if not matches(condition, etag, exists=exists):
            return False
        await exchange.start(304, self._headers.describe(exchange, None, etag))
        await exchange.send_part(b"")
        return True
