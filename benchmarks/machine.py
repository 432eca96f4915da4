"""The machine that something was measured on, in a line."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["describe_machine"]


def describe_machine() -> str:
    """Return date, processor, memory, system and Python of this machine, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} processors "
        f"({_processor()}); {memory:.0f} GiB of memory; {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}; load before the run {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
