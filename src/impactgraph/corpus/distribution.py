"""How what is found in many case studies is distributed, over all and by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.corpus.analysis import CaseStudyAnalysis
from impactgraph.identity import natural_key
from impactgraph.model import Basis

__all__ = ["Distribution", "Grouping", "distribute"]


class Grouping(StrEnum):
    """What case studies are put together by. One with several impact types is in several groups."""

    UNIT = "unit"
    INSTITUTION = "institution"
    IMPACT_TYPE = "impact-type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What is found in a group of case studies.

    `with_gap` says for each kind of gap how many of the case studies have at least one, `gaps` how
    many there are in all. `reached` says by level of basis how many of the `impacts` a chain leads
    to from a finding or output. The other numbers are sums of those of `CaseStudyAnalysis`.
    """

    group: str
    case_studies: int
    impacts: int
    claims: int
    sourced_claims: int
    reached: Mapping[Basis, int]
    one_party: int
    no_outsider: int
    single_points: int
    with_gap: Mapping[str, int]
    gaps: Mapping[str, int]

    def share_reached(self, basis: Basis) -> float | None:
        """Return the share of impacts that are reached at a level; None where there is none."""
        return self.reached[basis] / self.impacts if self.impacts else None


def distribute(
    analyses: Iterable[CaseStudyAnalysis], *, by: Grouping | None = None
) -> tuple[Distribution, ...]:
    """Return the distribution over all case studies, then, where asked for, those by group.

    Args:
        analyses: one for each case study; they are looked at once and not kept.
        by: what groups are made of; those that say nothing of it form a group "not given".
    """
    totals: dict[str, _Total] = defaultdict(_Total)
    everything = _Total()
    for analysis in analyses:
        everything.add(analysis)
        for group in _groups_of(analysis, by) if by else ():
            totals[group].add(analysis)
    return (
        everything.close("all"),
        *(totals[group].close(group) for group in sorted(totals, key=_group_key)),
    )


class _Total:
    def __init__(self) -> None:
        self.numbers: Counter[str] = Counter()
        self.reached: Counter[Basis] = Counter()
        self.with_gap: Counter[str] = Counter()
        self.gaps: Counter[str] = Counter()

    def add(self, analysis: CaseStudyAnalysis) -> None:
        self.numbers["case_studies"] += 1
        for name in _SUMMED:
            self.numbers[name] += getattr(analysis, name)
        self.reached.update(analysis.reached)
        self.with_gap.update(analysis.gaps.keys())
        self.gaps.update(analysis.gaps)

    def close(self, group: str) -> Distribution:
        return Distribution(
            group=group,
            case_studies=self.numbers["case_studies"],
            reached={basis: self.reached[basis] for basis in Basis},
            with_gap=dict(sorted(self.with_gap.items())),
            gaps=dict(sorted(self.gaps.items())),
            **{name: self.numbers[name] for name in _SUMMED},
        )


_SUMMED = ("impacts", "claims", "sourced_claims", "one_party", "no_outsider", "single_points")


def _groups_of(analysis: CaseStudyAnalysis, by: Grouping) -> tuple[str, ...]:
    found: dict[Grouping, tuple[str | None, ...]] = {
        Grouping.UNIT: (analysis.unit_of_assessment,),
        Grouping.INSTITUTION: (analysis.institution,),
        Grouping.IMPACT_TYPE: tuple(kind.value for kind in analysis.impact_types),
    }
    return tuple(group for group in found[by] if group) or ("not given",)


def _group_key(group: str) -> tuple[bool, object]:
    return group == "not given", natural_key(group)
