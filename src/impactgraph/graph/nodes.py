"""The nodes of a case study's graph, their names and their order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from impactgraph.identity import natural_key
from impactgraph.model import Anchor, SourceType, Stage

__all__ = ["GraphNode", "Kind"]


class Kind(StrEnum):
    """What a node is: a member of one of the five stages, the research as a whole, or a claim."""

    FINDING = "finding"
    OUTPUT = "output"
    PATHWAY = "pathway"
    IMPACT = "impact"
    SOURCE = "source"
    RESEARCH = "research"
    CLAIM = "claim"

    @property
    def stage(self) -> Stage | None:
        """The stage whose members are of this kind, or None: research and claims are no stage."""
        return None if self in (Kind.RESEARCH, Kind.CLAIM) else Stage(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphNode:
    """A node of a case study's graph.

    `notation` is its label in the document ("a", "1", "A"), `claim_of` the IRI of a claim's
    impact, `source_type` what kind of thing a source is.

    >>> node = GraphNode(iri="x/finding/a", kind=Kind.FINDING, notation="a", label="Trust grows")
    >>> node.name, node.stage
    ('finding a', <Stage.FINDING: 'finding'>)
    """

    iri: str
    kind: Kind
    label: str
    notation: str | None = None
    anchors: tuple[Anchor, ...] = ()
    claim_of: str | None = None
    source_type: SourceType | None = None

    @property
    def stage(self) -> Stage | None:
        """The stage that the node is a member of, or None."""
        return self.kind.stage

    @property
    def name(self) -> str:
        """What a sentence calls the node: kind and notation, else kind and label."""
        if self.kind is Kind.RESEARCH:
            return "the research as a whole"
        return f"{self.kind.value} {self.notation or f'“{self.label}”'}"

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Sort key: stages in their order, then notations as people count, places, labels, IRIs."""
        return (
            list(Kind).index(self.kind),
            self.notation is None,
            natural_key(self.notation or ""),
            min((anchor.start for anchor in self.anchors), default=0),
            self.label,
            self.iri,
        )
