"""What the pages show, as plain values: no RDF, no store, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.graph import Kind
from impactgraph.headline import Headline
from impactgraph.model import Basis, Stage
from impactgraph.views.layout import Layout

__all__ = [
    "CaseStudySummary",
    "CaseStudyView",
    "Details",
    "Fact",
    "GapView",
    "LinkView",
    "NodeView",
    "Passage",
    "Quoted",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place in the document and a few of its words; positions count Unicode code points."""

    exact: str
    section: str
    start: int
    end: int

    @property
    def place(self) -> str:
        """Where the passage stands, in words."""
        section = "the header" if self.section == "A" else f"section {self.section}"
        return f"{section}, characters {self.start}–{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One further thing that is known of a node; `href` only where a browser may follow it."""

    term: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What somebody said, and who."""

    words: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """A gap, and the keys of the nodes where it lies."""

    kind: str
    severity: str
    reason: str
    remedy: str
    lacking: str
    hints: tuple[str, ...] = ()
    places: tuple[str, ...]

    @property
    def grave(self) -> bool:
        """Whether it is of more than low severity."""
        return self.severity in ("high", "medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link as one of its two nodes tells it: what it does, and the node at the other end."""

    iri: str
    words: str
    other: str
    other_name: str
    other_label: str
    basis: Basis
    collective: bool
    confidence: Decimal
    rationale: str
    method: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A node with all that the details of it say.

    `key` names it inside its case study ("finding/a") and stands in addresses. `sentence` says
    what underpins an impact; it is None for other nodes.
    """

    key: str
    iri: str
    kind: Kind
    name: str
    notation: str | None
    label: str
    description: str | None = None
    sentence: str | None = None
    facts: tuple[Fact, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    notes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    incoming: tuple[LinkView, ...] = ()
    outgoing: tuple[LinkView, ...] = ()
    claims: tuple[NodeView, ...] = ()
    gaps: tuple[GapView, ...] = ()

    @property
    def fact_groups(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """Its facts by term, in their order."""
        groups: dict[str, list[Fact]] = {}
        for fact in self.facts:
            groups.setdefault(fact.term, []).append(fact)
        return tuple((term, tuple(facts)) for term, facts in groups.items())

    @property
    def all_gaps(self) -> tuple[GapView, ...]:
        """Its own gaps and those of the claims in it, each once."""
        inside = (gap for claim in self.claims for gap in claim.gaps)
        return tuple(dict.fromkeys((*self.gaps, *inside)))

    @property
    def grave(self) -> bool:
        """Whether it or a claim in it has a gap of more than low severity."""
        return any(gap.grave for gap in self.all_gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the store knows of a node beyond its links."""

    description: str | None = None
    facts: tuple[Fact, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudySummary:
    """A case study in a list of case studies."""

    slug: str
    iri: str
    label: str
    title: str
    institution: str | None
    unit_of_assessment: str | None
    exercise: str | None
    research_period: str | None
    impact_period: str | None
    description: str | None
    counts: Mapping[Stage, int]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyView:
    """A case study's page, under one basis."""

    summary: CaseStudySummary
    basis: Basis
    default_basis: Basis
    headline: Headline
    hidden: Mapping[Basis, int]
    research: NodeView | None
    stages: Mapping[Stage, tuple[NodeView, ...]]
    gaps: tuple[GapView, ...]
    remark: str
    layout: Layout

    @property
    def nodes(self) -> tuple[NodeView, ...]:
        """The nodes of the five stages, in order."""
        return tuple(node for nodes in self.stages.values() for node in nodes)
