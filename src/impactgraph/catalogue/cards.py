"""What the catalogue's tables say of some case studies: each as a card, and their sums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from impactgraph.catalogue.finding import find_hits
from impactgraph.catalogue.members import list_members
from impactgraph.catalogue.results import Card, Totals
from impactgraph.catalogue.schema import NUMBERS
from impactgraph.catalogue.words import mark_words

__all__ = ["read_cards", "sum_numbers"]

_CARDS = """
SELECT iri, slug, title, institution, unit, shown, number.*
FROM case_study JOIN number USING (id) WHERE id IN (SELECT value FROM json_each(?))
"""
_SUMMED = ", ".join(f"coalesce(sum({name}), 0)" for name in NUMBERS)
_ALL_SUMS = "SELECT " + _SUMMED + " FROM number"  # noqa: S608 - names of columns
_SUMS = _ALL_SUMS + " WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - the same


def read_cards(
    connection: sqlite3.Connection, numbers: Sequence[int], words: Sequence[str]
) -> tuple[Card, ...]:
    """Return case studies as they stand on a page, with the nodes in which words were found.

    Args:
        connection: to the catalogue.
        numbers: theirs in it, in the order of the page.
        words: what was looked for, folded.
    """
    rows = connection.execute(_CARDS, (json.dumps(numbers),))
    names = [column[0] for column in rows.description]
    found = {}
    for values in rows:
        row = dict(zip(names, values, strict=True))
        hits, more = find_hits(connection, row["id"], words) if words else ((), 0)
        found[row["id"]] = Card(
            iri=row["iri"],
            slug=row["slug"],
            title=mark_words(words, row["title"]),
            institution=row["institution"],
            unit=row["unit"],
            numbers={name: row[name] for name in NUMBERS},
            hits=hits,
            more_hits=more,
            **json.loads(row["shown"]),
        )
    return tuple(found[number] for number in numbers)


def sum_numbers(connection: sqlite3.Connection, chosen: int, total: int | None) -> Totals:
    """Return the sums over some case studies; over all of them where no total is given."""
    if total is None:
        row = connection.execute(_ALL_SUMS).fetchone()
    else:
        row = connection.execute(_SUMS, (json.dumps(list_members(chosen)),)).fetchone()
    return Totals(case_studies=chosen.bit_count(), numbers=dict(zip(NUMBERS, row, strict=True)))
