"""What is derived from a case study and no longer follows from it is said to be so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from impactgraph.loading import mark_stale, refresh_derived
from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from shipped import make_store

CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
NOTICE = "Queries for what follows from this case study"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path / "store")


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, Settings(workers=1))) as client:
        yield client


def test_the_page_the_record_and_the_description_say_what_is_stale(
    store: Store, client: TestClient
) -> None:
    def read() -> tuple[str, str | None, str]:
        page = client.get("/case-studies/jam-and-justice", headers={"Accept": "text/html"}).text
        record = client.get("/api/case-studies/jam-and-justice").json()
        (listed,) = client.get("/api/case-studies").json()["case_studies"]
        assert listed == record
        description = client.get("/sparql", headers={"Accept": "application/n-triples"}).text
        return page, record["stale_since"], description

    page, since, description = read()
    assert NOTICE not in page
    assert since is None
    assert "invalidatedAtTime" not in description

    store.write(lambda transaction: mark_stale(transaction, CASE))
    page, since, description = read()
    assert since is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", since)
    assert NOTICE in page
    assert f'<time datetime="{since}">{since[:10]}</time>' in page
    assert f'invalidatedAtTime> "{since}"' in description

    store.write(lambda transaction: refresh_derived(transaction, CASE) and None)
    page, since, _ = read()
    assert NOTICE not in page
    assert since is None
