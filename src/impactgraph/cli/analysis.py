"""The commands that answer questions about one case study."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from impactgraph.chains import count_chains, find_chains
from impactgraph.cli.options import AsJson, ChosenBasis, Slug, StoreLocation, choose_store
from impactgraph.cli.options import graph_and_basis as read_graph
from impactgraph.cli.output import (
    basis_text,
    print_json,
    print_line,
    print_sentence,
    print_table,
    print_title,
)
from impactgraph.gaps import KINDS, Gap, Severity, find_gaps
from impactgraph.graph import CaseGraph, Kind, nodes_of
from impactgraph.headline import headline
from impactgraph.matrix import Cell, underpinning_matrix
from impactgraph.model import Basis
from impactgraph.underpinnings import ImpactUnderpinning, explain_finding, explain_impact
from impactgraph.views.answers import (
    answer_chains,
    answer_gaps,
    answer_matrix,
    answer_underpinnings,
)
from impactgraph.views.influences import list_influences
from impactgraph.views.values import name_basis
from impactgraph.wording import describe_confidence, level_words

__all__ = ["chains", "gaps", "matrix", "underpins"]

_SEVERITY_STYLES = {
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "",
    Severity.NOTE: "dim",
}

Impact = Annotated[
    str | None, typer.Option("--impact", help="Only this impact, by its notation: 2.")
]
Finding = Annotated[
    str | None, typer.Option("--finding", help="Only this finding, by its notation: a.")
]
Origin = Annotated[
    str | None, typer.Option("--from", help="Chains that start here: finding/a, or an IRI.")
]
Target = Annotated[
    str | None, typer.Option("--to", help="Chains that stop here: impact/2, or an IRI.")
]
Complete = Annotated[
    bool, typer.Option("--complete", help="Only chains that touch all five stages.")
]
Limit = Annotated[int, typer.Option("--limit", min=0, help="How many at most; 0 for all.")]


def underpins(
    slug: Slug,
    impact: Impact = None,
    finding: Finding = None,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Which findings underpin which impacts, and on what basis."""
    graph, level = read_graph(choose_store(store), slug, basis)
    if as_json:
        print_json(answer_underpinnings(graph, level, impact=impact, finding=finding))
        return
    wanted = [impact] if impact else []
    if not (impact or finding):
        wanted = [node.iri for node in nodes_of(graph, Kind.IMPACT)]
    impacts = [explain_impact(graph, one, basis=level) for one in wanted]
    findings = [explain_finding(graph, finding, basis=level)] if finding else []
    _print_head(graph, level)
    print_line(headline(graph).sentence)
    for explained in impacts:
        _print_impact(graph, explained)
    for found in findings:
        print_title(f"{found.finding.name.capitalize()}: {found.finding.label}")
        print_sentence(found.sentence)


def chains(
    slug: Slug,
    origin: Origin = None,
    target: Target = None,
    complete: Complete = False,
    limit: Limit = 100,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """The strongest chains through the stages, each with its weakest link."""
    graph, level = read_graph(choose_store(store), slug, basis)
    most = limit or None
    if as_json:
        print_json(
            answer_chains(graph, level, origin=origin, target=target, complete=complete, limit=most)
        )
        return
    found = find_chains(
        graph, basis=level, origin=origin, target=target, limit=None if complete else most
    )
    total = count_chains(graph, basis=level, origin=origin, target=target)
    if complete:
        found = tuple(chain for chain in found if chain.complete)
        total, found = len(found), found[:most]
    _print_head(graph, level)
    print_line(
        f"{total} chain{'' if total == 1 else 's'}, the longest first, of those the strongest."
    )
    print_table(
        ("chain", "weakest link", "skips"),
        (
            (
                " → ".join(node.name for node in chain.nodes),
                basis_text(chain.weakest),
                ", ".join(stage.value for stage in chain.skipped),
            )
            for chain in sorted(found, key=lambda chain: -len(chain.nodes))
        ),
    )
    if total > len(found):
        print_line(f"… and {total - len(found)} more: --limit 0 shows all.", style="dim")


def gaps(
    slug: Slug,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind of gap (may be repeated).")
    ] = None,
    all_kinds: Annotated[
        bool, typer.Option("--all-kinds", help="Also the kinds that are not on by default.")
    ] = False,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """What the graph lacks for an evidenced chain, the gravest first, and how to mend it."""
    graph, level = read_graph(choose_store(store), slug, basis)
    if as_json:
        print_json(answer_gaps(graph, level, kinds=kind, all_kinds=all_kinds))
        return
    found = find_gaps(graph, basis=level, kinds=kind or (KINDS if all_kinds else None))
    _print_head(graph, level)
    counts = ", ".join(
        f"{sum(gap.severity is severity for gap in found)} {severity.value}"
        for severity in Severity
    )
    print_line(f"{len(found)} gaps: {counts}.")
    for known in KINDS.values():
        some = [gap for gap in found if gap.kind == known.id]
        if not some:
            continue
        print_title(f"{known.id} ({len(some)}): {known.meaning}")
        print_table(
            ("severity", "reason"),
            (
                (
                    Text(gap.severity.value, style=_SEVERITY_STYLES[gap.severity]),
                    "\n".join((gap.reason, *gap.hints, *_name_members(gap))),
                )
                for gap in some
            ),
        )
        for remedy in dict.fromkeys(gap.remedy for gap in some[:1]):
            print_sentence(f"To fix it: {remedy}", indent=0)


def _name_members(gap: Gap) -> list[str]:
    """Return how to list the single gaps that a gap gathers."""
    kinds = dict.fromkeys(member.kind for member in gap.members)
    asked = " ".join(f"--kind {kind}" for kind in kinds)
    return [f"It gathers {len(gap.members)} single gaps: {asked} lists them."] if kinds else []


def matrix(
    slug: Slug,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Findings against impacts: how many chains, and the weakest link of the strongest."""
    graph, level = read_graph(choose_store(store), slug, basis)
    if as_json:
        print_json(answer_matrix(graph, level))
        return
    found = underpinning_matrix(graph, basis=level)
    _print_head(graph, level)
    print_table(
        ("", *(impact.name for impact in found.impacts)),
        (
            (finding.name, *(_cell(cell) for cell in row))
            for finding, row in zip(found.findings, found.cells, strict=True)
        ),
    )
    if found.remark:
        print_line(f"{found.remark[0].upper()}{found.remark[1:]}.")


def _print_impact(graph: CaseGraph, explained: ImpactUnderpinning) -> None:
    """Print first what the document says, then what was concluded, with the reasons."""
    node = explained.impact
    print_title(f"{node.name.capitalize()}: {node.label}")
    print_sentence(explain_impact(graph, node, basis=Basis.STATED).sentence)
    print_table(
        ("finding", "basis", "by content, because"),
        (
            (
                " → ".join((way.finding, *way.through)),
                name_basis(way.basis, way.confidence),
                way.because
                + (f" (a {way.shared} that leads to all impacts)" if way.shared else ""),
            )
            for way in list_influences(graph, explained)
        ),
        indent=2,
    )


def _cell(cell: Cell) -> Text:
    if cell.weakest_link is None or cell.basis is None or cell.confidence is None:
        return Text("·", style="dim")
    words = f"{cell.chain_count} × {cell.basis.value}"
    if cell.basis is not Basis.STATED:
        words += f", {describe_confidence(cell.confidence)}"
    return Text(words)


def _print_head(graph: CaseGraph, basis: Basis) -> None:
    print_title(graph.graph["title"])
    print_line(f"Links that count: {level_words(basis)} (--basis changes it).", style="dim")
