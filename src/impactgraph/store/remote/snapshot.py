"""A remote engine as it is during a few queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import IO

import pyoxigraph as ox
from rdflib import Dataset, Graph

from impactgraph.errors import StoreError
from impactgraph.store.datasets import DefaultGraph
from impactgraph.store.querying import Bindings, Prefixes
from impactgraph.store.remote.connection import Connection
from impactgraph.store.remote.reading import (
    CaseStudyCopy,
    answer,
    copy_case_study,
    copy_graph,
    read_graphs,
    read_names,
)
from impactgraph.store.results import Results
from impactgraph.store.snapshot import Snapshot
from impactgraph.vocabulary import PREFIXES

__all__ = ["RemoteSnapshot"]

_SYSTEM_GRAPHS = frozenset({"http://www.openlinksw.com/schemas/virtrdf#"})
"""What an engine keeps of itself among its users' graphs."""


class RemoteSnapshot(Snapshot):
    """What several queries are asked of together; others may write to the engine meanwhile.

    A case study is fetched whole, and asked of then: that stays the same until another one is.
    """

    __slots__ = ("_connection", "_copy", "_number")

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection: Connection | None = connection
        self._number = number
        self._copy: tuple[str, CaseStudyCopy] | None = None

    @property
    def generation(self) -> int:
        """Number of the generation; see `RemoteStore.generation`."""
        return self._number

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
        """Answer a query over what the engine has as its default graph.

        Raises:
            QueryError: the engine refuses the query, or it asks another service.
            StoreError: the engine is down, does not answer in time, or answers nonsense; or the
                caller chooses graphs otherwise than with FROM.
        """
        if default is not None or named is not None or default_graph != "union":
            raise StoreError("of a remote engine graphs are chosen with FROM and FROM NAMED")
        return answer(self._open_connection(), text, bindings, prefixes)

    def case_study(self, iri: str) -> CaseStudyCopy:
        """Return a local copy of one case study; only the last one is kept."""
        if self._copy is None or self._copy[0] != iri:
            self._copy = iri, copy_case_study(iri, self._fetch)
        return self._copy[1]

    def dump(self, output: IO[bytes]) -> None:
        """Write every graph as TriG, one after the other."""
        connection = self._open_connection()
        for iri in read_names(connection):
            if iri not in _SYSTEM_GRAPHS:
                quads = self._fetch((iri,))
                ox.serialize(quads, output, ox.RdfFormat.TRIG, prefixes=PREFIXES)

    def digest(self, *graphs: str) -> str:
        """Return a digest of what case studies' graphs hold, of what those name, too.

        Args:
            graphs: the IRIs of case studies; each is fetched whole, as `case_study` does.
        """
        found = hashlib.sha256()
        for iri in graphs:
            found.update(self.case_study(iri).digest())
        return found.hexdigest()

    def graph(self, iri: str) -> Graph:
        """Return a copy of one named graph, empty where there is none of that name."""
        return copy_graph(iri, self._fetch)

    def dataset(self) -> Dataset:
        """Refuse: rdflib would fetch triple by triple.

        Raises:
            StoreError: always.
        """
        raise StoreError(
            "a remote engine is no dataset of rdflib; ask it with query(), or take a copy of a "
            "graph with graph()"
        )

    def release(self) -> None:
        """Let go of the engine."""
        self._connection = None
        self._copy = None

    def _fetch(
        self, graphs: Sequence[str], subjects: Sequence[ox.NamedNode] | None = None
    ) -> Iterator[ox.Quad]:
        return read_graphs(self._open_connection(), graphs, subjects)

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise StoreError("this snapshot has been released; take another with Store.snapshot()")
        return self._connection
