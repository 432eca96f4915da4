"""A report as Markdown (CommonMark, with the tables of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from impactgraph.views.report.tables import (
    Table,
    table_chains,
    table_evidence,
    table_impacts,
    table_matrix,
    table_sources,
)
from impactgraph.views.report.values import Report, Statement
from impactgraph.wording import capitalise

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def render_markdown(report: Report) -> str:
    """Return a report as Markdown; texts of the case study are escaped, so that none is mark-up."""
    return "\n".join(_write(report)) + "\n"


def _write(report: Report) -> Iterator[str]:
    yield f"# {_escape(report.title)}"
    yield ""
    yield f"Evidence report. Links that count: {report.level}."
    yield ""
    for term, value in report.about:
        yield f"- {term}: {_escape(value)}"
    yield from _section("Summary")
    yield from _list_statements(report.summary)
    yield from _section("Findings against impacts")
    yield from _list_table(table_matrix(report))
    if report.matrix.remark:
        yield ""
        yield f"{_escape(capitalise(report.matrix.remark))}."
    yield from _section("Impacts")
    yield from _list_table(table_impacts(report))
    for row in report.impacts:
        yield ""
        yield f"### {_escape(capitalise(row.impact.name))}: {_escape(row.impact.label)}"
        yield ""
        for sentence in (row.said, row.corroboration, row.need.sentence):
            yield f"- {_escape(sentence)}"
        for wanted in row.need.wanted:
            claims = "; ".join(f"“{claim.label}”" for claim in wanted.claims)
            yield f"    - {_escape(capitalise(wanted.evidence))}: {_escape(claims)}"
    yield from _section("What would mend most")
    for number, remedy in enumerate(report.remedies.remedies, 1):
        yield f"{number}. {_escape(remedy.sentence)}"
        if len(remedy.claims) > 3:
            claims = "; ".join(f"“{claim.label}”" for claim in remedy.claims)
            yield f"    - All of them: {_escape(claims)}."
    yield from _section("Chains")
    yield _escape(report.chain_words)
    yield ""
    yield from _list_table(table_chains(report))
    yield from _section("Gaps")
    for group in report.gaps:
        yield f"### {capitalise(group.severity)}: {_escape(group.title)} ({len(group.gaps)})"
        yield ""
        for gap in group.gaps:
            yield f"- {_escape(gap.reason)}"
            for member in gap.members:
                yield f"    - {_escape(member.reason)}"
        yield ""
        yield f"To mend: {_escape(' '.join(group.remedies))}"
        yield ""
    yield from _section("Evidence")
    yield from _list_table(table_evidence(report))
    yield from _section("Sources")
    yield from _list_table(table_sources(report))
    yield from _section("Questions to the document")
    yield from _list_statements(
        Statement(text=f"{capitalise(asked.about)}: {asked.text}") for asked in report.questions
    )
    yield from _section("Method and limits")
    yield from _list_statements(report.method)
    yield ""
    yield f"The text that was read has the digest `{report.document}`."


def _section(title: str) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""


def _list_statements(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        yield (
            f"- **{_escape(statement.text)}**"
            if statement.reasons
            else (f"- {_escape(statement.text)}")
        )
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
