"""A report as a workbook: a sheet a table, with filters and with headings that stay in view.

Cells that a spreadsheet would take for formulas ("=1+1", "@sum", "-2") are text, and stay text when
somebody edits them or saves them as CSV and opens that (CWE-1236).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from impactgraph.views.formulas import looks_like_formula
from impactgraph.views.report.tables import Table, list_tables
from impactgraph.views.report.values import Report, Statement
from impactgraph.wording import capitalise

__all__ = ["write_workbook"]

_LONGEST = 32_767
"""How many characters a cell may have (Excel specifications and limits)."""
_MADE = datetime(1980, 1, 1)
"""What the file says of when it was made: it shall be the same each time."""


def write_workbook(report: Report) -> bytes:
    """Return a report as the bytes of an .xlsx file."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": report.title, "created": _MADE})
    pen = _Pen(book)
    paragraphs = [
        Statement(
            text=f"{capitalise(row.impact.name)}: {row.impact.label}",
            reasons=tuple(f"{term}: {' '.join(lines)}" for term, lines in row.paragraph.lines),
        )
        for row in report.impacts
    ]
    pen.write_statements("Summary", report, (*report.summary, *paragraphs))
    for table in list_tables(report):
        pen.write_table(table)
    questions = [
        Statement(
            text=asked.headline, reasons=(asked.text, *((asked.about,) if asked.about else ()))
        )
        for asked in report.questions
    ]
    pen.write_statements("Questions", report, questions)
    pen.write_statements("Method", report, report.method)
    book.close()
    return buffer.getvalue()


class _Pen:
    """Writes sheets of a workbook, all in the same hand."""

    def __init__(self, book: Any) -> None:
        self.book = book
        wrapped = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format(wrapped)
        self.guarded = book.add_format({**wrapped, "quote_prefix": True})
        self.bold = book.add_format({**wrapped, "bold": True})
        self.head = book.add_format(
            {**wrapped, "bold": True, "bg_color": "#E6EBF1", "bottom": 1, "border_color": "#5D6B7C"}
        )

    def write_table(self, table: Table) -> None:
        """Write a table with its headings frozen and a filter on each column."""
        sheet = self.add_sheet(table.title, table.widths)
        for column, heading in enumerate(table.columns):
            sheet.write_string(0, column, heading, self.head)
        for number, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    self.write_text(sheet, number, column, value)
                else:
                    sheet.write_number(number, column, value, self.plain)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def write_statements(self, title: str, report: Report, statements: Iterable[Statement]) -> None:
        """Write statements, each with its reasons below it."""
        sheet = self.add_sheet(title, (6, 120))
        sheet.write_string(0, 0, "No.", self.head)
        self.write_text(sheet, 0, 1, f"{title}: {report.title}", self.head)
        line = 1
        for number, statement in enumerate(statements, 1):
            sheet.write_number(line, 0, number, self.plain)
            self.write_text(sheet, line, 1, statement.text, self.bold)
            for offset, reason in enumerate(statement.reasons, 1):
                self.write_text(sheet, line + offset, 1, reason)
            line += 1 + len(statement.reasons)
        sheet.autofilter(0, 0, max(line - 1, 1), 1)
        sheet.freeze_panes(1, 0)

    def add_sheet(self, title: str, widths: Iterable[int]) -> Any:
        """Return a new sheet that prints on landscape A4, as wide as one page."""
        sheet = self.book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def write_text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Write a text as text, whatever it begins with."""
        if looks_like_formula(text):
            form = self.guarded
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        sheet.write_string(row, column, text, form or self.plain)
