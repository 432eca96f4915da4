"""The pages on measures show what the program draws, and say what it prints."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from docs.measure_examples import EXAMPLES, PICTURES, draw_example
from impactgraph.attestation import Attestations
from impactgraph.chains import find_chains
from impactgraph.graph import CaseGraph, default_basis
from impactgraph.parties import parties_of
from impactgraph.remedies import list_needs, list_source_uses, suggest_remedies
from impactgraph.robustness import measure_robustness
from impactgraph.threads import find_threads

ROOT = Path(__file__).parents[2]
PICTURED = {
    "parties": "corroboration-by-party",
    "attestation": "corroboration-by-party",
    "corroboration-by-party": "corroboration-by-party",
    "single-points-of-failure": "single-points-of-failure",
    "leave-one-out": "single-points-of-failure",
    "disjoint-chains": "single-points-of-failure",
    "distinct-contribution": "distinct-contribution",
    "chains": "chains",
    "threads": "threads",
    "remedies": "remedies",
}


def read_page(name: str) -> str:
    return (ROOT / "docs" / "measures" / f"{name}.md").read_text(encoding="utf-8")


def print_all(graph: CaseGraph) -> set[str]:
    """Every sentence that the program prints on an example."""
    level = default_basis(graph)
    found = measure_robustness(graph, basis=level)
    known = Attestations(graph, level)
    values = chain(
        found.corroboration,
        found.single_points,
        found.disjoint,
        found.withdrawals,
        [found.contribution] if found.contribution else [],
        (party for parties in parties_of(graph).values() for party in parties),
        (known.of(iri) for iri in graph),
        find_chains(graph, basis=level),
        find_threads(graph, basis=level, known=known),
        suggest_remedies(graph, basis=level).remedies,
        list_needs(graph, basis=level, known=known),
        list_source_uses(graph, basis=level),
    )
    return {value.sentence for value in values}


@pytest.mark.parametrize("name", PICTURED)
def test_a_page_shows_its_picture_and_says_what_the_program_prints(name: str) -> None:
    page = read_page(name)
    picture = PICTURED[name]
    assert re.findall(r"\]\(\.\./images/measures/(.*)\.svg\)", page) == [picture]
    quoted = [
        re.sub(r"\s*\n> ?", " ", quote).removeprefix("> ").strip()
        for quote in re.findall(r"(?:^>.*\n)+", page, re.MULTILINE)
    ]
    assert quoted
    printed = print_all(EXAMPLES[picture]())
    for sentence in quoted:
        assert sentence in printed, sentence


@pytest.mark.parametrize("name", PICTURED)
def test_a_page_defines_limits_and_cites(name: str) -> None:
    page = read_page(name)
    assert re.findall(r"^#+ (.*)$", page, re.MULTILINE)[-2:] == ["Limits", "Source"]
    assert 20 <= len(page.splitlines()) <= 45
    for module, function in re.findall(r"`(impactgraph(?:\.\w+)+)\.(\w+)`", page):
        assert hasattr(__import__(module, fromlist=[function]), function)


@pytest.mark.parametrize("picture", EXAMPLES)
def test_a_picture_is_that_of_its_example(picture: str) -> None:
    drawn = (PICTURES / f"{picture}.svg").read_text(encoding="utf-8")
    assert drawn.strip() == draw_example(picture), "draw it: python tests/docs/measure_examples.py"


def test_every_example_is_on_a_page() -> None:
    assert set(EXAMPLES) == set(PICTURED.values())
    assert len(PICTURED) == 10
