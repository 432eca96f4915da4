"""The service description as an answer: what `/sparql` says where no query is asked."""

from __future__ import annotations

import asyncio
import time

import pyoxigraph as ox

from impactgraph_api.description.statements import PREFIXES, describe_service
from impactgraph_api.description.statistics import Statistics, StatisticsKeeper
from impactgraph_api.negotiation import GRAPH_FORMATS, Format
from impactgraph_api.remote import RemoteWorkers
from impactgraph_api.settings import Settings
from impactgraph_api.workers import QueryWorkers

__all__ = ["ServiceDescription"]

_SECONDS = 10.0
_PATIENCE = 2.0
_KEPT = 60


class ServiceDescription:
    """Describes one service, with the statistics of the generation that is live.

    Args:
        workers: count what the data set holds.
        settings: the service's.
    """

    def __init__(self, workers: QueryWorkers, settings: Settings) -> None:
        self._settings = settings
        self._remote = isinstance(workers, RemoteWorkers)
        self._statistics = StatisticsKeeper(
            workers,
            default_graph=settings.default_graph,
            seconds=min(_SECONDS, settings.query_timeout),
            patience=_PATIENCE,
        )

    async def write(self, endpoint: str, generation: int | None, form: Format) -> bytes:
        """Return the description in a format of RDF.

        Statistics of a large data set take a while to count; until they are there, the description
        goes without.

        Args:
            endpoint: the URL of the SPARQL endpoint, as the client knows it.
            generation: the number of the live generation; None where there are no generations, so
                that statistics are counted anew after a minute.
            form: one of `GRAPH_FORMATS`.
        """
        if generation is None:
            generation = int(time.monotonic() // _KEPT)
        statistics = await self._statistics.read(generation)
        return await asyncio.to_thread(self._serialise, endpoint, statistics, form)

    async def close(self) -> None:
        """Give up what is being counted."""
        await self._statistics.close()

    def _serialise(self, endpoint: str, statistics: Statistics | None, form: Format) -> bytes:
        triples = describe_service(endpoint, self._settings, statistics, remote=self._remote)
        written = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
        assert written is not None
        return written
