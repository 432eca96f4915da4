"""DOCX files made to do harm are refused with a reason, or read without it."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.documents.docx import read_docx
from impactgraph.errors import DocumentError
from word_files import cell, paragraph, row, run, table, word_file

READABLE = word_file(paragraph("The quick brown fox jumps over the lazy dog."))
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_part(name: str, content: bytes, *, into: bytes = READABLE) -> bytes:
    """Return an archive with one part put in or replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(into)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return buffer.getvalue()


def document(inside: str, before: str = "") -> bytes:
    return with_part(
        "word/document.xml",
        f'{before}<w:document xmlns:w="{WORDS}"><w:body>{inside}</w:body></w:document>'.encode(),
    )


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "no .docx, or one cut short"),
            (READABLE[:200], "cut short .* save the case study anew"),
            (READABLE[: len(READABLE) - 40], "cut short"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "encrypted document or .* .doc"),
            (b"PK\x01\x02" * 10_001, "more than 10000 entries"),
            (with_part("word/document.xml", b" " * 200_000_000), "unpacks to more than 32000000"),
            (with_part("word/document.xml", b"<a/>" * 700_000), "more than 600000 marks"),
            (with_part("word/document.xml", b"<w:document"), "no well-formed XML"),
            (with_part("word/document.xml", b"<nothing/>"), "no text in its part word/document"),
            (document("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS), "document type|entity"),
            (
                document(
                    "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
                    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
                ),
                "word/document.xml declares a document type",
            ),
            (document("<w:ins>" * 100_000 + "</w:ins>" * 100_000), "no well-formed XML: .*depth"),
        ],
        ids=[
            *("empty", "half", "tail", "encrypted", "entries", "bomb", "elements", "torn"),
            *("no text", "laughs", "entity", "deep"),
        ],
    )
    def test_each_says_why(self, content: bytes, reason: str) -> None:
        tracemalloc.start()
        with pytest.raises(DocumentError, match=reason):
            read_docx(content)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 120_000_000

    @pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "_rels/.rels"])
    def test_the_part_that_is_damaged_is_named(self, part: str) -> None:
        with pytest.raises(DocumentError, match=f"part {part} is no well-formed XML"):
            read_docx(with_part(part, b"<w:broken"))

    def test_an_encrypted_part_is_named(self) -> None:
        content = bytearray(READABLE)
        for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(signature)
            while at >= 0:
                content[at + flags] |= 1
                at = content.find(signature, at + 4)
        with pytest.raises(DocumentError, match="encrypted; save the file without a password"):
            read_docx(bytes(content))


class TestSurvival:
    def test_nothing_outside_is_read_for_an_entity_of_an_attribute(self) -> None:
        with pytest.raises(DocumentError, match="document type"):
            read_docx(
                document('<w:p w:x="&x;"/>', '<!DOCTYPE w [<!ENTITY x "y">]>'),
            )

    def test_tables_in_tables_are_read(self) -> None:
        inside = paragraph("deep")
        for _ in range(60):
            inside = table(row(cell(inside)))
        assert read_docx(word_file(inside)) == "deep\n"

    def test_styles_that_rest_on_each_other_are_read(self) -> None:
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
            for a, b in ("ab", "ba")
        )
        assert read_docx(word_file(paragraph("words", style="a"), styles=styles)) == "words\n"

    def test_a_note_that_is_cited_often_is_written_once(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        text = read_docx(word_file(paragraph("words", *[mark] * 500), footnotes=["x" * 10_000]))
        assert text.count("x") == 10_000

    def test_fields_that_never_end_are_read(self) -> None:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        text = read_docx(word_file(paragraph(*[begin] * 1_000), paragraph("after")))
        assert text in ("", "after\n")

    def test_labels_are_bounded(self) -> None:
        level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * 1_000}"/></w:lvl>'
        numbering = (
            f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        text = read_docx(word_file(paragraph("words", in_list="1"), numbering=numbering))
        assert text == "1" * 30 + " words\n"

    def test_what_cannot_be_seen_is_dropped(self) -> None:
        words = "zero\u200bwidth, bell\u0085, right\u202eto left\ufeff"
        assert read_docx(word_file(paragraph(run(words)))) == "zerowidth, bell , rightto left\n"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_is_read_over_or_refused(data: st.DataObject) -> None:
    content = bytearray(READABLE)
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentError):
        assert isinstance(read_docx(bytes(content)), str)
