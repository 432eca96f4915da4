"""Keeping the store's catalogue up to date while the service answers from the one there is."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from impactgraph.catalogue import (
    Catalogue,
    Facet,
    Order,
    Selection,
    build_catalogue,
    locate_catalogue,
    stamp_of,
)
from impactgraph.corpus import list_case_studies
from impactgraph.errors import StoreError, StoreLockedError
from impactgraph.store import Store
from impactgraph.store.remote import RemoteStore
from impactgraph_api.problem import ProblemError

__all__ = ["CatalogueKeeper", "KeeperOf", "SelectionOf", "Standing", "require_catalogue"]

_SMALL = 50
"""With so many case studies at most, an answer waits until the catalogue is up to date."""

_PATIENCE = 10.0
_PAUSE_AFTER_FAILURE = 60.0
_REMOTE_AGE = 60.0
_PROCESSES = 2

_log = logging.getLogger("impactgraph.api")


@dataclass(frozen=True, slots=True)
class Standing:
    """The catalogue that there is (None before the first is built), and whether it is up to date.

    `case_studies` says how many the store holds.
    """

    catalogue: Catalogue | None
    fresh: bool
    case_studies: int


class CatalogueKeeper:
    """The catalogue of a store, for any number of threads.

    A small one is brought up to date before the answer. A large one is built by a process of its
    own, and the old one answers meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = locate_catalogue(store)
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._catalogue: Catalogue | None = None
        self._counted = (-1, 0)
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def look(self) -> Standing:
        """Return the catalogue, having seen to it that it is being brought up to date.

        Raises:
            StoreError: the store cannot be read; or it is small and its catalogue not be built.
        """
        generation = self._store.generation
        with self._lock:
            catalogue = self._open()
            if catalogue is not None and self._is_fresh(catalogue):
                return Standing(catalogue, True, catalogue.number + len(catalogue.failures))
            number = self._count(generation)
            if number <= _SMALL:
                return self._build_now(catalogue, number)
            self._build_later(catalogue)
            return Standing(catalogue, False, number)

    async def prepare(self) -> None:
        """Begin to bring the catalogue up to date before anybody asks for it."""
        try:
            await asyncio.to_thread(self.look)
        except StoreError as error:
            _log.warning("%s", error)

    def close(self) -> None:
        """End the process that builds, if there is one; what it has not finished is lost."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()
                self._process.wait()
            self._process = None

    def _open(self) -> Catalogue | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if seen != self._seen:
            try:
                self._catalogue = Catalogue(self._path)
            except StoreError as error:
                _log.warning("%s", error)
                self._catalogue = None
            self._seen = seen
        return self._catalogue

    def _is_fresh(self, catalogue: Catalogue) -> bool:
        if isinstance(self._store, RemoteStore):
            # Others write to it, too: its numbers say nothing, and looking costs a lot.
            return time.time() - catalogue.built < max(_REMOTE_AGE, 10 * catalogue.took)
        return catalogue.stamp == stamp_of(self._store)

    def _count(self, generation: int) -> int:
        if self._counted[0] != generation:
            with self._store.snapshot() as snapshot:
                self._counted = generation, len(list_case_studies(snapshot))
        return self._counted[1]

    def _build_now(self, catalogue: Catalogue | None, number: int) -> Standing:
        try:
            build_catalogue(self._store, self._path, wait=_PATIENCE)
        except StoreLockedError:
            # Another service builds it, and takes long.
            return Standing(catalogue, False, number)
        except StoreError as error:
            if catalogue is None:
                raise
            _log.warning("%s", error)
            return Standing(catalogue, False, number)
        return Standing(self._open(), True, number)

    def _build_later(self, catalogue: Catalogue | None) -> None:
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return
            self._process = None
            pause = catalogue.took if catalogue is not None and not status else 0.0
            self._not_before = time.monotonic() + (_PAUSE_AFTER_FAILURE if status else pause)
        if time.monotonic() < self._not_before:
            return
        command = [sys.executable, "-m", "impactgraph.catalogue"]
        self._process = subprocess.Popen(  # noqa: S603 - of this program, without a shell
            [*command, self._store.address, str(self._path), str(_PROCESSES)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def _keeper(request: Request) -> CatalogueKeeper:
    keeper: CatalogueKeeper = request.app.state.catalogue
    return keeper


KeeperOf = Annotated[CatalogueKeeper, Depends(_keeper)]
"""What a route names to get the catalogue's keeper."""

_Values = list[str] | None


def _select(  # noqa: PLR0917 - FastAPI passes them by name
    q: Annotated[
        str,
        Query(max_length=400, description="Words that a case study has, or that begin such."),
    ] = "",
    institution: Annotated[_Values, Query(description="Who submitted it.")] = None,
    unit: Annotated[_Values, Query(description="Unit of assessment: number and name.")] = None,
    impact_type: Annotated[
        _Values, Query(alias="impact-type", description="A kind of impact, such as health.")
    ] = None,
    gap: Annotated[_Values, Query(description="A kind of gap that it has.")] = None,
    year: Annotated[_Values, Query(description="A year of its impact.")] = None,
    exercise: Annotated[_Values, Query(description="The exercise, such as REF 2021.")] = None,
    sort: Annotated[
        Order | Literal[""],
        Query(
            description="match (the default with words), title, gaps (the gravest first), reached "
            "or sourced (the smallest share of impacts reached, or of claims with a source, first)."
        ),
    ] = "",
    page: Annotated[int, Query(ge=1, le=100_000, description="Of 20 case studies.")] = 1,
) -> Selection:
    given = {
        Facet.INSTITUTION: institution,
        Facet.UNIT: unit,
        Facet.IMPACT_TYPE: impact_type,
        Facet.GAP: gap,
        Facet.YEAR: year,
        Facet.EXERCISE: exercise,
    }
    return Selection(
        text=q.strip(),
        values={
            facet: tuple(dict.fromkeys(filter(None, values)))
            for facet, values in given.items()
            if values
        },
        order=Order(sort) if sort else None,
        page=page,
    )


SelectionOf = Annotated[Selection, Depends(_select)]
"""What a route names to get what its address selects."""


def require_catalogue(standing: Standing) -> Catalogue:
    """Return the catalogue, where there is one.

    Raises:
        ProblemError: the first is still being built.
    """
    if standing.catalogue is None:
        raise ProblemError(
            "catalogue-not-ready",
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"the catalogue of {standing.case_studies} case studies is being built for the first "
            "time; ask again in a minute",
            {"Retry-After": "20"},
            heading="The catalogue is being built",
        )
    return standing.catalogue
