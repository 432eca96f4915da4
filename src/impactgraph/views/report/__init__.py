"""The report of a case study, as values, and as HTML, Markdown, workbook and record."""

from impactgraph.views.report.building import build_report
from impactgraph.views.report.values import Report
from impactgraph.views.report.writing import FORMATS, render_report

__all__ = ["FORMATS", "Report", "build_report", "render_report"]
