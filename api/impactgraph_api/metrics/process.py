"""What the HTTP process itself takes, under the names that Prometheus' own clients give it."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

from impactgraph_api.metrics.instruments import Metric, Sample

__all__ = ["measure_process"]


def measure_process() -> Iterator[Metric]:
    """Return memory and open files; nothing where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        files = len(os.listdir("/proc/self/fd"))
    except OSError:
        return
    for name, words, value in (
        (
            "process_resident_memory_bytes",
            "Memory of the HTTP process.",
            pages * os.sysconf("SC_PAGE_SIZE"),
        ),
        ("process_open_fds", "Files and connections that it has open.", files),
        (
            "process_max_fds",
            "How many it may have open.",
            resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        ),
    ):
        yield Metric(name, "gauge", words, (Sample(value),))
