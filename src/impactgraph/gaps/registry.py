"""The kinds of gap, and the one function that looks for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from impactgraph.errors import NotFoundError
from impactgraph.gaps.continuity import (
    find_nothing_after,
    find_nothing_before,
    find_stage_skipped,
)
from impactgraph.gaps.corroboration import (
    find_source_unused,
    find_uncorroborated_claims,
    find_uncorroborated_impacts,
    find_uncorroborated_pathways,
)
from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis

__all__ = ["KINDS", "GapKind", "find_gaps"]


@dataclass(frozen=True, slots=True)
class GapKind:
    """One kind of gap: its id, what it means, and how it is found in a networkx graph."""

    id: str
    meaning: str
    find: Callable[[Evidence], Iterable[Gap]]

    @property
    def query(self) -> str:
        """The name of the query that finds the same nodes in a store."""
        return f"gaps/{self.id}"


_ALL = (
    GapKind(
        "nothing-before",
        "no step of influence leads to an output, pathway or impact",
        find_nothing_before,
    ),
    GapKind(
        "nothing-after",
        "no step of influence leads on from a finding, output or pathway",
        find_nothing_after,
    ),
    GapKind(
        "stage-skipped",
        "a step of influence joins two nodes past a stage between them",
        find_stage_skipped,
    ),
    GapKind("uncorroborated-impact", "an impact has no source", find_uncorroborated_impacts),
    GapKind("uncorroborated-claim", "a claim has no source", find_uncorroborated_claims),
    GapKind("uncorroborated-pathway", "a pathway has no source", find_uncorroborated_pathways),
    GapKind("source-unused", "a source corroborates nothing", find_source_unused),
)

KINDS = MappingProxyType({kind.id: kind for kind in _ALL})
"""Every kind of gap by its id; each has a query ontology/gaps/<id>.rq that finds the same."""


def find_gaps(
    graph: CaseGraph, *, basis: Basis, kinds: Iterable[str] | None = None
) -> tuple[Gap, ...]:
    """Return the gaps of a case study under a basis, the most severe first.

    An inferred link closes no gap and opens none. Under inferred the gaps are those of curated,
    and each names the inferred links that would close it.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        kinds: ids of the kinds to look for; all where it is None.

    Raises:
        NotFoundError: there is no such kind.
    """
    chosen = list(KINDS if kinds is None else kinds)
    unknown = [kind for kind in chosen if kind not in KINDS]
    if unknown:
        raise NotFoundError(f"there is no kind of gap {unknown[0]!r}; there are {', '.join(KINDS)}")
    evidence = Evidence(graph, basis)
    found = [gap for kind in KINDS if kind in chosen for gap in KINDS[kind].find(evidence)]
    return tuple(sorted(found, key=lambda gap: gap.severity.rank))
