"""The kinds of gap, and the one function that looks for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from impactgraph.errors import NotFoundError
from impactgraph.gaps.continuity import CONTINUITY_KINDS
from impactgraph.gaps.corroboration import CORROBORATION_KINDS
from impactgraph.gaps.cuts import CUT_KINDS
from impactgraph.gaps.description import DESCRIPTION_KINDS
from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.figures import FIGURE_KINDS
from impactgraph.gaps.gap import Gap
from impactgraph.gaps.gathering import GATHERING_KINDS
from impactgraph.gaps.kind import GapKind
from impactgraph.gaps.marking import MARKING_KINDS
from impactgraph.gaps.summaries import SUMMARY_KINDS
from impactgraph.gaps.temporal import TEMPORAL_KINDS
from impactgraph.gaps.testimony import TESTIMONY_KINDS
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis

__all__ = ["KINDS", "GapKind", "find_gaps"]

_FAMILIES = (
    GATHERING_KINDS,
    CONTINUITY_KINDS,
    CORROBORATION_KINDS,
    TESTIMONY_KINDS,
    MARKING_KINDS,
    DESCRIPTION_KINDS,
    SUMMARY_KINDS,
    TEMPORAL_KINDS,
    FIGURE_KINDS,
    CUT_KINDS,
)

KINDS = MappingProxyType({kind.id: kind for family in _FAMILIES for kind in family})
"""Every kind of gap by its id; all but the `unqueried` have a query ontology/gaps/<id>.rq."""


def find_gaps(
    graph: CaseGraph, *, basis: Basis, kinds: Iterable[str] | None = None
) -> tuple[Gap, ...]:
    """Return the gaps of a case study under a basis, the most severe first.

    An inferred link closes no gap and opens none. Under inferred the gaps are those of curated,
    and each names the inferred links that would close it. What a gap of the whole case study
    gathers stands in its `members`, and is not listed again beside it.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        kinds: ids of the kinds to look for; those that are on by default where it is None.

    Raises:
        NotFoundError: there is no such kind.
    """
    chosen = {kind.id for kind in KINDS.values() if kind.default_on}
    if kinds is not None:
        chosen = set(kinds)
        for unknown in sorted(chosen - KINDS.keys()):
            raise NotFoundError(
                f"there is no kind of gap {unknown!r}; there are {', '.join(KINDS)}"
            )
    evidence = Evidence(graph, basis)
    found = [
        gap for kind in KINDS.values() if kind.id in chosen for gap in evidence.found(kind.find)
    ]
    gathered = {(member.kind, member.at) for gap in found for member in gap.members}
    return tuple(
        sorted(
            (gap for gap in found if (gap.kind, gap.at) not in gathered),
            key=lambda gap: gap.severity.rank,
        )
    )
