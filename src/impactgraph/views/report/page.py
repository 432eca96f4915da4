"""A report as one HTML file that asks nothing of anybody and prints well."""

from __future__ import annotations

from pathlib import Path

from impactgraph.robustness import COMPARED_BY
from impactgraph.views.report import annex as compact
from impactgraph.views.report import tables
from impactgraph.views.report.method import LEGEND, MATRIX_LEGEND, READING
from impactgraph.views.report.picture import draw_picture
from impactgraph.views.report.values import Report
from impactgraph.wording import capitalise

__all__ = ["render_page"]

_FOLDER = Path(__file__).parent / "templates"


def render_page(report: Report, *, annex: bool = False) -> str:
    """Return a report as an HTML page: style and picture stand inside it, and no script.

    Args:
        report: what it says.
        annex: whether picture, matrix, chains, gaps and method stand after it.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capitalise"] = capitalise
    return environment.get_template("report.html").render(
        report=report,
        annex=annex,
        reading=READING,
        compared_by=COMPARED_BY,
        picture=Markup(draw_picture(report) if annex else ""),  # noqa: S704 - draw_svg escapes every text
        legend=LEGEND,
        matrix_legend=MATRIX_LEGEND,
        style=Markup((_FOLDER / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        matrix=tables.table_matrix(report),
        impacts=tables.table_impacts(report),
        chains=compact.shorten_chains(report),
        gaps=compact.shorten_gaps(report),
        evidence=compact.shorten_evidence(report),
        sources=compact.shorten_sources(report),
    )
