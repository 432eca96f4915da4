"""What became of the marks that another lister sees is told by their places."""

from __future__ import annotations

import pytest

from benchmarks.candidate_marks import CandidateMark
from benchmarks.linearity import fill_section
from benchmarks.marks import Outcome, judge_marks
from impactgraph.documents import Document
from impactgraph.extraction.pipeline import read_case_study

WORDS = (
    "Moss was laid **again** [S2]<sup>1</sup>. It rained in May [S9]. The fund gave more [G1]. "
    "Nobody asked (again)."
)


@pytest.mark.parametrize(
    ("before", "mark", "outcome"),
    [
        ("Moss was laid again ", "[S2]", Outcome.RESOLVED),
        ("laid again ", "[ S 2 ]", Outcome.RESOLVED),
        ("It rained in May ", "[S9]", Outcome.WARNED),
        ("The fund gave more ", "[G1]", Outcome.NAMED),
        ("Nobody asked ", "(again)", Outcome.UNSEEN),
        ("Somebody asked ", "[S7]", Outcome.UNPLACED),
    ],
)
def test_a_candidate_is_judged_by_its_place(before: str, mark: str, outcome: Outcome) -> None:
    reading = read_case_study(Document.from_text(fill_section("4", WORDS)))
    candidate = CandidateMark(id="moss", section=4, before=before, mark=mark)
    assert [judged.outcome for judged in judge_marks(reading, [candidate])] == [outcome]


def test_the_same_words_twice_are_two_places() -> None:
    text = fill_section("4", "It rained [S2]. It rained [S9].")
    reading = read_case_study(Document.from_text(text))
    candidates = [
        CandidateMark(id="moss", section=4, before="It rained ", mark=mark)
        for mark in ("[S2]", "[S9]")
    ]
    found = [judged.outcome for judged in judge_marks(reading, candidates)]
    assert found == [Outcome.RESOLVED, Outcome.WARNED]
