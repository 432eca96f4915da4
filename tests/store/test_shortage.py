"""Disks without room and processes without file descriptors: neither is a damaged store."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from impactgraph.errors import StoreError, StoreFullError
from impactgraph.store import Store, open_store
from impactgraph.store.generation import open_live_generation
from impactgraph.store.layout import Layout
from impactgraph.store.room import RESERVE, measure_room, refuse_without_room
from store.examples import generations, set_version, versions


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


@contextmanager
def no_more_descriptors() -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_where_descriptors_run_out_nothing_is_taken_for_lost(store: Store) -> None:
    layout = Layout(store.location)
    set_version(store, 1)
    with no_more_descriptors():
        for read in (layout.live, lambda: open_live_generation(layout)):
            with pytest.raises(StoreError, match="too many files and connections") as found:
                read()
            assert "lost" not in str(found.value)
            assert "copy" not in str(found.value)
    assert versions(store) == [1]


def test_a_pointer_is_lost_where_the_generations_are_gone_too(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"lost its CURRENT; no generation is left"):
        Layout(tmp_path).live()


def test_a_write_that_would_fill_the_disk_is_refused_before_it_begins(store: Store) -> None:
    set_version(store, 1)
    begun = []
    with pytest.raises(StoreFullError, match="MiB free") as found:
        store.write(begun.append, room=2 * measure_room(store.location))
    assert not begun
    assert str(store.location) not in str(found.value)
    assert versions(store) == [1]
    assert len(generations(store)) == 1


@pytest.mark.parametrize(("free", "wanted"), [(RESERVE - 1, 0), (3 * RESERVE, 3 * RESERVE + 1)])
def test_a_reserve_stays_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, wanted: int
) -> None:
    monkeypatch.setattr("impactgraph.store.room.measure_room", lambda _: free)
    with pytest.raises(StoreFullError):
        refuse_without_room(tmp_path, wanted)
    monkeypatch.setattr("impactgraph.store.room.measure_room", lambda _: free + 1)
    refuse_without_room(tmp_path, wanted)
