"""Links: one step between two nodes, with who says so and where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from impactgraph.model.anchors import Anchor
from impactgraph.model.terms import Basis

__all__ = ["Link", "Step"]


class Step(StrEnum):
    """The properties that a link can assert, by their local names in the ontology."""

    REPORTED_IN = "reportedIn"
    CARRIED_BY = "carriedBy"
    LED_TO = "ledTo"
    CONTRIBUTED_TO = "contributedTo"
    CORROBORATED_BY = "corroboratedBy"
    CREDITED_FOR = "creditedFor"
    ATTESTS = "attests"
    ENABLED = "enabled"

    @property
    def leads(self) -> bool:
        """Whether the step is one of influence, from an earlier stage to a later one."""
        return self in (Step.REPORTED_IN, Step.CARRIED_BY, Step.LED_TO, Step.CONTRIBUTED_TO)

    @property
    def chains(self) -> bool:
        """Whether chains run over the step: those of influence, and corroboration at the end."""
        return self.leads or self is Step.CORROBORATED_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step between two nodes, a resource of its own.

    `confidence` says how sure it is that the link was read or concluded rightly: 1 for stated.
    `collective` marks what the document says of enumerated members together.
    """

    iri: str
    label: str
    origin: str
    step: Step
    target: str
    basis: Basis
    collective: bool = False
    confidence: Decimal
    rationale: str
    method: str | None = None
    attributed_to: str
    anchors: tuple[Anchor, ...]

    @property
    def strength(self) -> tuple[int, Decimal]:
        """Sort key of strength, greatest strongest: basis, then confidence.

        The order of bases is stated of the pair, stated collectively, curated, inferred.
        """
        if self.basis is Basis.STATED:
            return (2 if self.collective else 3), self.confidence
        return (1 if self.basis is Basis.CURATED else 0), self.confidence
