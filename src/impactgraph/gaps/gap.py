"""What a gap is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from impactgraph.graph import GraphNode
from impactgraph.model import Anchor, Basis, Link

__all__ = ["Absence", "Gap", "Severity"]


class Severity(StrEnum):
    """How much a gap weakens the case study, most first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for high to 3 for note."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Absence(StrEnum):
    """Who lacks it: the document does not say it, or the reading of it did not find it."""

    DOCUMENT = "document"
    READING = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that an evidenced chain needs and the graph lacks.

    `basis` is the level at which it is lacking: stated or curated, as an inferred link closes no
    gap. `nodes` are those that the gap is at and `about` the IRIs of other things that it is at,
    such as marks and figures; `places` are theirs in the document. `probable` are the inferred
    links that would close it, where inferred links were asked for, and `hints` say those in words
    ("probable link: …"). `members` are the single gaps that a gap of the whole case study gathers.
    """

    kind: str
    severity: Severity
    basis: Basis
    nodes: tuple[GraphNode, ...]
    places: tuple[Anchor, ...]
    reason: str
    remedy: str
    absence: Absence
    about: tuple[str, ...] = ()
    probable: tuple[Link, ...] = ()
    hints: tuple[str, ...] = ()
    members: tuple[Gap, ...] = ()

    @property
    def at(self) -> tuple[str, ...]:
        """The IRIs of what the gap is at: its nodes, then the other things."""
        return (*(node.iri for node in self.nodes), *self.about)
