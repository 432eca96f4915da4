"""What a file holds decides how it is read; what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export_files import BRIDGES, write_export
from impactgraph.documents import Document, read_content, read_documents
from impactgraph.errors import DocumentError

TITLES = (
    "Summary of the impact",
    "Underpinning research",
    "References to the research",
    "Details of the impact",
    "Sources to corroborate the impact",
)
TEXT = "Institution: Nowhere\n" + "".join(
    f"{number}. {title}\nWords.\n" for number, title in enumerate(TITLES, start=1)
)
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n")) + "</body></html>"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (TEXT, "a.txt", "text/plain"),
        (TEXT, "A.MD", "text/markdown"),
        (PAGE, "a.html", "text/html"),
        (PAGE, "a.docx", "text/html"),
        ("\ufeff \n<!-- saved --><!DOCTYPE HTML>" + PAGE, "a.txt", "text/html"),
        ("<p>" + TEXT, "a.txt", "text/plain"),
    ],
)
def test_the_content_wins(content: str, name: str, media_type: str) -> None:
    document = read_content(content.encode(), name)
    assert document.media_type == media_type
    assert document.submission is not None
    assert document.submission.institution == "Nowhere"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (TEXT.encode(), "a.pdf", r"a\.pdf: this is no PDF"),
        (TEXT.encode(), "a.docx", "this is no DOCX"),
        (TEXT.encode(), "a", "of a kind that cannot be read; save it as one of .txt"),
        (b"{\\rtf1 x", "a.txt", r"rich text \(.rtf\); save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "encrypted document or one of Office's"),
        (TEXT.encode("utf-16"), "a.txt", "UTF-16; save it in UTF-8"),
        (b"\x89PNG\r\n", "a.txt", "a picture"),
        (b"A list\n1. Milk\n", "a.txt", "no REF impact case study: looked for"),
        (b"<html><p>A list", "a.html", "no REF impact case study: looked for"),
        (b"a" * 50_000_001, "a.txt", "more than 50000000 bytes"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 10_001, "a.docx", "more than 10000 files"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_content(content, name)


def test_a_workbook_by_another_name_is_told(tmp_path: Path) -> None:
    content = write_export(tmp_path / "a.xlsx", BRIDGES).read_bytes()
    with pytest.raises(DocumentError, match=r"workbook; give it a name that ends in \.xlsx"):
        read_content(content, "a.docx")


def test_every_file_gives_rows(tmp_path: Path) -> None:
    text, other = tmp_path / "a.txt", tmp_path / "b.txt"
    text.write_text(TEXT)
    other.write_text("Milk")
    (row,) = read_documents(text)
    assert row.document == Document.from_text(TEXT)
    (failed,) = read_documents(other)
    assert failed.failure is not None
    assert failed.failure.startswith(f"{other}: this is no REF impact case study")
    (found,) = read_documents(write_export(tmp_path / "c.csv", BRIDGES), unit=12)
    assert found.identifier == "aaaa-1"


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md"]))
def test_anything_else_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(DocumentError):
        read_content(content, name)
