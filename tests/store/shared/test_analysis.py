"""The case study that impactgraph ships gives the same answers from every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.chains import find_chains
from impactgraph.errors import NotFoundError, StoreError
from impactgraph.gaps import find_gaps
from impactgraph.graph import to_networkx
from impactgraph.loading import load_case_studies, load_shipped, remove_case_study
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from impactgraph.resources import case_study_files
from impactgraph.store import Store, Transaction
from impactgraph.store.remote import Engine, RemoteStore, open_remote_store
from impactgraph.store.remote.connection import Body, Connection
from impactgraph.store.remote.queries import Form
from impactgraph.views import open_case_study, read_overview
from impactgraph.vocabulary import ONTOLOGY_GRAPH, REFERENCE_GRAPH
from shipped import make_store

SLUG = "jam-and-justice"
CASE = f"https://w3id.org/impactgraph/id/{SLUG}"


@pytest.fixture(scope="module")
def embedded_filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("filled") / "store")


@pytest.fixture
def filled(store: Store, embedded_filled: Store) -> Store:
    """A store that holds the same; `load_shipped` itself is tested once, for it takes long."""
    source = embedded_filled.snapshot()

    def copy(transaction: Transaction) -> None:
        for name in (ONTOLOGY_GRAPH, REFERENCE_GRAPH, CASE, f"{CASE}/derived"):
            transaction.replace_graph(name, source.graph(name))

    store.write(copy)
    return store


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of all queries that go to a remote engine."""
    texts: list[str] = []
    ask = Connection.ask

    def listen(self: Connection, form: Form, text: str) -> Body:
        texts.append(text)
        return ask(self, form, text)

    monkeypatch.setattr(Connection, "ask", listen)
    return texts


def test_all_answers_equal_those_of_the_embedded_store(
    filled: Store, embedded_filled: Store
) -> None:
    there, here = (to_networkx(store, SLUG) for store in (filled, embedded_filled))
    assert dict(there.nodes(data=True)) == dict(here.nodes(data=True))
    for basis in Basis:
        chains = find_chains(there, basis=basis)
        assert list(chains) == list(find_chains(here, basis=basis))
        assert list(find_gaps(there, basis=basis)) == list(find_gaps(here, basis=basis))
        assert underpinning_matrix(there, basis=basis) == underpinning_matrix(here, basis=basis)
    assert any(find_chains(here, basis=Basis.CURATED))


def test_pages_equal_those_of_the_embedded_store(filled: Store, embedded_filled: Store) -> None:
    there, here = filled.snapshot(), embedded_filled.snapshot()
    assert read_overview(there) == read_overview(here)
    assert len(read_overview(there)) == 1
    for basis in Basis:
        page = open_case_study(there, SLUG, basis)
        assert page == open_case_study(here, SLUG, basis)


@pytest.mark.parametrize("graph", [CASE, f"{CASE}/derived"])
def test_graphs_equal_those_of_the_embedded_store(
    filled: Store, embedded_filled: Store, graph: str
) -> None:
    there, here = filled.snapshot().graph(graph), embedded_filled.snapshot().graph(graph)
    assert len(there) == len(here) > 0
    assert set(there) == set(here)


def test_loading_twice_changes_nothing_and_removing_leaves_nothing(store: Store) -> None:
    load_shipped(store)
    before = len(store.snapshot().graph(CASE))
    load_shipped(store)
    assert len(store.snapshot().graph(CASE)) == before
    remove_case_study(store, SLUG)
    assert read_overview(store.snapshot()) == ()
    with pytest.raises(NotFoundError, match="there is no case study"):
        to_networkx(store, SLUG)


def test_one_case_study_is_fetched_at_a_time(
    filled: Store, engine: Engine | None, tmp_path: Path, asked: list[str]
) -> None:
    if engine is None:
        pytest.skip("an embedded store fetches nothing")
    other = f"{CASE}-2"
    load_case_studies(filled, [renamed(tmp_path)])
    asked.clear()
    page = open_case_study(filled.snapshot(), SLUG)
    assert page.summary.slug == SLUG
    assert not any(f"<{other}" in text for text in asked)
    # The slug, its three graphs, what the ontology and the reference graph say of its things.
    assert len([text for text in asked if f"(<{CASE}>)" in text]) == 1
    assert len(asked) <= 10

    asked.clear()
    entries = read_overview(filled.snapshot())
    assert [entry.summary.slug for entry in entries] == [SLUG, f"{SLUG}-2"]
    fetched = [text for text in asked if "VALUES (?graph)" in text]
    assert all((f"<{CASE}>" in text) + (f"<{other}>" in text) <= 1 for text in fetched)


def test_an_engine_that_hides_named_graphs_is_refused(filled: Store, engine: Engine | None) -> None:
    if not isinstance(filled, RemoteStore) or "union-default-graph" not in filled.engine.query_url:
        pytest.skip("only Oxigraph's server can hide them")
    hiding = filled.engine.query_url.partition("?")[0]
    with pytest.raises(StoreError, match="not the union of its graphs"):
        open_remote_store(hiding, {})
    open_remote_store(filled.engine.query_url, {}).close()


def renamed(folder: Path) -> Path:
    (shipped,) = (file for file in case_study_files() if file.stem == SLUG)
    text = shipped.read_text(encoding="utf-8")
    text = text.replace(CASE, f"{CASE}-2").replace(f'"{SLUG}"', f'"{SLUG}-2"')
    copy = folder / "renamed.ttl"
    copy.write_text(text, encoding="utf-8")
    return copy
