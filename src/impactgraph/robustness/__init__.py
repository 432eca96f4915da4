"""Robustness: what the evidence of a case study survives, and what it hangs on."""

from impactgraph.robustness.contribution import Contribution, Shares, measure_contribution
from impactgraph.robustness.corroboration import (
    Corroboration,
    Cut,
    Tally,
    measure_corroboration,
)
from impactgraph.robustness.disjoint import DisjointChains, find_disjoint_chains
from impactgraph.robustness.influence import Influence
from impactgraph.robustness.measuring import Robustness, measure_robustness
from impactgraph.robustness.single_points import SinglePoint, find_single_points
from impactgraph.robustness.weakness import COMPARED_BY, Rung, order_by_evidence
from impactgraph.robustness.withdrawal import Withdrawal, describe_spared, withdraw_each

__all__ = [
    "COMPARED_BY",
    "Contribution",
    "Corroboration",
    "Cut",
    "DisjointChains",
    "Influence",
    "Robustness",
    "Rung",
    "Shares",
    "SinglePoint",
    "Tally",
    "Withdrawal",
    "describe_spared",
    "find_disjoint_chains",
    "find_single_points",
    "measure_contribution",
    "measure_corroboration",
    "measure_robustness",
    "order_by_evidence",
    "withdraw_each",
]
