"""Analysing the case studies of a store one after the other, on several processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from impactgraph.corpus.analysis import CaseStudyAnalysis, analyse_case_study
from impactgraph.errors import DecodingError
from impactgraph.graph import Queryable, to_networkx
from impactgraph.resources import read_query
from impactgraph.store import Store, open_store

__all__ = ["Failure", "analyse_case_studies", "list_case_studies"]

_CHUNK = 16
"""Case studies that a process is given at a time: enough that waiting for the next is nothing."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case study that could not be read, and why."""

    case_study: str
    reason: str


def list_case_studies(store: Queryable) -> tuple[str, ...]:
    """Return the IRIs of all case studies, in their order."""
    rows = store.query(read_query("queries/store/case-studies"))
    return tuple(sorted(row["caseStudy"].value for row in rows))


def analyse_case_studies(
    store: Store, case_studies: Sequence[str] | None = None, *, processes: int | None = None
) -> Iterator[CaseStudyAnalysis | Failure]:
    """Yield the analysis of each case study, in the order given, as soon as it is there.

    All are read from one generation of the store, whatever is written meanwhile. Memory holds a
    few case studies a process, however many there are. A case study that cannot be read fails
    alone.

    Args:
        store: where they are.
        case_studies: their IRIs; all of the store's where it is None.
        processes: how many to use; as many as there are processors where it is None.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.snapshot() as snapshot:
        chosen = list_case_studies(snapshot) if case_studies is None else case_studies
        count = min(processes or _count_processors(), -(-len(chosen) // _CHUNK))
        if count <= 1:
            for case_study in chosen:
                yield _analyse(snapshot, case_study)
            return
        # Threads of the engine do not survive a fork.
        context = multiprocessing.get_context("spawn")
        work = partial(_analyse_there, store.address, snapshot.generation)
        with context.Pool(count) as pool:
            yield from pool.imap(work, chosen, chunksize=_CHUNK)


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _analyse(store: Queryable, case_study: str) -> CaseStudyAnalysis | Failure:
    try:
        return analyse_case_study(to_networkx(store, case_study))
    except DecodingError as error:
        return Failure(case_study, str(error))


@cache
def _open(address: str, generation: int) -> Queryable:
    """Open a generation in a worker process, where it stays open."""
    return open_store(address).snapshot(generation)


def _analyse_there(address: str, generation: int, case_study: str) -> CaseStudyAnalysis | Failure:
    return _analyse(_open(address, generation), case_study)
