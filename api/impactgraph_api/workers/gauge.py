"""What a process uses: memory of its own, and time on a processor."""

from __future__ import annotations

import os
import time
from pathlib import Path

__all__ = ["Gauge"]

_PAGE = os.sysconf("SC_PAGE_SIZE")
_LONGEST = 200


class Gauge:
    """Reads what a process uses, where the system tells (proc(5): statm, schedstat)."""

    __slots__ = ("_memory", "_processor")

    def __init__(self, process: int) -> None:
        self._memory = _open(Path(f"/proc/{process}/statm"))
        self._processor = _open(Path(f"/proc/{process}/schedstat"))

    def read_memory(self) -> int:
        """Return its bytes of anonymous memory; 0 where it has ended or the system is silent."""
        numbers = _read(self._memory)
        return max(0, numbers[1] - numbers[2]) * _PAGE if len(numbers) > 2 else 0

    def read_seconds(self) -> float:
        """Return for how long its first thread, which evaluates queries, was on a processor.

        Where the system does not tell, this is a clock: it counts waiting too.
        """
        numbers = _read(self._processor)
        return numbers[0] / 1e9 if numbers else time.monotonic()

    def close(self) -> None:
        """Let go of the process."""
        for descriptor in (self._memory, self._processor):
            if descriptor is not None:
                os.close(descriptor)
        self._memory = self._processor = None


def _open(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def _read(descriptor: int | None) -> list[int]:
    if descriptor is None:
        return []
    try:
        return [int(word) for word in os.pread(descriptor, _LONGEST, 0).split()]
    except (OSError, ValueError):
        return []
