"""The gaps of a case study by severity and kind, as the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impactgraph.gaps import KINDS, Gap, Severity, find_gaps
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis
from impactgraph.views.case_study import view_passages
from impactgraph.views.overview import describe_absence
from impactgraph.views.places import Place, view_places
from impactgraph.views.values import Passage
from impactgraph.wording import capitalise

__all__ = [
    "GapEntry",
    "GapGroup",
    "GapKindCount",
    "GapList",
    "list_gaps",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapEntry:
    """A gap with the nodes and the passages where it lies; `members` are those that it gathers."""

    severity: str
    reason: str
    remedy: str
    lacking: str
    hints: tuple[str, ...]
    places: tuple[Place, ...]
    passages: tuple[Passage, ...]
    members: tuple[GapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """The gaps of one severity and kind; `concept` is the kind's local name in the ontology."""

    severity: str
    kind: str
    title: str
    meaning: str
    concept: str
    gaps: tuple[GapEntry, ...]

    @property
    def remedy(self) -> str:
        """What mends each of them, where it is the same for all."""
        return _shared([gap.remedy for gap in self.gaps])

    @property
    def lacking(self) -> str:
        """Who lacks what they lack, where it is the same for all."""
        return _shared([gap.lacking for gap in self.gaps])


@dataclass(frozen=True, slots=True, kw_only=True)
class GapKindCount:
    """A kind of gap, and how many of it there are; None where it was not looked for."""

    kind: str
    title: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapList:
    """The gaps that were asked for, the gravest first, and how many there are of all.

    `severities` count all gaps, `kinds` has every kind there is, whatever was asked for.
    """

    groups: tuple[GapGroup, ...]
    severities: tuple[tuple[str, int], ...]
    kinds: tuple[GapKindCount, ...]

    @property
    def shown(self) -> int:
        """How many gaps are listed."""
        return sum(len(group.gaps) for group in self.groups)


def list_gaps(
    graph: CaseGraph, *, basis: Basis, kind: str | None = None, severity: Severity | None = None
) -> GapList:
    """Return the gaps of a case study, grouped.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        kind: the id of the only kind to list; it may be one that is not on by default.
        severity: the only severity to list.

    Raises:
        NotFoundError: there is no such kind.
    """
    usual = find_gaps(graph, basis=basis)
    found = usual if kind is None else find_gaps(graph, basis=basis, kinds=[kind])
    listed = [gap for gap in found if severity in (None, gap.severity)]
    counts = Counter(gap.kind for gap in usual)
    severities = Counter(gap.severity for gap in usual)
    return GapList(
        groups=tuple(_group(listed, graph)),
        severities=tuple((level.value, severities[level]) for level in Severity),
        kinds=tuple(
            GapKindCount(
                kind=known.id,
                title=known.title,
                count=counts[known.id] if known.default_on else None,
            )
            for known in KINDS.values()
        ),
    )


def _shared(texts: Sequence[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else ""


def _group(gaps: Sequence[Gap], graph: CaseGraph) -> Iterator[GapGroup]:
    by_kind: dict[tuple[Severity, str], list[Gap]] = {}
    for gap in gaps:
        by_kind.setdefault((gap.severity, gap.kind), []).append(gap)
    for (severity, kind), some in by_kind.items():
        known = KINDS[kind]
        yield GapGroup(
            severity=severity.value,
            kind=kind,
            title=known.title,
            meaning=f"{capitalise(known.meaning)}.",
            concept=known.concept,
            gaps=tuple(_enter(gap, graph) for gap in some),
        )


def _enter(gap: Gap, graph: CaseGraph) -> GapEntry:
    return GapEntry(
        severity=gap.severity.value,
        reason=gap.reason,
        remedy=gap.remedy,
        lacking=describe_absence(gap.absence),
        hints=gap.hints,
        places=view_places(gap.nodes, graph),
        passages=view_passages(gap.places),
        members=tuple(_enter(member, graph) for member in gap.members),
    )
