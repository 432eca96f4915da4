"""A change of a remote engine, gathered here before any of it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import Graph

from impactgraph.errors import QueryError, StoreError, UpdateError
from impactgraph.resources import read_query
from impactgraph.store.federation import refuse_service
from impactgraph.store.querying import Bindings
from impactgraph.store.remote.connection import Connection
from impactgraph.store.remote.reading import (
    CaseStudyCopy,
    answer,
    copy_case_study,
    copy_graph,
    read_graphs,
    read_names,
)
from impactgraph.store.remote.updates import SEPARATOR, drop_graph, insert_quads
from impactgraph.store.results import Results, Solutions
from impactgraph.store.terms import RdflibTriple, to_graph_name
from impactgraph.store.transaction import Transaction, to_name, to_quads

__all__ = ["RemoteTransaction", "Replacement"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A graph in Turtle, to be put in the place of what is there."""

    graph: str
    content: bytes


@dataclass(slots=True)
class _Pending:
    """What is to become of a graph: replaced by the quads, or they are added to it."""

    replaced: bool = False
    created: bool = False
    quads: dict[ox.Quad, None] = field(default_factory=dict)


class RemoteTransaction(Transaction):
    """A change in the making: nothing of it is sent before the end.

    It sees its own changes of graphs where it asks for graphs or for a case study, but the engine
    cannot: queries are for before the first change.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection
        self._pending: dict[str | None, _Pending] = {}
        self._requests: list[str | Replacement] = []

    def query(self, text: str, *, bindings: Bindings | None = None) -> Results:
        """Answer a query as `Store.query` does, before the first change.

        Raises:
            StoreError: changes were made, which the engine does not know of.
        """
        connection = self._open_connection()
        if self._pending or self._requests:
            raise StoreError(
                "a remote engine does not see a change before its end: ask queries before the "
                "first change, or take case_study() or subjects(), which see it"
            )
        return answer(connection, text, bindings)

    def case_study(self, iri: str) -> CaseStudyCopy:
        """Return a local copy of a case study as it will be."""
        return copy_case_study(iri, self._fetch)

    def subjects(self, iri: str) -> frozenset[str]:
        """Return the IRIs that a graph will describe."""
        pending = self._pending.get(iri, _Pending())
        found = {
            quad.subject.value for quad in pending.quads if isinstance(quad.subject, ox.NamedNode)
        }
        if not pending.replaced:
            graph = to_graph_name(iri)
            query = read_query("queries/remote/subjects")
            rows = answer(self._readable(), query, {"graph": graph})
            assert isinstance(rows, Solutions)
            found.update(str(row["subject"].value) for row in rows)
        return frozenset(found)

    def update(self, text: str, *, base: str | None = None) -> None:
        """Add a SPARQL update, which is sent as a request of its own.

        Raises:
            UpdateError: it asks another service.
        """
        try:
            refuse_service(text)
        except QueryError as error:
            raise UpdateError(str(error)) from error
        self._flush()
        prologue = "" if base is None else f"BASE {to_graph_name(base)} "
        self._requests.append(prologue + text)

    def contains_graph(self, iri: str | None) -> bool:
        """Return whether a graph of that name will hold anything."""
        if iri is None or (iri in self._pending and self._pending[iri].quads):
            return True
        if iri in self._pending and self._pending[iri].replaced:
            return False
        query = read_query("queries/remote/exists")
        return bool(answer(self._readable(), query, {"graph": to_graph_name(iri)}))

    def graphs(self) -> tuple[str, ...]:
        """Return the names of all graphs that will hold anything, in order."""
        names = set(read_names(self._readable()))
        for iri, pending in self._pending.items():
            if iri is not None and (pending.quads or pending.replaced):
                (names.add if pending.quads else names.discard)(iri)
        return tuple(sorted(names))

    def graph(self, iri: str | None) -> Graph:
        """Return a copy of one named graph as it will be, empty where there is none."""
        if iri is None:
            raise StoreError("engines differ in what their default graph is; name a graph")
        return copy_graph(iri, self._fetch)

    def digests(self) -> dict[str | None, bytes]:
        """Refuse: it would take fetching everything.

        Raises:
            StoreError: always.
        """
        raise StoreError("of a remote engine there are no digests; name the graphs to look at")

    def add(self, iri: str | None, triples: Iterable[RdflibTriple]) -> None:
        """Add rdflib triples to a graph.

        Raises:
            StoreError: a triple is none.
        """
        self._extend_graph(iri, to_quads(iri, triples))

    def replace_graph(self, iri: str | None, triples: Iterable[RdflibTriple]) -> None:
        """Put rdflib triples in the place of all that a graph holds.

        Raises:
            StoreError: a triple is none.
        """
        quads = to_quads(iri, triples)
        self.remove_graph(iri)
        self._extend_graph(iri, quads)

    def create_graph(self, iri: str) -> None:
        """Create an empty graph; engines that keep no empty graphs do nothing."""
        self._open_connection()
        to_graph_name(iri)
        self._pending.setdefault(iri, _Pending()).created = True

    def remove_graph(self, iri: str | None) -> None:
        """Remove a graph with all that it holds, if it is there; the default graph is emptied."""
        self._open_connection()
        to_name(iri)
        self._pending[iri] = _Pending(replaced=True)

    def load(
        self, iri: str | None, data: bytes, form: ox.RdfFormat, *, base: str | None = None
    ) -> None:
        """Add to a graph what a document of RDF holds; its blank nodes become new ones.

        Raises:
            UpdateError: the document is malformed, or names graphs itself.
        """
        graph = to_name(iri)
        try:
            parsed = [
                ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                for quad in ox.parse(
                    data, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True
                )
            ]
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the document is malformed: {error}") from error
        self._extend_graph(iri, parsed)

    def load_dataset(self, parts: Iterable[bytes]) -> None:
        """Add to the graphs that it names what a document of N-Quads holds.

        Raises:
            UpdateError: the document is malformed.
        """
        graphs: dict[str | None, list[ox.Quad]] = {}
        try:
            for quad in ox.parse(b"".join(parts), ox.RdfFormat.N_QUADS, rename_blank_nodes=True):
                name = quad.graph_name
                iri = name.value if isinstance(name, ox.NamedNode) else None
                graphs.setdefault(iri, []).append(quad)
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the document is malformed: {error}") from error
        for iri, quads in graphs.items():
            self._extend_graph(iri, quads)

    def compose(self) -> tuple[str | Replacement, ...]:
        """Return what makes the change, in order: update requests, and graphs to be put."""
        self._flush()
        return tuple(self._requests)

    def close(self) -> None:
        """End the transaction."""
        self._connection = None

    def _extend_graph(self, iri: str | None, quads: Iterable[ox.Quad]) -> None:
        self._open_connection()
        added = dict.fromkeys(quads)
        if added:
            self._pending.setdefault(iri, _Pending()).quads.update(added)

    def _flush(self) -> None:
        """Make one request of what is pending, so that an engine can make it whole.

        Where the engine has a graph store, graphs that are replaced go there, each for itself.
        """
        replaced = self._take_replaced()
        operations = [
            drop_graph(to_name(iri)) for iri, pending in self._pending.items() if pending.replaced
        ]
        operations.extend(
            f"CREATE SILENT GRAPH {to_name(iri)}"
            for iri, pending in self._pending.items()
            if pending.created and not pending.quads
        )
        quads = (quad for pending in self._pending.values() for quad in pending.quads)
        operations.extend(insert_quads(quads))
        self._pending = {}
        if operations:
            self._requests.append(SEPARATOR.join(operations))
        self._requests.extend(replaced)

    def _take_replaced(self) -> list[Replacement]:
        if self._open_connection().engine.graph_store_url is None:
            return []
        taken = {
            iri: pending.quads
            for iri, pending in self._pending.items()
            if iri is not None and pending.replaced and pending.quads
        }
        for iri in taken:
            del self._pending[iri]
        return [
            # N-Triples are Turtle, and more engines take that.
            Replacement(iri, _write_triples(quads))
            for iri, quads in taken.items()
        ]

    def _fetch(
        self, graphs: Sequence[str], subjects: Sequence[ox.NamedNode] | None = None
    ) -> Iterator[ox.Quad]:
        kept = [iri for iri in graphs if not self._pending.get(iri, _Pending()).replaced]
        if kept:
            yield from read_graphs(self._readable(), kept, subjects)
        wanted = None if subjects is None else set(subjects)
        for iri in graphs:
            for quad in self._pending.get(iri, _Pending()).quads:
                if wanted is None or quad.subject in wanted:
                    yield quad

    def _readable(self) -> Connection:
        if self._requests:
            raise StoreError("a remote engine does not see an update before the transaction's end")
        return self._open_connection()

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise StoreError("this transaction has ended; start another with Store.write()")
        return self._connection


def _write_triples(quads: Iterable[ox.Quad]) -> bytes:
    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return written
