"""The case studies that the benchmarks generate are what they say they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from benchmarks.generator import check_sample, write_case_studies
from benchmarks.invention import OUTLINE, READING, Shape, invent_case_study
from impactgraph.encoding import decode, encode
from impactgraph.model import Basis, Stage, Step


@pytest.mark.parametrize("shape", [OUTLINE, READING])
def test_they_conform_to_the_shapes_without_a_warning(shape: Shape) -> None:
    check_sample((1, 17), shape=shape)


def test_they_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert invent_case_study(3, seed=1) == invent_case_study(3, seed=1)
    assert invent_case_study(3, seed=1) != invent_case_study(3, seed=2)


def test_they_have_about_390_triples_when_outlined() -> None:
    sizes = [len(encode(invent_case_study(number))) for number in range(1, 41)]
    assert 370 < mean(sizes) < 420


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


def test_they_come_back_from_their_encoding() -> None:
    case = invent_case_study(5, shape=READING)
    assert set(decode(encode(case)).links) == set(case.links)


def test_they_are_written_one_file_each(tmp_path: Path) -> None:
    iris, triples = write_case_studies(tmp_path, 3)
    files = sorted(tmp_path.glob("*.nq"))
    assert len(files) == 4
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == triples
    for iri in iris:
        assert any(line.endswith(f"<{iri}> .") for line in lines)
