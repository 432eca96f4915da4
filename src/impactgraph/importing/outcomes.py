"""What became of the documents of an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from impactgraph.importing.candidates import Candidate
from impactgraph.importing.reading import Failure

__all__ = ["Outcome", "OutcomeKind", "make_outcome"]

_TEXT_LACKING = "text-lacking"
"""The kind of the warnings that a file gives rather than a rule of extraction."""


class OutcomeKind(StrEnum):
    """What became of a document."""

    ENCODED = "encoded"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its case study's slug and triples, or why it failed.

    `warnings` say of what kinds the warnings are, and how many of each.
    """

    kind: OutcomeKind
    origin: str
    slug: str | None = None
    triples: int = 0
    reason: str | None = None
    warnings: Counter[str] = field(default_factory=Counter)


def make_outcome(
    candidate: Candidate, made: object, *, triples: int = 0, warnings: Mapping[str, int]
) -> Outcome:
    """Return what became of a candidate.

    Args:
        candidate: the candidate.
        made: what was made of it; a `Failure` where that was not possible, None where it was known.
        triples: how many triples its case study has.
        warnings: what the rules warn of.
    """
    if made is None:
        return Outcome(OutcomeKind.UNCHANGED, candidate.origin, candidate.slug)
    if isinstance(made, Failure):
        return Outcome(OutcomeKind.FAILED, candidate.origin, candidate.slug, reason=made)
    counted = Counter(warnings)
    if candidate.warnings:
        counted[_TEXT_LACKING] += len(candidate.warnings)
    return Outcome(OutcomeKind.ENCODED, candidate.origin, candidate.slug, triples, warnings=counted)
