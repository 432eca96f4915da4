"""The pictures of the kinds of gap, drawn from their examples: run this file to draw them again."""

from __future__ import annotations

from pathlib import Path

from impactgraph.encoding import decode
from impactgraph.gaps import KINDS, Gap, find_gaps
from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import Basis
from impactgraph.resources import ontology_path
from impactgraph.validation import parse_file
from impactgraph.views.case_study import view_case_study
from impactgraph.views.overview import describe_gap
from impactgraph.views.svg import draw_svg
from impactgraph.views.values import CaseStudySummary

__all__ = ["PICTURES", "draw_example", "find_example_gaps", "read_example"]

PICTURES = Path(__file__).parents[2] / "docs" / "images" / "gaps"
BASIS = Basis.CURATED


def read_example(kind: str) -> CaseGraph:
    """Return the graph of the example that shows a kind of gap."""
    return build_graph(
        decode(parse_file(ontology_path() / "examples" / "gaps" / kind / "shows.ttl"))
    )


def find_example_gaps(kind: str) -> tuple[Gap, ...]:
    """Return the gaps of that kind in its example."""
    return find_gaps(read_example(kind), basis=BASIS, kinds=[kind])


def draw_example(kind: str) -> str:
    """Return the picture of the example, with the cards marked where that kind of gap is."""
    graph = read_example(kind)
    case_study = model_of(graph)
    summary = CaseStudySummary(
        iri=case_study.iri,
        slug=case_study.slug,
        label=case_study.label,
        title=case_study.title,
        institution=None,
        unit_of_assessment=None,
        exercise=None,
        research_period=None,
        impact_period=None,
        description=None,
        counts={},
        claims=0,
    )
    return draw_svg(
        view_case_study(
            graph,
            basis=BASIS,
            summary=summary,
            details={},
            gaps=[describe_gap(gap, graph) for gap in find_example_gaps(kind)],
        )
    )


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (PICTURES / f"{kind}.svg").write_text(draw_example(kind) + "\n", encoding="utf-8")
