"""One case study among many: what is counted of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from impactgraph.chains import count_chains
from impactgraph.gaps import find_gaps
from impactgraph.graph import CaseGraph, default_basis, model_of
from impactgraph.headline import find_break, headline
from impactgraph.model import Basis, ImpactType
from impactgraph.robustness import measure_robustness

__all__ = ["CaseStudyAnalysis", "analyse_case_study"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyAnalysis:
    """What the analysis of one case study counts, under its default basis.

    `reached` says by level of basis how many impacts a chain leads to from a finding or output.
    `one_party` counts the impacts that at most one known party corroborates, `no_outsider` those
    without a party that has no known part in the research, `single_points` those of which all
    chains pass through one node or link. `gaps` counts by kind; kinds without one are left out.
    """

    iri: str
    slug: str
    title: str
    institution: str | None
    unit_of_assessment: str | None
    impact_types: tuple[ImpactType, ...]
    basis: Basis
    impacts: int
    claims: int
    sourced_claims: int
    reached: Mapping[Basis, int]
    chains: int
    one_party: int
    no_outsider: int
    single_points: int
    gaps: Mapping[str, int]


def analyse_case_study(graph: CaseGraph) -> CaseStudyAnalysis:
    """Return what is counted of a case study: its chains, its robustness and its gaps."""
    case_study = model_of(graph)
    shared = case_study.reference
    institutions = {known.iri: known.label for known in shared.organisations}
    units = {known.iri: f"{known.notation} {known.label}" for known in shared.units_of_assessment}
    basis = default_basis(graph)
    numbers = headline(graph)
    robustness = measure_robustness(graph, basis=basis)
    return CaseStudyAnalysis(
        iri=case_study.iri,
        slug=case_study.slug,
        title=case_study.title,
        institution=institutions.get(case_study.submitted_by or ""),
        unit_of_assessment=units.get(case_study.unit_of_assessment or ""),
        impact_types=tuple(
            kind
            for kind in ImpactType
            if any(kind in impact.impact_types for impact in case_study.impacts)
        ),
        basis=basis,
        impacts=numbers.impacts,
        claims=numbers.claims,
        sourced_claims=numbers.sourced,
        reached={level: numbers.impacts - _count_unreached(graph, level) for level in Basis},
        chains=count_chains(graph, basis=basis),
        one_party=sum(found.tally.parties <= 1 for found in robustness.corroboration),
        no_outsider=sum(found.tally.no_known_part == 0 for found in robustness.corroboration),
        single_points=len({point.impact.iri for point in robustness.single_points}),
        gaps=dict(sorted(Counter(gap.kind for gap in find_gaps(graph, basis=basis)).items())),
    )


def _count_unreached(graph: CaseGraph, basis: Basis) -> int:
    stops = find_break(graph, basis=basis)
    return len(stops.unreached) if stops else 0
