"""Suggestions in the graph: inferred, bounded, and subject to what people decide."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import URIRef

from export_files import write_export
from impactgraph.curating import curate
from impactgraph.curation import ActKind, Decision
from impactgraph.gaps import find_gaps
from impactgraph.graph import CaseGraph, model_of, to_networkx
from impactgraph.importing import OutcomeKind, find_candidates, import_case_studies
from impactgraph.model import Basis, Link, Step
from impactgraph.store import Store, open_store
from impactgraph.suggestions import METHOD, SUGGESTER, list_suggested
from impactgraph.validation import validate
from impactgraph.views.reading import read_titles
from impactgraph.vocabulary import IG, REFERENCE_GRAPH
from invented_exports import invent_row

SILENT = (
    "**Safer crossings in Crail**\n\nThe council of Crail changed its inspection code in 2016 "
    "because of the tap test, which finds cracks of piers [S1]. It saved £3,000 a year [S2]."
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    row = invent_row(2)
    row["4. Details of the impact"] = SILENT
    write_export(tmp_path / "one.xlsx", row)
    return tmp_path / "one.xlsx"


@pytest.fixture
def store(tmp_path: Path, export: Path) -> Store:
    opened = open_store(tmp_path / "store")
    bring(opened, export)
    return opened


def bring(store: Store, export: Path) -> None:
    (outcome,) = import_case_studies(store, find_candidates([export]), processes=1)
    assert outcome.kind is OutcomeKind.ENCODED


def graph_of(store: Store) -> CaseGraph:
    (slug,) = read_titles(store)
    return to_networkx(store, slug)


def suggested(store: Store) -> list[Link]:
    return [link for link in model_of(graph_of(store)).links if link.method == METHOD]


def basis_of(store: Store, origin: str, target: str) -> list[Basis]:
    return [
        link.basis
        for link in model_of(graph_of(store)).links
        if (link.origin, link.target) == (origin, target)
    ]


def test_what_is_suggested_is_inferred_attributed_and_has_no_direct_statement(store: Store) -> None:
    links = suggested(store)
    assert links
    graph = store.snapshot().graph(graph_of(store).graph["case_study"])
    for link in links:
        assert (link.basis, link.step) == (Basis.INFERRED, Step.CONTRIBUTED_TO)
        assert link.attributed_to == SUGGESTER.iri
        assert (URIRef(link.origin), IG.contributedTo, URIRef(link.target)) not in graph
    reference = store.snapshot().graph(REFERENCE_GRAPH)
    assert (URIRef(SUGGESTER.iri), None, None) in reference
    assert validate(graph + reference).conforms
    assert set(list_suggested(model_of(graph_of(store)))) == set(links)


def test_few_are_suggested_for_an_impact(store: Store) -> None:
    kinds = Counter((link.target, link.origin.split("/")[-2]) for link in suggested(store))
    assert max(kinds.values()) <= 3


def test_an_impact_keeps_its_gap_which_says_what_is_likely_and_why(store: Store) -> None:
    (link, *_) = list_suggested(model_of(graph_of(store)))
    for basis, hinted in ((Basis.STATED, False), (Basis.CURATED, False), (Basis.INFERRED, True)):
        gaps = find_gaps(graph_of(store), basis=basis, kinds=["nothing-before"])
        (hints,) = [gap.hints for gap in gaps if gap.nodes[0].iri == link.target]
        assert (
            any(f"{link.confidence:.2f}" in one and link.rationale in one for one in hints)
            is hinted
        )


@pytest.mark.parametrize(
    ("kind", "left"), [(ActKind.ACCEPT, [Basis.CURATED]), (ActKind.REJECT, [])]
)
def test_what_people_decided_outlives_another_reading(
    store: Store, export: Path, kind: ActKind, left: list[Basis]
) -> None:
    (link, *_) = suggested(store)
    why = "I asked the authors."
    case_study = graph_of(store).graph["case_study"]
    curate(store, case_study, Decision(kind=kind, who="Ada", target=link.iri, why=why))
    assert basis_of(store, link.origin, link.target) == left
    row = invent_row(2)
    row["4. Details of the impact"] = SILENT
    row["1. Summary of the impact"] += " It was a dry year."
    write_export(export, row)
    bring(store, export)
    assert basis_of(store, link.origin, link.target) == left
