"""The tables of a report: the same in the workbook, in Markdown and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from impactgraph.matrix import Cell
from impactgraph.remedies import count_claims
from impactgraph.robustness import Corroboration
from impactgraph.views.report.values import Report
from impactgraph.views.values import name_basis

__all__ = [
    "Table",
    "list_tables",
    "table_chains",
    "table_evidence",
    "table_gaps",
    "table_impacts",
    "table_matrix",
    "table_remedies",
    "table_sources",
]

Value: TypeAlias = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under column headings; `widths` are in characters, and rows have a cell for each."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]


def table_impacts(report: Report) -> Table:
    """Return how many sources, parties and claims each impact has.

    Parties that are of one organisation are counted apart, as it may matter, and named as such.
    Claims in which nothing changed are not counted.
    """
    rows: list[tuple[Value, ...]] = []
    counts = count_claims(report.graph, basis=report.basis)
    for found in report.robustness.corroboration:
        count = counts[found.impact.iri]
        rows.append(
            (
                found.impact.name,
                found.impact.label,
                found.tally.sources,
                _count_parties(found),
                found.tally.no_known_part,
                len(found.attested.unknown),
                len(count.counted),
                len(count.unsourced),
            )
        )
    return Table(
        title="Impacts",
        columns=(
            "Impact",
            "What changed",
            "Sources",
            "Speakers",
            "Of them not known to be involved",
            "Sources whose speaker is not said",
            "Claims",
            "Claims with no source",
        ),
        widths=(12, 50, 9, 24, 12, 12, 8, 10),
        rows=tuple(rows),
    )


def table_matrix(report: Report) -> Table:
    """Return findings against impacts: how many chains, and the weakest link of the strongest."""
    matrix = report.matrix
    return Table(
        title="Matrix",
        columns=("Finding", "What was found", *(impact.name for impact in matrix.impacts)),
        widths=(12, 50, *(22 for _ in matrix.impacts)),
        rows=tuple(
            (finding.name, finding.label, *(_fill(cell) for cell in row))
            for finding, row in zip(matrix.findings, matrix.cells, strict=True)
        ),
    )


def table_chains(report: Report) -> Table:
    """Return the chains, strongest first; who attests all of one, where somebody does."""
    attested = any(row.witnesses for row in report.chains)
    return Table(
        title="Chains",
        columns=(
            "Chain",
            "Weakest link",
            "Skips",
            "Sources at its end",
            *(("Attested throughout by",) if attested else ()),
            "In words",
        ),
        widths=(44, 18, 18, 18, *((24,) if attested else ()), 90),
        rows=tuple(
            (
                row.path,
                row.weakest,
                row.skips,
                row.sources,
                *((row.witnesses,) if attested else ()),
                row.sentence,
            )
            for row in report.chains
        ),
    )


def table_gaps(report: Report) -> Table:
    """Return the gaps, the gravest first; what one gathers stands below it."""
    rows: list[tuple[Value, ...]] = []
    for group in report.gaps:
        for gap in group.gaps:
            for part, within in ((gap, ""), *((member, gap.kind) for member in gap.members)):
                rows.append(
                    (
                        part.severity.value,
                        part.kind,
                        part.reason,
                        part.remedy,
                        ", ".join(node.name for node in part.nodes),
                        _section_of(part.places[0].section) if part.places else "",
                        part.absence.value,
                        within,
                    )
                )
    return Table(
        title="Gaps",
        columns=(
            "Severity",
            "Kind",
            "Reason",
            "Remedy",
            "Where",
            "Place",
            "Absent from",
            "Part of",
        ),
        widths=(10, 24, 70, 60, 30, 12, 12, 24),
        rows=tuple(rows),
    )


def table_remedies(report: Report) -> Table:
    """Return what to do, what closes most first."""
    return Table(
        title="Remedies",
        columns=("Order", "Do", "What to do", "Why", "Closes", "Gaps closed"),
        widths=(7, 10, 80, 60, 8, 60),
        rows=tuple(
            (
                number,
                remedy.action.value,
                remedy.advice,
                remedy.because,
                len(remedy.closes),
                ", ".join(dict.fromkeys(gap.kind for gap in remedy.closes)),
            )
            for number, remedy in enumerate(report.remedies.remedies, 1)
        ),
    )


def table_evidence(report: Report) -> Table:
    """Return each claim with its sources, and where it stands."""
    return Table(
        title="Evidence",
        columns=("Of", "Claim", "Source", "Basis", "Attestation", "Place", "Words"),
        widths=(12, 60, 10, 16, 40, 12, 60),
        rows=tuple(
            (
                row.impact,
                row.claim,
                row.source or "none",
                row.basis,
                row.attestation,
                row.section and _section_of(row.section),
                row.quote,
            )
            for row in report.evidence
        ),
    )


def table_sources(report: Report) -> Table:
    """Return the sources: who speaks for each, with which part, and what would be lost with it."""
    return Table(
        title="Sources",
        columns=("Source", "What it is", "Type", "Date", "Who speaks", "Part", "Needed for"),
        widths=(10, 50, 16, 12, 36, 44, 50),
        rows=tuple(
            (
                row.source.notation or row.source.name,
                row.source.label,
                row.type,
                row.date,
                row.parties,
                row.part,
                row.use.sentence,
            )
            for row in report.sources
        ),
    )


def list_tables(report: Report) -> Iterator[Table]:
    """Yield all tables of a report, in its order."""
    for table in (
        table_impacts,
        table_matrix,
        table_chains,
        table_gaps,
        table_remedies,
        table_evidence,
        table_sources,
    ):
        yield table(report)


def _count_parties(found: Corroboration) -> Value:
    """Return how many known parties an impact has, and how many are of the same organisation."""
    together = sum(len(colleagues.parties) for colleagues in found.colleagues)
    if not together:
        return found.tally.parties
    return f"{found.tally.parties} ({together} of the same organisation)"


def _fill(cell: Cell) -> str:
    link = cell.weakest_link
    if link is None:
        return "0"
    return f"{cell.chain_count}: {name_basis(link.basis, link.confidence)}"


def _section_of(section: str) -> str:
    return "header" if section == "A" else f"section {section}"
