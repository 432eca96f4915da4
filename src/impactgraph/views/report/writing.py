"""The formats of a report, and the one function that writes them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from impactgraph.errors import UsageError
from impactgraph.views.report.markdown import render_markdown
from impactgraph.views.report.page import render_page
from impactgraph.views.report.record import report_record
from impactgraph.views.report.values import Report
from impactgraph.views.report.workbook import write_workbook

__all__ = ["FORMATS", "render_report"]

FORMATS: Mapping[str, Callable[[Report, bool], bytes]] = MappingProxyType(
    {
        "html": lambda report, annex: render_page(report, annex=annex).encode(),
        "md": lambda report, annex: render_markdown(report, annex=annex).encode(),
        "xlsx": lambda report, _: write_workbook(report),
        "json": lambda report, _: (
            json.dumps(report_record(report), indent=2, ensure_ascii=False).encode() + b"\n"
        ),
    }
)
"""What a report can be written as, by the ending of the file's name, with its annex or without."""


def render_report(report: Report, form: str, *, annex: bool = False) -> bytes:
    """Return a report as the bytes of a file.

    Args:
        report: what it says.
        form: one of `FORMATS`.
        annex: whether a page or Markdown has the annex; a workbook and JSON hold all in any case.

    Raises:
        UsageError: there is no such format.
    """
    if form not in FORMATS:
        raise UsageError(
            f"a report cannot be written as {form!r:.40}; name a file that ends in "
            f"{', '.join(f'.{known}' for known in FORMATS)}"
        )
    return FORMATS[form](report, annex)
