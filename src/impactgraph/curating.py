"""Curating case studies in a store: each act whole, with all that follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from impactgraph.curation import (
    Act,
    Decision,
    apply_decision,
    import_acts,
    parse_acts,
    read_curation,
)
from impactgraph.loading import refresh_derived
from impactgraph.store import Store, Transaction

__all__ = ["curate", "import_curation"]


def curate(store: Store, case_study: str, decision: Decision, *, version: str | None = None) -> Act:
    """Make an act on a case study.

    Args:
        store: the store; it moves on by one generation.
        case_study: the IRI of the case study.
        decision: what was decided.
        version: that of the curation which the person saw; None takes what is there.

    Raises:
        GraphNotFoundError: the store holds no such case study.
        OutdatedError: others made acts since.
        UpdateError: the act would do nothing.
        StoreError: the store cannot be written.
    """
    made: list[Act] = []

    def change(transaction: Transaction) -> None:
        seen = version or read_curation(transaction, case_study).version
        made.append(apply_decision(transaction, case_study, decision, version=seen))
        refresh_derived(transaction, case_study)

    store.write(change)
    return made[-1]


def import_curation(store: Store, case_study: str, content: bytes) -> tuple[Act, ...]:
    """Take over the acts of a file in Turtle: all that are new, or none where one is malformed.

    Raises:
        ValidationError: the file is malformed; the message names the act.
        GraphNotFoundError, UpdateError, StoreError: as for `curate`.
    """
    acts = parse_acts(content, case_study)
    new: Sequence[Act] = ()

    def change(transaction: Transaction) -> None:
        nonlocal new
        new = import_acts(transaction, case_study, acts)
        refresh_derived(transaction, case_study)

    store.write(change)
    return tuple(new)
