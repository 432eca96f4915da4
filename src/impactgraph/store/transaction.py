"""One change of a store, as the function that makes it sees it."""

from __future__ import annotations

import hashlib
import io
import weakref
from collections.abc import Callable, Iterable
from typing import IO, Any, TypeAlias, cast

import pyoxigraph as ox
from rdflib import Graph

from impactgraph.errors import QueryError, StoreError, UpdateError
from impactgraph.store.federation import refuse_service
from impactgraph.store.layout import reporting
from impactgraph.store.querying import Bindings, ask
from impactgraph.store.results import Results, Solutions, Triples
from impactgraph.store.terms import RdflibTriple, from_triple, to_graph_name, to_quad

__all__ = ["Change", "Transaction", "to_name", "to_quads"]

_BULK = 8 * 1024**2
"""From this many bytes on, data goes into tables of its own: less memory, but more tables."""


class Transaction:
    """A generation in the making: it sees its own changes, nobody else does before the end.

    Where a graph is named, None stands for the dataset's default graph.
    """

    def __init__(self, engine: ox.Store) -> None:
        self._engine: ox.Store | None = engine
        self._results: weakref.WeakSet[Solutions | Triples] = weakref.WeakSet()

    def query(self, text: str, *, bindings: Bindings | None = None) -> Results:
        """Answer a query as `Store.query` does; the results end with the transaction."""
        results = ask(self._open(), text, bindings, None)
        if not isinstance(results, ox.QueryBoolean):
            self._results.add(results)
        return results

    def update(self, text: str, *, base: str | None = None) -> None:
        """Apply a SPARQL 1.1 update request: all of its operations, or none.

        Its default graph is the dataset's own (SPARQL 1.1 Update, section 2). What it asks to LOAD
        is fetched by the engine, from anywhere: whoever passes on what others wrote takes that out.

        Args:
            text: the update; it may not ask other services.
            base: what its relative IRIs are relative to.

        Raises:
            UpdateError: the update is malformed, asks another service, or cannot be applied to
                what the store holds; nothing of it was applied.
            StoreError: the store cannot be written.
        """
        try:
            refuse_service(text)
        except QueryError as error:
            raise UpdateError(str(error)) from error
        try:
            with reporting("the update cannot be written"):
                self._open().update(text, base_iri=base)
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the update is malformed: {error}") from error
        except RuntimeError as error:
            raise UpdateError(f"the update cannot be applied: {error}") from error

    def contains_graph(self, iri: str | None) -> bool:
        """Return whether there is a graph of that name; the default graph is always there."""
        return self._open().contains_named_graph(to_name(iri))

    def graphs(self) -> tuple[str, ...]:
        """Return the names of all graphs but the default one, in order."""
        return tuple(
            sorted(
                name.value for name in self._open().named_graphs() if isinstance(name, ox.NamedNode)
            )
        )

    def graph(self, iri: str | None) -> Graph:
        """Return a copy of one graph, empty where there is none of that name."""
        graph = Graph(bind_namespaces="none")
        for quad in self._open().quads_for_pattern(None, None, None, to_name(iri)):
            graph.add(from_triple(quad))
        return graph

    def subjects(self, iri: str) -> frozenset[str]:
        """Return the IRIs that a graph describes."""
        quads = self._open().quads_for_pattern(None, None, None, to_name(iri))
        return frozenset(
            quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)
        )

    def objects(self, iri: str | None, predicate: str) -> frozenset[str]:
        """Return the IRIs that a property leads to in a graph."""
        quads = self._open().quads_for_pattern(None, ox.NamedNode(predicate), None, to_name(iri))
        return frozenset(
            quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)
        )

    def digests(self) -> dict[str | None, bytes]:
        """Return a digest of each graph; it changes with what the graph holds."""
        engine = self._open()
        return {
            iri: hashlib.sha256(
                engine.dump(None, ox.RdfFormat.N_TRIPLES, from_graph=to_name(iri)) or b""
            ).digest()
            for iri in (None, *self.graphs())
        }

    def add(self, iri: str | None, triples: Iterable[RdflibTriple]) -> None:
        """Add rdflib triples to a graph.

        Raises:
            StoreError: a triple is none, or the disk is full; the store stays as it was.
        """
        self._extend(self._open(), to_quads(iri, triples))

    def replace_graph(self, iri: str | None, triples: Iterable[RdflibTriple]) -> None:
        """Put rdflib triples in the place of all that a graph holds.

        Raises:
            StoreError: a triple is none, or the disk is full; the store stays as it was.
        """
        quads = to_quads(iri, triples)
        self.remove_graph(iri)
        self._extend(self._open(), quads)

    def create_graph(self, iri: str) -> None:
        """Create an empty graph, if there is none of that name."""
        with reporting(f"the graph <{iri}> cannot be created"):
            self._open().add_graph(to_graph_name(iri))

    def remove_graph(self, iri: str | None) -> None:
        """Remove a graph with all that it holds, if it is there; the default graph is emptied."""
        with reporting(f"the graph {_show(iri)} cannot be removed"):
            self._open().remove_graph(to_name(iri))

    def load(
        self, iri: str | None, data: bytes, form: ox.RdfFormat, *, base: str | None = None
    ) -> None:
        """Add to a graph what a document of RDF holds; its blank nodes become new ones.

        Args:
            iri: the graph.
            data: the document, which holds one graph.
            form: the format of the document.
            base: what its relative IRIs are relative to.

        Raises:
            UpdateError: the document is malformed; of a large one, a part may have been added, and
                the change is to be given up.
            StoreError: the store cannot be written.
        """
        engine, graph = self._open(), to_name(iri)
        add = engine.load if len(data) < _BULK else engine.bulk_load
        try:
            with reporting("the triples cannot be written"):
                add(data, form, base_iri=base, to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the document is malformed: {error}") from error

    def load_dataset(self, parts: Iterable[bytes]) -> None:
        """Add to the graphs that it names what a document of N-Quads holds, however large.

        Args:
            parts: the document in pieces, which need not be in memory together. That its IRIs are
                some is for its writer to see to: checking them again takes longer than parsing.

        Raises:
            UpdateError: the document is malformed; the change is to be given up.
            StoreError: the store cannot be written.
        """
        pieces = cast(IO[bytes], _Pieces(parts))
        try:
            with reporting("the triples cannot be written"):
                self._open().bulk_load(pieces, ox.RdfFormat.N_QUADS, lenient=True)
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the document is malformed: {error}") from error

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


class _Pieces(io.RawIOBase):
    """A file of pieces, read one after the other."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


Change: TypeAlias = Callable[[Transaction], None]
"""A function that makes one change of a store, all or nothing."""


def to_name(iri: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """Return the engine's name of a graph; None stands for the default graph.

    Raises:
        StoreError: the text is no IRI.
    """
    return ox.DefaultGraph() if iri is None else to_graph_name(iri)


def _show(iri: str | None) -> str:
    return "that is the default one" if iri is None else f"<{iri}>"


def to_quads(iri: str | None, triples: Iterable[RdflibTriple]) -> list[ox.Quad]:
    """Return the engine's quads for rdflib triples in a graph.

    Raises:
        StoreError: a triple is none.
    """
    graph = to_name(iri)
    quads = []
    for triple in triples:
        try:
            quads.append(to_quad(triple, graph))
        except ValueError as error:
            raise StoreError(f"{triple!r} cannot be stored in {_show(iri)}: {error}") from error
    return quads
