from __future__ import annotations

import pytest

from impactgraph.extraction.labels import read_labels
from impactgraph.extraction.run_in import find_run_in_labels


def find(words: str, until: int | None = None) -> list[str]:
    label = read_labels(words)[0]
    found = find_run_in_labels(words[label.end :], words[: label.end], label, until)
    return [words[label.end + place :][:12] for place, _ in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("[R1] Moss, 2001. [R2] Fern, 2002. [R3] Reed, 2003.", ["[R2] Fern, 2", "[R3] Reed, 2"]),
        ("R1. Moss (2001). Submitted to REF2.R2. Fern (2002)", ["R2. Fern (20"]),
        ("5.1 Report: a moss; 5.2 Report: a fern", ["5.2 Report: "]),
        ("[A] A letter. [B] A report", ["[B] A report"]),
        ("1. A letter. 2. A report. 3. A film", ["2. A report.", "3. A film"]),
    ],
)
def test_labels_that_go_on_are_found(words: str, found: list[str]) -> None:
    assert find(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "[R1] Moss, 2001. Cited in R2 and see [R3].",
        "1. A letter of 2014, vol. 2. London",
        "R1. Moss, A. (2001) Of R2 and others",
    ],
)
def test_mentions_are_not(words: str) -> None:
    assert find(words) == []


def test_only_labels_before_the_next_entry_are_looked_for() -> None:
    assert find("[R1] Moss, 2001. [R2] Fern, 2002.", until=2) == []
