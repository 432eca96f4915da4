"""Writes that touch case studies keep what follows from them in step, and may be validated."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef

from api.writing.running import kinds, outcome, select, update, writing
from impactgraph.derivation import derive
from impactgraph.errors import ValidationError
from impactgraph.graph import to_networkx
from impactgraph.store import Store, Transaction, open_store
from impactgraph.vocabulary import IG, PROV
from impactgraph_api.writing import GraphRequest, WriteOutcome, upkeep
from shipped import make_store

CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
DERIVED = f"{CASE}/derived"
PREFIX = "PREFIX ig: <https://w3id.org/impactgraph/ontology#>\n"
REMOVE_LINKS = (
    f"{PREFIX}DELETE {{ GRAPH <{CASE}> {{ ?link ?p ?o }} }} "
    f"WHERE {{ GRAPH <{CASE}> {{ ?link a ig:Link ; ig:step ig:contributedTo ; ?p ?o }} }}"
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("shipped") / "store").location


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Store:
    shutil.copytree(shipped, tmp_path / "store")
    return open_store(tmp_path / "store")


def write(store: Store, *requests: Any, **settings: Any) -> list[object]:
    async def do() -> list[object]:
        async with writing(store.location, **settings) as writer:
            return await asyncio.gather(*[outcome(writer.write(one)) for one in requests])

    return asyncio.run(do())


def derived(store: Store) -> Graph:
    with store.snapshot() as snapshot:
        return snapshot.graph(DERIVED)


def is_in_step(store: Store) -> bool:
    """Return whether the derived graph is what follows from the case study now."""
    with store.snapshot() as snapshot:
        expected = Graph()
        for triple in derive(to_networkx(snapshot, CASE)):
            expected.add(triple)
        found = snapshot.graph(DERIVED)
    return {(s, p, str(o)) for s, p, o in expected} == {(s, p, str(o)) for s, p, o in found}


def stale(store: Store) -> bool:
    return (URIRef(DERIVED), PROV.invalidatedAtTime, None) in derived(store)


LINKS = "{ ?link a ig:Link ; ig:step ig:contributedTo ; ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        REMOVE_LINKS,
        f"{PREFIX}DELETE {{ GRAPH ?g {{ ?link ?p ?o }} }} WHERE {{ GRAPH ?g {LINKS} }}",
        f"{PREFIX}WITH <{CASE}> DELETE {{ ?link ?p ?o }} WHERE {LINKS}",
        f"{PREFIX}MOVE <{CASE}> TO DEFAULT ; DELETE {{ ?link ?p ?o }} WHERE {LINKS}",
        f"{REMOVE_LINKS} ; COPY <{CASE}> TO <{CASE}/curation> ; CLEAR GRAPH <{CASE}>",
    ],
)
def test_what_follows_is_in_step_after_an_update(store: Store, text: str) -> None:
    before = derived(store)
    assert is_in_step(store)
    assert kinds(write(store, update(text))) == ["WriteOutcome"]
    assert is_in_step(store)
    assert 0 < len(derived(store)) < len(before)


def test_what_the_default_graph_says_of_a_case_study_counts_too(store: Store) -> None:
    before = derived(store)
    text = (
        f"{PREFIX}INSERT {{ ?link ?p ?o }} WHERE {{ GRAPH <{CASE}> {LINKS} }} ;"
        f"{REMOVE_LINKS.removeprefix(PREFIX)}"
    )
    write(store, update(text))
    assert is_in_step(store)
    assert len(derived(store)) == len(before)
    write(store, update("CLEAR DEFAULT"))
    assert is_in_step(store)
    assert len(derived(store)) < len(before)


def test_what_follows_goes_with_the_case_study(store: Store) -> None:
    assert len(derived(store)) > 0
    assert kinds(write(store, GraphRequest(method="DELETE", graph=CASE))) == ["WriteOutcome"]
    assert len(derived(store)) == 0


def test_a_graph_that_is_put_back_has_its_underpinnings_again(store: Store) -> None:
    with store.snapshot() as snapshot:
        body = snapshot.graph(CASE).serialize(format="nt").encode()
    before = len(derived(store))
    put = GraphRequest(method="PUT", graph=CASE, body=body, media_type="application/n-triples")
    write(store, GraphRequest(method="DELETE", graph=CASE))
    write(store, put)
    assert len(derived(store)) == before
    assert is_in_step(store)


def test_what_cannot_be_derived_is_marked_as_stale_until_it_can(store: Store) -> None:
    wrong = (
        f"{PREFIX}INSERT {{ GRAPH <{CASE}> {{ ?link ig:to <x:nowhere> }} }} "
        f"WHERE {{ SELECT ?link {{ GRAPH <{CASE}> {{ ?link a ig:Link }} }} "
        "ORDER BY ?link LIMIT 1 }"
    )
    before = len(derived(store))
    write(store, update(wrong))
    assert stale(store)
    assert len(derived(store)) == before + 1
    write(store, update(wrong))
    assert len(derived(store)) == before + 1
    write(
        store,
        update(f"DELETE WHERE {{ GRAPH <{CASE}> {{ ?link {IG.to.n3()} <x:nowhere> }} }}"),
    )
    assert not stale(store)
    assert is_in_step(store)


def test_of_more_than_a_write_can_derive_the_rest_is_marked_and_derived_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_MOST_DERIVED", 0)
    text = REMOVE_LINKS

    def change(transaction: Transaction) -> None:
        footprint = upkeep.Footprint(transaction, frozenset({CASE}))
        transaction.update(text)
        assert footprint.case_studies() == {CASE}
        upkeep.bring_up_to_date(transaction, footprint.case_studies())

    store.write(change)
    assert stale(store)
    monkeypatch.setattr(upkeep, "_MOST_DERIVED", 20)
    store.write(lambda transaction: upkeep.bring_up_to_date(transaction, ["x:another"]))
    assert not stale(store)
    assert is_in_step(store)


def test_other_graphs_are_left_alone(store: Store) -> None:
    before = derived(store)
    write(store, update("INSERT DATA { GRAPH <x:g> { <x:s> <x:p> <x:o> } }"))
    assert set(derived(store)) == set(before)


class TestValidation:
    BAD = f"{PREFIX}DELETE WHERE {{ GRAPH <{CASE}> {{ ?link ig:basis ?basis }} }}"

    def test_a_write_that_violates_the_shapes_is_refused_whole_with_the_report(
        self, store: Store
    ) -> None:
        good = update(f"INSERT DATA {{ GRAPH <{CASE}/notes> {{ <x:s> <x:p> <x:o> }} }}")
        outcomes = write(store, good, update(self.BAD), good, validate_writes=True)
        assert kinds(outcomes) == ["WriteOutcome", "ValidationError", "WriteOutcome"]
        assert isinstance(outcomes[1], ValidationError)
        assert "violate the shapes" in str(outcomes[1])
        assert "violation" in str(outcomes[1])
        assert (
            len(select(store, f"{PREFIX}SELECT ?b {{ GRAPH <{CASE}> {{ ?l ig:basis ?b }} }}")) > 0
        )

    def test_unasked_nothing_is_validated(self, store: Store) -> None:
        (written,) = write(store, update(self.BAD))
        assert isinstance(written, WriteOutcome)
