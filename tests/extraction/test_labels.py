from __future__ import annotations

import pytest

from impactgraph.extraction.labels import LABEL_STYLES, read_labels, read_marker

EXAMPLES = {
    "prefix and number: R1, [S2], (E3), R1a, R01, R.1, R[1], RO1": [
        ("R1 Moss, A.", "R1", "R#", 1, ""),
        ("R01) Moss, A.", "R01", "R#", 1, ""),
        ("[S2] A letter", "S2", "S#", 2, ""),
        ("[ S2 ] A letter", "S2", "S#", 2, ""),
        ("[S2 (group)] Letters", "S2", "S#", 2, ""),
        ("(E3) A letter", "E3", "E#", 3, ""),
        ("[e3]. A letter", "e3", "E#", 3, ""),
        ("S3a. A letter", "S3a", "S#", 3, "a"),
        ("[S8(a)] A letter", "S8(a)", "S#", 8, "a"),
        ("S1iii: A letter", "S1iii", "S#", 1, "iii"),
        ("IMP1a-c: Letters", "IMP1a-c", "IMP#", 1, "a-c"),
        ("R.2. Moss, A.", "R.2", "R#", 2, ""),
        ("R[4] Moss, A.", "R4", "R#", 4, ""),
        ("RO5 - Moss, A.", "RO5", "RO#", 5, ""),
        ("S6.Testimonial", "S6", "S#", 6, ""),
        ("* [R7]. Moss, A.", "R7", "R#", 7, ""),
        ("[Eco1] See the letter", "Eco1", "ECO#", 1, ""),
    ],
    "word and number: Ref. 1, Source 2, PUB 3, [EQR.1], Output 4": [
        ("Ref. 1 Moss, A.", "Ref. 1", "REF#", 1, ""),
        ("Source 2: A letter", "Source 2", "SOURCE#", 2, ""),
        ("[PUB 3] Moss, A.", "PUB 3", "PUB#", 3, ""),
        ("Output 4: Moss, A.", "Output 4", "OUTPUT#", 4, ""),
    ],
    "word and letter: Source A, Appendix B, [Evidence C]": [
        ("Source A: A letter", "Source A", "SOURCEA", 1, ""),
        ("[Evidence C] A letter", "Evidence C", "EVIDENCEA", 3, ""),
    ],
    "section and number: 3.1, [5.2], (3.3), R3.1, S5.1, 5.1a, 5.1.1": [
        ("3.1 Moss, A.", "3.1", "3.#", 1, ""),
        ("3.10. Moss, A.", "3.10", "3.#", 10, ""),
        ("[5.2] A letter", "5.2", "5.#", 2, ""),
        ("5.3: A letter", "5.3", "5.#", 3, ""),
        ("[5.8.b] A letter", "5.8.b", "5.#", 8, "b"),
        ("5.1.2 A letter", "5.1.2", "5.#", 1, "2"),
        ("E5.1 A letter", "E5.1", "E5.#", 1, ""),
    ],
    "section and prefixed number: 3.R1, 5.S1": [("3.R1 Moss, A.", "3.R1", "x.R#", 1, "")],
    "section and letter: 3.A, [5a], 5.b": [("3.A Moss, A.", "3.A", "3.A", 1, "")],
    "bracketed number: [1], (1), [1a], [01]": [
        ("[1] Moss, A.", "1", "#", 1, ""),
        ("(2) Moss, A.", "2", "(#", 2, ""),
    ],
    "number and stop: 1. 1) 1: 1- 1a.": [
        ("1. Moss, A.", "1", "#", 1, ""),
        ("6b. A letter", "6b", "#", 6, "b"),
    ],
    "number alone: 1 Smith": [("1 Moss, A.", "1", "#", 1, "")],
    "bracketed letter: [A], (a), [Aa]": [
        ("[C] A letter", "C", "A", 3, ""),
        ("(c) A letter", "c", "(a", 3, ""),
    ],
    "letter and stop: A. a) B:": [
        ("B. A letter", "B", "A", 2, ""),
        ("b) A letter", "b", "a", 2, ""),
        ("A] A letter", "A", "A", 1, ""),
    ],
    "roman: i. (ii) [iii] iv)": [
        ("(ii) A letter", "ii", "i", 2, ""),
        ("iv) A letter", "iv", "i", 4, ""),
    ],
    "roman capitals: I. (II) [III] IV)": [("III. A letter", "III", "I", 3, "")],
}


def test_every_style_has_examples() -> None:
    assert {style.name for style in LABEL_STYLES} == set(EXAMPLES)


@pytest.mark.parametrize(
    ("words", "printed", "family", "ordinal", "sub"),
    [example for examples in EXAMPLES.values() for example in examples],
)
def test_a_label_is_read(words: str, printed: str, family: str, ordinal: int, sub: str) -> None:
    label = next(label for label in read_labels(words) if label.family == family)
    assert (label.printed, label.ordinal, label.sub) == (printed, ordinal, sub)
    assert words[label.end :].lstrip(" .:-")[:4] in words


@pytest.mark.parametrize(
    "words",
    [
        "2016 was a wet year",
        "A new report",
        "[Journal Article] Moss, A.",
        "R1 to R5 are published in journals",
        "[1] and [2] were peer reviewed",
        "R2 is a review",
        "H2020 grant",
        "https://example.org",
        "",
    ],
)
def test_words_without_a_label_have_none(words: str) -> None:
    assert read_labels(words) == ()


def test_a_letter_may_be_a_roman_number() -> None:
    assert [(label.family, label.ordinal) for label in read_labels("i) Letter")] == [
        ("a", 9),
        ("i", 1),
    ]


def test_a_bullet_is_no_label() -> None:
    assert read_marker("-") == ()
    assert [label.ordinal for label in read_marker("3.")] == [3]


def test_the_stem_is_the_label_without_its_part() -> None:
    assert next(iter(read_labels("[5.8.b] A letter"))).stem == "5.8"
