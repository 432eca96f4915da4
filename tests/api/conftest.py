"""The service over what impactgraph ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from impactgraph.store import Store
from impactgraph_api import Limits, create_app
from shipped import make_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("api") / "store")


@pytest.fixture(scope="session")
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, limits=Limits(workers=2, seconds=20, body=20_000, rows=20))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
