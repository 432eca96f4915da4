"""What the pages show, as plain values: no RDF, no store, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.graph import Kind
from impactgraph.headline import Headline
from impactgraph.model import Basis, Stage, Step
from impactgraph.views.layout import Layout
from impactgraph.views.quotes import Passage, Quoted
from impactgraph.wording import describe_confidence

__all__ = [
    "CaseStudySummary",
    "CaseStudyView",
    "Details",
    "Fact",
    "GapView",
    "Influence",
    "LinkView",
    "MatrixCell",
    "MatrixColumn",
    "MatrixRow",
    "MatrixView",
    "NodeView",
    "Passage",
    "Quoted",
    "name_basis",
]


def name_basis(basis: Basis, confidence: Decimal, *, collective: bool = False) -> str:
    """Return who says it and how sure that is, as every page writes it.

    >>> name_basis(Basis.CURATED, Decimal("0.75")), name_basis(Basis.STATED, Decimal(1))
    ('curated, 0.75', 'stated')
    """
    words = f"{basis.value} together" if collective else basis.value
    if basis is Basis.STATED and confidence == 1:
        return words
    return f"{words}, {describe_confidence(confidence)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One further thing that is known of a node; `href` only where a browser may follow it."""

    term: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """A gap, and the keys of the nodes where it lies; `members` are those that it gathers."""

    kind: str
    title: str
    severity: str
    reason: str
    remedy: str
    lacking: str
    hints: tuple[str, ...] = ()
    places: tuple[str, ...]
    members: tuple[GapView, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether it is of more than low severity."""
        return self.severity in ("high", "medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link as one of its two nodes tells it: what it does, and the node at the other end."""

    iri: str
    step: Step
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

    @property
    def sure(self) -> str:
        """Who says it, and how sure that is."""
        return name_basis(self.basis, self.confidence, collective=self.collective)


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """A way in which a finding is joined to an impact: through what, how surely and why.

    `shared` is the kind of the node before the impact, where the document joins that node to all
    impacts together.
    """

    finding: str
    through: tuple[str, ...]
    basis: Basis
    confidence: Decimal
    because: str
    shared: str | None

    @property
    def sure(self) -> str:
        """Who says it, and how sure that is."""
        return name_basis(self.basis, self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A node with all that the details of it say.

    `key` names it inside its case study ("finding/a") and stands in addresses. `sentence` says
    what the document states of an impact, and `influences` what else joins findings to it.
    """

    key: str
    iri: str
    kind: Kind
    name: str
    notation: str | None
    label: str
    description: str | None = None
    sentence: str | None = None
    influences: tuple[Influence, ...] = ()
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
    def sourced(self) -> bool:
        """Whether the document or a person names a source for it."""
        return any(
            link.step is Step.CORROBORATED_BY and link.basis is not Basis.INFERRED
            for link in self.outgoing
        )

    @property
    def unsourced(self) -> tuple[NodeView, ...]:
        """The claims in it that have no source, or only a probable one."""
        return tuple(claim for claim in self.claims if not claim.sourced)

    @property
    def source_gap(self) -> GapView | None:
        """The gap that a missing source is."""
        return next((gap for gap in self.gaps if gap.kind.startswith("uncorroborated")), None)

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
    """A case study in a list of case studies.

    `stale_since` is the time, as XML Schema writes it, since when what is derived from it no longer
    follows; None where it does.
    """

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
    stale_since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """How many chains join a finding and an impact, and how sure the strongest one is."""

    impact: str
    chain_count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """An impact, with how many sources it has and how many of its claims have none.

    Claims in which a person read no change are not counted.
    """

    key: str
    name: str
    label: str
    sources: int
    claims: int
    unsourced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A finding, with a cell for each impact."""

    key: str
    name: str
    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """Findings against impacts; `remark` says why cells come out alike, where they do.

    `counted` says which claims are counted, where not all are.
    """

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    counted: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyView:
    """A case study's page, under one basis.

    `hidden` counts the links between cards that the basis leaves out; `sourced` the claims with a
    source, at each level; `counted` all links, by basis. `probable_sources` are the sources that
    programs inferred for claims, `probable_links` what they inferred between cards.
    """

    summary: CaseStudySummary
    basis: Basis
    default_basis: Basis
    headline: Headline
    hidden: Mapping[Basis, int]
    research: NodeView | None
    stages: Mapping[Stage, tuple[NodeView, ...]]
    gaps: tuple[GapView, ...]
    matrix: MatrixView
    sourced: Mapping[Basis, int]
    counted: Mapping[Basis, int]
    probable_sources: int
    probable_links: int
    layout: Layout

    @property
    def nodes(self) -> tuple[NodeView, ...]:
        """The nodes of the five stages, in order."""
        return tuple(node for nodes in self.stages.values() for node in nodes)

    @property
    def grave_gaps(self) -> tuple[GapView, ...]:
        """The gaps of more than low severity."""
        return tuple(gap for gap in self.gaps if gap.grave)

    @property
    def slight_gaps(self) -> tuple[GapView, ...]:
        """The gaps of low severity, and notes."""
        return tuple(gap for gap in self.gaps if not gap.grave)
