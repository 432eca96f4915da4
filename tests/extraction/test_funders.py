from __future__ import annotations

import pytest

from impactgraph.extraction.funders import find_funders, is_same_funder, read_funder_at


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("EPSRC Programme Grant EP/X1", ["EPSRC"]),
        ("the Leverhulme Trust, £8,000", ["Leverhulme Trust"]),
        ("UK Department for Bogs, Fens & Moors, 2015-17", ["UK Department for Bogs, Fens & Moors"]),
        (
            "Fen University and the Andrew W. Moss Foundation",
            ["Fen University", "Andrew W. Moss Foundation"],
        ),
        ("Lancashire Police and Blackpool Council", ["Lancashire Police", "Blackpool Council"]),
        ("Economic and Social Research Council (ESRC)", ["Economic and Social Research Council"]),
        ("EUR 3,000 of extra tax", []),
        ("Principal Investigator: Moss", []),
    ],
)
def test_funders_are_found(words: str, names: list[str]) -> None:
    assert [funder.name for funder in find_funders(words)] == names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the INQUEST, 2003-05", "INQUEST"),
        ("Nuffield to delve deeper", "Nuffield"),
        ("Brazilian ‘Bogs Without Borders’", None),
        ("puppets and by Moss", None),
        ("University Research Fellowship from the Royal Society", None),
    ],
)
def test_a_name_behind_funded_by_is_a_funder(words: str, name: str | None) -> None:
    found = read_funder_at(words, 4 if words.startswith("the ") else 0)
    assert (found and found.name) == name


def test_a_funder_is_the_same_by_its_initials() -> None:
    assert is_same_funder("AHRC", "Arts and Humanities Research Council")
    assert is_same_funder("Wellcome", "Wellcome Trust")
    assert not is_same_funder("AHRC", "ESRC")


def test_an_abbreviation_in_brackets_is_the_alias() -> None:
    (found,) = find_funders("Norwegian Development Agency (NORAD)")
    assert found.alias == "NORAD"
