"""What could be done about the gaps of a case study: the candidates among which remedies are."""

from __future__ import annotations

from impactgraph.graph import CaseGraph
from impactgraph.model import Basis
from impactgraph.remedies.candidate import Candidate, Surroundings
from impactgraph.remedies.citing import cite_outputs, mark_again, name_before_pathways
from impactgraph.remedies.obtaining import (
    ask_anybody,
    ask_holders,
    ask_outside,
    show_pathways,
)

__all__ = ["list_candidates"]


def list_candidates(graph: CaseGraph, basis: Basis) -> tuple[Candidate, ...]:
    """Return what could be done about gaps at a level, what improves most first.

    Args:
        graph: a case study's graph.
        basis: the level: stated or curated.
    """
    seen = Surroundings(graph, basis)
    return (
        *ask_holders(seen),
        *ask_outside(seen),
        *ask_anybody(seen),
        *show_pathways(seen),
        *cite_outputs(seen),
        *name_before_pathways(seen),
        *mark_again(seen),
    )
