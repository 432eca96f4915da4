"""A REF 2021 export gives its case studies, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from export_files import BRIDGES, REF_2021, write_export, write_workbook
from impactgraph.documents import AwardedGrant, parse_sections, read_document, read_export
from impactgraph.errors import DocumentError

REAL = Path(__file__).parents[3] / "../shared/case-studies/ref2021-dev.xlsx"
TEXT = """\
Institution: University of Nowhere
Unit of assessment: 12 Engineering
Title of case study: Safer bridges
Is this case study continued from a case study submitted in 2014? No

1. Summary of the impact

Two councils inspect bridges otherwise **[R1]**.

2. Underpinning research

Cracks grow.

3. References to the research

1. A. Author, *Cracks*, 2015.
1. B. Author, *Rust*, 2016.

4. Details of the impact

### Councils

They changed.

5. Sources to corroborate the impact

A.

"""


@pytest.mark.parametrize("name", ["export.xlsx", "export.csv"])
class TestBothKinds:
    def test_a_row_becomes_a_document(self, tmp_path: Path, name: str) -> None:
        (row,) = read_export(write_export(tmp_path / name, BRIDGES))
        assert (row.number, row.identifier, row.failure, row.warnings) == (2, "aaaa-1", None, ())
        assert row.document is not None
        assert row.document.text == TEXT
        assert row.document.media_type == "text/markdown"
        assert row.document.sections == parse_sections(TEXT)

    def test_what_the_row_says_beside_the_text_is_kept(self, tmp_path: Path, name: str) -> None:
        (row,) = read_export(write_export(tmp_path / name, BRIDGES))
        assert row.document is not None
        submission = row.document.submission
        assert submission is not None
        assert submission.exercise == "REF 2021"
        assert submission.institution == "University of Nowhere"
        assert submission.ukprn == "10000001"
        assert (submission.panel, submission.unit, submission.unit_name) == (
            "B",
            "12",
            "Engineering",
        )
        assert submission.title == "Safer bridges"
        assert submission.continued is False
        assert submission.impact_type == "Technological"
        assert submission.countries == ("Wales", "Peru")
        assert submission.partners == ("Two [and] Sons",)
        assert submission.programmes == ()
        assert submission.orcids == ("0000-0001-0000-0001",)
        assert submission.grants == (
            AwardedGrant("EP/1", 1000.0),
            AwardedGrant("No number", 5.5),
            AwardedGrant("EP/2", None),
        )

    def test_a_row_without_text_is_a_failure_among_the_others(
        self, tmp_path: Path, name: str
    ) -> None:
        empty = {key: text for key, text in BRIDGES.items() if not key[0].isdigit()}
        rows = [BRIDGES, empty | {"REF impact case study identifier": "b"}]
        first, second = read_export(write_export(tmp_path / name, *rows))
        assert first.document is not None
        assert (second.number, second.identifier, second.document) == (3, "b", None)
        assert second.failure == "none of its five sections has any text"

    def test_line_breaks_and_quotes_in_cells_are_kept(self, tmp_path: Path, name: str) -> None:
        cell = 'Says "so",\n\nand; more'
        row = BRIDGES | {"2. Underpinning research": cell}
        (read,) = read_export(write_export(tmp_path / name, row))
        assert read.document is not None
        assert f"2. Underpinning research\n\n{cell}\n\n" in read.document.text

    def test_a_document_can_be_read_from_an_export_of_one(self, tmp_path: Path, name: str) -> None:
        assert read_document(write_export(tmp_path / name, BRIDGES)).text == TEXT
        with pytest.raises(DocumentError, match="several case studies"):
            read_document(write_export(tmp_path / name, BRIDGES, BRIDGES))


class TestChoosing:
    @pytest.fixture
    def export(self, tmp_path: Path) -> Path:
        rows = [
            BRIDGES | {"REF impact case study identifier": name, **more}
            for name, more in {
                "a": {},
                "b": {"Unit of assessment number": "2", "Unit of assessment name": "Health"},
                "c": {"Institution name": "Somewhere", "Institution UKPRN code": "10000002"},
            }.items()
        ]
        return write_export(tmp_path / "export.csv", *rows)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"institution": "nowhere"}, ["a", "b"]),
            ({"institution": "10000002"}, ["c"]),
            ({"institution": "1000000"}, []),
            ({"unit": 2}, ["b"]),
            ({"unit": "12"}, ["a", "c"]),
            ({"unit": "health"}, ["b"]),
            ({"identifiers": ["c", "a"]}, ["a", "c"]),
            ({"identifiers": ["b"], "unit": 12}, []),
        ],
    )
    def test_only_what_is_asked_for_is_read(
        self, export: Path, asked: dict[str, str], found: list[str]
    ) -> None:
        assert [row.identifier for row in read_export(export, **asked)] == found  # type: ignore[arg-type]

    def test_an_identifier_that_no_row_has_is_a_failure(self, export: Path) -> None:
        first, second = read_export(export, identifiers=["a", "z"])
        assert first.identifier == "a"
        assert (second.number, second.identifier) == (None, "z")
        assert second.failure == "no row of export.csv has the identifier z"


def test_a_second_row_of_the_same_identifier_is_a_failure(tmp_path: Path) -> None:
    _, second = read_export(write_export(tmp_path / "a.csv", BRIDGES, BRIDGES))
    assert second.failure == "its identifier is that of row 2 too"


def test_a_cell_as_long_as_a_cell_can_be_is_warned_of(tmp_path: Path) -> None:
    long = BRIDGES | {
        "4. Details of the impact": "a " * 16383 + "b",
        "2. Underpinning research": "",
    }
    (row,) = read_export(write_export(tmp_path / "a.csv", long))
    assert len(row.warnings) == 2
    assert row.warnings[0].startswith("section 4 has 32767 characters")
    assert row.warnings[1] == "section 2 has no text"


def test_a_heading_inside_a_cell_moves_no_section(tmp_path: Path) -> None:
    cell = "Before.\n\n5. Sources to corroborate the impact\n\nAfter."
    (row,) = read_export(
        write_export(tmp_path / "a.csv", BRIDGES | {"4. Details of the impact": cell})
    )
    assert row.document is not None
    section = row.document.sections[4]
    assert row.document.text[section.start : section.end].endswith("After.\n\n")


def test_columns_are_known_by_name_in_any_order(tmp_path: Path) -> None:
    names = [*reversed(REF_2021), "Notes"]
    names[0] = " 5. sources to corroborate\u00a0the impact"
    values = [BRIDGES.get(name, "") for name in reversed(REF_2021)]
    (row,) = read_export(write_workbook(tmp_path / "a.xlsx", [names, [*values, "mine"]]))
    assert row.document is not None
    assert row.document.text == TEXT


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["Name", "Sum"], ["x", 1]])
    with pytest.raises(DocumentError, match=r'a\.xlsx is no REF export.*"4\..*found "Name", "Sum"'):
        list(read_export(path))


@pytest.mark.skipif(not REAL.is_file(), reason="the REF 2021 export is not here")
def test_the_real_export_is_read_whole() -> None:
    rows = list(read_export(REAL))
    assert len(rows) == 1505
    assert all(row.failure is None and not row.warnings for row in rows)
    assert len({row.identifier for row in rows}) == 1505
    documents = [row.document for row in rows if row.document]
    assert all(parse_sections(one.text) == one.sections for one in documents)
    assert len({one.digest for one in documents}) == 1505
    text = "".join(one.text for one in documents)
    assert not any(sign in text for sign in ("\u00a0", "<ins>", "\\[", "\\-", "<<<<", "&amp;"))
    assert "safelinks.protection" not in text
