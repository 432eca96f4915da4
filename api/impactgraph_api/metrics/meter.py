"""Counting requests and timing their answers, at the door of an endpoint."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impactgraph_api.metrics.instruments import Histogram, Metric, Sample

__all__ = ["RequestMeter"]

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_GONE = "gone"


class RequestMeter:
    """Counts the requests of the endpoints that it watches; for one event loop."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._durations: dict[str, Histogram] = {}
        self._running: Counter[str] = Counter()

    def watch(self, endpoint: str, app: ASGIApp) -> ASGIApp:
        """Return an app that does what the given one does, counted.

        Args:
            endpoint: its name in the metrics.
            app: answers the requests.
        """
        durations = self._durations.setdefault(endpoint, Histogram())

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            started = time.perf_counter()
            status = _GONE

            async def watch_start(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = str(int(message["status"]))
                    # A slow client's own time is none of the answer's.
                    durations.observe(time.perf_counter() - started)
                await send(message)

            self._running[endpoint] += 1
            try:
                await app(scope, receive, watch_start)
            finally:
                self._running[endpoint] -= 1
                method = scope["method"] if scope["method"] in _METHODS else "other"
                self._requests[endpoint, method, status] += 1

        return answer

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered past the app that is watched.

        Args:
            endpoint: its name in the metrics; it is watched, too.
            method: one of HTTP's own.
            status: of the answer.
            seconds: until its beginning.
        """
        self._durations[endpoint].observe(seconds)
        self._requests[endpoint, method, str(status)] += 1

    def metrics(self) -> Iterator[Metric]:
        """Return what was counted."""
        yield Metric(
            "impactgraph_requests_total",
            "counter",
            "Requests that ended, by status; gone: the client left before an answer.",
            tuple(
                Sample(number, (("endpoint", endpoint), ("method", method), ("status", status)))
                for (endpoint, method, status), number in sorted(self._requests.items())
            ),
        )
        yield Metric(
            "impactgraph_requests_running",
            "gauge",
            "Requests that are being answered.",
            tuple(
                Sample(self._running[endpoint], (("endpoint", endpoint),))
                for endpoint in self._durations
            ),
        )
        yield Metric(
            "impactgraph_request_duration_seconds",
            "histogram",
            "Time from a request to the beginning of its answer, kept answers included.",
            tuple(
                sample
                for endpoint, durations in self._durations.items()
                for sample in durations.samples((("endpoint", endpoint),))
            ),
        )
