"""Every chain from the research to an impact, walked one by one: the slow way to the measures."""

from __future__ import annotations

from impactgraph.graph import CaseGraph, Kind, nodes_of
from impactgraph.model import Basis

__all__ = ["find_starts", "walk_chains"]


def find_starts(graph: CaseGraph, basis: Basis) -> list[str]:
    """The findings, and the outputs to which no finding leads."""
    led_to = {target for _, target in _steps(graph, basis)}
    return [
        node.iri
        for node in nodes_of(graph, Kind.FINDING, Kind.OUTPUT)
        if node.kind is Kind.FINDING or node.iri not in led_to
    ]


def walk_chains(
    graph: CaseGraph, basis: Basis, impact: str, starts: list[str] | None = None
) -> list[tuple[str, ...]]:
    """Every path from a start to an impact."""
    steps = _steps(graph, basis)
    whole: list[tuple[str, ...]] = []
    growing = [(start,) for start in find_starts(graph, basis) if starts is None or start in starts]
    while growing:
        path = growing.pop()
        if path[-1] == impact:
            whole.append(path)
        growing += [(*path, target) for origin, target in steps if origin == path[-1]]
    return whole


def _steps(graph: CaseGraph, basis: Basis) -> set[tuple[str, str]]:
    return {
        (origin, target)
        for origin, target, attributes in graph.edges(data=True)
        if attributes["link"].step.leads and basis.admits(attributes["link"].basis)
    }
