"""Handing writes on to a remote engine.

A write is one SPARQL update request, and whole or not at all where the engine makes requests so.
What follows from the case studies that it touches is derived again, or marked as stale: for a graph
in the same request, for an update in one after it. Where the text of an update does not tell which
graphs it touches, it may have touched all case studies.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode

from impactgraph.curation import curation_graph, replay_curation
from impactgraph.errors import (
    GraphNotFoundError,
    ImpactGraphError,
    UpdateError,
    ValidationError,
)
from impactgraph.importing import put_case_studies, refuse_curated
from impactgraph.loading import derived_graph, refresh_derived
from impactgraph.resources import read_query
from impactgraph.store import Transaction
from impactgraph.store.remote import RemoteStore
from impactgraph.validation import validate
from impactgraph.vocabulary import IG, RDF
from impactgraph_api.settings import Settings
from impactgraph_api.workers import OverloadedError
from impactgraph_api.writing import (
    CaseStudyRequest,
    CurationRequest,
    GraphRequest,
    UpdateRequest,
    WriteOutcome,
    Writer,
    WriteRequest,
    WriterStatistics,
)
from impactgraph_api.writing.documents import Document, read_documents
from impactgraph_api.writing.fetching import Fetcher
from impactgraph_api.writing.loads import fetch_documents
from impactgraph_api.writing.operations import Load
from impactgraph_api.writing.rewriting import plan_update
from impactgraph_api.writing.upkeep import bring_up_to_date

__all__ = ["RemoteWriter"]

_RETRY_AFTER = 5


class RemoteWriter(Writer):
    """Hands writes on to an engine, one at a time."""

    def __init__(self, store: RemoteStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._fetcher = Fetcher(
            allow=settings.load_allow, size=settings.write_body, seconds=settings.update_timeout
        )
        self._turn = asyncio.Lock()
        self._queued = 0
        self._outcomes: Counter[str] = Counter()

    async def start(self) -> None:
        """Do nothing: there is no process here."""

    async def close(self) -> None:
        """Wait for the write that is being made."""
        async with self._turn:
            pass

    def stats(self) -> WriterStatistics:
        """Return what is being written, and counts since the service started."""
        writing = int(self._turn.locked())
        return WriterStatistics(
            waiting=self._queued - writing,
            writing=writing,
            outcomes=dict(self._outcomes),
            generations=self._outcomes["written"],
            started=0,
            process=None,
        )

    async def write(self, request: WriteRequest) -> WriteOutcome:
        """Make a write; later queries see it.

        Raises:
            UpdateError: it is malformed, or the engine refuses it.
            GraphNotFoundError: the graph to delete is not there.
            ValidationError: it violates the shapes; the message is the report.
            StoreError: the engine is down, may not be written, or did not answer: then it may have
                made the write.
            OverloadedError: too many writes wait.
        """
        if self._queued > self._settings.queue:
            raise OverloadedError("too many writes wait already", retry_after=_RETRY_AFTER)
        self._queued += 1
        outcome = "cancelled"
        try:
            documents: dict[str, Document | str] = {}
            if isinstance(request, UpdateRequest):
                documents = await fetch_documents(request, self._fetcher)
            # A client that leaves does not stop a write half-way.
            written = await asyncio.shield(self._write_in_turn(request, documents))
            outcome = "written"
        except ImpactGraphError as error:
            outcome = type(error).__name__
            raise
        finally:
            self._queued -= 1
            self._outcomes[outcome] += 1
        return written

    async def _write_in_turn(
        self, request: WriteRequest, documents: dict[str, Document | str]
    ) -> WriteOutcome:
        async with self._turn:
            if isinstance(request, UpdateRequest):
                return await asyncio.to_thread(self._update, request, documents)
            if isinstance(request, CaseStudyRequest):
                return await asyncio.to_thread(self._put_case_study, request)
            if isinstance(request, CurationRequest):
                return await asyncio.to_thread(self._curate, request)
            return await asyncio.to_thread(self._write_graph, request)

    def _update(self, request: UpdateRequest, documents: dict[str, Document | str]) -> WriteOutcome:
        operation = request.operation
        if self._settings.validate_writes:
            raise UpdateError(
                "what an update would leave behind in a remote engine cannot be validated before; "
                "write whole graphs at /rdf-graph-store"
            )
        plan = plan_update(
            operation.text,
            base=request.base,
            using=operation.using,
            using_named=operation.using_named,
        )

        def change(transaction: Transaction) -> None:
            for step in plan.steps:
                if isinstance(step, Load):
                    _load(transaction, step, documents)
                else:
                    transaction.update(step, base=request.base)

        touched = self._find_owners(plan.written)
        number = self._store.write(change)
        touched |= self._find_owners(plan.written)
        if touched:
            number = self._store.write(lambda transaction: bring_up_to_date(transaction, touched))
        return WriteOutcome(generation=number, created=False)

    def _write_graph(self, request: GraphRequest) -> WriteOutcome:
        graph, created = request.graph, False
        if graph is None and self._settings.validate_writes:
            raise UpdateError("the default graph of a remote engine cannot be validated; name one")
        touched = self._find_owners(frozenset({graph}))

        def change(transaction: Transaction) -> None:
            nonlocal created
            created = not transaction.contains_graph(graph)
            if request.method == "DELETE" and created:
                raise GraphNotFoundError(f"there is no graph <{graph}>, so it cannot be deleted")
            if request.method != "POST":
                transaction.remove_graph(graph)
            if request.method != "DELETE":
                _fill(transaction, request)
            if graph is None:
                return
            if request.method == "PUT":
                replay_curation(transaction, graph)
            if self._settings.validate_writes and request.method != "DELETE":
                _refuse_violations(transaction, graph)
            if not graph.endswith(derived_graph("")):
                _derive(transaction, touched | _describe_themselves(transaction, graph))

        number = self._store.write(change)
        return WriteOutcome(generation=number, created=created)

    def _put_case_study(self, request: CaseStudyRequest) -> WriteOutcome:
        case_study, created = request.case_study, False

        def change(transaction: Transaction) -> None:
            nonlocal created
            if not request.replace_curated:
                refuse_curated(transaction, case_study.slug)
            created = not transaction.contains_graph(case_study.iri)
            put_case_studies(transaction, [case_study])
            if self._settings.validate_writes:
                _refuse_violations(transaction, case_study.iri)

        number = self._store.write(change)
        return WriteOutcome(generation=number, created=created)

    def _curate(self, request: CurationRequest) -> WriteOutcome:
        """Make acts: the version is checked among the writes of this service, one at a time."""
        case_study = request.case_study

        def change(transaction: Transaction) -> None:
            request.apply(transaction)
            if self._settings.validate_writes:
                _refuse_violations(transaction, case_study)
            refresh_derived(transaction, case_study)

        return WriteOutcome(generation=self._store.write(change), created=False)

    def _find_owners(self, graphs: frozenset[str | None] | None) -> set[str]:
        """Return the case studies that graphs belong to by their names: `CASE` or `CASE/…`.

        Args:
            graphs: their names; None where it may be any.
        """
        if graphs is None:
            return self._find_case_studies()
        stems = {
            "/".join(parts[:count])
            for graph in graphs
            if graph is not None
            for parts in (graph.split("/"),)
            for count in range(4, len(parts) + 1)
        }
        return set().union(*(self._find_case_studies(caseStudy=NamedNode(stem)) for stem in stems))

    def _find_case_studies(self, **bindings: NamedNode) -> set[str]:
        rows: Any = self._store.query(read_query("queries/store/case-studies"), bindings=bindings)
        return {str(row["caseStudy"].value) for row in rows}


def _load(transaction: Transaction, load: Load, documents: dict[str, Document | str]) -> None:
    found = documents.get(load.source, f"<{load.source}> is not loaded: it was not fetched")
    try:
        if isinstance(found, str):
            raise UpdateError(found)
        transaction.load(load.target, found.data, found.form, base=found.base)
    except UpdateError:
        if not load.silent:
            raise


def _fill(transaction: Transaction, request: GraphRequest) -> None:
    for document in read_documents(request.body, request.media_type, request.base):
        transaction.load(request.graph, document.data, document.form, base=document.base)
    if request.graph is not None:
        transaction.create_graph(request.graph)


def _refuse_violations(transaction: Transaction, graph: str) -> None:
    report = validate(transaction.graph(graph) + transaction.graph(curation_graph(graph)))
    if not report.conforms:
        raise ValidationError(f"<{graph}> would violate the shapes\n{report}")


def _describe_themselves(transaction: Transaction, graph: str) -> set[str]:
    """Return the case study whose own graph it is, if it is one's."""
    return {graph} & set(map(str, transaction.graph(graph).subjects(RDF.type, IG.CaseStudy)))


def _derive(transaction: Transaction, case_studies: Iterable[str]) -> None:
    for case_study in sorted(case_studies):
        refresh_derived(transaction, case_study)
