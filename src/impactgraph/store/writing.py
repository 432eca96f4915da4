"""Making a new generation from the live one: copy on write."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from impactgraph.store.layout import Layout, reporting, reporting_damage
from impactgraph.store.room import refuse_without_room
from impactgraph.store.sweeping import sweep
from impactgraph.store.transaction import Change, Transaction

__all__ = ["commit", "make_first_generation"]


def commit(
    layout: Layout,
    change: Change,
    announce: Callable[[int], None] | None = None,
    *,
    room: int = 0,
) -> int:
    """Apply a change to a copy of the live generation and make that the live one.

    The caller holds the writer's lock, and sweeps afterwards. Whatever fails, and wherever a kill
    strikes, the old generation is live until the new one is whole and durable.

    Args:
        layout: the store's folder.
        change: makes the change.
        announce: called with the new generation's number when only making it live is left to do.
        room: how many bytes on the disk the change is likely to take, where that is known.

    Returns:
        The number of the new generation; no number is ever used twice.

    Raises:
        StoreError: the disk is full or fails. What `change` raises comes through as it is.
    """
    number = max(layout.numbers().values(), default=layout.live()) + 1
    # Strays of dead writers may be what fills the disk.
    sweep(layout)
    with reporting("a new generation of the store cannot be begun", layout.root):
        refuse_without_room(layout.root, room)
        _copy_live(layout, number)
    _apply(layout, number, change)
    if announce is not None:
        announce(number)
    with reporting("the new generation of the store cannot be made live", layout.root):
        layout.make_live(number)
    return number


def make_first_generation(layout: Layout) -> None:
    """Make the empty generation that a store begins with, number 0."""
    unfinished = layout.unfinished(0)
    engine = ox.Store(str(unfinished))
    engine.flush()
    del engine
    unfinished.rename(layout.generation(0))
    layout.make_live(0)


def _copy_live(layout: Layout, number: int) -> None:
    """Copy the live generation by hard links; the name says until the end that it is unfinished."""
    unfinished = layout.unfinished(number)
    ox.Store.read_only(str(layout.generation(layout.live()))).backup(str(unfinished))
    unfinished.rename(layout.generation(number))


def _apply(layout: Layout, number: int, change: Change) -> None:
    with reporting("a new generation of the store cannot be opened", layout.root):
        engine = ox.Store(str(layout.generation(number)))
    transaction = Transaction(engine)
    try:
        with reporting_damage():
            change(transaction)
        with reporting("the change of the store cannot be written", layout.root):
            engine.flush()
    finally:
        # The engine closes with the last reference to it.
        transaction.close()
        del engine
