"""Processes as Linux shows them under /proc: families, memory, and processors."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = [
    "command_line",
    "descendants",
    "divided_memory",
    "processor_count",
    "processor_seconds",
    "proportional_memory",
    "unshared_memory",
]

_PROC = Path("/proc")


def descendants(process: int) -> tuple[int, ...]:
    """Return the numbers of a process and of all processes that descend from it."""
    parents: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue  # it has ended since
            parent = int(stat.rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(folder.name))
    found = [process]
    for one in found:
        found.extend(parents.get(one, ()))
    return tuple(found)


def command_line(process: int) -> str:
    """Return the command line of a process; none of one that has ended."""
    try:
        return (_PROC / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def unshared_memory(process: int) -> int:
    """Return the bytes of anonymous memory that a process holds; 0 of one that has ended."""
    return _read_field(_PROC / str(process) / "status", "RssAnon:")


def divided_memory(process: int) -> int:
    """Return a process's part of anonymous memory, in bytes; 0 of one that has ended.

    What a process shares with others since they were forked is divided between them.
    """
    return _read_field(_PROC / str(process) / "smaps_rollup", "Pss_Anon:")


def proportional_memory(process: int) -> int:
    """Return the bytes of memory of a process and its descendants.

    What several processes share is divided between them (Pss), so that nothing counts twice.
    """
    return sum(
        _read_field(_PROC / str(one) / "smaps_rollup", "Pss:") for one in descendants(process)
    )


def processor_seconds(process: int) -> float:
    """Return the seconds of processor time that a process has taken; 0 of one that has ended."""
    try:
        stat = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return 0.0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _read_field(path: Path, name: str) -> int:
    try:
        for line in path.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def processor_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))
