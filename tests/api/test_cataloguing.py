from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Literal, URIRef

from impactgraph.catalogue import Selection, locate_catalogue
from impactgraph.corpus import list_case_studies
from impactgraph.errors import StoreError
from impactgraph.store import Store, open_store
from impactgraph.store.locking import exclusive
from impactgraph.vocabulary import DCTERMS
from impactgraph_api import cataloguing, create_app
from impactgraph_api.cataloguing import CatalogueKeeper, Standing
from invented_store import COUNT, invent_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(invent_store(tmp_path / "store"))


@pytest.fixture
def keeper(store: Store) -> Iterator[CatalogueKeeper]:
    keeper = CatalogueKeeper(store)
    yield keeper
    keeper.close()


def describe(store: Store, words: str) -> None:
    iri = list_case_studies(store)[0]
    said = (URIRef(iri), DCTERMS.description, Literal(words))
    store.write(lambda transaction: transaction.add(iri, [said]))


def look_until(keeper: CatalogueKeeper, enough: Callable[[Standing], bool]) -> Standing:
    deadline = time.monotonic() + 60
    while not enough(standing := keeper.look()):
        assert time.monotonic() < deadline, "the catalogue was not built within a minute"
        time.sleep(0.05)
    return standing


def test_a_small_one_is_up_to_date_in_each_answer(store: Store, keeper: CatalogueKeeper) -> None:
    first = keeper.look()
    assert first.catalogue is not None
    assert (first.fresh, first.case_studies, first.catalogue.number) == (True, COUNT, COUNT)
    assert keeper.look().catalogue is first.catalogue
    describe(store, "Something quixotic.")
    second = keeper.look()
    assert second.fresh
    assert second.catalogue is not None
    assert second.catalogue.find(Selection(text="quixotic")).total == 1


def test_a_large_one_is_built_by_a_process_while_the_old_one_answers(
    store: Store, keeper: CatalogueKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cataloguing, "_SMALL", 3)
    none = keeper.look()
    assert (none.catalogue, none.fresh, none.case_studies) == (None, False, COUNT)
    first = look_until(keeper, lambda standing: standing.fresh)
    assert first.catalogue is not None
    describe(store, "Something quixotic.")
    between = keeper.look()
    assert not between.fresh
    assert between.catalogue is first.catalogue
    last = look_until(keeper, lambda standing: standing.fresh)
    assert last.catalogue is not None
    assert last.catalogue.find(Selection(text="quixotic")).total == 1


def test_a_process_that_fails_is_not_started_again_at_once(
    store: Store, keeper: CatalogueKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cataloguing, "_SMALL", 3)
    locate_catalogue(store).parent.write_text("in the way")
    keeper.look()
    process = keeper._process
    assert process is not None
    assert process.wait(60) != 0
    assert keeper.look().catalogue is None
    assert keeper._process is None


def test_one_that_cannot_be_built_is_reported_and_an_old_one_answers_on(
    store: Store, keeper: CatalogueKeeper
) -> None:
    path = locate_catalogue(store)
    path.parent.write_text("in the way")
    with pytest.raises(StoreError):
        keeper.look()
    path.parent.unlink()
    first = keeper.look()
    assert first.fresh
    describe(store, "Changed.")
    path.with_suffix(".tmp").mkdir()
    between = keeper.look()
    assert not between.fresh
    assert between.catalogue is first.catalogue
    path.with_suffix(".tmp").rmdir()
    assert keeper.look().fresh


def test_while_another_service_builds_the_old_one_answers(
    store: Store, keeper: CatalogueKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cataloguing, "_PATIENCE", 0.0)
    first = keeper.look()
    describe(store, "Changed.")
    with exclusive(locate_catalogue(store).parent / "lock", wait=1):
        between = keeper.look()
    assert not between.fresh
    assert between.catalogue is first.catalogue
    assert keeper.look().fresh


def test_a_file_that_is_no_catalogue_is_replaced(store: Store, keeper: CatalogueKeeper) -> None:
    path = locate_catalogue(store)
    keeper.look()
    path.write_bytes(b"no database" * 1000)
    standing = keeper.look()
    assert standing.fresh
    assert standing.catalogue is not None
    assert standing.catalogue.number == COUNT


def test_a_store_that_may_only_be_read_has_its_catalogue_in_the_cache(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    path = locate_catalogue(store)
    assert tmp_path / "cache" in path.parents
    assert CatalogueKeeper(store).look().fresh
    assert path.is_file()
    assert not (store.location / "catalogue").exists()


def test_the_service_says_that_the_first_one_is_not_there_yet(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cataloguing, "_SMALL", 3)
    monkeypatch.setattr(CatalogueKeeper, "_build_later", lambda *_: None)
    client = TestClient(create_app(store))
    answer = client.get("/api/search")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/catalogue-not-ready")
    assert int(answer.headers["retry-after"]) > 0
    page = client.get("/")
    assert page.status_code == 200
    assert f"The list of {COUNT} case studies is being made" in page.text
    assert client.get("/corpus").status_code == 503


def test_the_pages_say_that_they_are_of_an_older_generation(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(create_app(store))
    generation = store.generation
    assert "being brought up to date" not in client.get("/").text
    describe(store, "Changed.")
    monkeypatch.setattr(cataloguing, "_SMALL", 3)
    monkeypatch.setattr(CatalogueKeeper, "_build_later", lambda *_: None)
    for page in ("/", "/corpus"):
        text = client.get(page).text
        assert f"of generation {generation} of the store" in text
        assert "being brought up to date" in text
    assert client.get("/api/search").json()["up_to_date"] is False
