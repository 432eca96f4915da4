"""What a mark says: labels, ranges, parts and pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.extraction.mark_parsing import parse_mark
from impactgraph.extraction.mark_tokens import citing_word


def labels(words: str) -> list[str]:
    return [f"{use.scheme} {use.ordinal}{use.sub}" for use in parse_mark(words).labels]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("R1", ["r# 1"]),
        ("R1, R3", ["r# 1", "r# 3"]),
        ("R1; R3 and R5", ["r# 1", "r# 3", "r# 5"]),
        ("3", ["# 3"]),
        ("3.2", ["3.# 2"]),
        ("PUB 2", ["pub# 2"]),
        ("Pubs 2", ["pub# 2"]),
        ("IMP10", ["imp# 10"]),
        ("E.4", ["e# 4"]),
        ("s7", ["s# 7"]),
        ("B", ["A 2"]),
        ("b", ["a 2"]),
        ("iv", ["i 4"]),
        ("3.iv", ["3.i 4"]),
        ("5.B", ["5.A 2"]),
        ("S5.1", ["s5.# 1"]),
        ("3.R2", ["r# 2"]),
        ("Source 3", ["source# 3"]),
        ("Ref. 3", ["ref# 3"]),
        ("references 3 and 4", ["ref# 3", "ref# 4"]),
        ("corroborating source 2", ["source# 2"]),
        ("3:2", ["3.# 2"]),
        ("Sources A and C", ["sourceA 1", "sourceA 3"]),
        ("see also 5.3", ["5.# 3"]),
        ("section 3.2", ["3.# 2"]),
        ("RPs 4, 7", ["rp# 4", "rp# 7"]),
        ("[E1], [E2]", ["e# 1", "e# 2"]),
    ],
)
def test_labels_are_read_in_every_style(words: str, named: list[str]) -> None:
    assert labels(words) == named
    assert parse_mark(words).pure


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("R1–R3", ["r# 1", "r# 2", "r# 3"]),
        ("R1-3", ["r# 1", "r# 2", "r# 3"]),
        ("2 to 4", ["# 2", "# 3", "# 4"]),
        ("3.4 - 3.6", ["3.# 4", "3.# 5", "3.# 6"]),
        ("A–C", ["A 1", "A 2", "A 3"]),
        ("R1]–[R3", ["r# 1", "r# 2", "r# 3"]),
        ("R3-R1", ["r# 3", "r# 1"]),
        ("1-60", ["# 1", "# 60"]),
    ],
)
def test_ranges_name_what_lies_between(words: str, named: list[str]) -> None:
    assert labels(words) == named


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("S3a", ["s# 3a"]),
        ("5.1b", ["5.# 1b"]),
        ("5.8.b", ["5.# 8b"]),
        ("A(ii)", ["A 1ii"]),
        ("Ci", ["A 3i"]),
        ("b-ii", ["a 2ii"]),
        ("E4.2", ["e4.# 2"]),
        ("IMP1#2", ["imp# 12"]),
    ],
)
def test_parts_are_kept_with_their_label(words: str, named: list[str]) -> None:
    assert labels(words) == named


def test_letters_after_a_label_may_be_its_parts() -> None:
    first, second = parse_mark("S5(a) & (b)").labels
    assert (first.scheme, first.ordinal, first.sub) == ("s#", 5, "a")
    assert second.part_of == ("s#", 5)


def test_numbers_after_a_label_may_be_of_its_scheme() -> None:
    first, second = parse_mark("S9, 5").labels
    assert not first.inherited
    assert (second.scheme, second.ordinal, second.inherited) == ("s#", 5, True)


@pytest.mark.parametrize(
    ("words", "named", "pages"),
    [
        ("S1; S3, p.66-68", ["s# 1", "s# 3"], ["p.66-68"]),
        ("5.6; p3, 5.7; p4", ["5.# 6", "5.# 7"], ["p3", "p4"]),
        ("R4: 11", ["r# 4"], ["11"]),
        ("5.2: page 9, para 4.1", ["5.# 2"], ["page 9", "para 4.1"]),
        ("3, pp. 12, 15 and 20", ["# 3"], ["pp. 12, 15 and 20"]),
        ("E2, Table 4", ["e# 2"], ["Table 4"]),
    ],
)
def test_pages_are_no_labels(words: str, named: list[str], pages: list[str]) -> None:
    assert labels(words) == named
    assert parse_mark(words).pages == pages


@pytest.mark.parametrize(
    "words",
    [
        "24:58",
        "text removed for publication",
        "2015",
        "12 March 2015",
        "10/3/17",
        "1,000",
        "45%",
        "Figure 3",
        "p. 4",
        "May 12",
        "5 years",
        "£3",
    ],
)
def test_other_things_name_nothing(words: str) -> None:
    assert labels(words) == []


def test_the_section_to_look_in_is_kept() -> None:
    mark = parse_mark("Section 3, ref 2")
    assert [(use.scheme, use.ordinal, use.section) for use in mark.labels] == [("ref#", 2, "3")]


@pytest.mark.parametrize(
    ("words", "pure", "leads"),
    [
        ("3,4; sold as two brands", False, True),
        ("Jane Moss, S6", False, False),
        ("S6", True, True),
        ("nothing here", False, False),
    ],
)
def test_other_words_are_noticed(words: str, pure: bool, leads: bool) -> None:
    mark = parse_mark(words)
    assert (mark.pure, mark.leads) == (pure, leads)


def test_citing_words_have_one_form() -> None:
    assert [citing_word(word) for word in ("Refs", "SOURCE", "corroborator", "moss")] == [
        "ref",
        "source",
        "source",
        None,
    ]


@given(st.text(alphabet="RSaix135.,;:-–()[]# pand\n", max_size=40))
def test_anything_is_parsed(words: str) -> None:
    mark = parse_mark(words)
    for use in mark.labels:
        assert 0 <= use.start < use.end <= len(words)
        assert use.ordinal >= 0
    assert mark.foreign == sorted(mark.foreign)
