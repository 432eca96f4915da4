"""Applying writes to a store: several at once, in one generation, each judged alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from impactgraph.curation import curation_graph, replay_curation
from impactgraph.errors import (
    GraphNotFoundError,
    ImpactGraphError,
    UpdateError,
    ValidationError,
)
from impactgraph.importing import put_case_studies, refuse_curated
from impactgraph.store import Store, Transaction
from impactgraph_api.writing.documents import Document, read_documents
from impactgraph_api.writing.operations import Load
from impactgraph_api.writing.requests import (
    CaseStudyRequest,
    CurationRequest,
    GraphRequest,
    UpdateRequest,
    WriteRequest,
)
from impactgraph_api.writing.rewriting import plan_update
from impactgraph_api.writing.upkeep import Footprint, bring_up_to_date, refuse_violations

__all__ = ["Batch", "Job", "Progress", "Result", "apply_batch"]

Result = bool | ImpactGraphError
"""Whether a write made a graph, or why it was refused."""

Documents = Mapping[str, Document | str]
"""What was fetched for LOAD, by URL: the document, or why it could not be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A write, and what its LOADs ask for."""

    request: WriteRequest
    documents: Documents = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it brings along."""
        fetched = (found for found in self.documents.values() if isinstance(found, Document))
        return self.request.size + sum(len(found.data) for found in fetched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Writes that go into one generation.

    Attributes:
        jobs: in the order in which they came.
        derive: whether what follows from case studies is derived again, or only marked as stale.
        validate: whether a write is refused that violates the shapes.
    """

    jobs: tuple[Job, ...]
    derive: bool = True
    validate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Whom the one who applies a batch tells where it is.

    Attributes:
        at: called with the place of the job that is next.
        deriving: called when all jobs are done and what follows from them is derived.
        live: called with the generation and the results when it is only left to make it live.
    """

    at: Callable[[int], None]
    deriving: Callable[[], None]
    live: Callable[[int, Sequence[Result]], None]


class _SpoiltError(Exception):
    """A job failed after it had changed something: the generation must be begun again."""

    def __init__(self, place: int, error: ImpactGraphError) -> None:
        super().__init__(place)
        self.place = place
        self.error = error


class _NothingError(Exception):
    """Every job was refused: there is nothing to make a generation of."""


def apply_batch(
    store: Store, batch: Batch, progress: Progress
) -> tuple[int | None, Sequence[Result]]:
    """Apply the jobs of a batch, all that can be.

    Returns:
        The generation that holds them, None where all were refused; and the result of each.

    Raises:
        StoreError: the store cannot be written; no job was done.
    """
    spoilt: dict[int, ImpactGraphError] = {}
    # The engine writes what is new to its log and to its tables.
    room = 2 * sum(job.size for job in batch.jobs)
    while True:
        results: list[Result] = []

        def change(transaction: Transaction, results: list[Result] = results) -> None:
            _apply_jobs(transaction, batch, progress, spoilt, results)

        def announce(number: int, results: list[Result] = results) -> None:
            progress.live(number, results)

        try:
            return store.write(change, announce=announce, room=room), results
        except _SpoiltError as failure:
            spoilt[failure.place] = failure.error
        except _NothingError:
            return None, results


def _apply_jobs(
    transaction: Transaction,
    batch: Batch,
    progress: Progress,
    spoilt: Mapping[int, ImpactGraphError],
    results: list[Result],
) -> None:
    touched: set[str] = set()
    for place, job in enumerate(batch.jobs):
        if place in spoilt:
            results.append(spoilt[place])
            continue
        progress.at(place)
        work = _Work(transaction)
        try:
            created, footprint = work.do(job)
            if batch.validate:
                refuse_violations(transaction, footprint.changed_graphs())
            touched |= footprint.case_studies()
            results.append(created)
        except (UpdateError, GraphNotFoundError, ValidationError) as error:
            if work.begun:
                raise _SpoiltError(place, error) from error
            results.append(error)
    if all(isinstance(result, ImpactGraphError) for result in results):
        raise _NothingError
    if touched:
        progress.deriving()
        bring_up_to_date(transaction, touched, derive=batch.derive)


class _Work:
    """One job being done; `begun` says whether it has changed anything yet."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.begun = False

    def do(self, job: Job) -> tuple[bool, Footprint]:
        """Do the job; return whether it made a graph, and what it changed."""
        if isinstance(job.request, UpdateRequest):
            return False, self._update(job.request, job.documents)
        if isinstance(job.request, CaseStudyRequest):
            return self._put_case_study(job.request)
        if isinstance(job.request, CurationRequest):
            return self._curate(job.request)
        return self._write_graph(job.request)

    def _update(self, request: UpdateRequest, documents: Documents) -> Footprint:
        operation = request.operation
        plan = plan_update(
            operation.text,
            base=request.base,
            using=operation.using,
            using_named=operation.using_named,
        )
        footprint = Footprint(self._transaction, plan.written)
        for step in plan.steps:
            if isinstance(step, Load):
                self._load(step, documents)
            else:
                # The engine applies a text whole or not at all.
                self._transaction.update(step, base=request.base)
            self.begun = True
        return footprint

    def _load(self, load: Load, documents: Documents) -> None:
        found = documents.get(load.source, f"<{load.source}> is not loaded: it was not fetched")
        try:
            if isinstance(found, str):
                raise UpdateError(found)
            found.check()
            self.begun = True
            self._transaction.load(load.target, found.data, found.form, base=found.base)
        except UpdateError:
            if not load.silent:
                raise

    def _write_graph(self, request: GraphRequest) -> tuple[bool, Footprint]:
        transaction, graph = self._transaction, request.graph
        _refuse_malformed_name(graph)
        there = transaction.contains_graph(graph)
        if request.method == "DELETE" and not there:
            raise GraphNotFoundError(f"there is no graph <{graph}>, so it cannot be deleted")
        documents = (
            ()
            if request.method == "DELETE"
            else read_documents(request.body, request.media_type, request.base)
        )
        for document in documents:
            document.check()
        footprint = Footprint(transaction, frozenset({graph}))
        self.begun = True
        if request.method != "POST":
            transaction.remove_graph(graph)
        if request.method != "DELETE" and graph is not None:
            transaction.create_graph(graph)
        for document in documents:
            transaction.load(graph, document.data, document.form, base=document.base)
        if request.method == "PUT" and graph is not None:
            replay_curation(transaction, graph)
        return not there, footprint

    def _put_case_study(self, request: CaseStudyRequest) -> tuple[bool, Footprint]:
        transaction, case_study = self._transaction, request.case_study
        if not request.replace_curated:
            refuse_curated(transaction, case_study.slug)
        there = transaction.contains_graph(case_study.iri)
        footprint = Footprint(transaction, frozenset({case_study.iri}))
        self.begun = True
        put_case_studies(transaction, [case_study])
        return not there, footprint

    def _curate(self, request: CurationRequest) -> tuple[bool, Footprint]:
        transaction, case_study = self._transaction, request.case_study
        _refuse_malformed_name(case_study)
        graphs = frozenset({case_study, curation_graph(case_study)})
        footprint = Footprint(transaction, graphs)
        # Whatever is refused is refused before anything is changed.
        request.apply(transaction)
        self.begun = True
        return False, footprint


def _refuse_malformed_name(graph: str | None) -> None:
    try:
        NamedNode("urn:default" if graph is None else graph)
    except ValueError as error:
        raise UpdateError(f"{graph!r} cannot name a graph: {error}; give a whole IRI") from error
