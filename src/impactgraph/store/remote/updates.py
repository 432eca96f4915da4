"""Changes of graphs as SPARQL 1.1 Update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter

import pyoxigraph as ox

__all__ = ["SEPARATOR", "drop_graph", "insert_quads"]

LONGEST = 1000
"""How many triples one operation holds: Virtuoso's parser gives up near 5,000."""

SEPARATOR = " ;\n"
"""What stands between two operations of one request."""


def drop_graph(graph: ox.NamedNode | ox.DefaultGraph) -> str:
    """Return the operation that removes a graph, if it is there.

    >>> drop_graph(ox.NamedNode("urn:example:g"))
    'DROP SILENT GRAPH <urn:example:g>'
    """
    return f"DROP SILENT {'DEFAULT' if isinstance(graph, ox.DefaultGraph) else f'GRAPH {graph}'}"


def insert_quads(quads: Iterable[ox.Quad]) -> Iterator[str]:
    r"""Yield the operations that add quads, those of one graph beside each other.

    What has blank nodes goes into one operation, the last: there they are new nodes, the same
    wherever they stand in it. INSERT DATA with blank nodes is refused by Virtuoso.

    >>> s, g = ox.NamedNode("urn:example:s"), ox.NamedNode("urn:example:g")
    >>> next(insert_quads([ox.Quad(s, s, ox.Literal('"'), g)]))
    'INSERT DATA { GRAPH <urn:example:g> {\n<urn:example:s> <urn:example:s> "\\"" .\n} }'
    """
    blank: list[ox.Quad] = []
    for graph, own in groupby(quads, key=attrgetter("graph_name")):
        ground: list[ox.Quad] = []
        for quad in own:
            (blank if _has_blank_node(quad) else ground).append(quad)
        lines = iter(ground)
        while chunk := list(islice(lines, LONGEST)):
            yield f"INSERT DATA {{ {_block(graph, chunk)} }}"
    if blank:
        blocks = "".join(
            _block(graph, own) for graph, own in groupby(blank, key=attrgetter("graph_name"))
        )
        yield f"INSERT {{ {blocks} }} WHERE {{}}"


def _block(graph: ox.NamedNode | ox.DefaultGraph, quads: Iterable[ox.Quad]) -> str:
    lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    return lines if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{\n{lines}}}"


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
