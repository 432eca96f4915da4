"""The case studies that the benchmarks generate are what they say they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from benchmarks.generator import check_sample, write_case_studies
from benchmarks.invention import OUTLINE, READING, Shape, invent_case_study
from impactgraph.encoding import decode, encode
from impactgraph.gaps import KINDS, find_gaps
from impactgraph.graph import build_graph
from impactgraph.model import Basis, Stage, Step


@pytest.mark.parametrize("shape", [OUTLINE, READING])
def test_they_conform_to_the_shapes_without_a_warning(shape: Shape) -> None:
    check_sample((1, 17), shape=shape)


def test_they_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert invent_case_study(3, seed=1) == invent_case_study(3, seed=1)
    assert invent_case_study(3, seed=1) != invent_case_study(3, seed=2)


def test_they_have_about_440_triples_when_outlined() -> None:
    sizes = [len(encode(invent_case_study(number))) for number in range(1, 41)]
    assert 400 < mean(sizes) < 460


def test_they_hold_every_basis_and_a_chain_through_all_stages() -> None:
    bases: Counter[Basis] = Counter()
    for number in range(1, 31):
        case = invent_case_study(number)
        bases.update(link.basis for link in case.links)
        reached = {finding.iri for finding in case.findings}
        for step in (Step.REPORTED_IN, Step.CARRIED_BY, Step.LED_TO, Step.CORROBORATED_BY):
            reached = {
                link.target for link in case.links if link.step is step and link.origin in reached
            }
        assert reached, f"{case.slug} has no chain to a {Stage.SOURCE.value}"
    assert set(bases) == set(Basis)
    assert bases.most_common(1)[0][0] is Basis.STATED


def test_every_kind_of_gap_has_something_to_find() -> None:
    found: set[str] = set()
    for number in range(1, 201):
        graph = build_graph(invent_case_study(number))
        for basis in (Basis.STATED, Basis.CURATED):
            found.update(gap.kind for gap in find_gaps(graph, basis=basis, kinds=KINDS))
    assert found == set(KINDS)


def test_most_marks_cite_what_links_state() -> None:
    agreeing: Counter[bool] = Counter()
    for number in range(1, 31):
        case = invent_case_study(number)
        stated = {link.target for link in case.links if link.basis is Basis.STATED}
        agreeing.update(stated >= set(mark.cites) for mark in case.marks)
    assert agreeing[True] > 10 * agreeing[False] > 0


def test_they_come_back_from_their_encoding() -> None:
    case = invent_case_study(5, shape=READING)
    read = decode(encode(case))
    assert set(read.links) == set(case.links)
    assert set(read.marks) == set(case.marks)


def test_they_are_written_one_file_each(tmp_path: Path) -> None:
    iris, triples = write_case_studies(tmp_path, 3)
    files = sorted(tmp_path.glob("*.nq"))
    assert len(files) == 4
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == triples
    for iri in iris:
        assert any(line.endswith(f"<{iri}> .") for line in lines)
