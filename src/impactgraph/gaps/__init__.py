"""Gaps: what an evidenced chain needs and the graph lacks."""

from impactgraph.gaps.gap import Absence, Gap, Severity
from impactgraph.gaps.registry import KINDS, GapKind, find_gaps

__all__ = ["KINDS", "Absence", "Gap", "GapKind", "Severity", "find_gaps"]
