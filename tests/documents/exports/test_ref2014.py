"""A REF 2014 export gives its case studies, their lines made paragraphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export_files import write_workbook
from impactgraph.documents import read_export
from impactgraph.documents.exports.wrapped import unwrap_text
from impactgraph.errors import DocumentError

COLUMNS = (
    "Case Study Id",
    "Institution",
    "Unit of Assessment",
    "Title",
    "Summary of the impact",
    "Underpinning research",
    "References to the research",
    "Details of the impact",
    "Sources to corroborate the impact ",
)
INDENTED = """
    Two councils on both banks of the river inspect their bridges in another
      way since 2009, and the caf&#233; below the oldest of them re-
      opened.
    S1. A letter of the first council, in which the head of its
        engineers says so.
    S2. Another.
"""
BRIDGES: dict[str, Any] = {
    "CaseStudyId": "77",
    "Title": "\n    Safer bridges &amp; roads\n    ",
    "Institution": "University of Nowhere",
    "Institutions": [{"UKPRN": 10000001, "InstitutionName": "University of Nowhere"}],
    "Panel": "B",
    "UOA": "General Engineering",
    "ImpactType": "Technological",
    "Country": [{"GeoNamesId": "1", "Name": "Wales"}],
    "Funders": ["EPSRC"],
    "ImpactSummary": INDENTED,
    "UnderpinningResearch": "Cracks.",
    "References": "1. A*",
    "ImpactDetails": "More.",
    "Sources": None,
}


def write_objects(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_the_database_s_workbook_is_read(tmp_path: Path) -> None:
    cells = [77.0, "Nowhere", "Law", "Safer bridges", INDENTED, "Cracks.", "1. A", "More.", "B."]
    (row,) = read_export(write_workbook(tmp_path / "a.xlsx", [COLUMNS, cells]))
    assert (row.identifier, row.failure) == ("77", None)
    assert row.document is not None
    assert row.document.submission is not None
    assert row.document.submission.exercise == "REF 2014"
    assert row.document.submission.unit_name == "Law"
    assert "Unit of assessment: Law\n" in row.document.text
    assert "Two councils on both banks of the river inspect their bridges in another way" in (
        row.document.text
    )


@pytest.mark.parametrize("value", [BRIDGES, [BRIDGES]])
def test_the_api_s_json_is_read(tmp_path: Path, value: object) -> None:
    (row,) = read_export(write_objects(tmp_path / "a.json", value), unit="engineering")
    assert (row.number, row.identifier) == (1, "77")
    assert row.warnings == ("section 5 has no text",)
    assert row.document is not None
    submission = row.document.submission
    assert submission is not None
    assert submission.title == "Safer bridges & roads"
    assert submission.ukprn == "10000001"
    assert (submission.countries, submission.funders) == (("Wales",), ("EPSRC",))
    assert "3. References to the research\n\n1. A\\*\n" in row.document.text


def test_many_objects_are_read_one_at_a_time(tmp_path: Path) -> None:
    long = BRIDGES | {"ImpactDetails": "word " * 100_000}
    objects = [long | {"CaseStudyId": str(number)} for number in range(7)]
    rows = list(read_export(write_objects(tmp_path / "a.json", objects)))
    assert [row.identifier for row in rows] == [str(number) for number in range(7)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1]", "no objects"),
        ("[{", "no JSON"),
        ('[{"a": 1}]', "looked for the fields ImpactSummary.*found a"),
        ('[{"a": ' + "[" * 100_000, "nested too deep"),
    ],
)
def test_other_json_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(DocumentError, match=reason):
        list(read_export(path))


class TestWrappedLines:
    def test_deeper_lines_go_on(self) -> None:
        assert unwrap_text(INDENTED).split("\n\n") == [
            "Two councils on both banks of the river inspect their bridges in another way since "
            "2009, and the café below the oldest of them re-opened.",
            "S1. A letter of the first council, in which the head of its engineers says so.",
            "S2. Another.",
        ]

    def test_without_indents_a_line_with_room_ends_its_paragraph(self) -> None:
        lines = [
            "The councils of both towns, which had inspected bridges once in ten years until then,",
            "began to do so each year. It cost little.",
            "Others followed them, among them three whose engineers had read of the new method in",
            "a journal.",
            "1. The first was a town by the sea, whose bridges had rusted more than all others.",
            "2. The second was not.",
        ]
        assert unwrap_text("\n".join(lines)).split("\n\n") == [
            " ".join(lines[:2]),
            " ".join(lines[2:4]),
            lines[4],
            lines[5],
        ]

    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("peer-", "reviewed", "peer-reviewed"),
            ("peer-", "and user-led", "peer- and user-led"),
            ("2009 -", "2012", "2009 - 2012"),
        ],
    )
    def test_hyphens_at_the_end_of_a_line(self, first: str, second: str, joined: str) -> None:
        assert unwrap_text(f"    A {first}\n      {second}") == f"A {joined}"

    @given(st.text(alphabet="ab 1.-\n*<&;", max_size=200))
    def test_no_letter_is_lost(self, text: str) -> None:
        def letters(text: str) -> str:
            return "".join(filter(str.isalnum, text))

        assert letters(unwrap_text(text)) == letters(text)
