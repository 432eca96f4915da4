"""Putting encoded case studies into a store, in the place of those of the same names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from pyoxigraph import Literal

from impactgraph.curation import curation_graph, replay_curation
from impactgraph.errors import ConflictError
from impactgraph.importing.candidates import Known
from impactgraph.importing.encoding import EncodedCaseStudy
from impactgraph.loading import derived_graph, refresh_derived
from impactgraph.resources import read_query
from impactgraph.store import Store, Transaction
from impactgraph.texts import text_graph
from impactgraph.vocabulary import REFERENCE_GRAPH

__all__ = ["put_case_studies", "read_known", "refuse_curated"]


def read_known(store: Store | Transaction, slug: str | None = None) -> dict[str, Known]:
    """Return what is known of the case studies in a store, or of one of them, by their slugs."""
    bindings = None if slug is None else {"slug": Literal(slug)}
    rows: Any = store.query(read_query("queries/importing/known"), bindings=bindings)
    return {
        row["slug"].value: Known(
            row["digest"].value,
            row["attributedTo"].value if row["attributedTo"] is not None else None,
        )
        for row in rows
    }


def refuse_curated(transaction: Transaction, slug: str) -> None:
    """Refuse to replace a case study that a person encoded.

    Raises:
        ConflictError: there is one of that slug.
    """
    there = read_known(transaction, slug).get(slug)
    if there is not None and there.attributed_to is None:
        raise ConflictError(f"a person encoded {slug}: it is not replaced unless that is asked for")


def put_case_studies(transaction: Transaction, batch: Sequence[EncodedCaseStudy]) -> None:
    """Put case studies in the place of those of the same IRIs; their curation is replayed.

    Of things that case studies share, the first description stays.

    Raises:
        UpdateError: something is no RDF, and the change is to be given up.
        StoreError: the store cannot be written.
    """
    described = transaction.subjects(REFERENCE_GRAPH)
    curated = frozenset(transaction.graphs()) & {curation_graph(encoded.iri) for encoded in batch}
    shared: dict[str, bytes] = {}
    for encoded in batch:
        for graph in (encoded.iri, derived_graph(encoded.iri), text_graph(encoded.iri)):
            transaction.remove_graph(graph)
        for subject, lines in encoded.shared.items():
            if subject not in described:
                shared.setdefault(subject, lines)
    own = (encoded.own for encoded in batch)
    transaction.load_dataset(chain(own, shared.values()))
    for encoded in batch:
        # What follows from the document alone is among its quads.
        if curation_graph(encoded.iri) in curated:
            replay_curation(transaction, encoded.iri)
            refresh_derived(transaction, encoded.iri)
