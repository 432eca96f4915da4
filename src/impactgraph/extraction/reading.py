"""What the rules of extraction find in a document, before it becomes a case study's graph.

Every value points to its place by a `Span` of the document's `PlainText`. Outputs and sources are
referred to by their position in the lists of section 3 and section 5, counted from 1, as readers
do; so a rule never needs to know an IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from impactgraph.documents import PlainText, Span
from impactgraph.model import Maturity, OutputType, SourceType

__all__ = [
    "Citation",
    "ClaimPassage",
    "Entry",
    "FigureMention",
    "FindingPassage",
    "GrantMention",
    "ImpactPassage",
    "Name",
    "OutputEntry",
    "PathwayPassage",
    "QuotationPassage",
    "Reading",
    "SourceEntry",
    "Target",
    "TargetKind",
    "Warning",
    "WarningKind",
]


class WarningKind(StrEnum):
    """What could not be read surely."""

    MARK_UNRESOLVED = "mark-unresolved"
    MARK_AMBIGUOUS = "mark-ambiguous"
    LABEL_LOST = "label-lost"
    LABEL_REPEATED = "label-repeated"
    NO_OUTPUTS = "no-outputs"
    NO_SOURCES = "no-sources"
    NO_FINDINGS = "no-findings"
    NO_PATHWAYS = "no-pathways"
    NO_IMPACTS = "no-impacts"
    TEXT_REMOVED = "text-removed"


@dataclass(frozen=True, slots=True)
class Warning:
    """What could not be read surely, where, and in words what was made of it."""

    kind: WarningKind
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list in section 3 or 5.

    `label` is its label as printed or as the text cites it, without brackets and stops ("R1", "3",
    "5.1", "A"), None where it has none; `lost` says that the document does not print it (its list
    shows "1." for every item) and that it was counted from the order. `sublabels` are those of
    parts that are no entries of their own ("3a", "3b").
    """

    span: Span
    label: str | None
    lost: bool = False
    sublabels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as printed, and its family name."""

    span: Span
    printed: str
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputEntry:
    """A research output that section 3 lists. `doi` is its own, bare and in lower case."""

    entry: Entry
    output_type: OutputType
    authors: tuple[Name, ...] = ()
    year: str | None = None
    title: Span | None = None
    venue: Span | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    page_start: str | None = None
    page_end: str | None = None
    doi: str | None = None
    isbn: str | None = None
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantMention:
    """An award to the research that section 2 or 3 states. `currency` is an ISO 4217 code."""

    span: Span
    funder: str | None = None
    number: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    title: str | None = None
    recipient: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source that section 5 lists.

    `speaker` is who testifies (a name, or a post where it gives no name), `publisher` the
    organisation that issued it, `date` as exactly as known (YYYY, YYYY-MM, YYYY-MM-DD).
    """

    entry: Entry
    source_type: SourceType
    title: Span | None = None
    speaker: Span | None = None
    publisher: Span | None = None
    date: str | None = None
    locator: str | None = None
    addresses: tuple[str, ...] = ()


class TargetKind(StrEnum):
    """What a citation points to."""

    OUTPUT = "output"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """An output or a source by its position (1 for the first) in its list."""

    kind: TargetKind
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A mark in sections 1, 2 or 4 that points to outputs or sources, such as "[3, S1-S3; p. 4]".

    `span` is the mark with its brackets; `targets` in the order of the mark, each once;
    `unresolved` are the parts of it that point to nothing listed; `pages` what it says of where to
    look; `on_heading` whether it stands on a heading and so on all that follows.
    """

    span: Span
    section: str
    targets: tuple[Target, ...]
    unresolved: tuple[str, ...] = ()
    pages: str | None = None
    on_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPassage:
    """A passage of section 2 that says what the research found, and the outputs it cites."""

    span: Span
    label: str | None = None
    outputs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayPassage:
    """A passage of section 2 or 4 that tells how the research reached people."""

    span: Span
    section: str
    label: str | None = None
    outputs: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMention:
    """A number that the text gives: what is counted, its value or bounds, unit or currency."""

    span: Span
    counted: Span | None = None
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationPassage:
    """Words in quotation marks that somebody said: in which sources, if marked."""

    span: Span
    speaker: Span | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPassage:
    """One checkable sentence of an impact.

    `outputs` and `sources` are marked in the sentence itself; `nearby_sources` by paragraph scope
    (marked further down in the paragraph, with no other mark between), so only inferred.
    """

    span: Span
    outputs: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    nearby_sources: tuple[int, ...] = ()
    maturity: Maturity | None = None
    figures: tuple[FigureMention, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPassage:
    """A part of section 4 that claims one change; `heading` is its heading's words, if any.

    `outputs` and `sources` are all that are marked in it, its heading's marks included.
    """

    span: Span
    heading: Span | None = None
    title: str = ""
    label: str | None = None
    outputs: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    heading_sources: tuple[int, ...] = ()
    heading_outputs: tuple[int, ...] = ()
    claims: tuple[ClaimPassage, ...] = ()
    quotations: tuple[QuotationPassage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the rules found in one document, each list in the order of the text."""

    plain: PlainText
    outputs: tuple[OutputEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    grants: tuple[GrantMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[FindingPassage, ...] = ()
    pathways: tuple[PathwayPassage, ...] = ()
    impacts: tuple[ImpactPassage, ...] = ()
    warnings: tuple[Warning, ...] = ()
