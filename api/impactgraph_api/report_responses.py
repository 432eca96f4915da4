"""The shape of a report as JSON, for the OpenAPI description."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from impactgraph.gaps import Severity
from impactgraph.model import Basis
from impactgraph_api.evidence_responses import Measures, Need, RemedyList, SourceUse, Thread
from impactgraph_api.responses import Anchor, Cell, Gap, Headline, ShortNode

__all__ = ["Report"]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class About(_Answer):
    """A term and its value, such as the institution."""

    term: str
    value: str


class Statement(_Answer):
    """One thing that the report says, and the reasons for it."""

    text: str
    reasons: list[str]


class ReportMatrix(_Answer):
    """Findings against impacts."""

    findings: list[ShortNode]
    impacts: list[ShortNode]
    cells: list[list[Cell]]
    remark: str | None


class ReportImpact(_Answer):
    """What the document says that an impact rests on, who speaks for it, what it would need."""

    impact: ShortNode
    claimed: str
    speaking: str
    unmarked: str
    strengthening: str
    said: str
    corroboration: str
    need: Need
    places: list[Anchor]


class Rung(_Answer):
    """The impacts that share one place from the weakest evidence to the strongest, and why."""

    impacts: list[ShortNode]
    reasons: list[str]


class ReportChain(_Answer):
    """A chain up to its impact, and the sources behind that."""

    path: str
    sentence: str
    weakest: str
    skips: str
    reaching: bool
    sources: str
    witnesses: str
    places: list[Anchor]


class GapGroup(_Answer):
    """The gaps of one kind and severity."""

    severity: Severity
    kind: str
    title: str
    meaning: str
    gaps: list[Gap]


class Evidence(_Answer):
    """A claim or pathway and a source of it; no source where it has none."""

    of: str
    claim: str
    changes: bool
    source: str | None
    basis: str | None
    attestation: str
    section: str | None
    quote: str


class ReportSource(SourceUse):
    """A source: what it is, who speaks for it with which part, and what it is needed for."""

    type: str
    date: str | None
    parties: str
    part: str


class Question(_Answer):
    """What a reader asks the document."""

    title: str
    pressing: bool
    about: str
    text: str
    places: list[Anchor]


class Report(RemedyList):
    """All that the report of a case study says, but for its picture."""

    case_study: str
    slug: str
    title: str
    about: list[About]
    document: str
    basis: Basis
    headline: Headline
    summary: list[Statement]
    matrix: ReportMatrix
    impacts: list[ReportImpact]
    from_the_weakest: list[Rung]
    robustness: Measures
    chain_count: int
    chains: list[ReportChain]
    threads: list[Thread]
    gaps: list[GapGroup]
    advice: list[str]
    tidying: list[str]
    evidence: list[Evidence]
    sources: list[ReportSource]
    questions: list[Question]
    method: list[Statement]
