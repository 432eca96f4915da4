"""Importing case studies into a store, batch by batch: what was stored stays, and is not redone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from impactgraph.errors import UpdateError
from impactgraph.identity import case_study_iri
from impactgraph.importing.candidates import Candidate, Known, leave_out_known
from impactgraph.importing.encoding import EncodedCaseStudy, encode_candidate
from impactgraph.importing.outcomes import Outcome, OutcomeKind, make_outcome
from impactgraph.importing.parallel import work_through
from impactgraph.importing.storing import put_case_studies, read_known
from impactgraph.store import Store
from impactgraph.texts import list_kept_texts, text_graph

__all__ = ["import_case_studies"]

_BATCH = 100
"""How many case studies are one generation of the store, about 90 MB of N-Quads: the more, the less
the engine has to merge, and the more memory it takes."""


def import_case_studies(
    store: Store,
    candidates: Iterable[Candidate],
    *,
    processes: int = 1,
    keep_text: bool = False,
) -> Iterator[Outcome]:
    """Encode documents and store them, replacing what was read from older texts or by older rules.

    They are stored in batches, each whole or not at all: whoever stops the import and starts it
    again ends with the same store. A case study that is stored with the same text and rules is left
    as it is; so is one that a person encoded, and that is a failure. Curation is never touched.

    Args:
        store: the store.
        candidates: the documents, in the order in which they are to be stored.
        processes: how many processes encode.
        keep_text: whether the texts of the documents are kept, too; a case study that is there
            without its text is encoded again then. One that is encoded again without this loses
            its text.

    Yields:
        What became of each document, once it is durable, in order.

    Raises:
        ImportingError: a process that encodes died.
        StoreError: the store cannot be written.
    """
    outcomes: list[Outcome] = []
    batch: list[EncodedCaseStudy] = []
    known = read_known(store)
    if keep_text:
        known = _leave_out_textless(store, known)
    encode = partial(encode_candidate, keep_text=keep_text)
    fresh = leave_out_known(candidates, known)
    for candidate, encoded in work_through(encode, fresh, processes=processes):
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


def _leave_out_textless(store: Store, known: Mapping[str, Known]) -> dict[str, Known]:
    """Return what is known, as if what is there without its text had been read from another."""
    kept = list_kept_texts(store)
    return {
        slug: there
        if kept.get(text_graph(case_study_iri(slug))) == there.digest
        else replace(there, digest="")
        for slug, there in known.items()
    }


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
