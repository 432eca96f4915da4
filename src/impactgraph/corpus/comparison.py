"""One case study beside the others of its unit of assessment: how common what it lacks is there.

It says how usual a gap is, never how good a case study is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from impactgraph.corpus.analysis import CaseStudyAnalysis

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A kind of gap in one case study and in the others of its unit.

    `own` counts the case study's own gaps of the kind, `others_with` how many of the `others` have
    at least one.
    """

    kind: str
    own: int
    others_with: int
    others: int

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        has = f"has {self.own}" if self.own else "has none"
        have = "has" if self.others_with == 1 else "have"
        return (
            f"{self.kind}: this case study {has}; {self.others_with} of the {self.others} others "
            f"of its unit {have} at least one."
        )


def compare(
    case_study: CaseStudyAnalysis, others: Iterable[CaseStudyAnalysis]
) -> tuple[Comparison, ...]:
    """Return, for each kind of gap that any of them has, how usual it is, the most usual first.

    Args:
        case_study: the one that is compared.
        others: any analyses; those of another unit of assessment, and its own, are passed over.
    """
    number = 0
    having: dict[str, int] = dict.fromkeys(case_study.gaps, 0)
    for other in others:
        if other.iri == case_study.iri or other.unit_of_assessment != case_study.unit_of_assessment:
            continue
        number += 1
        for kind in other.gaps:
            having[kind] = having.get(kind, 0) + 1
    return tuple(
        Comparison(kind=kind, own=case_study.gaps.get(kind, 0), others_with=count, others=number)
        for kind, count in sorted(having.items(), key=lambda item: (-item[1], item[0]))
    )
