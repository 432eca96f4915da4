"""Measuring several servers in turn, so that whatever else the machine does hits all alike."""

from __future__ import annotations

import http.client
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.load import Load, send_load
from benchmarks.questions import Question
from benchmarks.servers import Server, ServerError

__all__ = ["Measured", "Plan", "measure_rounds", "revive", "summarise"]

_WARM_UPS = 4
"""How many stretches of load the warming up of one query may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is sent, how, and how often."""

    questions: tuple[Question, ...]
    connections: tuple[int, ...]
    rounds: int
    seconds: int
    """Of each stretch of load."""
    load_cpus: str
    case_studies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One server under one load in one round, or the median of all rounds; see `Load`."""

    server: str
    question: str
    connections: int
    throughput: float
    p50: float
    p99: float
    errors: int
    memory: int
    ended: bool = False
    """Whether the server's process ended under the load."""
    alone: bool = False
    """Whether one request at a time was sent, since a single answer takes too long."""


def measure_rounds(servers: Sequence[Server], plan: Plan) -> Iterator[Measured]:
    """Yield what was measured, round by round; within one, each load goes to all in turn.

    Args:
        servers: all of them running; one that ends under its load is started again.
        plan: what is sent.
    """
    for server in servers:
        for question in plan.questions:
            _warm_up(server, question, plan)
        print(f"{server.name} is warm", file=sys.stderr)
    slow: set[tuple[str, str, int]] = set()
    for number in range(plan.rounds):
        first = number % len(servers)
        turn = [*servers[first:], *servers[:first]]
        offset = number * len(plan.case_studies) // plan.rounds
        for question in plan.questions:
            for connections in plan.connections:
                for server in turn:
                    key = server.name, question.name, connections
                    if key not in slow:
                        measured = _measure(server, question, connections, plan, offset)
                        if measured.alone:
                            slow.add(key)
                        yield measured
        print(f"round {number + 1} of {plan.rounds} ended", file=sys.stderr)


def summarise(measured: Sequence[Measured]) -> dict[tuple[str, int, str], Measured]:
    """Return the medians over the rounds, the sum of errors and the most memory.

    Returns:
        By question, connections and server.
    """
    groups: dict[tuple[str, int, str], list[Measured]] = {}
    for one in measured:
        groups.setdefault((one.question, one.connections, one.server), []).append(one)
    return {
        key: Measured(
            server=key[2],
            question=key[0],
            connections=key[1],
            throughput=statistics.median(one.throughput for one in group),
            p50=statistics.median(one.p50 for one in group),
            p99=statistics.median(one.p99 for one in group),
            errors=sum(one.errors for one in group),
            ended=any(one.ended for one in group),
            memory=max(one.memory for one in group),
            alone=group[0].alone,
        )
        for key, group in groups.items()
    }


def _measure(
    server: Server, question: Question, connections: int, plan: Plan, first: int
) -> Measured:
    load = _send(server, question, connections, plan, first)
    memory = server.memory
    ended = revive(server)
    if load.answers < connections and not load.errors:
        # It has not got round to all of them: what was counted says nothing.
        seconds = _time_answer(server, question, plan)
        load = replace(load, throughput=1 / seconds, p50=seconds * 1e3, p99=seconds * 1e3)
    return Measured(
        server=server.name,
        question=question.name,
        connections=connections,
        throughput=load.throughput,
        p50=load.p50,
        p99=load.p99,
        errors=load.errors,
        memory=memory,
        ended=ended,
        alone=load.answers < connections and not load.errors,
    )


def _send(server: Server, question: Question, connections: int, plan: Plan, first: int) -> Load:
    return send_load(
        server.url,
        question.paths(server.path, plan.case_studies),
        accept=question.accept,
        connections=connections,
        seconds=plan.seconds,
        cpus=plan.load_cpus,
        first=first,
    )


def _warm_up(server: Server, question: Question, plan: Plan) -> None:
    """Ask about every case study once, or as many as there is time for."""
    asked = 0
    for _ in range(_WARM_UPS):
        asked += _send(server, question, 4, plan, asked).answers
        revive(server)
        if asked >= len(plan.case_studies):
            break


def revive(server: Server) -> bool:
    """Start a server again that has ended, and return whether it had."""
    for _ in range(20):
        try:
            server.ask("ASK { ?subject ?property ?value }", timeout=60)
        except (OSError, http.client.HTTPException, ServerError):
            time.sleep(0.1)
        else:
            return False
    print(f"{server.name} has ended; starting it again", file=sys.stderr)
    server.stop()
    server.start()
    return True


def _time_answer(server: Server, question: Question, plan: Plan) -> float:
    """Return the median of the seconds that three answers take, one after the other."""
    times = []
    for case_study in plan.case_studies[:3]:
        start = time.monotonic()
        server.ask(question.about(case_study), accept=question.accept)
        times.append(time.monotonic() - start)
    return statistics.median(times)
