"""What impactgraph ships, in a store: put into a new one, renewed when a release brings another.

STORE/SHIPPED tells which files a store was filled from, and what its graphs held then; so a graph
that somebody has changed since is told from one that is only of an earlier release.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from impactgraph.identity import case_study_iri
from impactgraph.loading import LoadedCaseStudy, load_shipped
from impactgraph.resources import case_study_files, ontology_files, reference_file
from impactgraph.store import Store
from impactgraph.store.layout import replace_file, reporting

__all__ = ["Shipment", "ship"]

_RECORD = "SHIPPED"
_LARGEST_RECORD = 65_536
"""Bytes of the file that tells what was shipped."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """What was done to a store.

    `new` says that it was filled, `renewed` that it had what an earlier release ships. `loaded` are
    the slugs of the case studies put there, `kept` of those left as somebody has changed them.
    """

    new: bool = False
    renewed: bool = False
    loaded: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """A digest of the files shipped, and one of each graph that was filled from them."""

    files: str
    graphs: dict[str, str]


def ship(store: Store) -> Shipment:
    """Fill a new store with what impactgraph ships; renew in an old one what nobody has changed.

    A case study that was taken out stays out, and a store that was made empty stays without.

    Args:
        store: a folder; it moves on by one generation where something was put there.

    Raises:
        ResourceError, LoadingError, StoreError: as for `load_shipped`.
    """
    files = _digest_files()
    shipped = {case_study_iri(path.stem): path for path in case_study_files()}
    if store.generation == 0:
        loaded = load_shipped(store)
        _record(store, files, shipped)
        return Shipment(new=True, loaded=_name(loaded))
    before = _read_record(store)
    if before is None or before.files == files:
        return Shipment()
    with store.snapshot() as snapshot:
        now = {iri: snapshot.digest(iri) for iri in shipped if iri in before.graphs}
    same = {iri for iri, digest in now.items() if digest == before.graphs[iri]}
    loaded = load_shipped(store, [shipped[iri] for iri in now if iri in same])
    _record(store, files, same)
    kept = tuple(shipped[iri].stem for iri in now if iri not in same)
    return Shipment(renewed=True, loaded=_name(loaded), kept=kept)


def _digest_files() -> str:
    found = hashlib.sha256()
    for path in (*ontology_files(), reference_file(), *case_study_files()):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _name(loaded: Iterable[LoadedCaseStudy]) -> tuple[str, ...]:
    return tuple(case.slug for case in loaded)


def _read_record(store: Store) -> _Record | None:
    """Return what was shipped before; None where nothing is known of it."""
    try:
        with (store.location / _RECORD).open("rb") as file:
            record = json.loads(file.read(_LARGEST_RECORD))
        graphs = {str(iri): str(digest) for iri, digest in record["graphs"].items()}
        return _Record(files=str(record["files"]), graphs=graphs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _record(store: Store, files: str, graphs: Iterable[str]) -> None:
    with store.snapshot() as snapshot:
        digests = {iri: snapshot.digest(iri) for iri in graphs}
    text = json.dumps({"files": files, "graphs": digests}, indent=1)
    with reporting("what was shipped could not be noted", store.location):
        replace_file(store.location / _RECORD, f"{text}\n".encode())
