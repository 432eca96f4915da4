"""A store of a few hundred triples in two graphs."""

from __future__ import annotations

import pytest

from api.workers.pools import fill
from impactgraph.store import Store, open_store


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("workers") / "store")
    fill(store, "a", 300)
    fill(store, "b", 200)
    return store
