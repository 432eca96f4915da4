"""The service over what impactgraph ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from shipped import make_store

TOKEN = "a-token-for-tests"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("api") / "store")


@pytest.fixture(scope="session")
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, Settings(workers=2, query_timeout=20, body=20_000, token=TOKEN))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
