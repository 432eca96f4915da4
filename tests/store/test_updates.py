"""Updates and the default graph in a transaction; what is synced, and what a full disk does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from impactgraph.errors import StoreError, StoreFullError, UpdateError
from impactgraph.store import Store, Transaction, open_store, writing
from impactgraph.store.layout import report_failure
from store.examples import GRAPH, generations, rows, set_version, triples, versions

OTHER = "https://example.org/other"
TRIPLE = (URIRef("https://example.org/s"), URIRef("https://example.org/p"), Literal("o"))
EVERYTHING = """SELECT ?g (COUNT(*) AS ?count) {
  { GRAPH ?g { ?s ?p ?o } }
} GROUP BY ?g ORDER BY ?g"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def update(store: Store, text: str, base: str | None = None) -> int:
    return store.write(lambda transaction: transaction.update(text, base=base))


def counts(store: Store) -> dict[str, int]:
    return {row["g"].value: int(row["count"].value) for row in rows(store, EVERYTHING)}


def size(store: Store, graph: str | None) -> int:
    sizes: list[int] = []
    store.write(lambda transaction: sizes.append(len(transaction.graph(graph))))
    return sizes[0]


class TestUpdate:
    def test_all_operations_of_an_update_are_applied(self, store: Store) -> None:
        update(
            store,
            f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <https://example.org/a> <{OTHER}> 1, 2 }} }} ;"
            f"INSERT {{ GRAPH <{OTHER}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} "
            "FILTER(?o > 1) }",
        )
        assert counts(store) == {GRAPH: 2, OTHER: 1}

    def test_an_update_that_fails_in_the_middle_leaves_nothing(self, store: Store) -> None:
        def change(transaction: Transaction) -> None:
            with pytest.raises(UpdateError, match=r"cannot be applied.*does not exist"):
                transaction.update(
                    f"INSERT DATA {{ <{GRAPH}> <{GRAPH}> 1 }} ; DROP GRAPH <{OTHER}>"
                )
            assert len(transaction.graph(None)) == 0
            transaction.update(f"INSERT DATA {{ <{GRAPH}> <{GRAPH}> 2 }}")

        store.write(change)
        assert size(store, None) == 1

    def test_relative_iris_count_from_the_base(self, store: Store) -> None:
        update(store, "INSERT DATA { GRAPH <g> { <a> <b> <c> } }", base="https://example.org/x/")
        assert counts(store) == {"https://example.org/x/g": 1}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("INSERT DATA { ?s ?p 1 }", "malformed"),
            ("INSERT DATA { <a> <b> <c> }", "malformed"),
            ("SELECT * { ?s ?p ?o }", "malformed"),
            ("INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
            ("CREATE GRAPH <https://example.org/graph>", "already exists"),
        ],
    )
    def test_what_cannot_be_applied_is_refused(self, store: Store, text: str, message: str) -> None:
        set_version(store, 1)
        with pytest.raises(UpdateError, match=message):
            update(store, text)
        assert versions(store) == [1]

    def test_a_write_says_its_generation_before_that_is_live(self, store: Store) -> None:
        set_version(store, 1)
        said: list[tuple[int, int]] = []
        number = store.write(
            lambda transaction: transaction.add(None, [TRIPLE]),
            announce=lambda number: said.append((number, store.generation)),
        )
        assert said == [(number, number - 1)]


class TestDefaultGraph:
    def test_none_stands_for_the_default_graph(self, store: Store) -> None:
        def change(transaction: Transaction) -> None:
            assert transaction.contains_graph(None)
            transaction.add(None, [TRIPLE])
            transaction.add(GRAPH, triples(1))

        store.write(change)
        assert (size(store, None), size(store, GRAPH)) == (1, 20)
        store.write(lambda transaction: transaction.replace_graph(None, triples(2, 3)))
        assert (size(store, None), size(store, GRAPH)) == (3, 20)
        store.write(lambda transaction: transaction.remove_graph(None))
        assert (size(store, None), size(store, GRAPH)) == (0, 20)

    def test_a_graph_can_be_there_and_empty(self, store: Store) -> None:
        seen: list[object] = []

        def change(transaction: Transaction) -> None:
            seen.append(transaction.contains_graph(OTHER))
            transaction.create_graph(OTHER)
            transaction.create_graph(OTHER)
            seen.extend([transaction.contains_graph(OTHER), transaction.graphs()])

        store.write(change)
        assert seen == [False, True, (OTHER,)]

    def test_documents_are_loaded_and_their_blank_nodes_kept_apart(self, store: Store) -> None:
        def change(transaction: Transaction) -> None:
            for graph in (None, GRAPH):
                transaction.load(graph, b"_:b <p> _:b .", ox.RdfFormat.TURTLE, base="x:")
                transaction.load(graph, b"_:b <x:p> _:b .", ox.RdfFormat.N_TRIPLES)
                assert len(transaction.graph(graph)) == 2
            with pytest.raises(UpdateError, match="document is malformed"):
                transaction.load(None, b"<x:s> <x:p> .", ox.RdfFormat.TURTLE)

        store.write(change)
        assert size(store, None) == 2

    def test_digests_tell_which_graphs_were_changed(self, store: Store) -> None:
        set_version(store, 1)

        def change(transaction: Transaction) -> None:
            before = transaction.digests()
            transaction.add(None, [TRIPLE])
            transaction.update(f"DELETE WHERE {{ <{OTHER}> ?p ?o }}")
            after = transaction.digests()
            assert before[GRAPH] == after[GRAPH]
            assert before[None] != after[None]
            assert transaction.objects(None, str(TRIPLE[1])) == frozenset()

        store.write(change)


def test_everything_is_synced_before_the_pointer_names_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    root = store.location
    fsync, replace, rename = os.fsync, os.replace, Path.rename

    def name(path: str | Path) -> str:
        return str(Path(path).relative_to(root))

    class Engine:
        """The engine, with a note of when it has flushed (which syncs all files it wrote)."""

        def __init__(self, inner: ox.Store) -> None:
            self._inner = inner

        def __getattr__(self, attribute: str) -> object:
            return getattr(self._inner, attribute)

        def flush(self) -> None:
            self._inner.flush()
            steps.append("flush")

    class Opener:
        read_only = staticmethod(ox.Store.read_only)

        def __call__(self, path: str) -> Engine:
            return Engine(ox.Store(path))

    class Module:
        Store = Opener()

    def noted_fsync(descriptor: int) -> None:
        fsync(descriptor)
        steps.append(f"fsync {name(os.readlink(f'/proc/self/fd/{descriptor}'))}")

    def noted_replace(source: Path, target: Path) -> None:
        replace(source, target)
        steps.append(f"rename {name(source)} {name(target)}")

    def noted_rename(source: Path, target: Path) -> Path:
        steps.append(f"rename {name(source)} {name(target)}")
        return rename(source, target)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell which file a descriptor is of")
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    monkeypatch.setattr(Path, "rename", noted_rename)
    monkeypatch.setattr(writing, "ox", Module)
    set_version(store, 1)
    assert steps == [
        "rename generations/000001.tmp generations/000001",
        "flush",
        "fsync generations",
        "fsync CURRENT.tmp",
        "rename CURRENT.tmp CURRENT",
        "fsync .",
    ]


def fill(path: Path) -> None:
    """Fill the disk."""
    with path.open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))


class TestFullDisk:
    @pytest.mark.parametrize(
        "error",
        [OSError(28, "No space left on device"), OSError("IO error: No space left on device")],
    )
    def test_a_full_disk_is_an_error_of_its_own(self, error: OSError) -> None:
        found = report_failure("the change cannot be written", error)
        assert isinstance(found, StoreFullError)
        assert "the disk is full; the store is as it was" in str(found)

    def test_other_failures_are_not_taken_for_it(self) -> None:
        assert type(report_failure("it failed", OSError(5, "I/O error"))) is StoreError

    def test_a_write_that_does_not_fit_is_refused_and_the_store_stays_whole(
        self, small_disk: Path
    ) -> None:
        store = open_store(small_disk / "store")
        set_version(store, 1)
        refused = 0
        for _ in range(3):
            with pytest.raises(StoreFullError):
                store.write(
                    lambda transaction: transaction.add(
                        OTHER,
                        (
                            (URIRef(f"{OTHER}/{number}"), TRIPLE[1], Literal(os.urandom(500).hex()))
                            for number in range(40_000)
                        ),
                    )
                )
            refused += 1
            assert versions(open_store(store.location)) == [1]
        assert refused == 3
        set_version(store, 2)
        assert versions(store) == [2]
        assert len(generations(store)) == 1

    def test_what_fills_the_disk_may_be_the_pointer_itself(self, small_disk: Path) -> None:
        store = open_store(small_disk / "store")
        set_version(store, 1)
        fill(small_disk / "ballast")
        with pytest.raises(StoreFullError):
            set_version(store, 2)
        assert versions(open_store(store.location)) == [1]
        (small_disk / "ballast").unlink()
        set_version(store, 3)
        assert versions(store) == [3]
