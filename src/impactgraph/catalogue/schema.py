"""The tables of the catalogue's file (SQLite, with its full-text index FTS5)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from impactgraph.model import Stage

__all__ = ["COLUMNS", "FORMAT", "INDEXED", "NUMBERS", "TOLD", "create_tables", "open_readable"]

FORMAT = "2"
"""The version of these tables and of what is put into them; another one is built from nothing."""

TOLD = frozenset({"generation", "stamp", "identity", "built", "took", "failures"})
"""What a finished catalogue says about itself, beside its version."""

NUMBERS = (
    *(f"{stage.value}s" for stage in Stage),
    "claims",
    "sourced_claims",
    "chains",
    "reached_stated",
    "reached_curated",
    "reached_inferred",
    "one_party",
    "no_outsider",
    "single_points",
    *(
        f"{stage.value}s_on_{basis}"
        for stage in list(Stage)[:-1]
        for basis in ("stated", "curated")
    ),
    "gaps_high",
    "gaps_medium",
    "gaps_low",
    "gaps_note",
)
"""The numbers of a case study that are summed up, and that it can be ordered by.

Those with `_on_` count the members of a stage that lead on to another: see `Coverage`.
"""

INDEXED = ("title", "research", "findings", "outputs", "pathways", "impacts", "claims", "sources")
"""The columns of the full-text index, which has one row for each case study."""

COLUMNS = ("iri", "slug", "title", "institution", "unit", "shown", "facets", "gaps", "basis")

_TABLES = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE case_study (
  id INTEGER PRIMARY KEY,
  iri TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  institution TEXT,
  unit TEXT,
  shown TEXT NOT NULL,
  facets TEXT NOT NULL,
  gaps TEXT NOT NULL,
  basis TEXT NOT NULL
);
CREATE TABLE number (id INTEGER PRIMARY KEY, {", ".join(f"{n} INTEGER NOT NULL" for n in NUMBERS)});
CREATE TABLE fingerprint (
  iri TEXT PRIMARY KEY,
  own TEXT NOT NULL,
  names TEXT NOT NULL,
  shared TEXT NOT NULL,
  failure TEXT
) WITHOUT ROWID;
CREATE TABLE passage (
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (id, position)
) WITHOUT ROWID;
CREATE TABLE facet (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  members BLOB NOT NULL,
  PRIMARY KEY (name, value)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  {", ".join(INDEXED)}, content='', tokenize='unicode61 remove_diacritics 2'
);
"""


def create_tables(path: Path) -> sqlite3.Connection:
    """Create an empty catalogue and return the connection that writes it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(_TABLES)
    return connection


def open_readable(path: Path) -> sqlite3.Connection:
    """Open a finished catalogue: its file never changes, another takes its place."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection
