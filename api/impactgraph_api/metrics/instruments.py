"""Counting and timing, and the Prometheus text format of it.

See https://prometheus.io/docs/instrumenting/exposition_formats/ for the format.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "MEDIA_TYPE",
    "SECONDS",
    "Histogram",
    "Kind",
    "Metric",
    "Sample",
    "count_samples",
    "write_metrics",
]

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Upper bounds of a histogram's buckets: from a small query to the usual deadlines."""

Kind = Literal["counter", "gauge", "histogram"]

_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Sample:
    """One number: with its labels, and for a part of a histogram with the part's suffix."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric with its samples.

    Attributes:
        name: with its unit, and `_total` for a counter.
        kind: what its numbers are.
        help: what they mean, in one line.
        samples: at this moment.
    """

    name: str
    kind: Kind
    help: str
    samples: tuple[Sample, ...]


class Histogram:
    """How many things took how long; for one thread.

    >>> histogram = Histogram((1.0, 2.0))
    >>> histogram.observe(1.5)
    >>> [(sample.suffix, sample.value) for sample in histogram.samples()]
    [('_bucket', 0), ('_bucket', 1), ('_bucket', 1), ('_sum', 1.5), ('_count', 1)]
    """

    __slots__ = ("_bounds", "_numbers", "_sum")

    def __init__(self, bounds: tuple[float, ...] = SECONDS) -> None:
        self._bounds = bounds
        self._numbers = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        """Count one thing that took so long."""
        self._numbers[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def samples(self, labels: tuple[tuple[str, str], ...] = ()) -> Iterator[Sample]:
        """Return the samples: each bucket holds what the smaller ones hold, too."""
        total = 0
        for bound, number in zip((*self._bounds, math.inf), self._numbers, strict=True):
            total += number
            yield Sample(total, (*labels, ("le", _write_number(bound))), "_bucket")
        yield Sample(self._sum, labels, "_sum")
        yield Sample(total, labels, "_count")


def write_metrics(metrics: Iterable[Metric]) -> str:
    r"""Return metrics in the text format.

    >>> print(write_metrics([Metric("x_total", "counter", "Xs.", (Sample(2, (("a", "b"),)),))]))
    # HELP x_total Xs.
    # TYPE x_total counter
    x_total{a="b"} 2
    <BLANKLINE>
    """
    return "".join(f"{line}\n" for metric in metrics for line in _write_metric(metric))


def count_samples(label: str, numbers: Mapping[str, int]) -> tuple[Sample, ...]:
    """Return a sample for each entry, its key the value of the label."""
    return tuple(Sample(number, ((label, key),)) for key, number in sorted(numbers.items()))


def _write_metric(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for sample in metric.samples:
        labels = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in sample.labels)
        braced = f"{{{labels}}}" if labels else ""
        yield f"{metric.name}{sample.suffix}{braced} {_write_number(sample.value)}"


def _write_number(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return f"{value:.12g}"
