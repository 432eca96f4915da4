"""Asking the catalogue: which case studies, how many of each, and their sums."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from impactgraph.catalogue.cards import read_cards, sum_numbers
from impactgraph.catalogue.members import take_members, to_members
from impactgraph.catalogue.results import Found, Value
from impactgraph.catalogue.schema import FORMAT, NUMBERS, TOLD, open_readable
from impactgraph.catalogue.selecting import Facet, Order, Selection
from impactgraph.catalogue.words import match_words
from impactgraph.corpus import Grouping
from impactgraph.errors import StoreError, UsageError
from impactgraph.gaps import KINDS
from impactgraph.identity import natural_key

__all__ = ["PAGE", "Catalogue"]

PAGE = 20
"""How many case studies stand on a page."""

_LONGEST_SEARCH = 2.0
_STEPS = 20_000
"""After how many steps of the engine the time is looked at."""

_MATCHING = """
SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 8, 2, 4, 3, 3, 4, 2, 2), rowid
"""
"""A word counts most in a title, then in what was found and what changed: see `INDEXED`."""

_ORDERED = "SELECT id FROM case_study JOIN number USING (id) ORDER BY "
_ORDERS = {
    Order.TITLE: _ORDERED + "title COLLATE NOCASE, id",
    Order.GAPS: _ORDERED + "gaps_high DESC, gaps_medium DESC, title COLLATE NOCASE, id",
    Order.REACHED: _ORDERED
    + "1.0 * reached_curated / max(impacts, 1), impacts DESC, title COLLATE NOCASE, id",
    Order.SOURCED: _ORDERED
    + "1.0 * sourced_claims / max(claims, 1), claims DESC, title COLLATE NOCASE, id",
}


class Catalogue:
    """A catalogue that is finished; its file may be replaced meanwhile, this one stays.

    Args:
        path: its file.

    Raises:
        StoreError: there is none, or it is of another version, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._about: dict[str, str] = {}
        self._free: deque[sqlite3.Connection] = deque()
        self._orders: dict[Order, tuple[int, ...]] = {}
        self._ordering = threading.Lock()
        # All connections are of the file that is there now.
        with self._reporting(), self._connect(make=True) as connection:
            self._about = dict(connection.execute("SELECT name, value FROM about"))
            if self._about.get("format") != FORMAT or not self._about.keys() >= TOLD:
                raise StoreError("the catalogue is of another version", str(path))
            self.everything = 0
            for (number,) in connection.execute("SELECT id FROM case_study"):
                self.everything |= 1 << number
            self._members: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
            for name, value, members in connection.execute("SELECT * FROM facet"):
                self._members[Facet(name)][value] = int.from_bytes(members, "little")

    @property
    def generation(self) -> int:
        """The generation of the store that it tells of."""
        return int(self._about["generation"])

    @property
    def stamp(self) -> str:
        """What tells that generation from any other: see `stamp_of`."""
        return self._about["stamp"]

    @property
    def built(self) -> float:
        """When it was built, in seconds since 1970."""
        return float(self._about["built"])

    @property
    def took(self) -> float:
        """How many seconds it took to build."""
        return float(self._about["took"])

    @property
    def number(self) -> int:
        """How many case studies it holds."""
        return self.everything.bit_count()

    @property
    def failures(self) -> Mapping[str, str]:
        """The case studies that could not be read, by their IRIs, and why."""
        failures: dict[str, str] = json.loads(self._about["failures"])
        return failures

    def distribution(self, by: Grouping) -> list[dict[str, Any]]:
        """Return the distributions, as `distribution_record` writes them: over all, then by group.

        Args:
            by: what groups are made of.
        """
        records: list[dict[str, Any]] = json.loads(self._about[f"distribution by {by.value}"])
        return records

    def counts(self, name: str) -> list[tuple[int, int]]:
        """Return how many case studies have which number of something, the least first.

        Args:
            name: one of `schema.NUMBERS`.
        """
        if name not in NUMBERS:
            raise ValueError(f"no number is called {name!r}")
        with self._connect() as connection:
            return list(
                connection.execute(
                    f"SELECT {name}, count(*) FROM number GROUP BY 1 ORDER BY 1"  # noqa: S608
                )
            )

    def find(self, selection: Selection, *, size: int = PAGE) -> Found:
        """Return what a selection finds.

        Args:
            selection: words, facets, order and page; beyond the last page, the last one.
            size: how many case studies stand on a page.

        Raises:
            UsageError: the search takes too long.
        """
        with self._reporting(), self._connect() as connection:
            words = selection.words
            matches = _match(connection, words) if words else None
            matching = self.everything if matches is None else to_members(matches)
            admitted = {facet: self._admit(facet, selection) for facet in Facet}
            chosen = matching
            for members in admitted.values():
                chosen &= members
            total = chosen.bit_count()
            pages = max(1, -(-total // size))
            page = min(selection.page, pages)
            order = self._order(connection, selection.chosen_order, matches)
            shown = take_members(order, chosen, (page - 1) * size, size)
            of_some = None if chosen == self.everything else total
            return Found(
                selection=replace(selection, page=page),
                total=total,
                page=page,
                pages=pages,
                cards=read_cards(connection, shown, words),
                facets={
                    facet: self._count(facet, selection, matching, admitted) for facet in Facet
                },
                gaps=self._list_gaps(chosen, selection),
                totals=sum_numbers(connection, chosen, of_some),
            )

    def _admit(self, facet: Facet, selection: Selection) -> int:
        """Return which case studies a facet leaves."""
        values = selection.values.get(facet)
        if not values:
            return self.everything
        members = 0
        for value in values:
            members |= self._members[facet].get(value, 0)
        return members

    def _count(
        self, facet: Facet, selection: Selection, matching: int, admitted: Mapping[Facet, int]
    ) -> tuple[Value, ...]:
        left = matching
        for other, members in admitted.items():
            if other is not facet:
                left &= members
        chosen = selection.values.get(facet, ())
        counts = {value: (bits & left).bit_count() for value, bits in self._members[facet].items()}
        counts = dict.fromkeys(chosen, 0) | counts
        found = [
            Value(value=value, label=_label(facet, value), count=count, chosen=value in chosen)
            for value, count in counts.items()
            if count or value in chosen
        ]
        return tuple(sorted(found, key=_facet_key(facet)))

    def _list_gaps(self, chosen: int, selection: Selection) -> tuple[Value, ...]:
        """Return how many of those chosen have which kind of gap, the commonest first."""
        asked = selection.values.get(Facet.GAP, ())
        found = (
            Value(
                value=value,
                label=_label(Facet.GAP, value),
                count=(bits & chosen).bit_count(),
                chosen=value in asked,
            )
            for value, bits in self._members[Facet.GAP].items()
        )
        return tuple(
            sorted((one for one in found if one.count), key=lambda one: (-one.count, one.value))
        )

    def _order(
        self, connection: sqlite3.Connection, order: Order, matches: Sequence[int] | None
    ) -> Sequence[int]:
        if order is Order.MATCH:
            return matches or ()
        with self._ordering:
            if order not in self._orders:
                rows = connection.execute(_ORDERS[order])
                self._orders[order] = tuple(number for (number,) in rows)
            return self._orders[order]

    @contextmanager
    def _connect(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """Lend a connection to one thread."""
        try:
            connection = self._free.pop()
        except IndexError:
            connection = open_readable(self.path)
            if not make and not self._is_same(connection):
                connection.close()
                raise StoreError("the catalogue has been replaced; ask again") from None
        try:
            yield connection
        finally:
            connection.set_progress_handler(None, 0)
            self._free.append(connection)

    def _is_same(self, connection: sqlite3.Connection) -> bool:
        rows = connection.execute("SELECT value FROM about WHERE name = 'identity'")
        return bool(rows.fetchone() == (self._about["identity"],))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError("the catalogue cannot be read", f"{self.path}: {error}") from error


def _match(connection: sqlite3.Connection, words: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the case studies that have all the words, the best match first."""
    until = time.monotonic() + _LONGEST_SEARCH
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        rows = connection.execute(_MATCHING, (match_words(words),))
        return tuple(number for (number,) in rows)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise UsageError("this search takes too long: look for fewer or longer words") from None
    finally:
        connection.set_progress_handler(None, 0)


def _label(facet: Facet, value: str) -> str:
    if facet is Facet.GAP and value in KINDS:
        return KINDS[value].title
    return value.capitalize() if facet is Facet.IMPACT_TYPE else value


def _facet_key(facet: Facet) -> Callable[[Value], Any]:
    """Years and units stand in their own order, the others with the commonest first."""
    if facet is Facet.YEAR:
        return lambda one: -int(one.value) if one.value.isdecimal() else 0
    if facet is Facet.UNIT:
        return lambda one: natural_key(one.value)
    return lambda one: (-one.count, one.label)
