"""The compact tables of the annex, as pages and Markdown show them; a workbook has all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from impactgraph.graph import GraphNode, Kind
from impactgraph.views.report.tables import Table
from impactgraph.views.report.values import ChainRow, EvidenceRow, GapGroup, Report
from impactgraph.wording import capitalise, count_of, name_together

__all__ = ["shorten_chains", "shorten_evidence", "shorten_gaps", "shorten_sources"]

_MOST_NAMED = 20
"""How many places of gaps of one kind are named."""
_MOST_CLAIMS = 4
"""How many claims are named; of more it is said how many each impact has."""


def shorten_chains(report: Report) -> Table:
    """Return the chains, those that differ in their last node alone in one row.

    What a document says of several pathways and impacts together is one row: it says one thing.
    """
    rows = [*_join_collective(report.chains), *_join_ends(report.chains)]
    attested = any(row[-1] for row in rows)
    return Table(
        title="Chains",
        columns=(
            "Chain",
            "Chains in the row",
            "Weakest link",
            *(("Attested throughout by",) if attested else ()),
        ),
        widths=(60, 10, 24, *((30,) if attested else ())),
        rows=tuple(row if attested else row[:3] for row in rows),
    )


def shorten_gaps(report: Report) -> Table:
    """Return the gaps of each kind in one row, where one has several severities too."""
    kinds: dict[tuple[str, str], list[GapGroup]] = {}
    for group in report.gaps:
        kinds.setdefault((group.title, group.meaning), []).append(group)
    impacts = [row.impact for row in report.impacts]
    return Table(
        title="Gaps",
        columns=("Severity", "Gap", "What it means", "Where"),
        widths=(10, 30, 50, 60),
        rows=tuple(
            (
                " or ".join(group.severity for group in groups),
                title,
                capitalise(meaning),
                "; ".join(_say_where(group, impacts) for group in groups),
            )
            for (title, meaning), groups in kinds.items()
        ),
    )


def shorten_evidence(report: Report) -> Table:
    """Return each claim and pathway with all its sources in one row."""
    together: dict[tuple[str, str, str], list[EvidenceRow]] = {}
    for row in report.evidence:
        together.setdefault((row.impact, row.claim, row.quote), []).append(row)
    return Table(
        title="Evidence",
        columns=("Of", "Claim", "Letter at its passage", "Letter meant", "Section", "Words"),
        widths=(12, 60, 14, 20, 10, 60),
        rows=tuple(
            (impact, claim, _say_sources(rows), rows[0].meant, rows[0].section, quote)
            for (impact, claim, quote), rows in together.items()
            if rows[0].changes
        ),
    )


def shorten_sources(report: Report) -> Table:
    """Return the sources: what each is, who speaks in it, and what would be lost with it."""
    return Table(
        title="Sources",
        columns=("Source", "What it is", "Type", "Date", "Who speaks", "Only source of"),
        widths=(10, 50, 16, 12, 36, 50),
        rows=tuple(
            (
                row.source.notation or row.source.name,
                row.source.label,
                row.type,
                row.date,
                row.parties,
                row.use.only_words,
            )
            for row in report.sources
        ),
    )


def _join_collective(chains: Iterable[ChainRow]) -> Iterator[tuple[str, int, str, str]]:
    """Yield a row for all chains that are one step, said of several things together."""
    alike: dict[tuple[tuple[GraphNode, ...], str, str], list[GraphNode]] = {}
    for end, starts in _find_collective(chains).items():
        nodes = tuple(sorted(starts, key=lambda node: node.sort_key))
        weakest, witnesses = next(
            (row.weakest, row.witnesses) for row in chains if row.nodes[-1] == end and row.together
        )
        alike.setdefault((nodes, weakest, witnesses), []).append(end)
    for (nodes, weakest, witnesses), ends in alike.items():
        together = " together" if len(nodes) > 1 or len(ends) > 1 else ""
        number = sum(
            row.together and len(row.nodes) == 2 and row.nodes[-1] in ends for row in chains
        )
        path = f"{name_together(nodes)}{together} → {name_together(ends)}"
        yield path, number, weakest, witnesses


def _find_collective(chains: Iterable[ChainRow]) -> dict[GraphNode, set[GraphNode]]:
    """Return for each impact what is said, together with others, to have led to it."""
    found: dict[GraphNode, set[GraphNode]] = {}
    for row in chains:
        if row.together:
            found.setdefault(row.nodes[-1], set()).add(row.nodes[-2])
    return found


def _join_ends(chains: Iterable[ChainRow]) -> Iterator[tuple[str, int, str, str]]:
    """Yield the other chains, in their order, those that differ in their last node in one row."""
    alike: dict[tuple[tuple[GraphNode, ...], str, str], list[GraphNode]] = {}
    for row in chains:
        if row.together and len(row.nodes) == 2:
            continue
        alike.setdefault((row.nodes[:-1], row.weakest, row.witnesses), []).append(row.nodes[-1])
    for (nodes, weakest, witnesses), ends in alike.items():
        path = " → ".join((*(node.name for node in nodes), name_together(ends)))
        yield path, len(ends), weakest, witnesses


def _say_where(group: GapGroup, impacts: Sequence[GraphNode]) -> str:
    """Name the places of gaps, claims by their labels."""
    nodes = dict.fromkeys(node for gap in group.gaps for node in gap.nodes)
    if not nodes:
        return " ".join(gap.reason for gap in group.gaps[:_MOST_NAMED])
    claims = [node for node in nodes if node.kind is Kind.CLAIM]
    others = [node for node in nodes if node.kind is not Kind.CLAIM]
    said = [name_together(others[:_MOST_NAMED])] if others else []
    if len(claims) > _MOST_CLAIMS:
        within = Counter(claim.claim_of for claim in claims)
        names = {impact.iri: impact.name for impact in impacts}
        said += [
            f"{count_of(number, 'claim')} of {names.get(iri or '', 'no impact')}"
            for iri, number in within.items()
        ]
    else:
        said += [claim.label for claim in claims]
    more = max(0, len(others) - _MOST_NAMED)
    return "; ".join([*said, f"{more} more"] if more else said)


def _say_sources(rows: Iterable[EvidenceRow]) -> str:
    """Name the sources that stand in the passage itself, as the document states."""
    return ", ".join(row.source for row in rows if row.basis == "stated") or "none"
