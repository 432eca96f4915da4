"""What a store is filled with, and what a later release renews in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDFS

from impactgraph.shipping import Shipment, ship
from impactgraph.store import Store, open_store
from impactgraph.vocabulary import ONTOLOGY_GRAPH

FILE = Path(__file__).parents[1] / "data" / "case-studies" / "jam-and-justice.ttl"
CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
OLD, NEW = "A major shift in procurement in Greater Manchester", "Another way of buying"


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the one case study that a release ships, to be changed by the next one."""
    file = tmp_path / FILE.name
    file.write_bytes(FILE.read_bytes())
    for module in ("shipping", "loading"):
        monkeypatch.setattr(f"impactgraph.{module}.case_study_files", lambda: (file,))
    return file


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def publish(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")


def labels(store: Store) -> set[str]:
    return {str(label) for label in store.snapshot().graph(CASE).objects(None, RDFS.label)}


def test_what_an_earlier_release_shipped_is_renewed_once(release: Path, store: Store) -> None:
    assert ship(store) == Shipment(new=True, loaded=("jam-and-justice",))
    assert OLD in labels(store)
    assert ship(store) == Shipment()
    publish(release)
    assert ship(store) == Shipment(renewed=True, loaded=("jam-and-justice",))
    assert NEW in labels(store)
    assert OLD not in labels(store)
    generation = store.generation
    assert ship(store) == Shipment()
    assert store.generation == generation


def test_what_somebody_has_changed_stays_and_the_ontology_is_renewed(
    release: Path, store: Store
) -> None:
    ship(store)
    own = (URIRef(f"{CASE}/note/own"), RDFS.label, Literal("My own note"))
    store.write(lambda change: change.add(CASE, [own]))
    store.write(lambda change: change.remove_graph(ONTOLOGY_GRAPH))
    publish(release)
    assert ship(store) == Shipment(renewed=True, kept=("jam-and-justice",))
    assert {OLD, "My own note"} <= labels(store)
    assert len(store.snapshot().graph(ONTOLOGY_GRAPH)) > 1000
    assert ship(store) == Shipment()


@pytest.mark.parametrize("record", [None, b"", b"[]", b'{"files": 1, "graphs": []}', b"\xff{"])
def test_a_store_of_which_nothing_is_known_is_left_alone(
    tmp_path: Path, record: bytes | None
) -> None:
    store = open_store(tmp_path / "store")
    store.write(lambda change: change.create_graph(CASE))
    if record is not None:
        (tmp_path / "store" / "SHIPPED").write_bytes(record)
    assert ship(store) == Shipment()
    assert store.generation == 1
