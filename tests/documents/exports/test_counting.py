"""How many case studies an export holds, told before it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from export_files import BRIDGES, pack_workbook, write_export
from impactgraph.documents import count_documents
from impactgraph.documents.exports.counting import _CHUNK


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_rows_below_the_header_are_counted(kind: str, tmp_path: Path) -> None:
    path = write_export(tmp_path / f"export.{kind}", *[BRIDGES] * 7)
    assert count_documents(path) == 7


@pytest.mark.parametrize("shift", range(-12, 4))
def test_a_tag_that_two_pieces_share_is_counted_once(shift: int, tmp_path: Path) -> None:
    head = "<worksheet><sheetData><row/>"
    sheet = head + " " * (_CHUNK - len(head) + shift) + "<x:row r='2'></x:row><row/><rows/>"
    assert count_documents(pack_workbook(tmp_path / "a.xlsx", sheet)) == 2


def test_any_other_file_is_one_and_what_cannot_be_told_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "a.json").write_text("[{}]")
    (tmp_path / "a.csv").write_bytes(b"a,\xff\n")
    assert count_documents(tmp_path / "a.pdf") == 1
    for name in ("a.xlsx", "a.json", "a.csv", "nothing.xlsx", "nothing.csv"):
        assert count_documents(tmp_path / name) is None
