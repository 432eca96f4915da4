"""The picture of a report."""

from __future__ import annotations

from impactgraph.graph import Kind, model_of, nodes_of
from impactgraph.model import Stage
from impactgraph.views.case_study import view_case_study
from impactgraph.views.overview import describe_gap
from impactgraph.views.report.values import Report
from impactgraph.views.svg import draw_svg
from impactgraph.views.values import CaseStudySummary

__all__ = ["draw_picture"]


def draw_picture(report: Report) -> str:
    """Return the five columns as SVG, with the links that count and the gaps of the report."""
    model = model_of(report.graph)
    summary = CaseStudySummary(
        slug=model.slug,
        iri=model.iri,
        label=model.label,
        title=model.title,
        institution=None,
        unit_of_assessment=None,
        exercise=None,
        research_period=None,
        impact_period=None,
        description=model.description,
        counts={stage: len(nodes_of(report.graph, Kind(stage.value))) for stage in Stage},
        claims=len(model.claims),
    )
    gaps = [describe_gap(gap, report.graph) for group in report.gaps for gap in group.gaps]
    return draw_svg(
        view_case_study(report.graph, basis=report.basis, summary=summary, details={}, gaps=gaps)
    )
