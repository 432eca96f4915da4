"""The commands that say how strong the evidence is, what would mend it, and write the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from impactgraph.cli.options import AsJson, ChosenBasis, Slug, StoreLocation, choose_store
from impactgraph.cli.options import graph_and_basis as read_graph
from impactgraph.cli.output import (
    print_json,
    print_line,
    print_sentence,
    print_table,
    print_title,
)
from impactgraph.documents import read_document
from impactgraph.errors import UsageError
from impactgraph.extraction import extract_case_study
from impactgraph.graph import build_graph, default_basis
from impactgraph.remedies import list_needs, list_source_uses, suggest_remedies
from impactgraph.robustness import measure_robustness
from impactgraph.suggestions import add_suggestions
from impactgraph.threads import find_threads
from impactgraph.views.answers import answer_remedies, answer_report, answer_robustness
from impactgraph.views.report import build_report, render_report
from impactgraph.wording import level_words

__all__ = ["remedies", "report", "robustness"]


def robustness(
    slug: Slug,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """What the evidence survives and what it hangs on: parties, single points, withdrawals."""
    graph, level = read_graph(choose_store(store), slug, basis)
    if as_json:
        print_json(answer_robustness(graph, level))
        return
    found = measure_robustness(graph, basis=level)
    print_title(graph.graph["title"])
    print_line(f"Links that count: {level_words(level)} (--basis changes it).", style="dim")
    print_title("Who speaks for each impact")
    for corroboration in found.corroboration:
        print_sentence(corroboration.sentence)
        for colleagues in corroboration.colleagues:
            print_sentence(colleagues.sentence, indent=4)
    print_title("Chains from the research")
    for disjoint in found.disjoint:
        print_sentence(disjoint.sentence)
    for point in found.single_points:
        print_sentence(point.sentence)
    threads = find_threads(graph, basis=level)
    for thread in threads:
        print_sentence(thread.sentence)
    if not threads:
        print_sentence(
            "No chain is attested from an output to an impact by one and the same party."
        )
    print_title("What is lost without")
    for withdrawal in found.withdrawals:
        if not withdrawal.loses_nothing:
            print_sentence(withdrawal.sentence)
    for sentence in found.spared:
        print_sentence(sentence)
    if found.contribution is not None:
        print_title("Whose research it is")
        print_sentence(found.contribution.sentence)


def remedies(
    slug: Slug,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many at most; 0 for all.")] = 0,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Which new source or link would close most gaps, and which sources could be spared."""
    graph, level = read_graph(choose_store(store), slug, basis)
    if as_json:
        print_json(answer_remedies(graph, level, limit=limit or None))
        return
    found = suggest_remedies(graph, basis=level, limit=limit or None)
    print_title(graph.graph["title"])
    print_line(f"Links that count: {level_words(level)} (--basis changes it).", style="dim")
    print_title("What would mend most, in this order")
    print_table(
        ("", "what to do", "why", "closes"),
        (
            (str(number), remedy.advice, remedy.because, str(len(remedy.closes)))
            for number, remedy in enumerate(found.remedies, 1)
        ),
        numeric=(0, 3),
    )
    if found.untried:
        print_line(f"{found.untried} further ideas were not tried: the case study is very large.")
    if found.left:
        kinds = ", ".join(dict.fromkeys(gap.kind for gap in found.left))
        print_line(f"{len(found.left)} gaps would be left ({kinds}): `impactgraph gaps {slug}`.")
    print_title("What each impact would need")
    for need in list_needs(graph, basis=level):
        print_sentence(need.sentence)
    print_title("What each source is good for")
    for use in list_source_uses(graph, basis=level):
        print_sentence(use.sentence)


def report(
    slug: Annotated[
        str | None, typer.Argument(help="The case study, as `case-studies` lists it.")
    ] = None,
    document: Annotated[
        Path | None,
        typer.Option(
            "--document",
            metavar="FILE",
            help="A case study of your own instead, as `encode` reads it; nothing is stored.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write: .html (prints well), .md, .xlsx or .json; without it Markdown "
            "is printed.",
        ),
    ] = None,
    annex: Annotated[
        bool,
        typer.Option(
            "--annex", help="Add picture, matrix, chains and gaps to a page, or to Markdown."
        ),
    ] = False,
    basis: ChosenBasis = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Write the report of a case study: what an auditor would see first, and what would mend it."""
    form = "md" if output is None else output.suffix.lower().lstrip(".")
    if (slug is None) == (document is None):
        raise UsageError("name a case study of the store, or a file with --document")
    if document is not None:
        graph = build_graph(add_suggestions(extract_case_study(read_document(document))))
        level = basis or default_basis(graph)
    else:
        graph, level = read_graph(choose_store(store), slug or "", basis)
    if as_json and output is None:
        print_json(answer_report(graph, level))
        return
    data = render_report(build_report(graph, basis=level), form, annex=annex)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(data)
        print(f"Wrote {output}.", file=sys.stderr)
