"""PDF files made to do harm, or that hold nothing to read, are refused with a reason."""

from __future__ import annotations

import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impactgraph.documents.pdf import read_pdf
from impactgraph.errors import DocumentError
from pdf_files import assemble, pdf_file, rule, show

LINE = show(72, 700, "The quick brown fox jumps over the lazy dog, and the dog sleeps on.")
READABLE = pdf_file(LINE)
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> "


def one_page(stream: bytes, filters: str) -> bytes:
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Length %d /Filter %b >>\nstream\n%b\nendstream"
            % (len(stream), filters.encode(), stream),
        ]
    )


def packed(pattern: bytes, length: int) -> bytes:
    """Return a pattern repeated to a length, compressed without ever being unpacked."""
    packer = zlib.compressobj(1)
    piece = pattern * (1_000_000 // len(pattern))
    return b"".join(packer.compress(piece) for _ in range(length // len(piece))) + packer.flush()


def test_the_file_that_the_others_are_made_of_is_readable() -> None:
    assert read_pdf(READABLE).startswith("The quick brown fox")


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "no PDF file, or one cut short"),
            (READABLE[: len(READABLE) // 2], "cut short: .* download it again"),
            (READABLE[:-30], "cut short"),
            (b"%PDF-1.7 " + b"\x00 garbage" * 1000 + b"%%EOF", "no PDF file, or a damaged one"),
            (pdf_file(LINE, trailer=LOCKED + "/ID [<00><00>]"), "encrypted; save it without"),
            (pdf_file(rule(10, 10, 200, 200)), r"no text on any page \(1 in all\).* OCR"),
            (pdf_file(*[""] * 10_000), "10000 pages, more than the 100 .* save its pages alone"),
            (
                assemble(
                    [
                        b"<< /Type /Catalog /Pages 2 0 R >>",
                        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 50 >>",
                    ]
                ),
                "page 1 cannot be read",
            ),
        ],
        ids=["empty", "half", "tail", "garbage", "encrypted", "image", "10000 pages", "loop"],
    )
    def test_each_says_why_and_how_to_mend_it(self, content: bytes, reason: str) -> None:
        with pytest.raises(DocumentError, match=reason):
            read_pdf(content)

    def test_a_book_is_refused(self) -> None:
        page = "".join(show(20, y, "word " * 20, size=4) for y in range(20, 820, 4))
        with pytest.raises(DocumentError, match="more than 300000 characters"):
            read_pdf(pdf_file(*[page] * 90))

    def test_fonts_that_do_not_say_their_characters_are_named(self) -> None:
        nameless = (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
            b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
            b"/CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> >>] "
            b"/ToUnicode 7 0 R >>"
        )
        cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange "
        cmap += b"<0000> <00ff> <e000> endbfrange"
        mapping = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(cmap), cmap)
        shown = LINE + "BT /F9 11 Tf 1 0 0 1 72 600 Tm <" + "0041" * 100 + "> Tj ET"
        content = pdf_file(shown, others=[nameless, mapping]).replace(
            b"/Font << ", b"/Font << /F9 6 0 R ", 1
        )
        with pytest.raises(DocumentError, match=r"100 of its .* characters .* do not say"):
            read_pdf(repair_places(content))


class TestLimits:
    """What cannot be known before it is unpacked breaks a process that may have 0.7 gigabytes."""

    @pytest.mark.parametrize(
        ("stream", "filters"),
        [
            (packed(b" ", 1_200_000_000), "/FlateDecode"),
            (zlib.compress(packed(b"q ", 1_200_000_000), 9), "[/FlateDecode /FlateDecode]"),
        ],
        ids=["bomb", "bomb in a bomb"],
    )
    def test_bombs_break_only_the_reader(self, stream: bytes, filters: str) -> None:
        with pytest.raises(DocumentError, match="broke down, or took more than 10 s or 700"):
            read_pdf(one_page(stream, filters))

    def test_50_megabytes_of_brackets_break_only_the_reader(self) -> None:
        with pytest.raises(DocumentError, match=r"broke down|damaged"):
            read_pdf(b"%PDF-1.7\n1 0 obj\n" + b"[" * 50_000_000 + b"\n%%EOF\n")


@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_damage_anywhere_is_read_over_or_refused(data: st.DataObject) -> None:
    content = bytearray(READABLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentError):
        assert isinstance(read_pdf(bytes(content)), str)


def repair_places(content: bytes) -> bytes:
    """Return a PDF file whose objects have moved with a table of their places that is right."""
    start = content.index(b"\nxref\n") + 1
    count = content.count(b" 00000 n \n")
    places = [content.index(b"\n%d 0 obj\n" % number) + 1 for number in range(1, count + 1)]
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = content[content.index(b"trailer\n") : content.index(b"startxref")]
    return content[:start] + table + trailer + b"startxref\n%d\n%%%%EOF\n" % start
