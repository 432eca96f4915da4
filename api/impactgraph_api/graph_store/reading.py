"""Asking the query workers for one graph."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from impactgraph.errors import GraphNotFoundError
from impactgraph_api.remote import RemoteWorkers
from impactgraph_api.sparql.operations import QueryOperation
from impactgraph_api.workers import Answer, QueryWorkers, Question

__all__ = ["make_operation", "read_graph"]

_DEFAULT: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED: Final = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {} {{ ?s ?p ?o }} }}"
# A pattern without a variable in the place of the graph would match whether there is one or not.
_EXISTS: Final = "ASK {{ VALUES ?g {{ {} }} GRAPH ?g {{}} }}"

# Engines elsewhere mostly keep no empty graphs, and Virtuoso says of every name that it is one's.
_HOLDS: Final = "ASK {{ GRAPH {} {{ ?s ?p ?o }} }}"

_EMPTY: Final = 1024
"""Bytes of an answer from which on it holds a triple for certain, in any format."""

_ATTEMPTS: Final = 5


def make_operation(graph: str | None) -> QueryOperation:
    """Return the query whose answer is a graph; None is the default one."""
    text = _DEFAULT if graph is None else _NAMED.format(ox.NamedNode(graph))
    return QueryOperation(text=text)


async def read_graph(workers: QueryWorkers, graph: str | None, form: str) -> Answer:
    """Return a graph, serialised.

    Args:
        workers: answer the queries.
        graph: its name; None is the data set's own default graph, be it what queries see or not.
        form: the name of a format for graphs.

    Raises:
        GraphNotFoundError: there is none of that name; what the workers raise comes through.
    """
    if graph is not None and isinstance(workers, RemoteWorkers) and workers.has_graph_store:
        return await workers.fetch_graph(graph, form)
    question = Question(
        operation=make_operation(graph), solutions=None, graphs=form, default_graph="strict"
    )
    for _ in range(_ATTEMPTS):
        answer = await workers.ask(question)
        if graph is None or answer.size >= _EMPTY:
            return answer
        exists = await _find_graph(workers, graph)
        # Between the two a write may have made or removed the graph: then both ask again.
        if exists.generation == answer.generation:
            break
    if exists.body is not None and b"true" in exists.body:
        return answer
    raise GraphNotFoundError(f"there is no graph <{graph}>")


async def _find_graph(workers: QueryWorkers, graph: str) -> Answer:
    question = _HOLDS if isinstance(workers, RemoteWorkers) else _EXISTS
    operation = QueryOperation(text=question.format(ox.NamedNode(graph)))
    return await workers.ask(
        Question(operation=operation, solutions="csv", graphs=None, default_graph="strict")
    )
