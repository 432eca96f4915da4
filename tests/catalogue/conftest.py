"""A store of invented case studies, its catalogue, and what each case study comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.catalogue import Catalogue, Entry, build_catalogue, enter, locate_catalogue
from impactgraph.corpus import list_case_studies
from impactgraph.graph import to_networkx
from impactgraph.store import Store, open_store
from invented_store import COUNT, invent_store


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(invent_store(tmp_path_factory.mktemp("catalogue") / "store"))


@pytest.fixture(scope="session")
def catalogue(shared_store: Store) -> Catalogue:
    path = locate_catalogue(shared_store)
    build_catalogue(shared_store, path)
    return Catalogue(path)


@pytest.fixture(scope="session")
def entries(shared_store: Store) -> tuple[Entry, ...]:
    with shared_store.snapshot() as snapshot:
        found = tuple(enter(to_networkx(snapshot, iri)) for iri in list_case_studies(snapshot))
    assert len(found) == COUNT
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store to write to."""
    return open_store(invent_store(tmp_path / "store"))
