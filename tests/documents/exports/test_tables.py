"""Tables are read as streams, whatever stands in them, and what is beyond measure is refused."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export_files import pack_workbook, write_workbook
from impactgraph.documents.exports import tables, workbooks
from impactgraph.documents.exports.tables import read_rows
from impactgraph.errors import DocumentError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


class TestWorkbooks:
    def test_cells_are_text_at_their_places(self, tmp_path: Path) -> None:
        rows = [["a", 10007160, 1.5, "", " <b> & \u00e9\n"], [], ["", "x"]]
        path = write_workbook(tmp_path / "a.xlsx", rows)
        assert list(read_rows(path)) == [
            (1, ["a", "10007160", "1.5", "", " <b> & \u00e9\n"]),
            (3, ["", "x"]),
        ]

    def test_all_kinds_of_cell_are_known(self, tmp_path: Path) -> None:
        cells = (
            '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c>'
            '<c t="str"><f>1+1</f><v>two</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
            '<c><v>1.00E3</v></c><c t="s"><v>9</v></c><c t="s"><v>0</v></c><c/>'
        )
        strings = f'<sst xmlns="{MAIN}"><si><t>sha</t><t>red_x000D_</t></si></sst>'
        path = pack_workbook(tmp_path / "a.xlsx", sheet(f"<row>{cells}</row>"), strings=strings)
        expected = ["inline", "two", "1", "", "1000", "", "shared\r", ""]
        assert list(read_rows(path)) == [(1, expected)]

    def test_prefixed_names_are_known(self, tmp_path: Path) -> None:
        text = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="4"><x:c r="B4"><x:v>7</x:v>'
            "</x:c></x:row></x:sheetData></x:worksheet>"
        )
        assert list(read_rows(pack_workbook(tmp_path / "a.xlsx", text))) == [(4, ["", "7"])]

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "more than 200 columns"),
            ("<row>" + "<c/>" * 201 + "</row>", "more than 200 columns"),
            (
                f'<row><c t="inlineStr"><is><t>{"a" * 500_001}</t></is></c></row>',
                "more than 500000 characters",
            ),
            ("<row>", "damaged"),
            ("<a>" * 101, "over 100 inside each other"),
        ],
    )
    def test_what_is_beyond_measure_is_refused(
        self, tmp_path: Path, rows: str, reason: str
    ) -> None:
        with pytest.raises(DocumentError, match=reason):
            list(read_rows(pack_workbook(tmp_path / "a.xlsx", sheet(rows))))

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet("<row><c><v>&a;</v></c></row>")
        with pytest.raises(DocumentError, match="declares a document type"):
            list(read_rows(pack_workbook(tmp_path / "a.xlsx", bomb)))

    def test_rows_beyond_measure_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "_MOST_ROWS", 2)
        path = write_workbook(tmp_path / "a.xlsx", [["a"], ["b"], ["c"]])
        with pytest.raises(DocumentError, match=r"a\.xlsx: it has more than 2 rows"):
            list(read_rows(path))

    def test_parts_and_strings_beyond_measure_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = write_workbook(tmp_path / "a.xlsx", [["abc"]])
        with monkeypatch.context() as changed:
            changed.setattr(workbooks, "_LARGEST_PART", 10)
            with pytest.raises(DocumentError, match="has more than 10 bytes"):
                list(read_rows(path))
        with monkeypatch.context() as changed:
            changed.setattr(workbooks, "_MOST_SHARED_CHARACTERS", 2)
            with pytest.raises(DocumentError, match="more text than an export"):
                list(read_rows(path))
        with monkeypatch.context() as changed:
            changed.setattr(workbooks, "_MOST_ELEMENTS", 2)
            with pytest.raises(DocumentError, match="has over 2 elements"):
                list(read_rows(path))
        monkeypatch.setattr(workbooks, "_MOST_PARTS", 3)
        with pytest.raises(DocumentError, match="more than 3 parts"):
            list(read_rows(path))

    @pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
    def test_a_part_that_lacks_is_named(self, tmp_path: Path, name: str) -> None:
        whole = pack_workbook(tmp_path / "whole.xlsx", sheet(""))
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
            for part in old.namelist():
                if part != name:
                    new.writestr(part, old.read(part))
        with pytest.raises(DocumentError, match=f"lacks its part {name}"):
            list(read_rows(tmp_path / "a.xlsx"))

    @given(cut=st.integers(0, 1200), flip=st.integers(0, 1200), bit=st.integers(0, 7))
    def test_a_damaged_file_is_read_or_refused(
        self, tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int, bit: int
    ) -> None:
        path = tmp_path_factory.mktemp("a") / "a.xlsx"
        content = bytearray(pack_workbook(path, sheet("<row><c><v>1</v></c></row>")).read_bytes())
        content[flip % len(content)] ^= 1 << bit
        path.write_bytes(content[: -cut % len(content)] if cut % 3 == 0 else content)
        with contextlib.suppress(DocumentError):
            assert all(isinstance(cell, str) for _, row in read_rows(path) for cell in row)

    def test_an_old_workbook_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
        with pytest.raises(DocumentError, match=r"old kind \(\.xls\) or encrypted"):
            list(read_rows(path))


class TestCommaSeparatedValues:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_rows_are_read_whatever_parts_them(self, tmp_path: Path, delimiter: str) -> None:
        path = tmp_path / "a.csv"
        text = f'one{delimiter}"t""w\no"\r\n\r\n3{delimiter}\r\n'
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert list(read_rows(path)) == [(1, ["one", 't"w\no']), (3, ["3", ""])]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"caf\xe9,1\n", "no UTF-8"),
            (b'a,b\n"open', "is damaged"),
            (b"a" * 140_000, "a field of more than 131,072 characters"),
            (b"," * 201, "more than 200 columns"),
        ],
    )
    def test_what_is_none_is_refused(self, tmp_path: Path, content: bytes, reason: str) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(content)
        with pytest.raises(DocumentError, match=reason):
            list(read_rows(path))

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match=r"no\.csv cannot be read: No such file"):
            list(read_rows(tmp_path / "no.csv"))
