"""All measures of robustness of a case study at once, which share what they look at."""

from __future__ import annotations

from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis
from impactgraph.robustness.contribution import Contribution, measure_contribution
from impactgraph.robustness.corroboration import Corroboration, measure_corroboration
from impactgraph.robustness.disjoint import DisjointChains, find_disjoint_chains
from impactgraph.robustness.influence import Influence
from impactgraph.robustness.single_points import SinglePoint, find_single_points
from impactgraph.robustness.withdrawal import Withdrawal, describe_spared, withdraw_each

__all__ = ["Robustness", "measure_robustness"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """What the evidence of a case study survives at a level, and what it hangs on."""

    basis: Basis
    corroboration: tuple[Corroboration, ...]
    single_points: tuple[SinglePoint, ...]
    disjoint: tuple[DisjointChains, ...]
    withdrawals: tuple[Withdrawal, ...]
    contribution: Contribution | None

    @property
    def spared(self) -> tuple[str, ...]:
        """What could go without loss, each reason said once."""
        return describe_spared(self.withdrawals)


def measure_robustness(graph: CaseGraph, *, basis: Basis) -> Robustness:
    """Return every measure of robustness of a case study at a level.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    known, influence = Attestations(graph, basis), Influence(graph, basis)
    return Robustness(
        basis=basis,
        corroboration=measure_corroboration(graph, basis=basis, known=known),
        single_points=find_single_points(graph, basis=basis, influence=influence),
        disjoint=find_disjoint_chains(graph, basis=basis, influence=influence),
        withdrawals=withdraw_each(graph, basis=basis, known=known, influence=influence),
        contribution=measure_contribution(graph, basis=basis, influence=influence),
    )
