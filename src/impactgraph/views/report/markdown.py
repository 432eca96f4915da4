"""A report as Markdown (CommonMark, with the tables of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from impactgraph.robustness import COMPARED_BY, Rung
from impactgraph.views.report.annex import (
    shorten_chains,
    shorten_evidence,
    shorten_gaps,
    shorten_sources,
)
from impactgraph.views.report.method import LEGEND, MATRIX_LEGEND, READING
from impactgraph.views.report.tables import Table, table_impacts, table_matrix
from impactgraph.views.report.values import Question, Report, Statement
from impactgraph.wording import capitalise

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def render_markdown(report: Report, *, annex: bool = False) -> str:
    """Return a report as Markdown; texts of the case study are escaped, so that none is mark-up.

    Args:
        report: what it says.
        annex: whether matrix, chains, gaps and method stand after it.
    """
    parts = (_write(report), _write_annex(report) if annex else ())
    return "\n".join(line for part in parts for line in part) + "\n"


def _write(report: Report) -> Iterator[str]:
    yield f"# {_escape(report.title)}"
    yield ""
    about = "; ".join(f"{term}: {value}" for term, value in report.about)
    yield f"Evidence report. {_escape(about)}".rstrip()
    yield from _section("What stands out")
    yield from _list_statements(report.summary)
    for row in report.impacts:
        yield ""
        name = f"{capitalise(row.impact.name)}: " if row.impact.notation else ""
        yield f"### {_escape(name + row.impact.label)}"
        yield ""
        for term, lines in row.paragraph.lines:
            yield f"- **{term}:** {_escape(lines[0])}" if len(lines) == 1 else f"- **{term}:**"
            yield from (f"    - {_escape(line)}" for line in lines if len(lines) > 1)
    if report.pressing:
        yield from _section("Questions to settle")
        yield from _list_questions(report.pressing)
    yield from _section("What would mend most")
    yield from _list_remedies(report)
    yield from _section("Claims and evidence")
    yield from _list_table(shorten_evidence(report))
    if report.unchanging:
        yield ""
        yield _escape(report.unchanging)
    yield from _section("Sources")
    yield from _list_table(shorten_sources(report))
    yield from _section("How to read this report")
    yield from (f"- {_escape(line)}" for line in READING)


def _write_annex(report: Report) -> Iterator[str]:
    yield from _section("Annex")
    yield f"Links that count here: {report.level}. {LEGEND}"
    yield from _section("Findings against impacts", 3)
    yield MATRIX_LEGEND
    yield ""
    yield from _list_table(table_matrix(report))
    if report.matrix.remark:
        yield ""
        yield f"{_escape(capitalise(report.matrix.remark))}."
    yield from _section("Impacts in numbers", 3)
    yield from _list_table(table_impacts(report))
    if report.counted:
        yield ""
        yield _escape(report.counted)
    if report.ranking:
        yield from _section("From the weakest evidence to the strongest", 3)
        yield from _list_rungs(report.ranking)
    yield from _section("Chains", 3)
    yield _escape(report.chain_words)
    yield ""
    yield from _list_table(shorten_chains(report))
    yield from _section("Gaps", 3)
    yield from _list_table(shorten_gaps(report))
    if report.oddities:
        yield from _section("Further questions", 3)
        yield from _list_questions(report.oddities)
    yield from _section("Method and limits", 3)
    yield from _list_statements(report.method)
    yield ""
    yield f"The text that was read has the digest `{report.document}`."


def _section(title: str, level: int = 2) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {title}"
    yield ""


def _list_questions(questions: Iterable[Question]) -> Iterator[str]:
    for asked in questions:
        yield f"- **{_escape(asked.headline)}** {_escape(asked.text)}"


def _list_rungs(rungs: Iterable[Rung]) -> Iterator[str]:
    for number, rung in enumerate(rungs, 1):
        said = [
            f"**{_escape(capitalise(found.impact.name))}:** {_escape(reason)}"
            for found, reason in zip(rung.impacts, rung.reasons, strict=True)
        ]
        yield f"{number}. {f'{len(said)} alike:' if rung.tied else said[0]}"
        yield from (f"    - {line}" for line in said if rung.tied)
    yield ""
    yield COMPARED_BY


def _list_remedies(report: Report) -> Iterator[str]:
    if report.caution:
        yield report.caution
        yield ""
    for number, advice in enumerate(report.advice, 1):
        yield f"{number}. {_escape(advice)}"
    if report.tidying:
        yield ""
        yield f"Quick tidying: {_escape(' '.join(report.tidying))}"
    if not (report.advice or report.tidying):
        yield "No new source or link would close a gap."


def _list_statements(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        yield f"- **{_escape(statement.text)}**"
        for reason in statement.reasons:
            yield f"    - {_escape(reason)}"


def _list_table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield "None."
        return
    yield f"| {' | '.join(_escape(column) for column in table.columns)} |"
    yield f"|{'---|' * len(table.columns)}"
    for row in table.rows:
        yield f"| {' | '.join(_escape(str(value)) for value in row)} |"


def _escape(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    line = " ".join(text.split())
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line))
