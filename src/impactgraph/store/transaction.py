"""One change of a store, as the function that makes it sees it."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import TypeAlias

import pyoxigraph as ox

from impactgraph.errors import StoreError
from impactgraph.store.layout import reporting
from impactgraph.store.querying import Bindings, ask
from impactgraph.store.results import Results, Solutions, Triples
from impactgraph.store.terms import RdflibTriple, to_graph_name, to_quad

__all__ = ["Change", "Transaction"]


class Transaction:
    """A generation in the making: it sees its own changes, nobody else does before the end."""

    def __init__(self, engine: ox.Store) -> None:
        self._engine: ox.Store | None = engine
        self._results: weakref.WeakSet[Solutions | Triples] = weakref.WeakSet()

    def query(self, text: str, *, bindings: Bindings | None = None) -> Results:
        """Answer a query as `Store.query` does; the results end with the transaction."""
        results = ask(self._open(), text, bindings, None)
        if not isinstance(results, ox.QueryBoolean):
            self._results.add(results)
        return results

    def contains_graph(self, iri: str) -> bool:
        """Return whether there is a graph of that name."""
        return self._open().contains_named_graph(to_graph_name(iri))

    def add(self, iri: str, triples: Iterable[RdflibTriple]) -> None:
        """Add rdflib triples to a graph.

        Raises:
            StoreError: a triple is none, or the disk is full; the store stays as it was.
        """
        self._extend(self._open(), _to_quads(iri, triples))

    def replace_graph(self, iri: str, triples: Iterable[RdflibTriple]) -> None:
        """Put rdflib triples in the place of all that a graph holds.

        Raises:
            StoreError: a triple is none, or the disk is full; the store stays as it was.
        """
        quads = _to_quads(iri, triples)
        self.remove_graph(iri)
        self._extend(self._open(), quads)

    def remove_graph(self, iri: str) -> None:
        """Remove a graph with all that it holds, if it is there."""
        with reporting(f"the graph <{iri}> cannot be removed"):
            self._open().remove_graph(to_graph_name(iri))

    def close(self) -> None:
        """End the transaction: nothing may keep the engine open when the generation goes live."""
        for results in list(self._results):
            results.close()
        self._engine = None

    def _open(self) -> ox.Store:
        if self._engine is None:
            raise StoreError("this transaction has ended; start another with Store.write()")
        return self._engine

    @staticmethod
    def _extend(engine: ox.Store, quads: list[ox.Quad]) -> None:
        with reporting("the triples cannot be written"):
            engine.extend(quads)


Change: TypeAlias = Callable[[Transaction], None]
"""A function that makes one change of a store, all or nothing."""


def _to_quads(iri: str, triples: Iterable[RdflibTriple]) -> list[ox.Quad]:
    graph = to_graph_name(iri)
    quads = []
    for triple in triples:
        try:
            quads.append(to_quad(triple, graph))
        except ValueError as error:
            raise StoreError(f"{triple!r} cannot be stored in <{iri}>: {error}") from error
    return quads
