"""Invented graphs for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolution
from rdflib import Literal, URIRef

from impactgraph.store import Snapshot, Solutions, Store, Transaction
from impactgraph.store.querying import Bindings

GRAPH = "https://example.org/graph"
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
VERSIONS = "SELECT DISTINCT ?version { ?s <https://example.org/version> ?version }"


def triples(version: int, count: int = 20) -> Iterator[tuple[URIRef, URIRef, Literal]]:
    """Yield triples that all name the same version."""
    for number in range(count):
        subject = URIRef(f"https://example.org/{number}")
        yield subject, URIRef("https://example.org/version"), Literal(version)


def set_version(store: Store, version: int, count: int = 20) -> int:
    def change(transaction: Transaction) -> None:
        transaction.replace_graph(GRAPH, triples(version, count))

    return store.write(change)


def rows(
    store: Store | Snapshot | Transaction, query: str, bindings: Bindings | None = None
) -> list[QuerySolution]:
    results = store.query(query, bindings=bindings)
    assert isinstance(results, Solutions)
    return list(results)


def versions(store: Store | Snapshot) -> list[int]:
    """Return the versions that the store holds; more than one would be half a change."""
    return sorted(int(row["version"].value) for row in rows(store, VERSIONS))


def count_triples(store: Store | Snapshot) -> int:
    return int(rows(store, COUNT)[0]["count"].value)


def generations(store: Store) -> list[str]:
    return sorted(path.name for path in (store.location / "generations").iterdir())
