from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDFS, Literal, URIRef

from benchmarks.invention import invent_case_study
from impactgraph.catalogue import Catalogue, Selection, build_catalogue, locate_catalogue
from impactgraph.catalogue import building as module
from impactgraph.encoding import encode
from impactgraph.errors import StoreError, StoreLockedError
from impactgraph.graph import model_of, to_networkx
from impactgraph.store import Store, Transaction, open_store
from impactgraph.store.locking import exclusive
from impactgraph.vocabulary import DCTERMS, IG, REFERENCE_GRAPH
from invented_store import COUNT


def content(path: Path) -> dict[str, Any]:
    """Everything that a catalogue says, whatever numbers its rows have."""
    connection = sqlite3.connect(path)
    iris = dict(connection.execute("SELECT id, iri FROM case_study"))
    rows = {
        table: sorted(
            (iris[number], *map(str, rest))
            for number, *rest in connection.execute(f"SELECT * FROM {table}")
        )
        for table in ("case_study", "number", "passage")
    }
    members = {
        (name, value): {
            iri
            for number, iri in iris.items()
            if bits[number // 8 :][:1] and bits[number // 8] >> number % 8 & 1
        }
        for name, value, bits in connection.execute("SELECT * FROM facet")
    }
    about = {
        name: value
        for name, value in connection.execute("SELECT * FROM about")
        if name not in ("generation", "stamp", "identity", "built", "took")
    }
    prints = sorted(connection.execute("SELECT * FROM fingerprint"))
    found = {
        word: {
            iris[number]
            for (number,) in connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ?", (f'"{word}"',)
            )
        }
        for word in ("trust", "renamed", "school", "survey", "leases")
    }
    connection.close()
    return {"rows": rows, "members": members, "about": about, "prints": prints, "found": found}


def titles(store: Store) -> dict[str, str]:
    rows: Any = store.query(
        "SELECT ?c ?t { ?c a ig:CaseStudy ; dcterms:title ?t }",
        prefixes={"ig": str(IG), "dcterms": str(DCTERMS)},
    )
    return {row["c"].value: row["t"].value for row in rows}


def change_all_sorts(store: Store) -> list[str]:
    """Remove one case study, rename another, rename an institution, add one; return their IRIs."""
    first, second, third, *_ = sorted(titles(store))
    new = invent_case_study(COUNT + 1)
    institution = model_of(to_networkx(store, third)).submitted_by
    assert institution

    def change(transaction: Transaction) -> None:
        transaction.remove_graph(first)
        graph = store.snapshot().graph(second)
        graph.remove((URIRef(second), DCTERMS.title, None))
        graph.add((URIRef(second), DCTERMS.title, Literal("Renamed")))
        transaction.remove_graph(second)
        transaction.add(second, graph)
        reference = store.snapshot().graph(REFERENCE_GRAPH)
        reference.set((URIRef(institution), RDFS.label, Literal("A university renamed")))
        transaction.remove_graph(REFERENCE_GRAPH)
        transaction.add(REFERENCE_GRAPH, reference)
        transaction.add(new.iri, encode(new))

    store.write(change)
    return [first, second, third, new.iri]


def test_only_what_changed_is_read_and_comes_to_the_same_as_from_nothing(
    store: Store, tmp_path: Path
) -> None:
    path = locate_catalogue(store)
    assert path == store.location / "catalogue" / "catalogue.sqlite"
    first = build_catalogue(store, path)
    assert (first.generation, first.read) == (store.generation, COUNT)
    assert build_catalogue(store, path).read == 0
    before = content(path)

    removed, renamed, at_institution, added = change_all_sorts(store)
    second = build_catalogue(store, path)
    assert 3 <= second.read < COUNT
    other = tmp_path / "other" / "catalogue.sqlite"
    assert build_catalogue(store, other).read == COUNT
    after = content(path)
    assert after == content(other)
    assert after != before
    assert {row[0] for row in after["rows"]["case_study"]} == set(titles(store))
    assert removed not in str(after)
    assert added in str(after["found"]) or added in str(after["rows"])
    assert after["found"]["renamed"] == {renamed}
    assert at_institution in after["members"]["institution", "A university renamed"]


def test_what_stands_in_graphs_of_other_names_counts(store: Store) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    iri, title = min(titles(store).items())
    said = (URIRef(iri), DCTERMS.description, Literal("Said elsewhere: quixotic."))
    store.write(lambda transaction: transaction.add("https://example.org/elsewhere", [said]))
    build_catalogue(store, path)
    found = Catalogue(path).find(Selection(text="quixotic"))
    assert [card.plain_title for card in found.cards] == [title]


def _say(iri: str, words: str, transaction: Transaction) -> None:
    transaction.add(iri, [(URIRef(iri), DCTERMS.description, Literal(words))])


def test_a_store_restored_from_a_copy_does_not_pass_for_what_it_was(store: Store) -> None:
    path = locate_catalogue(store)
    copy = path.parent.parent.with_name("copy")
    store.close()
    shutil.copytree(store.location, copy)
    iri = min(titles(store))
    for words, folder in (("before", store.location), ("quixotic", copy)):
        with open_store(folder) as opened:
            opened.write(partial(_say, iri, words))
    build_catalogue(store, path)
    generation = Catalogue(path).generation
    store.close()
    shutil.copytree(path.parent, copy / "catalogue")
    with open_store(copy) as restored:
        assert restored.generation == generation
        assert build_catalogue(restored, locate_catalogue(restored)).read == 1
        assert Catalogue(locate_catalogue(restored)).find(Selection(text="quixotic")).total == 1


def test_several_processes_come_to_the_same_as_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FEW", 4)
    several, one = tmp_path / "a" / "c.sqlite", tmp_path / "b" / "c.sqlite"
    build_catalogue(store, several, processes=2)
    build_catalogue(store, one)
    assert content(several) == content(one)


def test_whoever_reads_goes_on_with_what_was_there(store: Store) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    old = Catalogue(path)
    before = old.find(Selection())
    change_all_sorts(store)
    build_catalogue(store, path)
    assert old.find(Selection()) == before
    assert Catalogue(path).find(Selection()) != before


def test_a_failure_leaves_the_old_one_and_no_remains(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    before = path.read_bytes()
    change_all_sorts(store)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(module, "insert_entry", fail)
    with pytest.raises(StoreError, match="cannot be written"):
        build_catalogue(store, path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["catalogue.sqlite", "lock"]


def test_a_builder_that_is_killed_leaves_the_old_one(store: Store) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    before = path.read_bytes()
    change_all_sorts(store)
    program = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from impactgraph.catalogue import building\n"
        "from impactgraph.store import open_store\n"
        "building.write_facets = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "building.build_catalogue(open_store(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, store.address, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert path.with_suffix(".tmp").exists()
    assert build_catalogue(store, path).read > 0
    assert not path.with_suffix(".tmp").exists()
    assert Catalogue(path).generation == store.generation


@pytest.mark.parametrize("damage", ["cut", "text", "version", "empty"])
def test_what_is_damaged_or_of_another_version_is_built_again(store: Store, damage: str) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    if damage == "cut":
        os.truncate(path, path.stat().st_size // 3)
    elif damage == "version":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE about SET value = '0' WHERE name = 'format'")
    else:
        path.write_bytes(b"" if damage == "empty" else b"no database" * 900)
    change_all_sorts(store)
    try:
        built = build_catalogue(store, path)
    except StoreError:
        # Only met half way: it is gone then, and the next one begins from nothing.
        built = build_catalogue(store, path)
    assert built.read == COUNT
    assert Catalogue(path).number == COUNT


def test_two_do_not_build_at_the_same_time(store: Store) -> None:
    path = locate_catalogue(store)
    path.parent.mkdir()
    with exclusive(path.parent / "lock", wait=0), pytest.raises(StoreLockedError):
        build_catalogue(store, path)
    assert build_catalogue(store, path).read == COUNT


def test_the_process_of_its_own_builds_it(store: Store) -> None:
    path = locate_catalogue(store)
    command = [sys.executable, "-m", "impactgraph.catalogue", store.address, str(path), "1"]
    subprocess.run(command, check=True, timeout=60)
    assert Catalogue(path).number == COUNT


def test_one_that_cannot_be_read_is_told_and_the_others_are_there(store: Store) -> None:
    iri = min(titles(store))

    def change(transaction: Transaction) -> None:
        graph = store.snapshot().graph(iri)
        for subject in list(graph.subjects(IG["from"], None))[:1]:
            graph.set((subject, IG["from"], URIRef(f"{iri}/nobody")))
        transaction.remove_graph(iri)
        transaction.add(iri, graph)

    store.write(change)
    path = locate_catalogue(store)
    build_catalogue(store, path)
    catalogue = Catalogue(path)
    assert catalogue.number == COUNT - 1
    assert list(catalogue.failures) == [iri]
    assert "nobody" in catalogue.failures[iri]


def test_an_empty_store_has_an_empty_catalogue(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty") as store:
        path = locate_catalogue(store)
        build_catalogue(store, path)
        catalogue = Catalogue(path)
        found = catalogue.find(Selection(text="trust"))
        assert (catalogue.number, found.total, found.pages, found.cards) == (0, 0, 1, ())
        assert catalogue.counts("chains") == []


def test_progress_tells_how_many_of_how_many(store: Store) -> None:
    told: list[tuple[int, int]] = []
    build_catalogue(
        store, locate_catalogue(store), progress=lambda done, of: told.append((done, of))
    )
    assert told == [(number, COUNT) for number in range(1, COUNT + 1)]


def test_it_says_when_it_was_built(store: Store) -> None:
    path = locate_catalogue(store)
    build_catalogue(store, path)
    catalogue = Catalogue(path)
    assert abs(catalogue.built - time.time()) < 60
    assert catalogue.took > 0
    assert json.dumps(dict(catalogue.failures)) == "{}"
