"""What is found in many case studies, as records for JSON."""

from __future__ import annotations

from impactgraph.corpus import Comparison, Distribution
from impactgraph.model import Basis
from impactgraph.views.records import Record

__all__ = ["comparison_record", "distribution_record"]


def distribution_record(one: Distribution) -> Record:
    """Return a distribution: numbers, shares from 0 to 1 (null of nothing), and gaps by kind."""
    return {
        "group": one.group,
        "case_studies": one.case_studies,
        "impacts": one.impacts,
        "claims": one.claims,
        "sourced_claims": one.sourced_claims,
        "reached": {
            basis.value: {"impacts": one.reached[basis], "share": one.share_reached(basis)}
            for basis in Basis
        },
        "one_party": one.one_party,
        "no_outsider": one.no_outsider,
        "single_points": one.single_points,
        "gaps": {
            kind: {"gaps": count, "case_studies": one.with_gap[kind]}
            for kind, count in one.gaps.items()
        },
    }


def comparison_record(one: Comparison) -> Record:
    """Return how usual a kind of gap is."""
    return {
        "kind": one.kind,
        "own": one.own,
        "others_with": one.others_with,
        "others": one.others,
        "sentence": one.sentence,
    }
