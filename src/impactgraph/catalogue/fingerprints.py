"""Telling which case studies have changed since they were last read, without reading them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from impactgraph.resources import read_query
from impactgraph.store import Snapshot
from impactgraph.store.remote import RemoteSnapshot
from impactgraph.vocabulary import ONTOLOGY_GRAPH, REFERENCE_GRAPH

__all__ = ["Fingerprints"]

_PARTS = ("", "/curation", "/derived", "/text")
"""What follows a case study's IRI in the names of its graphs."""


class Fingerprints:
    """What case studies are told apart by from one generation of a store to the next.

    Args:
        snapshot: the generation.
        case_studies: the IRIs of all case studies in it.
    """

    def __init__(self, snapshot: Snapshot, case_studies: Iterable[str]) -> None:
        self._snapshot = snapshot
        self._remote = isinstance(snapshot, RemoteSnapshot)
        self._shared = {} if self._remote else _digest_shared(snapshot)
        own = {f"{iri}{part}" for iri in case_studies for part in _PARTS}
        self._others = "" if self._remote else _digest_others(snapshot, own)

    def of(self, case_study: str) -> str:
        """Return the fingerprint of a case study: the same as long as nothing is written to it.

        Where it is written to graphs of other names, its own do not tell; so those are part of
        each fingerprint.
        """
        if self._remote:
            return self._snapshot.digest(case_study)
        own = self._snapshot.digest(case_study, f"{case_study}/curation")
        return hashlib.sha256(f"{own} {self._others}".encode()).hexdigest()

    def of_shared(self, names: Iterable[str]) -> str:
        """Return the fingerprint of what is said of the shared things that a case study names."""
        found = hashlib.sha256()
        for name in sorted(names):
            found.update(self._shared.get(name, b"\0"))
        return found.hexdigest()


def _digest_shared(snapshot: Snapshot) -> dict[str, bytes]:
    rows: Any = snapshot.query(read_query("queries/catalogue/reference"))
    lines: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        lines[row["subject"].value].append(f"{row['predicate']} {row['object']}")
    return {
        subject: hashlib.sha256("\n".join(sorted(said)).encode()).digest()
        for subject, said in lines.items()
    }


def _digest_others(snapshot: Snapshot, own: set[str]) -> str:
    """Return a digest of the graphs that are neither a case study's nor shared."""
    rows: Any = snapshot.query(read_query("queries/catalogue/graphs"))
    names = {row["graph"].value for row in rows} - own - {ONTOLOGY_GRAPH, REFERENCE_GRAPH}
    return snapshot.digest(*sorted(names)) if names else ""
