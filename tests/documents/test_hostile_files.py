"""Files of every kind that are not what they seem, or far too much, are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from filled_form import FORM_TEXT, filled_form
from impactgraph.documents import read_document
from impactgraph.errors import DocumentError
from pdf_files import pdf_file, show
from word_files import paragraph, word_file

PDF = pdf_file(show(72, 700, "The quick brown fox jumps over the lazy dog, and sleeps on."))
KINDS = ("txt", "md", "html", "docx", "pdf", "xlsx", "csv", "json")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty.{kind}"
    path.touch()
    with pytest.raises(DocumentError, match=rf"empty\.{kind}"):
        read_document(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign", [b"[", b"<", b"(", b"|", b"\x00"])
def test_millions_of_one_character_are_refused(kind: str, sign: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"many.{kind}"
    path.write_bytes(sign * 2_000_000)
    with pytest.raises(DocumentError, match=rf"many\.{kind}"):
        read_document(path)


@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx", "pdf"])
def test_50_megabytes_of_brackets_are_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"many.{kind}"
    path.write_bytes(b"[" * 50_000_000)
    with pytest.raises(DocumentError, match=rf"many\.{kind}: .{{20}}"):
        read_document(path)


@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx"])
def test_a_book_is_refused(kind: str, tmp_path: Path) -> None:
    words = "words of it " * 30_000
    book = f"<html><p>{'<p>'.join(words[at : at + 900] for at in range(0, len(words), 900))}"
    content = {"html": book.encode(), "docx": word_file(paragraph(words))}
    path = tmp_path / f"book.{kind}"
    path.write_bytes(content.get(kind, words.encode()))
    with pytest.raises(DocumentError, match=r"characters, more than the 300000 .* save it alone"):
        read_document(path)


@pytest.mark.parametrize("kind", ["txt", "md", "html", "pdf"])
def test_a_document_is_known_by_what_it_holds(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"form.{kind}"
    path.write_bytes(filled_form())
    assert read_document(path).text == FORM_TEXT


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", PDF),
        ("docx", b"plain text"),
        ("pdf", b"plain text"),
        ("docx", b"PK\x03\x04 and no more"),
        ("pdf", filled_form()[:4_000]),
        ("txt", PDF),
        ("txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("html", b"\x00\x01\x02" * 1_000),
        ("xlsx", filled_form()),
        ("csv", PDF),
    ],
)
def test_what_is_not_what_it_seems_is_refused(kind: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"seems.{kind}"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=rf"seems\.{kind}.{{20}}"):
        read_document(path)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deeply_nested_web_pages_end(depth: int, tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_bytes(b"<html>" + b"<div><b>" * depth + b"words" + b"</b></div>" * depth)
    with pytest.raises(DocumentError, match=r"deep\.html"):
        read_document(path)
