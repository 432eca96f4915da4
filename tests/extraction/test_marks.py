"""Where marks may stand: every way to set them has a test."""

from __future__ import annotations

import pytest

from impactgraph.documents import Document, read_plain_text
from impactgraph.extraction.enumerators import leave_out_enumerators
from impactgraph.extraction.marks import MARK_STYLES, Mark, find_marks


def marks_in(words: str) -> tuple[list[str], list[Mark]]:
    plain = read_plain_text(
        Document.from_text(
            "1. Summary of the impact\nA.\n2. Underpinning research\nB.\n"
            "3. References to the research\nC.\n4. Details of the impact\n"
            f"{words}\n5. Sources to corroborate the impact\nD.\n"
        )
    )
    found = leave_out_enumerators(plain, find_marks(plain))
    return [plain.words(mark.span) for mark in found], list(found)


@pytest.mark.parametrize(
    ("style", "words", "found"),
    [
        ("a range of brackets", "Grown [R1]-[R4].", ["[R1]-[R4]"]),
        ("in square brackets", "Grown [R1, R3].", ["[R1, R3]"]),
        ("in round brackets", "Grown (5.1(ii): page 4).", ["(5.1(ii): page 4)"]),
        ("in brackets that are closed by the other kind", "Grown [R1).", ["[R1)"]),
        ("in a bracket never closed", "Grown [E8 and on", ["[E8"]),
        ("a word and numbers in running text", "See refs 2 and 4 of it.", ["refs 2 and 4"]),
        ("a label in running text", "So R1-R3 say.", ["R1-R3"]),
        ("a section's number right after a word", "The guide5.1 says.", ["5.1"]),
        ("a section's number in running text", "Seen, see 3.1-3.3 there.", ["3.1-3.3"]),
    ],
)
def test_marks_are_found_in_every_style(style: str, words: str, found: list[str]) -> None:
    assert any(each.name.startswith(style) for each in MARK_STYLES)
    assert marks_in(words)[0] == found


def test_every_style_has_its_test() -> None:
    assert len(MARK_STYLES) == 9


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Raised<sup>1,2</sup> here.", ["1,2"]),
        ("Raised <sup>[3]</sup> here.", ["[3]"]),
        ("Carbon <sup>14</sup>C is old.", []),
        ("It grew 3.1% to 3.4 million.", []),
        ("It rose from 3.1 to 3.4.", []),
        ("It fell from 3.5 per 100.", []),
        ("Jane said, [Western teacher, **5.8**] so.", ["5.8"]),
        ("S[2] is a letter.", ["S[2]"]),
    ],
)
def test_what_looks_like_a_mark_is_looked_at_closely(words: str, found: list[str]) -> None:
    assert marks_in(words)[0] == found


def test_the_word_before_a_bracket_is_kept() -> None:
    _, marks = marks_in("See outputs [5] and [6], or source [2].")
    assert [mark.word for mark in marks] == ["output", "output", "source"]
