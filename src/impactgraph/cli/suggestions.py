"""The commands that suggest what underpins impacts, train that, and measure it on an export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from impactgraph.cli.options import AsJson, Slug, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_table, print_title
from impactgraph.documents import read_export
from impactgraph.errors import UsageError
from impactgraph.extraction import extract_case_study
from impactgraph.graph import Kind, model_of, node_of, nodes_of, to_networkx
from impactgraph.suggestions import list_suggested
from impactgraph.suggestions.evaluation import evaluate_suggestions as evaluate
from impactgraph.suggestions.material import Material, gather_material
from impactgraph.suggestions.ranking import write_rankers
from impactgraph.suggestions.training import train_rankers
from impactgraph.views.answers import answer_suggestions
from impactgraph.wording import capitalise

__all__ = ["evaluate_suggestions", "suggest", "train_suggestions"]

Export = Annotated[Path, typer.Argument(help="An export of the REF.")]


def suggest(slug: Slug, store: StoreLocation = None, as_json: AsJson = False) -> None:
    """What probably underpins each impact, where the text does not say; a program's guess."""
    graph = to_networkx(choose_store(store).snapshot(), slug)
    if as_json:
        print_json(answer_suggestions(graph))
        return
    print_title(graph.graph["title"])
    print_line("Suggested by a program, by words in common; the document says none of it.")
    links = list_suggested(model_of(graph))
    for impact in nodes_of(graph, Kind.IMPACT):
        print_title(f"{capitalise(impact.name)}: {impact.label}")
        rows = [
            (node_of(graph, link.origin).name, f"{link.confidence:.2f}", link.rationale)
            for link in links
            if link.target == impact.iri
        ]
        if rows:
            print_table(("perhaps underpinned by", "confidence", "because"), rows, numeric=(1,))
        else:
            print_line("No suggestion: nothing is likely enough.")


def train_suggestions(
    export: Export,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")],
) -> None:
    """Train suggestions on an export and write the weights."""
    materials = [material for _, _, material in _read(export)]
    try:
        write_rankers(train_rankers(materials), output)
    except ValueError as error:
        raise UsageError(f"{export}: {error}") from error


def evaluate_suggestions(export: Export, as_json: AsJson = False) -> None:
    """Measure suggestions on an export by cross-validation, beside simple baselines."""
    rows = _read(export)
    materials = [material for _, _, material in rows]
    try:
        scores = [
            *evaluate(materials, [identifier for identifier, _, _ in rows]),
            *evaluate(materials, [place for _, place, _ in rows], split="institution")[:2],
        ]
    except ValueError as error:
        raise UsageError(f"{export}: {error}") from error
    if as_json:
        print_json({"scores": [asdict(score) for score in scores]})
        return
    for score in scores:
        error_words = (
            ""
            if score.calibration_error is None
            else f", calibration error {score.calibration_error:.3f}"
        )
        print_line(
            f"{score.name} (split by {score.split}; marks {score.marks}; {score.cases} cases): "
            f"MAP {score.mean_average_precision:.3f}, hit at 1 {score.hit_at_1:.3f}{error_words}"
        )


def _read(export: Path) -> list[tuple[str, str, Material]]:
    found = []
    for row in read_export(export):
        if row.document is not None:
            place = row.document.submission.institution if row.document.submission else None
            material = gather_material(extract_case_study(row.document))
            found.append((row.identifier or str(row.number), place or "", material))
    return found
