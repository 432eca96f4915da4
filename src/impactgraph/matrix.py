"""The matrix of findings and impacts, and in words why it says so little where it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.graph import CaseGraph, GraphNode, Kind, node_of, nodes_of
from impactgraph.headline import find_break
from impactgraph.model import Basis, Link
from impactgraph.steps import Steps, count_paths, find_reached, read_steps
from impactgraph.underpinnings import Underpinning, underpinnings
from impactgraph.wording import describe_confidence, join_words, level_words, name_together

__all__ = ["Cell", "Matrix", "underpinning_matrix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many chains join a finding and an impact, and the weakest link of the strongest.

    `collective` says whether some link of the strongest chain is said of members together. Where
    no chain joins the two, `weakest_link`, `basis` and `confidence` are None.
    """

    finding: str
    impact: str
    chain_count: int
    weakest_link: Link | None = None
    collective: bool = False

    @property
    def basis(self) -> Basis | None:
        """The basis of the weakest link."""
        return self.weakest_link.basis if self.weakest_link else None

    @property
    def confidence(self) -> Decimal | None:
        """The confidence of the weakest link."""
        return self.weakest_link.confidence if self.weakest_link else None

    @property
    def _look(self) -> tuple[object, ...]:
        return self.chain_count, self.basis, self.confidence, self.collective


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """For each finding a row, for each impact a column; `remark` says why cells are all alike."""

    basis: Basis
    findings: tuple[GraphNode, ...]
    impacts: tuple[GraphNode, ...]
    cells: tuple[tuple[Cell, ...], ...]
    remark: str | None


def underpinning_matrix(graph: CaseGraph, *, basis: Basis) -> Matrix:
    """Return how findings and impacts are joined under a basis.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    findings, impacts = nodes_of(graph, Kind.FINDING), nodes_of(graph, Kind.IMPACT)
    joined = {
        (found.finding.iri, found.impact.iri): found for found in underpinnings(graph, basis=basis)
    }
    cells = tuple(
        tuple(_to_cell(finding, impact, joined) for impact in impacts) for finding in findings
    )
    return Matrix(
        basis=basis,
        findings=findings,
        impacts=impacts,
        cells=cells,
        remark=_remark(graph, basis, cells),
    )


def _to_cell(
    finding: GraphNode, impact: GraphNode, joined: dict[tuple[str, str], Underpinning]
) -> Cell:
    found = joined.get((finding.iri, impact.iri))
    if found is None:
        return Cell(finding=finding.iri, impact=impact.iri, chain_count=0)
    return Cell(
        finding=finding.iri,
        impact=impact.iri,
        chain_count=found.chain_count,
        weakest_link=found.weakest_link,
        collective=found.collective,
    )


def _remark(graph: CaseGraph, basis: Basis, cells: tuple[tuple[Cell, ...], ...]) -> str | None:
    every = [cell for row in cells for cell in row]
    if not every:
        lacking = "finding" if not nodes_of(graph, Kind.FINDING) else "impact"
        return f"the matrix is empty: the case study has no {lacking}"
    if not any(cell.chain_count for cell in every):
        return f"every cell is 0: {_say_why_none(graph, basis)}"
    steps = read_steps(graph, basis, influence_only=True)
    if len(every) > 1 and len({cell._look for cell in every}) == 1:
        return f"the cells are equal because {_say_why_equal(graph, steps, every)}"
    return "; ".join(_say_alike_rows(graph, steps, cells)) or None


def _say_alike_rows(
    graph: CaseGraph, steps: Steps, cells: tuple[tuple[Cell, ...], ...]
) -> Iterator[str]:
    """Say which findings look alike to every impact, and why, findings of one reason together."""
    equal: dict[str, list[GraphNode]] = defaultdict(list)
    shared: dict[str, list[GraphNode]] = defaultdict(list)
    for row in cells:
        ends = sorted({cell.weakest_link.target for cell in row if cell.weakest_link})
        if len(row) < 2 or not all(cell.chain_count for cell in row):
            continue
        finding = node_of(graph, row[0].finding)
        if len({cell._look for cell in row}) == 1:
            equal[_say_why_equal(graph, steps, row)].append(finding)
        elif len(ends) == 1 and _joins_together(steps, ends[0], {cell.impact for cell in row}):
            shared[node_of(graph, ends[0]).name].append(finding)
    for reason, findings in equal.items():
        yield f"the cells of {name_together(findings)} are equal because {reason}"
    for name, findings in shared.items():
        yield (
            f"the strongest chains of {name_together(findings)} all go through {name}, "
            "which the document joins to all impacts together"
        )


def _joins_together(steps: Steps, iri: str, impacts: set[str]) -> bool:
    """Return whether a node's steps to the impacts are all said of members together."""
    return impacts <= set(steps.links[iri]) and all(
        steps.links[iri][impact].collective for impact in impacts
    )


def _say_why_none(graph: CaseGraph, basis: Basis) -> str:
    steps = read_steps(graph, basis, influence_only=True)
    words = level_words(basis)
    findings = [node.iri for node in nodes_of(graph, Kind.FINDING)]
    reached = find_reached(steps, findings)
    stops = [node_of(graph, iri) for iri in steps.links if iri in reached and not steps.links[iri]]
    last = []
    for kind in dict.fromkeys(node.kind for node in stops):
        some = tuple(node for node in stops if node.kind is kind)
        everyone = some == nodes_of(graph, kind)
        last.append(f"any {kind.value}" if everyone else name_together(some))
    where = find_break(graph, basis=basis)
    stop = f"; the {words} chains stop {where.words}" if where else ""
    return f"no {words} step leads on from {join_words(last, 'or')}{stop}"


def _say_why_equal(graph: CaseGraph, steps: Steps, cells: Sequence[Cell]) -> str:
    """Say what the chains of equal cells have in common."""
    findings, impacts = ({getattr(cell, end) for cell in cells} for end in ("finding", "impact"))
    for iri in reversed(steps.links):
        if iri not in findings | impacts and _is_on_every_chain(steps, iri, cells):
            name = node_of(graph, iri).name
            if _joins_together(steps, iri, impacts):
                return f"all go through {name}, which the document joins to all impacts together"
            return f"all go through {name}"
    last = [
        link
        for origin, following in steps.links.items()
        for impact, link in following.items()
        if any(impact == cell.impact and _leads(steps, cell, origin) for cell in cells)
    ]
    if all(link.collective for link in last):
        kinds = dict.fromkeys(node_of(graph, link.origin).kind.value for link in last)
        before = "".join(f"{kind}s and " for kind in kinds)
        return f"the last step of each chain is said of {before}impacts together"
    count, link = cells[0].chain_count, cells[0].weakest_link
    assert link is not None
    joins = "one chain joins" if count == 1 else f"{count} chains join"
    sure = describe_confidence(link.confidence)
    return f"{joins} each pair, and the weakest link is {link.basis.value} ({sure})"


def _is_on_every_chain(steps: Steps, iri: str, cells: Sequence[Cell]) -> bool:
    return all(
        cell.chain_count
        == count_paths(steps, {cell.finding}, {iri}) * count_paths(steps, {iri}, {cell.impact})
        for cell in cells
    )


def _leads(steps: Steps, cell: Cell, iri: str) -> bool:
    return iri == cell.finding or bool(count_paths(steps, {cell.finding}, {iri}))
