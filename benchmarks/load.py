"""Sending load: wrk, pinned to a processor of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Load", "MissingProgramError", "require", "send_load"]

_SCRIPT = Path(__file__).with_name("wrk.lua")


class MissingProgramError(Exception):
    """A program that a measurement needs is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of a stretch of load; times in milliseconds."""

    throughput: float
    """Answers a second, errors not counted."""
    p50: float
    p99: float
    longest: float
    errors: int
    """Answers with a status from 400 on, broken connections and time-outs."""
    answers: int
    size: float
    """Bytes of an answer with its headers, on average."""


def require(program: str, remedy: str) -> str:
    """Return the path of a program.

    Raises:
        MissingProgramError: it is not there; the message says how to get it.
    """
    found = shutil.which(program)
    if found is None:
        raise MissingProgramError(f"{program} is not installed: {remedy}")
    return found


def send_load(
    url: str,
    targets: Sequence[str],
    *,
    accept: str,
    connections: int,
    seconds: int,
    cpus: str,
    first: int = 0,
    pause: int = 0,
    timeout: int = 120,
) -> Load:
    """Send the targets again and again, each connection its next request after its answer.

    Args:
        url: scheme, host and port.
        targets: paths with queries.
        accept: the media type to ask for.
        connections: how many at the same time.
        seconds: for how long.
        cpus: the processors that the load generator runs on, as taskset names them.
        first: the position of the target to begin with.
        pause: milliseconds that a connection waits between two requests.
        timeout: seconds after which an answer counts as an error.

    Raises:
        MissingProgramError: wrk or taskset is not installed.
        RuntimeError: the load generator failed; the message is its own.
    """
    wrk = require("wrk", "apt-get install wrk")
    taskset = require("taskset", "apt-get install util-linux")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requests:
        requests.write("\n".join(targets) + "\n")
        requests.flush()
        command = [taskset, "-c", cpus, wrk, "-t1", f"-c{connections}", f"-d{seconds}s"]
        command += [f"--timeout={timeout}s", "-s", str(_SCRIPT), url, "--"]
        command += [requests.name, accept, str(first), str(pause)]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in outcome.stdout.splitlines() if line.startswith("{")]
    if outcome.returncode or not lines:
        raise RuntimeError(f"wrk failed: {outcome.stderr.strip() or outcome.stdout.strip()}")
    counted = json.loads(lines[-1])
    good = counted["requests"] - counted["status"]
    broken = sum(counted[kind] for kind in ("connect", "read", "write", "status", "timeout"))
    return Load(
        throughput=good / (counted["microseconds"] / 1e6),
        p50=counted["p50"] / 1e3,
        p99=counted["p99"] / 1e3,
        longest=counted["max"] / 1e3,
        errors=broken,
        answers=good,
        size=counted["bytes"] / max(1, counted["requests"]),
    )
