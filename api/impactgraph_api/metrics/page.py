"""`GET /metrics`: the state of the service in the Prometheus text format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from impactgraph_api.drafts import Drafts
from impactgraph_api.health import package_version
from impactgraph_api.metrics.instruments import (
    MEDIA_TYPE,
    Metric,
    Sample,
    count_samples,
    write_metrics,
)
from impactgraph_api.metrics.meter import RequestMeter
from impactgraph_api.metrics.process import measure_process
from impactgraph_api.sparql.caching import AnswerCache
from impactgraph_api.workers import QueryWorkers
from impactgraph_api.writing import Writer

__all__ = ["Monitored", "router"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitored:
    """What the metrics are read from.

    Attributes:
        meter: has counted the requests.
        workers: answer the queries.
        writer: makes the changes.
        cache: keeps answers.
        drafts: are in memory.
        generation: reads the number of the live generation; None where there are none.
    """

    meter: RequestMeter
    workers: QueryWorkers
    writer: Writer
    cache: AnswerCache
    drafts: Drafts
    generation: Callable[[], int] | None


@router.get("/metrics")
async def get_metrics(request: Request) -> Response:
    """Return counts and durations since the service started, and its state."""
    monitored: Monitored = request.app.state.monitored
    text = write_metrics(_collect(monitored))
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
    return Response(text, headers=headers)


def _collect(monitored: Monitored) -> Iterator[Metric]:
    yield Metric(
        "impactgraph_build_info",
        "gauge",
        "Always 1; the version is in the label.",
        (Sample(1, (("version", package_version()),)),),
    )
    if monitored.generation is not None:
        yield _gauge(
            "impactgraph_store_generation",
            "Number of the store's live generation.",
            monitored.generation(),
        )
    yield from monitored.meter.metrics()
    yield from _describe_queries(monitored.workers)
    yield from _describe_cache(monitored.cache)
    yield from _describe_writes(monitored.writer)
    yield _gauge("impactgraph_drafts", "Drafts that are in memory.", len(monitored.drafts))
    yield _gauge("impactgraph_drafts_bytes", "What they count for.", monitored.drafts.size)
    yield from measure_process()


def _describe_queries(workers: QueryWorkers) -> Iterator[Metric]:
    stats = workers.stats()
    yield Metric(
        "impactgraph_queries_total",
        "counter",
        "Queries that workers took, by outcome.",
        count_samples("outcome", stats.outcomes),
    )
    yield _counter(
        "impactgraph_query_seconds_total",
        "Time that those queries took together, waiting included.",
        stats.seconds,
    )
    yield Metric(
        "impactgraph_workers",
        "gauge",
        "Query workers by what they do; long ones have been at a query for a while.",
        count_samples("state", {"idle": stats.idle, "quick": stats.quick, "long": stats.long}),
    )
    yield _counter("impactgraph_workers_started_total", "Workers started.", stats.started)
    yield _counter(
        "impactgraph_workers_crashed_total", "Workers that ended unasked.", stats.crashed
    )
    yield _gauge("impactgraph_workers_memory_bytes", "Memory of the workers' own.", stats.memory)
    yield _gauge("impactgraph_queries_waiting", "Queries that wait for a worker.", stats.waiting)


def _describe_cache(cache: AnswerCache) -> Iterator[Metric]:
    yield Metric(
        "impactgraph_cache_requests_total",
        "counter",
        "Queries that were looked up among the kept answers.",
        count_samples("result", {"hit": cache.hits, "miss": cache.misses}),
    )
    yield _gauge("impactgraph_cache_answers", "Answers that are kept.", len(cache))
    yield _gauge("impactgraph_cache_bytes", "What they take.", cache.used)


def _describe_writes(writer: Writer) -> Iterator[Metric]:
    stats = writer.stats()
    yield Metric(
        "impactgraph_writes_total",
        "counter",
        "Updates and Graph Store writes, by outcome.",
        count_samples("outcome", stats.outcomes),
    )
    yield _counter(
        "impactgraph_generations_total",
        "Generations of the store that this service made.",
        stats.generations,
    )
    yield _counter("impactgraph_writers_started_total", "Writer processes started.", stats.started)
    yield _gauge("impactgraph_writes_waiting", "Writes that wait.", stats.waiting)
    yield _gauge("impactgraph_writes_running", "Writes that are being committed.", stats.writing)


def _counter(name: str, words: str, value: float) -> Metric:
    return Metric(name, "counter", words, (Sample(value),))


def _gauge(name: str, words: str, value: float) -> Metric:
    return Metric(name, "gauge", words, (Sample(value),))
