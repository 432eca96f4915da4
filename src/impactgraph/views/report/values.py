"""What a report says, as plain values: every format shows the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from impactgraph.gaps import Gap
from impactgraph.graph import CaseGraph, GraphNode
from impactgraph.headline import Headline
from impactgraph.matrix import Matrix
from impactgraph.model import Basis
from impactgraph.remedies import Need, Remedies, SourceUse
from impactgraph.robustness import Robustness
from impactgraph.threads import Thread
from impactgraph.views.quotes import Passage
from impactgraph.wording import capitalise, count_of

__all__ = [
    "ChainRow",
    "EvidenceRow",
    "GapGroup",
    "ImpactRow",
    "Question",
    "Report",
    "SourceRow",
    "Statement",
]

_MOST_REMEDIES = 4
"""How many remedies of like gaps are said one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that the summary says, and the reasons for it."""

    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asks the document: the note, and what it is about."""

    about: str
    text: str
    places: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """An impact: what the document says it rests on, who speaks for it, what it would need."""

    impact: GraphNode
    said: str
    corroboration: str
    need: Need
    places: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """A chain up to the impact, and the sources behind it; `witnesses` attest all of it."""

    path: str
    sentence: str
    weakest: str
    skips: str
    reaching: bool
    sources: str
    witnesses: str
    places: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """The gaps of one kind and severity."""

    severity: str
    kind: str
    title: str
    meaning: str
    gaps: tuple[Gap, ...]

    @property
    def remedies(self) -> tuple[str, ...]:
        """What to do about them, each once; of many the first, and that it goes for the others."""
        remedies = tuple(dict.fromkeys(gap.remedy for gap in self.gaps))
        if len(remedies) > _MOST_REMEDIES:
            return (f"{remedies[0]} Likewise for the others.",)
        return remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A claim and a source of it: who says that it is one, and where; no source where it has none.

    `attestation` says how well that source alone evidences the claim.
    """

    impact: str
    claim: str
    source: str
    basis: str
    attestation: str
    section: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source: what it is, who speaks for it with which part, and what it is needed for."""

    source: GraphNode
    type: str
    date: str
    parties: str
    part: str
    use: SourceUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of a case study, made from `graph` at a level; `document` names the text read."""

    graph: CaseGraph = field(repr=False)
    case_study: str
    slug: str
    title: str
    about: tuple[tuple[str, str], ...]
    document: str
    basis: Basis
    level: str
    headline: Headline
    summary: tuple[Statement, ...]
    matrix: Matrix
    impacts: tuple[ImpactRow, ...]
    chains: tuple[ChainRow, ...]
    chain_total: int
    threads: tuple[Thread, ...]
    robustness: Robustness
    gaps: tuple[GapGroup, ...]
    remedies: Remedies
    evidence: tuple[EvidenceRow, ...]
    sources: tuple[SourceRow, ...]
    questions: tuple[Question, ...]
    method: tuple[Statement, ...]

    @property
    def chain_words(self) -> str:
        """How many chains there are, and how many of them are listed."""
        if not self.chain_total:
            return "There is no chain."
        said = f"{count_of(self.chain_total, 'chain')}, strongest first"
        if self.chain_total > len(self.chains):
            said += f"; the first {len(self.chains)} are listed"
        return f"{capitalise(said)}. A chain that no step leads on from stops where it stands."
