"""The shapes of the JSON answers, for the OpenAPI description; the values are records of views."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from impactgraph.gaps import KINDS, Absence, Severity
from impactgraph.graph import Kind
from impactgraph.model import Basis, Stage, Step

__all__ = [
    "CaseStudies",
    "CaseStudy",
    "Chains",
    "GapKindId",
    "Gaps",
    "Graph",
    "Health",
    "KeptCaseStudy",
    "Matrix",
    "Problem",
    "Underpinnings",
]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class Health(_Answer):
    """Whether the service answers, and from what."""

    status: str
    version: str
    generation: int
    case_studies: int


class KeptCaseStudy(_Answer):
    """The case study of a document that was kept; `warnings` counts what was not read surely."""

    slug: str
    iri: str
    triples: int
    warnings: dict[str, int]


class Anchor(_Answer):
    """A place in the document: code points from `start`, `end` excluded, and a short quote."""

    section: str
    start: int
    end: int
    quote: str


class ShortNode(_Answer):
    """A node, named."""

    iri: str
    kind: Kind
    notation: str | None
    label: str


class Node(ShortNode):
    """A node with its places; `claim_of` is the impact that a claim belongs to."""

    claim_of: str | None
    anchors: list[Anchor]


class Link(_Answer):
    """One step between two nodes: who says so, how surely, why and where."""

    iri: str
    origin: str = Field(alias="from")
    step: Step
    target: str = Field(alias="to")
    basis: Basis
    collective: bool
    confidence: float
    rationale: str
    method: str | None
    anchors: list[Anchor]


class Headline(_Answer):
    """The numbers that sum a case study up."""

    sentence: str
    impacts: int
    reached_stated: int
    reached_curated: int
    credited: int
    claims: int
    sourced: int
    covered: int
    stops: str | None


class CaseStudy(_Answer):
    """A case study: whose it is, when the work was done, and how many nodes it has.

    `stale_since` says since when its derived graph no longer follows from it; null where it does.
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
    counts: dict[Stage, int]
    claims: int
    stale_since: str | None
    default_basis: Basis
    headline: Headline
    gaps: dict[Severity, int]


class CaseStudies(_Answer):
    """A page of all case studies, by title."""

    case_studies: list[CaseStudy]
    total: int
    page: int
    pages: int


class Graph(_Answer):
    """The nodes of a case study, and the links that count at the level `basis`."""

    case_study: str
    slug: str
    basis: Basis
    nodes: list[Node]
    links: list[Link]


class Witness(_Answer):
    """A party that attests every step of a chain after its output."""

    iri: str
    name: str


class Chain(_Answer):
    """A path through the stages; `basis`, `confidence` and `weakest_link` tell its strength."""

    sentence: str
    start: Stage
    stop: Stage
    skipped: list[Stage]
    reaching: bool
    complete: bool
    basis: Basis
    collective: bool
    confidence: float
    weakest_link: str
    nodes: list[ShortNode]
    links: list[Link]
    witnesses: list[Witness]


class Chains(_Answer):
    """Chains, strongest first; `total` is how many there are where only some are returned."""

    case_study: str
    basis: Basis
    total: int | None
    truncated: bool
    chains: list[Chain]


GapKindId = Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})]
"""The id of a kind of gap."""


class Gap(_Answer):
    """Something that an evidenced chain needs and the graph lacks.

    `about` are the IRIs of other things than nodes that it is at, `members` the single gaps that
    a gap of the whole case study gathers.
    """

    kind: GapKindId
    severity: Severity
    basis: Basis
    nodes: list[ShortNode]
    about: list[str]
    places: list[Anchor]
    reason: str
    remedy: str
    absence: Absence
    probable: list[Link]
    members: list[Gap]


class Gaps(_Answer):
    """The gaps of a case study, the most severe first."""

    case_study: str
    basis: Basis
    gaps: list[Gap]


class Suggestion(_Answer):
    """What probably underpins an impact; `kept` says whether the graph has the link."""

    link: str
    origin: ShortNode = Field(alias="from")
    confidence: float
    because: str
    kept: bool


class SuggestedFor(_Answer):
    """What probably underpins one impact, surest first; nothing, where nothing is sure enough."""

    impact: ShortNode
    suggestions: list[Suggestion]


class Suggestions(_Answer):
    """What a program suggests for each impact, and the document does not state."""

    case_study: str
    basis: Literal["inferred"]
    impacts: list[SuggestedFor]


class Cell(_Answer):
    """How many chains join a finding and an impact, and how strong the strongest is."""

    finding: str
    impact: str
    chain_count: int
    weakest_link: str | None
    basis: Basis | None
    confidence: float | None
    collective: bool


class Matrix(_Answer):
    """Findings against impacts; `remark` says why cells come out alike, where they do."""

    case_study: str
    basis: Basis
    findings: list[ShortNode]
    impacts: list[ShortNode]
    cells: list[list[Cell]]
    remark: str | None


class Underpinning(_Answer):
    """That a finding underpins an impact, by how many chains, and the strongest of them."""

    finding: ShortNode
    impact: ShortNode
    basis: Basis
    chain_count: int
    weakest_link: Link
    collective: bool
    through: list[ShortNode]


class Support(_Answer):
    """A node beside the one that is explained, and the link between the two."""

    node: ShortNode
    link: Link


class ExplainedImpact(_Answer):
    """What an impact rests on, as data and as a sentence."""

    impact: ShortNode
    basis: Basis
    sentence: str
    credits: list[Link]
    findings: list[Underpinning]
    steps: list[Support]
    evidence: list[Support]


class ExplainedFinding(_Answer):
    """What a finding leads to, as data and as a sentence."""

    finding: ShortNode
    basis: Basis
    sentence: str
    outputs: list[Support]
    impacts: list[Underpinning]


class Underpinnings(_Answer):
    """Which findings underpin which impacts."""

    case_study: str
    basis: Basis
    headline: Headline
    impacts: list[ExplainedImpact]
    findings: list[ExplainedFinding]
