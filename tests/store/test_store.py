"""A store opens, answers and changes whole or not at all; what is no store is refused clearly."""

from __future__ import annotations

import io
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from impactgraph.errors import QueryError, StoreError, StoreLockedError
from impactgraph.store import Solutions, Store, Transaction, Triples, open_store
from impactgraph.store.layout import Layout
from store.examples import GRAPH, count_triples, generations, rows, set_version, triples, versions

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
KEEPERS: dict[str, Callable[[Store], object]] = {
    "snapshot": lambda store: store.snapshot(),
    "results": lambda store: store.query(ALL),
    "dataset": lambda store: store.dataset(),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may do anything; be nobody for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


class TestOpening:
    def test_a_new_store_is_empty_and_has_generation_0(self, store: Store) -> None:
        assert store.generation == 0
        assert count_triples(store) == 0

    def test_an_empty_folder_becomes_a_store(self, tmp_path: Path) -> None:
        assert open_store(str(tmp_path)).location == tmp_path

    def test_what_was_written_is_there_when_opened_again(self, store: Store) -> None:
        set_version(store, 7)
        assert versions(open_store(store.location)) == [7]

    def test_the_users_own_folder_may_be_abbreviated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert open_store("~/s").location == tmp_path / "s"

    def test_a_making_that_was_cut_short_is_begun_again(self, tmp_path: Path) -> None:
        open_store(tmp_path)
        (tmp_path / "FORMAT").unlink()
        (tmp_path / "generations" / "000000.tmp").mkdir()
        store = open_store(tmp_path)
        assert generations(store) == ["000000"]
        assert set_version(store, 1) == 1

    def test_many_may_make_it_at_once(self, tmp_path: Path) -> None:
        opened: list[int] = []

        def open_it() -> None:
            opened.append(open_store(tmp_path / "s").generation)

        threads = [threading.Thread(target=open_it) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert opened == [0] * 6

    def test_a_folder_of_something_else_is_refused_untouched(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.doc").touch()
        with pytest.raises(StoreError, match=r"no impactgraph store.*thesis\.doc.*empty"):
            open_store(tmp_path)
        assert os.listdir(tmp_path) == ["thesis.doc"]

    def test_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="file"):
            open_store(tmp_path / "file")

    def test_a_url_of_no_sparql_engine_is_refused(self) -> None:
        with pytest.raises(StoreError, match="file:///tmp/store"):
            open_store("file:///tmp/store")

    def test_a_future_format_is_refused(self, store: Store) -> None:
        (store.location / "FORMAT").write_text("impactgraph store 2\n")
        with pytest.raises(StoreError, match=r"has format 2, .* reads format 1"):
            open_store(store.location)

    def test_a_strange_mark_is_refused(self, store: Store) -> None:
        (store.location / "FORMAT").write_text("something\n")
        with pytest.raises(StoreError, match="does not mark an impactgraph store"):
            open_store(store.location)

    def test_a_store_that_lost_its_mark_is_not_begun_again(self, store: Store) -> None:
        set_version(store, 1)
        (store.location / "FORMAT").unlink()
        with pytest.raises(StoreError, match="has lost its FORMAT"):
            open_store(store.location)
        assert "000001" in generations(store)

    @pytest.mark.parametrize("content", [b"", b"latest\n", b"\xff\n", b"../../etc\n", b"1" * 99])
    def test_a_corrupt_pointer_is_refused_with_the_remedy(
        self, store: Store, content: bytes
    ) -> None:
        set_version(store, 1)
        (store.location / "CURRENT").write_bytes(content)
        with pytest.raises(StoreError, match=r"no generation; write .* \(here: 000001\)"):
            open_store(store.location)
        (store.location / "CURRENT").write_text("000001\n")
        assert versions(open_store(store.location)) == [1]

    def test_a_lost_pointer_is_refused(self, store: Store) -> None:
        (store.location / "CURRENT").unlink()
        with pytest.raises(StoreError, match="has lost its CURRENT"):
            open_store(store.location)

    def test_a_pointer_to_nothing_is_refused(self, store: Store) -> None:
        (store.location / "CURRENT").write_text("000009\n")
        with pytest.raises(StoreError, match=r"the live generation cannot be opened.*000009"):
            open_store(store.location)

    def test_a_damaged_generation_is_refused(self, store: Store) -> None:
        (store.location / "generations" / "000000" / "CURRENT").write_text("x")
        with pytest.raises(StoreError, match="cannot be read as an Oxigraph store"):
            open_store(store.location)

    def test_a_folder_without_permission_is_refused(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with ordinary_user(), pytest.raises(StoreError, match="Permission denied"):
            open_store(tmp_path / "s")
        tmp_path.chmod(0o700)

    def test_who_may_only_read_reads(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(folder)
            set_version(store, 3)
            Path(folder).chmod(0o555)
            (store.location / "lock").chmod(0o444)
            with ordinary_user():
                reader = open_store(folder)
                assert versions(reader) == [3]
                with pytest.raises(StoreError, match=r"cannot be written.*Permission denied"):
                    set_version(reader, 4)
            Path(folder).chmod(0o755)


class TestQuerying:
    def test_a_query_sees_the_union_of_all_graphs(self, store: Store) -> None:
        def change(transaction: Transaction) -> None:
            transaction.add("urn:x:one", triples(1, 2))
            transaction.add("urn:x:two", list(triples(2, 3)))

        store.write(change)
        assert count_triples(store) == 5

    def test_select_gives_rows_with_terms_by_name(self, store: Store) -> None:
        set_version(store, 1, 1)
        results = store.query(ALL)
        assert isinstance(results, Solutions)
        assert [variable.value for variable in results.variables] == ["s", "p", "o"]
        assert [row["o"].value for row in results] == ["1"]
        assert list(results) == []

    def test_construct_gives_triples_and_ask_a_truth_value(self, store: Store) -> None:
        set_version(store, 1, 1)
        results = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(results, Triples)
        assert b"example.org/0" in (results.serialize(format=ox.RdfFormat.TURTLE) or b"")
        assert bool(store.query("ASK { ?s ?p 1 }")) is True

    def test_rows_can_be_serialised(self, store: Store) -> None:
        set_version(store, 1, 1)
        results = store.query("SELECT ?o { ?s ?p ?o }")
        assert isinstance(results, Solutions)
        assert results.serialize(format=ox.QueryResultsFormat.CSV) == b"o\r\n1\r\n"

    def test_values_are_bound_never_pasted(self, store: Store) -> None:
        store.write(
            lambda transaction: transaction.add(
                GRAPH, [(URIRef("urn:x:s"), URIRef("urn:x:p"), Literal('"} #'))]
            )
        )
        assert len(rows(store, ALL, {"o": ox.Literal('"} #')})) == 1
        assert len(rows(store, ALL, {"o": ox.Literal("other")})) == 0

    def test_prefixes_may_be_known_without_being_declared(self, store: Store) -> None:
        set_version(store, 4, 1)
        results = store.query("ASK { ?s e:version 4 }", prefixes={"e": "https://example.org/"})
        assert bool(results) is True

    def test_a_malformed_query_is_refused_with_the_parsers_message(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"malformed: error at 1:\d+: expected"):
            store.query("SELECT * { ?s ?p }")

    def test_a_bound_variable_must_be_in_the_query(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"variable \?case"):
            store.query(ALL, bindings={"case": ox.Literal("x")})
        with pytest.raises(QueryError, match="bound variable"):
            store.query(ALL, bindings={"no name": ox.Literal("x")})

    def test_a_federated_query_is_refused_by_every_face(self, store: Store) -> None:
        query = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
        for ask in (store.query, store.snapshot().query, store.dataset().query):
            with pytest.raises(QueryError, match="federated"):
                ask(query)
        with pytest.raises(QueryError, match="federated"):
            store.write(lambda transaction: _ask(transaction, query))
        assert store.generation == 0

    def test_results_are_refused_to_another_thread(self, store: Store) -> None:
        set_version(store, 1)
        results = store.query(ALL)
        assert isinstance(results, Solutions)
        refused: list[StoreError] = []

        def read() -> None:
            for touch in (results.__next__, results.serialize):
                try:
                    touch()
                except StoreError as error:
                    refused.append(error)

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert ["thread that asked" in str(error) for error in refused] == [True, True]
        assert len(list(results)) == 20

    def test_rows_may_be_handed_to_another_thread(self, store: Store) -> None:
        set_version(store, 5, 1)
        found = rows(store, ALL)
        values: list[str] = []
        thread = threading.Thread(target=lambda: values.append(found.pop()["o"].value))
        thread.start()
        thread.join()
        assert values == ["5"]

    def test_rdflib_reads_the_union_and_each_graph(self, store: Store) -> None:
        set_version(store, 1, 3)
        dataset = store.dataset()
        assert len(dataset) == 3
        assert {str(graph.identifier) for graph in dataset.graphs()} >= {GRAPH}
        assert len(dataset.graph(GRAPH)) == 3
        assert len(list(dataset.query(ALL))) == 3
        with pytest.raises(RuntimeError, match="read-write"):
            dataset.add((URIRef("urn:x:s"), URIRef("urn:x:p"), URIRef("urn:x:o")))

    def test_a_snapshot_is_dumped_with_its_graphs(self, store: Store) -> None:
        set_version(store, 1, 3)
        output = io.BytesIO()
        with store.snapshot() as snapshot:
            snapshot.dump(output)
        quads = list(ox.parse(output.getvalue(), ox.RdfFormat.TRIG))
        assert [quad.graph_name for quad in quads] == [ox.NamedNode(GRAPH)] * 3

    def test_a_graph_can_be_copied_out(self, store: Store) -> None:
        set_version(store, 1, 3)
        with store.snapshot() as snapshot:
            assert set(snapshot.graph(GRAPH)) == set(triples(1, 3))
            assert len(snapshot.graph("urn:x:absent")) == 0


def _ask(transaction: Transaction, query: str) -> None:
    transaction.query(query)


class TestWriting:
    def test_each_write_is_a_generation(self, store: Store) -> None:
        assert [set_version(store, n) for n in (1, 2, 3)] == [1, 2, 3]
        assert store.generation == 3
        assert versions(store) == [3]

    def test_replacing_leaves_nothing_of_the_old_and_all_of_the_others(self, store: Store) -> None:
        store.write(lambda transaction: transaction.add("urn:x:other", triples(9, 2)))
        set_version(store, 1, 10)
        set_version(store, 2, 5)
        assert versions(store) == [2, 9]
        assert count_triples(store) == 7

    def test_graphs_are_removed_and_asked_for(self, store: Store) -> None:
        seen: list[bool] = []

        def change(transaction: Transaction) -> None:
            seen.append(transaction.contains_graph(GRAPH))
            transaction.add(GRAPH, triples(1))
            seen.append(transaction.contains_graph(GRAPH))
            transaction.remove_graph(GRAPH)
            transaction.remove_graph("urn:x:absent")
            seen.append(transaction.contains_graph(GRAPH))

        store.write(change)
        assert seen == [False, True, False]
        assert count_triples(store) == 0

    def test_a_change_sees_itself_and_nobody_else_does(self, store: Store) -> None:
        seen: list[int] = []

        def change(transaction: Transaction) -> None:
            transaction.add(GRAPH, triples(1, 4))
            seen.append(len(rows(transaction, ALL)))
            seen.append(count_triples(store))

        store.write(change)
        assert seen == [4, 0]

    def test_a_failed_change_leaves_nothing(self, store: Store) -> None:
        set_version(store, 1)

        def change(transaction: Transaction) -> None:
            transaction.replace_graph(GRAPH, triples(2))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.write(change)
        assert store.generation == 1
        assert versions(store) == [1]
        assert generations(store) == ["000001"]
        assert set_version(store, 3) == 2

    def test_a_triple_that_is_none_refuses_the_change(self, store: Store) -> None:
        bad = (Literal("a"), URIRef("urn:x:p"), Literal("b"))
        with pytest.raises(StoreError, match=r"cannot be stored in <urn:x:g>: the subject"):
            store.write(lambda transaction: transaction.add("urn:x:g", [bad]))
        assert store.generation == 0

    def test_nothing_of_a_transaction_outlives_it(self, store: Store) -> None:
        kept: list[Transaction | Solutions] = []

        def change(transaction: Transaction) -> None:
            transaction.add(GRAPH, triples(1))
            results = transaction.query(ALL)
            assert isinstance(results, Solutions)
            next(results)
            kept.extend([transaction, results])

        number = store.write(change)
        assert isinstance(kept[0], Transaction)
        assert isinstance(kept[1], Solutions)
        with pytest.raises(StoreError, match="has ended"):
            kept[0].contains_graph(GRAPH)
        with pytest.raises(StoreError, match="closed"):
            next(kept[1])
        # Opening to write fails while the process still has it open for that.
        ox.Store(str(Layout(store.location).generation(number)))

    def test_a_write_within_a_write_is_refused_not_waited_for_without_end(
        self, tmp_path: Path
    ) -> None:
        store = open_store(tmp_path, lock_wait=0.05)
        with pytest.raises(StoreLockedError):
            store.write(lambda _: (set_version(store, 1), None)[1])

    def test_the_pointer_is_replaced_only_when_all_else_is_durable(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not Path("/proc/self/fd").is_dir():
            pytest.skip("needs /proc to tell which file is synced")
        events: list[str] = []
        fsync, replace = os.fsync, os.replace

        def logged_fsync(descriptor: int) -> None:
            events.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{descriptor}')).name}")
            fsync(descriptor)

        def logged_replace(source: Path, target: Path) -> None:
            events.append(f"replace {target.name}")
            replace(source, target)

        monkeypatch.setattr(os, "fsync", logged_fsync)
        monkeypatch.setattr(os, "replace", logged_replace)
        set_version(store, 1)
        assert events == [
            "fsync generations",
            "fsync CURRENT.tmp",
            "replace CURRENT",
            f"fsync {store.location.name}",
        ]


class TestSnapshots:
    def test_a_snapshot_stays_as_it_is(self, store: Store) -> None:
        set_version(store, 1)
        with store.snapshot() as snapshot:
            set_version(store, 2)
            set_version(store, 3)
            assert versions(snapshot) == [1]
            assert snapshot.generation == 1
            assert versions(store) == [3]

    def test_a_released_snapshot_says_so(self, store: Store) -> None:
        snapshot = store.snapshot()
        snapshot.release()
        with pytest.raises(StoreError, match="has been released"):
            snapshot.query(ALL)

    def test_releasing_one_leaves_others_usable(self, store: Store) -> None:
        first, second = store.snapshot(), store.snapshot()
        first.release()
        assert count_triples(second) == 0

    @pytest.mark.parametrize("keep", KEEPERS)
    def test_a_generation_is_deleted_when_nobody_uses_it(self, store: Store, keep: str) -> None:
        set_version(store, 1)
        kept: dict[str, object] = {keep: KEEPERS[keep](store)}
        for version in (2, 3):
            set_version(store, version)
            assert versions(store) == [version]
        assert "000001" in generations(store)
        kept.clear()
        set_version(store, 4)
        assert "000001" not in generations(store)

    def test_results_that_were_read_to_the_end_hold_nothing(self, store: Store) -> None:
        set_version(store, 1)
        results = store.query(ALL)
        assert isinstance(results, Solutions)
        assert len(list(results)) == 20
        set_version(store, 2)
        assert generations(store) == ["000002"]

    def test_a_closed_store_holds_nothing_and_can_be_asked_again(self, store: Store) -> None:
        set_version(store, 1)
        with store:
            assert versions(store) == [1]
        set_version(store, 2)
        assert generations(store) == ["000002"]
        assert versions(store) == [2]
