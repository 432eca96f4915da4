"""A store as it is at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import IO, Any, Protocol, Self

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef

from impactgraph.errors import StoreError
from impactgraph.store.datasets import DefaultGraph
from impactgraph.store.federation import refuse_service
from impactgraph.store.layout import reporting, reporting_damage
from impactgraph.store.querying import Bindings, Prefixes, ask
from impactgraph.store.results import Results
from impactgraph.store.terms import from_triple, to_graph_name
from impactgraph.vocabulary import PREFIXES

__all__ = ["Generation", "Snapshot"]


class Generation(Protocol):
    """What a snapshot holds: an engine whose data stay as they are, and which of them it is."""

    @property
    def engine(self) -> ox.Store:
        """The open engine."""

    @property
    def number(self) -> int:
        """Number of the generation."""


class Snapshot:
    """One generation of a store, the same until released whatever is written meanwhile.

    Use it in a `with` statement, or let go of it: a generation that is held is not deleted.
    """

    __slots__ = ("_held",)

    def __init__(self, generation: Generation) -> None:
        self._held: Generation | None = generation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def generation(self) -> int:
        """Number of the generation."""
        return self._open().number

    def query(
        self,
        text: str,
        *,
        bindings: Bindings | None = None,
        prefixes: Prefixes | None = None,
        default_graph: DefaultGraph = "union",
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
    ) -> Results:
        """Answer a query as `Store.query` does, over the graphs that are chosen.

        Args:
            text: the query.
            bindings: values of some of its variables, by name.
            prefixes: namespaces that the query need not declare.
            default_graph: the default graph of a query that names none: `union` of all graphs, or
                `strict`, the store's own.
            default: names of the graphs whose merge is the default graph, whatever FROM says.
            named: names of the graphs that GRAPH sees, whatever FROM NAMED says. Where only one of
                the two is given, the other is empty (SPARQL 1.1 Protocol, section 2.1.4).

        Raises:
            QueryError: the query is malformed or asks for what is not offered, or the name of a
                graph is no IRI.
            StoreError: the store cannot be read.
        """
        held = self._open()
        return ask(
            held.engine,
            text,
            bindings,
            held,
            prefixes,
            default_graph=default_graph,
            default=default,
            named=named,
        )

    def dump(self, output: IO[bytes]) -> None:
        """Write every graph as TriG."""
        with reporting_damage():
            self._open().engine.dump(output, ox.RdfFormat.TRIG, prefixes=PREFIXES)

    def graph(self, iri: str) -> Graph:
        """Return a copy of one named graph, empty where there is none of that name."""
        graph = Graph(identifier=URIRef(iri))
        with reporting("the store cannot be read"):
            for quad in self._open().engine.quads_for_pattern(None, None, None, to_graph_name(iri)):
                graph.add(from_triple(quad))
        return graph

    def digest(self, *graphs: str) -> str:
        """Return a SHA-256 digest of what named graphs hold: it tells whether they have changed.

        Args:
            graphs: their IRIs; one that is not there is as one that is empty.
        """
        found = hashlib.sha256()
        engine = self._open().engine
        with reporting_damage():
            for iri in graphs:
                name = to_graph_name(iri)
                found.update(engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b"")
                found.update(b"\0")
        return found.hexdigest()

    def dataset(self) -> Dataset:
        """Return the snapshot as a dataset of rdflib, read-only, its default graph the union.

        Strings come with their datatype, xsd:string, spelt out.
        """
        return Dataset(store=_ReadOnly(self._open()), default_union=True)

    def release(self) -> None:
        """Let go of the generation; results and datasets of it that are in use keep it."""
        self._held = None

    def _open(self) -> Generation:
        if self._held is None:
            raise StoreError("this snapshot has been released; take another with Store.snapshot()")
        return self._held


class _ReadOnly(OxigraphStore):  # type: ignore[misc,unused-ignore]
    """The engine behind rdflib's interface, holding its generation."""

    def __init__(self, generation: Generation) -> None:
        super().__init__(store=generation.engine)
        self._generation = generation

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: rdflib asks for it whenever a graph is only named."""

    def query(self, query: Any, *args: Any, **options: Any) -> Any:
        refuse_service(str(query))
        return super().query(query, *args, **options)
