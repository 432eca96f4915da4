"""Which generation is live, as every request learns it."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.errors import StoreError
from impactgraph.store import open_store
from impactgraph.store.layout import Layout
from impactgraph_api.generations import LiveGeneration


def test_every_write_is_seen_at_once_whoever_made_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    generation = LiveGeneration(Layout(store.location))
    numbers = [generation()]
    for _ in range(20):
        written = store.write(lambda change: None)
        assert generation() == generation() == written
        numbers.append(written)
    assert len(set(numbers)) == 21


def test_a_pointer_replaced_as_fast_as_can_be_is_never_taken_for_the_one_before(
    tmp_path: Path,
) -> None:
    layout = Layout(open_store(tmp_path / "store").location)
    generation = LiveGeneration(layout)
    for number in range(1000):
        layout.make_live(number)
        assert generation() == number


def test_a_store_that_is_lost_and_restored(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    number = store.write(lambda change: None)
    generation = LiveGeneration(Layout(store.location))
    assert generation() == number
    away = store.location.rename(tmp_path / "elsewhere")
    for _ in range(2):
        with pytest.raises(StoreError, match="CURRENT"):
            generation()
    away.rename(store.location)
    assert generation() == number
