from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from impactgraph_api.metrics import RequestMeter
from impactgraph_api.metrics.instruments import Histogram, Metric, Sample, write_metrics

LINE = re.compile(
    r"""\#\ (?:HELP|TYPE)\ [a-z_]+\ .+
    | [a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\})?\ (?:[0-9.e+-]+|\+Inf)""",
    re.VERBOSE,
)


def read(client: TestClient) -> dict[str, float]:
    """The samples, by name with labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    for line in lines:
        assert LINE.fullmatch(line), line
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def test_a_query_is_counted_where_it_was_answered(client: TestClient) -> None:
    before = read(client)
    for _ in range(2):
        assert client.get("/sparql", params={"query": "ASK { ?metrics a ?c }"}).status_code == 200
    assert client.get("/sparql", params={"query": "ASK"}).status_code == 400
    after = read(client)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    requests = "impactgraph_requests_total"
    assert grown(f'{requests}{{endpoint="sparql",method="GET",status="200"}}') == 2
    assert grown(f'{requests}{{endpoint="sparql",method="GET",status="400"}}') == 1
    assert grown('impactgraph_request_duration_seconds_count{endpoint="sparql"}') == 3
    assert grown('impactgraph_request_duration_seconds_bucket{endpoint="sparql",le="+Inf"}') == 3
    assert grown('impactgraph_queries_total{outcome="answered"}') == 1
    assert grown('impactgraph_cache_requests_total{result="hit"}') == 1
    assert after['impactgraph_requests_running{endpoint="sparql"}'] == 0


def test_the_state_of_the_service_is_there(client: TestClient) -> None:
    samples = read(client)
    generation = client.get("/healthz").json()["generation"]
    assert samples["impactgraph_store_generation"] == generation
    for name in (
        "impactgraph_queries_waiting",
        "impactgraph_workers_started_total",
        "impactgraph_workers_memory_bytes",
        "impactgraph_cache_bytes",
        "impactgraph_writes_waiting",
        "process_resident_memory_bytes",
    ):
        assert samples[name] >= 0, name
    assert {
        f'impactgraph_workers{{state="{state}"}}' for state in ("idle", "quick", "long")
    } <= set(samples)


def test_each_metric_is_announced_once(client: TestClient) -> None:
    announced = re.findall(r"^# TYPE (\S+) (\S+)$", client.get("/metrics").text, re.MULTILINE)
    names = [name for name, _ in announced]
    assert len(names) == len(set(names)) >= 15
    for name, kind in announced:
        assert (kind == "counter") == name.endswith("_total"), name


def test_labels_are_escaped() -> None:
    metric = Metric("x", "gauge", "An x.", (Sample(1, (("a", 'q"u\\o\nte'),)),))
    assert write_metrics([metric]).splitlines()[-1] == 'x{a="q\\"u\\\\o\\nte"} 1'


def test_a_value_on_a_bound_is_within_it() -> None:
    histogram = Histogram((0.5, 1.0))
    for value in (0.5, 0.7, 3.0):
        histogram.observe(value)
    assert [sample.value for sample in histogram.samples()] == [1, 2, 3, pytest.approx(4.2), 3]


async def _receive() -> Message:
    return {"type": "http.request"}


async def _send(_: Message) -> None:
    return


def _run(meter: RequestMeter, app: Any, method: str = "GET") -> dict[str, Metric]:
    watched = meter.watch("door", app)
    scope = {"type": "http", "method": method}
    with pytest.raises(RuntimeError):
        asyncio.run(watched(scope, _receive, _send))  # type: ignore[arg-type]
    return {metric.name: metric for metric in meter.metrics()}


def test_what_ends_without_an_answer_is_counted_as_gone() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError

    metrics = _run(RequestMeter(), fail, method="BREW")
    (sample,) = metrics["impactgraph_requests_total"].samples
    assert dict(sample.labels) == {"endpoint": "door", "method": "other", "status": "gone"}
    assert metrics["impactgraph_requests_running"].samples[0].value == 0
    assert metrics["impactgraph_request_duration_seconds"].samples[-1].value == 0
