"""What a report says, as plain values: every format shows the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from impactgraph.gaps import Gap
from impactgraph.graph import CaseGraph, GraphNode
from impactgraph.headline import Headline
from impactgraph.matrix import Matrix
from impactgraph.model import Basis
from impactgraph.remedies import Need, Remedies, SourceUse, count_claims, say_counted
from impactgraph.robustness import Robustness, Rung
from impactgraph.threads import Thread
from impactgraph.views.quotes import Passage
from impactgraph.views.report.advice import CAUTION
from impactgraph.wording import capitalise, count_of

__all__ = [
    "ChainRow",
    "EvidenceRow",
    "GapGroup",
    "ImpactRow",
    "Paragraph",
    "Question",
    "Report",
    "SourceRow",
    "Statement",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that the summary says, and the reasons for it."""

    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asks the document: the note, its title, and what it is about.

    `pressing` says whether it bears on an impact, a claim or whoever speaks for a source, or its
    title asks something of a source; the first page has these.
    """

    title: str
    pressing: bool
    about: str
    text: str
    places: tuple[Passage, ...] = ()

    @property
    def headline(self) -> str:
        """Its title as the start of a line."""
        return self.title if self.title.endswith("?") else f"{self.title}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What the first page says of an impact, by what the document states.

    `unmarked` is empty where the impact has no claim; `counted` is how many claims it has in
    which something changed.
    """

    claimed: tuple[str, ...]
    counted: int
    voices: tuple[str, ...]
    unmarked: str
    strengthening: tuple[str, ...]

    @property
    def speaking(self) -> str:
        """Who speaks for the impact, in a line."""
        return " ".join(self.voices)

    @property
    def claimed_words(self) -> str:
        """What the claims that it names are: all of them, or the chief ones."""
        some = len(self.claimed) < self.counted
        return f"Chief claims ({len(self.claimed)} of {self.counted})" if some else "Claimed"

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each thing said, with what it answers, a line each."""
        said = (
            (self.claimed_words, self.claimed),
            ("Who speaks for it", self.voices),
            ("Sources", (self.unmarked,) if self.unmarked else ()),
            ("What would strengthen it", self.strengthening),
        )
        return tuple((term, lines) for term, lines in said if lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """An impact: its paragraph on the first page, and the same at the report's basis."""

    impact: GraphNode
    paragraph: Paragraph
    said: str
    corroboration: str
    need: Need
    places: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """A chain up to the impact, and the sources behind it; `witnesses` attest all of it.

    `together` says whether its last step is said of several things together.
    """

    nodes: tuple[GraphNode, ...]
    together: bool
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A claim and a source of it: who says that it is one, and where; no source where it has none.

    `attestation` says how well that source alone evidences the claim; `changes` is
    false of one in which a person read no change. `meant` are the sources that do not stand in its
    passage and are probably or possibly meant there, at whatever basis.
    """

    impact: str
    claim: str
    source: str
    basis: str
    attestation: str
    section: str
    quote: str
    changes: bool = True
    meant: str = ""


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
    ranking: tuple[Rung, ...]
    chains: tuple[ChainRow, ...]
    chain_total: int
    threads: tuple[Thread, ...]
    robustness: Robustness
    gaps: tuple[GapGroup, ...]
    remedies: Remedies
    advice: tuple[str, ...]
    tidying: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    sources: tuple[SourceRow, ...]
    questions: tuple[Question, ...]
    method: tuple[Statement, ...]

    @property
    def pressing(self) -> tuple[Question, ...]:
        """The questions of the first page, those that a source raises first."""
        return tuple(asked for asked in self.questions if asked.pressing)

    @property
    def oddities(self) -> tuple[Question, ...]:
        """The questions that are left for the annex."""
        return tuple(asked for asked in self.questions if not asked.pressing)

    @property
    def unchanging(self) -> str:
        """The claims that the first page leaves out, in a line; nothing where there is none."""
        claims = dict.fromkeys(row.claim for row in self.evidence if not row.changes)
        if not claims:
            return ""
        return (
            "Left out of the table, as an analyst reads no change in them (what was so before, an "
            f"aim, an opinion, or what the research itself made): {'; '.join(claims)}."
        )

    @property
    def counted(self) -> str:
        """Which claims are counted of each impact; nothing where all are."""
        return say_counted(count_claims(self.graph, basis=self.basis).values())

    @property
    def caution(self) -> str:
        """What no new source shows by itself; nothing where none is advised."""
        return CAUTION if self.advice else ""

    @property
    def chain_words(self) -> str:
        """How many chains there are, and how many of them are listed."""
        if not self.chain_total:
            return "There is no chain."
        said = f"{count_of(self.chain_total, 'chain')}, strongest first, those alike in one row"
        if self.chain_total > len(self.chains):
            said += f"; the first {len(self.chains)} are listed"
        return f"{capitalise(said)}."
