"""The tables of what was measured, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.rounds import Measured

__all__ = ["tabulate", "tabulate_single"]


def tabulate(
    summary: dict[tuple[str, int, str], Measured], servers: Sequence[str], against: str
) -> str:
    """Return one row for each load and server.

    Args:
        summary: see `rounds.summarise`.
        servers: the names in the order of the rows.
        against: the name of the server whose throughput is 1.
    """
    lines = [
        f"| query | connections | server | answers/s | × {against} | p50 ms | p99 ms | p99/p50 "
        "| errors | memory MB |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for question, connections in dict.fromkeys(key[:2] for key in summary):
        base = summary.get((question, connections, against))
        for name in servers:
            one = summary.get((question, connections, name))
            if one is not None:
                lines.append(_row(one, base))
    if any(one.alone for one in summary.values()):
        lines.append("")
        lines.append(
            "† One answer takes so long that not all connections would be served in a stretch of "
            "load: one request at a time was sent, and throughput is the reciprocal of its time."
        )
    if any(one.ended for one in summary.values()):
        lines.append("")
        lines.append("‡ Its process ended under this load, at least once; it was started again.")
    return "\n".join(lines)


def tabulate_single(
    summary: dict[tuple[str, int, str], Measured],
    in_process: dict[str, float],
    servers: Sequence[str],
) -> str:
    """Return what one connection waits (p50), beside the engine in process.

    Args:
        summary: see `rounds.summarise`.
        in_process: milliseconds by the names of the queries.
        servers: the names in the order of the columns.
    """
    lines = [
        f"| query | pyoxigraph in process | {' | '.join(servers)} |",
        "|---|--:|" + "--:|" * len(servers),
    ]
    for question, milliseconds in in_process.items():
        cells = []
        for name in servers:
            one = summary.get((question, 1, name))
            cells.append("–" if one is None else f"{one.p50:.2f} ({one.p50 - milliseconds:+.2f})")
        lines.append(f"| {question} | {milliseconds:.2f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _row(one: Measured, base: Measured | None) -> str:
    ratio = (
        "–" if base is None or not base.throughput else f"{one.throughput / base.throughput:.2f}"
    )
    spread = f"{one.p99 / one.p50:.1f}" if one.p50 else "–"
    throughput = f"{one.throughput:,.0f}" if one.throughput >= 10 else f"{one.throughput:.2f}"
    cells = (
        one.question,
        str(one.connections),
        one.server + " †" * one.alone + " ‡" * one.ended,
        throughput,
        ratio,
        f"{one.p50:.2f}",
        f"{one.p99:.2f}",
        spread,
        str(one.errors),
        f"{one.memory / 1e6:.0f}",
    )
    return f"| {' | '.join(cells)} |"
