from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from export_files import write_export
from impactgraph.documents import read_export
from impactgraph.encoding import decode
from impactgraph.extraction import Extraction, extract_case_study
from impactgraph.model import Basis
from impactgraph.suggestions import LEAST_CONFIDENCE, suggest_links
from impactgraph.suggestions.evaluation import evaluate_suggestions
from impactgraph.suggestions.features import Measurer
from impactgraph.suggestions.material import gather_material, hide_marks
from impactgraph.suggestions.ranking import read_rankers
from impactgraph.suggestions.training import train_rankers
from invented_exports import invent_row, write_invented_export

SILENT = (
    "**Safer crossings in Crail**\n\nThe council of Crail changed its inspection code in 2016 "
    "because of the tap test, which finds cracks of piers [S1]. It saved £3,000 a year [S2]."
)


def _extract(path: Path, **cells: str) -> Extraction:
    row = invent_row(2)
    row.update(cells)
    write_export(path, row)
    (read,) = read_export(path)
    assert read.document is not None
    return extract_case_study(read.document)


def test_links_are_inferred_and_their_words_stand_on_both_sides(tmp_path: Path) -> None:
    extraction = _extract(tmp_path / "one.xlsx", **{"4. Details of the impact": SILENT})
    suggestions = suggest_links(extraction, least=Decimal(0))
    assert suggestions
    text = extraction.reading.plain.text
    for one in suggestions:
        assert one.link.basis is Basis.INFERRED
        assert one.shared
        for term in one.shared:
            assert term.impact_place is not None
            assert text[term.impact_place :].startswith(term.impact_word)
            assert term.candidate_place is not None
            assert text[term.candidate_place :].startswith(term.candidate_word)


def test_the_same_document_gives_the_same_suggestions(tmp_path: Path) -> None:
    one = _extract(tmp_path / "one.xlsx", **{"4. Details of the impact": SILENT})
    assert suggest_links(one, least=Decimal(0)) == suggest_links(one, least=Decimal(0))


def test_nothing_is_suggested_below_the_least_confidence(tmp_path: Path) -> None:
    one = _extract(tmp_path / "one.xlsx", **{"4. Details of the impact": SILENT})
    assert all(found.link.confidence >= LEAST_CONFIDENCE for found in suggest_links(one))
    assert suggest_links(one, least=Decimal(1)) == ()


def test_nothing_is_suggested_where_no_word_is_shared(tmp_path: Path) -> None:
    foreign = "Zebras graze wherever meadows flourish abundantly, delighting visitors since 2016."
    one = _extract(tmp_path / "one.xlsx", **{"4. Details of the impact": foreign})
    assert one.case_study.impacts
    assert suggest_links(one, least=Decimal(0)) == ()


def test_what_is_stated_is_not_suggested_again(tmp_path: Path) -> None:
    one = _extract(tmp_path / "one.xlsx")
    stated = {(link.origin, link.target) for link in one.case_study.links}
    for found in suggest_links(one, least=Decimal(0)):
        assert (found.link.origin, found.link.target) not in stated


def test_an_impact_is_measured_without_its_own_marks(tmp_path: Path) -> None:
    material = gather_material(_extract(tmp_path / "one.xlsx"))
    assert any(target.cited for target in material.impacts)
    vocabulary = read_rankers().vocabulary
    for at in range(len(material.impacts)):
        shown = Measurer(material, vocabulary, material.outputs)
        masked = hide_marks(material, [at])
        assert shown.measure(at) == Measurer(masked, vocabulary, masked.outputs).measure(at)


def test_blanked_text_keeps_its_places_and_loses_its_marks(tmp_path: Path) -> None:
    extraction = _extract(tmp_path / "one.xlsx")
    passages = [p for one in gather_material(extraction).impacts for p in one.passages]
    assert passages
    assert not any("R2" in passage.words for passage in passages)


def test_evaluation_scores_the_ranker_beside_baselines(tmp_path: Path) -> None:
    path = write_invented_export(tmp_path / "many.xlsx", 20)
    rows = [row for row in read_export(path) if row.document]
    assert len(rows) == 20
    materials = [gather_material(extract_case_study(row.document)) for row in rows if row.document]
    scores = evaluate_suggestions(materials, [str(row.number) for row in rows])
    assert {"suggestions", "chance", "list order", "TF-IDF", "BM25"} == {s.name for s in scores}
    assert all(score.cases == 20 for score in scores)
    learnt = scores[0]
    assert learnt.mean_average_precision == pytest.approx(1.0)
    assert learnt.calibration_error is not None


def test_a_curated_case_study_without_its_text_has_suggestions() -> None:
    from rdflib import Graph

    from impactgraph.resources import case_study_files, reference_file

    graph = Graph().parse(case_study_files()[0]).parse(reference_file())
    assert suggest_links(decode(graph), least=Decimal("0.1"))


def test_training_says_whether_outputs_or_findings_have_nothing_to_learn_from(
    tmp_path: Path,
) -> None:
    material = gather_material(_extract(tmp_path / "one.xlsx"))
    with pytest.raises(ValueError, match="ranking of outputs has nothing"):
        train_rankers([hide_marks(material)])
    with pytest.raises(ValueError, match="findings could not"):
        train_rankers([replace(material, findings=())])
