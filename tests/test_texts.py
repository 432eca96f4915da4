"""Texts of documents that are kept: written, found again, replaced, and removed with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.documents import read_document
from impactgraph.importing import Outcome, OutcomeKind, find_candidates, import_case_studies
from impactgraph.loading import remove_case_study
from impactgraph.store import Store, open_store
from impactgraph.texts import list_kept_texts, read_text, text_graph

BRIDGES = Path(__file__).parent / "documents" / "safer-bridges.md"
SLUG = "safer-bridges-for-slow-rivers"
CASE = f"https://w3id.org/impactgraph/id/{SLUG}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def bring(store: Store, path: Path = BRIDGES, *, keep_text: bool) -> list[Outcome]:
    return list(import_case_studies(store, find_candidates([path]), keep_text=keep_text))


def test_no_text_is_kept_unless_that_is_asked_for(store: Store) -> None:
    bring(store, keep_text=False)
    assert read_text(store, CASE) is None
    assert list_kept_texts(store) == {}
    words = "scour, not load, brings down most small bridges on slow rivers"
    rows = store.query(f'SELECT ?s WHERE {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), "{words}")) }}')
    assert list(rows) == []


def test_a_kept_text_comes_back_character_by_character(store: Store) -> None:
    document = read_document(BRIDGES)
    assert bring(store, keep_text=True)[0].kind is OutcomeKind.ENCODED
    kept = read_text(store, CASE)
    assert kept is not None
    assert kept.text == document.text
    assert kept.digest == document.digest
    assert list_kept_texts(store) == {text_graph(CASE): document.digest}


def test_what_is_there_without_its_text_is_encoded_again_when_it_is_to_be_kept(
    store: Store,
) -> None:
    bring(store, keep_text=False)
    kinds = [bring(store, keep_text=keep)[0].kind for keep in (False, True, True, False)]
    unchanged, encoded = OutcomeKind.UNCHANGED, OutcomeKind.ENCODED
    assert kinds == [unchanged, encoded, unchanged, unchanged]
    assert read_text(store, CASE) is not None, "nothing was encoded again since"


def test_another_text_takes_the_place_of_the_old_one_or_of_none(
    store: Store, tmp_path: Path
) -> None:
    bring(store, keep_text=True)
    other = tmp_path / "safer-bridges.md"
    other.write_text(BRIDGES.read_text("utf-8").replace("41 councils", "42 councils"), "utf-8")
    bring(store, other, keep_text=True)
    kept = read_text(store, CASE)
    assert kept is not None
    assert kept.digest == read_document(other).digest
    bring(store, BRIDGES, keep_text=False)
    assert read_text(store, CASE) is None


def test_a_text_goes_with_its_case_study(store: Store) -> None:
    bring(store, keep_text=True)
    remove_case_study(store, SLUG)
    assert list_kept_texts(store) == {}
