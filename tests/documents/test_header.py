"""The template's header is read from whatever form it stands in."""

from __future__ import annotations

import pytest

from impactgraph.documents import StaffMember
from impactgraph.documents.header import read_header

LIZ = StaffMember("Liz Reader", "Professor of Bridges", "2006 – present")


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        (
            "Unit of Assessment: 19 (Politics and International Studies)",
            "19",
            "Politics and International Studies",
        ),
        ("**Unit of assessment:** 12 - Engineering", "12", "Engineering"),
        ("Unit of assessment: UoA 04: Psychology", "4", "Psychology"),
        ("Unit of assessment: C19", None, "C19"),
        ("Unit of assessment: Law", None, "Law"),
        ("Unit of assessment: 7", "7", None),
    ],
)
def test_units_are_read(line: str, number: str | None, name: str | None) -> None:
    header = read_header(line)
    assert header is not None
    assert (header.unit, header.unit_name) == (number, name)


def test_all_lines_are_read() -> None:
    header = read_header(
        "Section A\n\n**Institution:** University of Nowhere\t\n\n"
        "Title of case study: Safer *bridges*: how\n"
        "Period when the underpinning research was undertaken: 2010 – 2015\n"
        "Details of staff conducting the underpinning research from the submitting unit:\n"
        "Name(s): Liz Reader\tRole(s) (e.g. job title): Professor of Bridges\t"
        "Period(s) employed by submitting HEI: 2006 – present\n"
        "Period when the claimed impact occurred: 2014 to 2020\n"
        "Is this case study continued from a case study submitted in 2014? Yes\n"
    )
    assert header is not None
    assert header.institution == "University of Nowhere"
    assert header.title == "Safer bridges: how"
    assert header.research_period == "2010 – 2015"
    assert header.impact_period == "2014 to 2020"
    assert header.continued is True
    assert header.staff == (LIZ,)


@pytest.mark.parametrize(
    "table",
    [
        "Name(s):\tRole(s) (e.g. job title):\tPeriod(s) employed by submitting HEI:\n"
        "Liz Reader\tProfessor of Bridges\t2006 – present\n",
        "| Name(s): | Role(s) (e.g. job title): | Period(s) employed by submitting HEI: |\n"
        "| Liz Reader | **Professor of Bridges** | 2006 – present |\n",
        "| Name(s): Liz Reader | Role(s): Professor of Bridges "
        "| Period(s) employed by the submitting HEI: 2006 – present |\n",
    ],
)
def test_the_table_of_staff_is_read(table: str) -> None:
    header = read_header(
        "Institution: Nowhere\nDetails of staff conducting the underpinning research:\n" + table
    )
    assert header is not None
    assert header.staff == (LIZ,)


def test_a_text_without_a_header_has_none() -> None:
    assert read_header("Once upon a time\n\nthere was a bridge.") is None
