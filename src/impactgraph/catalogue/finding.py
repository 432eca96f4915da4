"""The nodes of a case study in which words were found, and where in their texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from impactgraph.catalogue.results import Hit
from impactgraph.catalogue.words import find_words, mark_words

__all__ = ["find_hits"]

_SHOWN = 3
_WIDTH = 220
_LABEL = 3
"""How much more a word counts in a label than in what else is said."""


def find_hits(
    connection: sqlite3.Connection, case_study: int, words: Sequence[str]
) -> tuple[tuple[Hit, ...], int]:
    """Return the nodes that have most of the words, and how many more have any.

    Args:
        connection: to the catalogue.
        case_study: its number there.
        words: what was looked for, folded.
    """
    scored = []
    rows = connection.execute(
        "SELECT position, kind, key, name, label, words FROM passage WHERE id = ?", (case_study,)
    )
    for position, kind, key, name, label, text in rows:
        headed = set(find_words(words, label).values())
        told = set(find_words(words, text).values())
        if key and (headed or told):
            score = (len(headed | told), _LABEL * len(headed) + len(told))
            scored.append((score, -position, (kind, key, name, label, text), bool(told)))
    scored.sort(key=lambda one: one[:2], reverse=True)
    hits = tuple(
        Hit(
            kind=kind,
            key=key,
            name=name,
            label=mark_words(words, label, width=_WIDTH),
            words=mark_words(words, text, width=_WIDTH) if told else (),
        )
        for _, _, (kind, key, name, label, text), told in scored[:_SHOWN]
    )
    return hits, len(scored) - len(hits)
