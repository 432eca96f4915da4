"""The commands that look at many case studies at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from impactgraph.cli.options import AsJson, Slug, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_table, print_title
from impactgraph.corpus import (
    CaseStudyAnalysis,
    Distribution,
    Failure,
    Grouping,
    analyse_case_studies,
    distribute,
    list_case_studies,
)
from impactgraph.corpus import compare as compare_analyses
from impactgraph.errors import NotFoundError
from impactgraph.gaps import KINDS
from impactgraph.graph import to_networkx
from impactgraph.model import Basis
from impactgraph.store import Store
from impactgraph.views.corpus import comparison_record, distribution_record

__all__ = ["compare", "corpus"]

By = Annotated[
    Grouping | None, typer.Option("--by", help="Also by unit, institution or impact type.")
]
Processes = Annotated[
    int | None,
    typer.Option("--processes", min=1, show_default="as many as processors", help="How many."),
]


def corpus(
    by: By = None,
    processes: Processes = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """How gaps and reached impacts are distributed over all case studies."""
    failures: list[Failure] = []
    found = distribute(_analyse(choose_store(store), processes, failures), by=by)
    if as_json:
        print_json(
            {
                "by": by,
                "distributions": [distribution_record(one) for one in found],
                "failures": [
                    {"case_study": one.case_study, "reason": one.reason} for one in failures
                ],
            }
        )
    else:
        for one in found:
            _print_distribution(one)
        for failure in failures:
            print_line(f"Not read: {failure.case_study}: {failure.reason}")


def compare(
    slug: Slug,
    processes: Processes = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """How usual the gaps of a case study are in its unit of assessment; it ranks nothing."""
    chosen = choose_store(store)
    iri = to_networkx(chosen, slug).graph["case_study"]
    analyses = list(_analyse(chosen, processes, []))
    own = next((one for one in analyses if one.iri == iri), None)
    if own is None:
        raise NotFoundError(f"{slug} was removed meanwhile; `impactgraph load FILE` adds it again")
    found = compare_analyses(own, analyses)
    if as_json:
        print_json(
            {
                "case_study": own.slug,
                "unit_of_assessment": own.unit_of_assessment,
                "kinds": [comparison_record(one) for one in found],
            }
        )
        return
    print_title(f"{own.title}, beside others of {own.unit_of_assessment or 'no given unit'}")
    print_table(
        ("kind of gap", "here", "others with it", "others"),
        ((one.kind, str(one.own), str(one.others_with), str(one.others)) for one in found),
        numeric=(1, 2, 3),
    )


def _analyse(
    store: Store, processes: int | None, failures: list[Failure]
) -> Iterator[CaseStudyAnalysis]:
    """Yield the analyses, showing progress; what fails goes into the list of failures."""
    case_studies = list_case_studies(store)
    with Progress(
        TextColumn("Analysing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        task = progress.add_task("Analysing", total=len(case_studies))
        for found in analyse_case_studies(store, case_studies, processes=processes):
            progress.advance(task)
            if isinstance(found, Failure):
                failures.append(found)
            else:
                yield found


def _print_distribution(one: Distribution) -> None:
    noun = "case study" if one.case_studies == 1 else "case studies"
    print_title(f"{one.group}: {one.case_studies} {noun}")
    print_line(
        f"  {one.impacts} impacts; reached from research: "
        f"{_share(one.reached[Basis.STATED], one.impacts)} by stated steps, "
        f"{_share(one.reached[Basis.CURATED], one.impacts)} with curation. "
        f"{_share(one.sourced_claims, one.claims)} of {one.claims} claims have a stated source. "
        f"{_share(one.one_party, one.impacts)} of impacts rest on at most one known party, "
        f"{_share(one.no_outsider, one.impacts)} on none but parties with a known part."
    )
    print_table(
        ("kind of gap", "gaps", "case studies with it", "share"),
        _gap_rows(one),
        numeric=(1, 2, 3),
        indent=2,
    )


def _gap_rows(one: Distribution) -> Iterable[tuple[str, str, str, str]]:
    for kind in KINDS:
        if kind in one.gaps:
            having = one.with_gap[kind]
            yield kind, str(one.gaps[kind]), str(having), _share(having, one.case_studies)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
