"""A report as one HTML file that asks nothing of anybody and prints well."""

from __future__ import annotations

from pathlib import Path

from impactgraph.views.report import annex, tables
from impactgraph.views.report.method import LEGEND, MATRIX_LEGEND
from impactgraph.views.report.picture import draw_picture
from impactgraph.views.report.values import Report
from impactgraph.wording import capitalise

__all__ = ["render_page"]

_FOLDER = Path(__file__).parent / "templates"


def render_page(report: Report) -> str:
    """Return a report as an HTML page: style and picture stand inside it, and no script."""
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
        picture=Markup(draw_picture(report)),  # noqa: S704 - draw_svg escapes every text
        legend=LEGEND,
        matrix_legend=MATRIX_LEGEND,
        style=Markup((_FOLDER / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        matrix=tables.table_matrix(report),
        impacts=tables.table_impacts(report),
        chains=annex.shorten_chains(report),
        gaps=annex.shorten_gaps(report),
        evidence=annex.shorten_evidence(report),
        sources=annex.shorten_sources(report),
    )
