"""Building the catalogue: only what has changed is read again, and nobody sees half of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from impactgraph.catalogue.entry import Entry, enter
from impactgraph.catalogue.fingerprints import Fingerprints
from impactgraph.catalogue.locating import stamp_of
from impactgraph.catalogue.schema import FORMAT, create_tables
from impactgraph.catalogue.writing import (
    insert_entry,
    remove_entry,
    write_distributions,
    write_facets,
)
from impactgraph.corpus import Failure, list_case_studies
from impactgraph.errors import DecodingError, NotFoundError, StoreError
from impactgraph.graph import Queryable, to_networkx
from impactgraph.store import Snapshot, Store, open_store
from impactgraph.store.layout import reporting, sync_folder
from impactgraph.store.locking import exclusive

__all__ = ["Built", "build_catalogue", "version_of"]

_CHUNK = 16
_FEW = 64
"""Up to so many are read in this process: another one takes half a second to begin."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What building came to: which generation, how many were read again, and in how long."""

    generation: int
    read: int
    seconds: float


def build_catalogue(
    store: Store,
    path: Path,
    *,
    wait: float = 0,
    processes: int = 1,
    progress: Progress | None = None,
) -> Built:
    """Bring the catalogue of a store up to date with its live generation.

    It is written to a file beside it, which then takes its place; whoever dies meanwhile leaves the
    old one.

    Args:
        store: what it tells of.
        path: its file: see `locate_catalogue`.
        wait: for how many seconds to wait for another process that builds it.
        processes: how many may read case studies.
        progress: called with how many of those that changed have been read, and how many have.

    Raises:
        StoreLockedError: another process builds it.
        StoreError: the store cannot be read, or the catalogue not written.
    """
    began = time.perf_counter()
    with reporting("the catalogue cannot be written", path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    with exclusive(path.parent / "lock", wait=wait):
        # Before the snapshot: what is written in between makes the catalogue out of date.
        stamp = stamp_of(store)
        return _bring_up_to_date(
            store, path, stamp, processes=processes, progress=progress, began=began
        )


def _bring_up_to_date(
    store: Store,
    path: Path,
    stamp: str,
    *,
    processes: int,
    progress: Progress | None,
    began: float,
) -> Built:
    with store.snapshot() as snapshot:
        generation = snapshot.generation
        if version_of(path) == FORMAT and _read_about(path, "stamp") == stamp:
            return Built(generation, 0, time.perf_counter() - began)
        temporary = path.with_suffix(".tmp")
        with reporting("the catalogue cannot be written", path), _reporting(path):
            try:
                connection = _begin(path, temporary)
                try:
                    builder = _Builder(
                        connection,
                        store,
                        snapshot,
                        processes=processes,
                        progress=progress,
                        stamp=stamp,
                    )
                    read = builder.build(began)
                finally:
                    connection.close()
                _put_in_place(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
        return Built(generation, read, time.perf_counter() - began)


def version_of(path: Path) -> str | None:
    """Return the version of a catalogue's tables; None where there is none that can be read."""
    return _read_about(path, "format")


class _Builder:
    """One building of the catalogue."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: Store,
        snapshot: Snapshot,
        *,
        processes: int,
        progress: Progress | None,
        stamp: str,
    ) -> None:
        self.stamp = stamp
        self.connection = connection
        self.store = store
        self.snapshot = snapshot
        self.processes = processes
        self.progress = progress

    def build(self, began: float) -> int:
        """Bring the tables up to date; return how many case studies were read."""
        case_studies = list_case_studies(self.snapshot)
        fingerprints = Fingerprints(self.snapshot, case_studies)
        known = {
            iri: (own, json.loads(names), shared)
            for iri, own, names, shared in self.connection.execute(
                "SELECT iri, own, names, shared FROM fingerprint"
            )
        }
        own = {iri: fingerprints.of(iri) for iri in case_studies}
        changed = [
            iri
            for iri in case_studies
            if iri not in known
            or known[iri][0] != own[iri]
            or known[iri][2] != fingerprints.of_shared(known[iri][1])
        ]
        self.connection.execute("BEGIN")
        for iri in known.keys() - own.keys():
            self.remove(iri)
        for number, found in enumerate(self.read(changed), 1):
            self.put(found, own, fingerprints)
            if self.progress is not None:
                self.progress(number, len(changed))
        write_facets(self.connection)
        write_distributions(self.connection)
        self.tell(time.perf_counter() - began)
        self.connection.execute("COMMIT")
        return len(changed)

    def remove(self, iri: str) -> None:
        remove_entry(self.connection, iri)
        self.connection.execute("DELETE FROM fingerprint WHERE iri = ?", (iri,))

    def put(self, found: Entry | Failure, own: dict[str, str], prints: Fingerprints) -> None:
        names: Sequence[str] = ()
        failure = None
        if isinstance(found, Failure):
            iri, failure = found.case_study, found.reason
            self.remove(iri)
        else:
            iri, names = found.analysis.iri, found.names
            self.remove(iri)
            insert_entry(self.connection, found)
        self.connection.execute(
            "INSERT INTO fingerprint VALUES (?, ?, ?, ?, ?)",
            (iri, own[iri], json.dumps(names), prints.of_shared(names), failure),
        )

    def tell(self, seconds: float) -> None:
        failures = self.connection.execute(
            "SELECT iri, failure FROM fingerprint WHERE failure IS NOT NULL ORDER BY iri"
        )
        about = {
            "format": FORMAT,
            "generation": str(self.snapshot.generation),
            "stamp": self.stamp,
            "identity": str(uuid.uuid4()),
            "built": str(time.time()),
            "took": str(seconds),
            "failures": json.dumps(dict(failures.fetchall())),
        }
        self.connection.executemany(
            "INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items())
        )

    def read(self, case_studies: Sequence[str]) -> Iterator[Entry | Failure]:
        count = min(self.processes, -(-len(case_studies) // _CHUNK))
        if count <= 1 or len(case_studies) <= _FEW:
            for case_study in case_studies:
                yield _enter(self.snapshot, case_study)
            return
        # Threads of the engine do not survive a fork.
        context = multiprocessing.get_context("spawn")
        work = partial(_enter_there, self.store.address, self.snapshot.generation)
        with context.Pool(count) as pool:
            yield from pool.imap(work, case_studies, chunksize=_CHUNK)


def _enter(store: Queryable, case_study: str) -> Entry | Failure:
    try:
        return enter(to_networkx(store, case_study))
    except (DecodingError, NotFoundError) as error:
        return Failure(case_study, str(error))


@cache
def _open(address: str, generation: int) -> Queryable:
    """Open a generation in a worker process, where it stays open."""
    return open_store(address).snapshot(generation)


def _enter_there(address: str, generation: int, case_study: str) -> Entry | Failure:
    return _enter(_open(address, generation), case_study)


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    """Report what the engine of the catalogue says; what is damaged is built from nothing then."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError):
            path.unlink(missing_ok=True)
        raise StoreError("the catalogue cannot be written", f"{path}: {error}") from error


def _begin(path: Path, temporary: Path) -> sqlite3.Connection:
    """Return a connection to a copy of the catalogue, or to an empty one."""
    temporary.unlink(missing_ok=True)
    if version_of(path) == FORMAT:
        shutil.copyfile(path, temporary)
        connection = sqlite3.connect(temporary, isolation_level=None)
    else:
        connection = create_tables(temporary)
    # Nobody reads it before it is whole, and a crash leaves the one that it is a copy of.
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _put_in_place(temporary: Path, path: Path) -> None:
    descriptor = os.open(temporary, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, path)
    sync_folder(path.parent)


def _read_about(path: Path, name: str) -> str | None:
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            row: Iterable[str] | None = connection.execute(
                "SELECT value FROM about WHERE name = ?", (name,)
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return None
    return next(iter(row)) if row else None
