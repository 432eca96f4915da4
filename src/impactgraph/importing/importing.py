"""Importing case studies into a store, batch by batch: what was stored stays, and is not redone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from impactgraph.errors import UpdateError
from impactgraph.importing.candidates import Candidate, leave_out_known
from impactgraph.importing.encoding import EncodedCaseStudy, encode_candidate
from impactgraph.importing.outcomes import Outcome, OutcomeKind, make_outcome
from impactgraph.importing.parallel import work_through
from impactgraph.importing.storing import put_case_studies, read_known
from impactgraph.store import Store

__all__ = ["import_case_studies"]

_BATCH = 100
"""How many case studies are one generation of the store, about 90 MB of N-Quads: the more, the less
the engine has to merge, and the more memory it takes."""


def import_case_studies(
    store: Store, candidates: Iterable[Candidate], *, processes: int = 1
) -> Iterator[Outcome]:
    """Encode documents and store them, replacing what was read from older texts or by older rules.

    They are stored in batches, each whole or not at all: whoever stops the import and starts it
    again ends with the same store. A case study that is stored with the same text and rules is left
    as it is; so is one that a person encoded, and that is a failure. Curation is never touched.

    Args:
        store: the store.
        candidates: the documents, in the order in which they are to be stored.
        processes: how many processes encode.

    Yields:
        What became of each document, once it is durable, in order.

    Raises:
        ImportingError: a process that encodes died.
        StoreError: the store cannot be written.
    """
    outcomes: list[Outcome] = []
    batch: list[EncodedCaseStudy] = []
    fresh = leave_out_known(candidates, read_known(store))
    for candidate, encoded in work_through(encode_candidate, fresh, processes=processes):
        triples = 0
        warnings: Mapping[str, int] = {}
        if isinstance(encoded, EncodedCaseStudy):
            batch.append(encoded)
            triples, warnings = encoded.triples, encoded.warnings
        outcomes.append(make_outcome(candidate, encoded, triples=triples, warnings=warnings))
        if not batch or len(batch) == _BATCH:
            yield from _correct(outcomes, _store(store, batch))
            outcomes, batch = [], []
    yield from _correct(outcomes, _store(store, batch))


def _store(store: Store, batch: Sequence[EncodedCaseStudy]) -> dict[str, str]:
    """Store case studies, all that can be; return by slug why others cannot."""
    if not batch:
        return {}
    try:
        store.write(lambda transaction: put_case_studies(transaction, batch))
    except UpdateError as error:
        if len(batch) == 1:
            return {batch[0].slug: str(error)}
        half = len(batch) // 2
        return _store(store, batch[:half]) | _store(store, batch[half:])
    return {}


def _correct(outcomes: Iterable[Outcome], refused: Mapping[str, str]) -> Iterator[Outcome]:
    for outcome in outcomes:
        reason = refused.get(outcome.slug or "")
        if reason is not None and outcome.kind is OutcomeKind.ENCODED:
            yield replace(outcome, kind=OutcomeKind.FAILED, reason=reason)
        else:
            yield outcome
