"""A SPARQL 1.1 engine elsewhere, behind the face of a store."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from impactgraph.errors import StoreError
from impactgraph.resources import read_query
from impactgraph.store.querying import Bindings, Prefixes
from impactgraph.store.remote.connection import Connection
from impactgraph.store.remote.engine import Engine, locate_engine
from impactgraph.store.remote.reading import answer
from impactgraph.store.remote.snapshot import RemoteSnapshot
from impactgraph.store.remote.transaction import RemoteTransaction, Replacement
from impactgraph.store.results import Results
from impactgraph.store.store import Store
from impactgraph.store.transaction import Change

__all__ = ["RemoteStore", "open_remote_store"]


class RemoteStore(Store):
    """A store that is a SPARQL 1.1 engine, reached over HTTP, for any number of threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection = Connection(engine)
        self._numbering = threading.Lock()
        self._writing = threading.Lock()
        # No number of an earlier run may come again: clients keep answers by it.
        self._number = time.time_ns() // 1_000_000
        self._numbered = time.monotonic()

    @property
    def location(self) -> Path:
        """A remote engine has no folder.

        Raises:
            StoreError: always.
        """
        raise StoreError(f"{self.engine.query_url} is no folder")

    @property
    def address(self) -> str:
        """The URL that takes queries."""
        return self.engine.query_url

    @property
    def generation(self) -> int:
        """A number that grows with each write here, and every few seconds: others write too.

        So what is kept by it is a few seconds old at most, and not known to be still right.
        """
        with self._numbering:
            if time.monotonic() - self._numbered > self.engine.freshness:
                self._advance()
            return self._number

    def query(
        self, text: str, *, bindings: Bindings | None = None, prefixes: Prefixes | None = None
    ) -> Results:
        """Answer a query; see `RemoteSnapshot.query`."""
        return answer(self._connection, text, bindings, prefixes)

    def snapshot(self, generation: int | None = None) -> RemoteSnapshot:
        """Return what several queries can be asked of; an engine has no generations to choose."""
        return RemoteSnapshot(self._connection, self.generation)

    def write(
        self, change: Change, *, announce: Callable[[int], None] | None = None, room: int = 0
    ) -> int:
        """Make one change, as one SPARQL update request.

        It is whole or not at all where the engine makes requests so; SPARQL 1.1 Update only says
        that it should. Virtuoso makes each operation for itself. Where the engine has a graph
        store, a graph that is replaced is a request of its own.

        Args:
            change: makes the change on the transaction that it is given; nothing is sent before it
                returns.
            announce: called with the number of the generation before the change is sent.
            room: the engine looks after its disk itself.

        Returns:
            The number of the generation that holds the change.

        Raises:
            UpdateError: the engine refuses the change.
            StoreError: it is down, may not be written, or did not answer: it may have made the
                change then. What `change` raises comes through as it is.
        """
        with self._writing:
            transaction = RemoteTransaction(self._connection)
            try:
                change(transaction)
                requests = transaction.compose()
            finally:
                transaction.close()
            if announce is not None:
                announce(self.generation + 1)
            try:
                for request in requests:
                    if isinstance(request, Replacement):
                        self._connection.replace_graph(request.graph, request.content)
                    else:
                        self._connection.update(request)
            finally:
                number = self.advance()
            return number

    def advance(self) -> int:
        """Begin a new generation, because something was written; return its number."""
        with self._numbering:
            return self._advance()

    def try_graph_store(self) -> None:
        """See whether the engine's graph store gives graphs.

        Raises:
            StoreError: it does not.
        """
        self._connection.try_graph_store()

    def close(self) -> None:
        """Let go of the connections to the engine; whoever asks again makes new ones."""
        self._connection.close()
        self._connection = Connection(self.engine)

    def _advance(self) -> int:
        self._number = max(self._number + 1, time.time_ns() // 1_000_000)
        self._numbered = time.monotonic()
        return self._number


def open_remote_store(location: str, environment: Mapping[str, str] | None = None) -> RemoteStore:
    """Open the SPARQL engine at a URL, and see whether it answers, and from all of its graphs.

    Args:
        location: the URL that takes queries.
        environment: addresses and credentials, see `locate_engine`; that of the process if None.

    Raises:
        StoreError: nothing there answers SPARQL, its default graph is not the union of all, or its
            graph store gives no graphs.
    """
    store = RemoteStore(locate_engine(location, os.environ if environment is None else environment))
    try:
        if store.query(read_query("queries/remote/union")):
            raise StoreError(
                f"the default graph of {location} is not the union of its graphs: it lacks case "
                "studies that they hold. Set the engine up so, or say it in the URL; "
                "docs/engines.md tells how for each engine"
            )
        if store.engine.graph_store_url is not None:
            store.try_graph_store()
    except BaseException:
        store.close()
        raise
    return store
