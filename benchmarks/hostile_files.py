"""Files made to do harm, or that are not what they seem, as `benchmarks.hostility` sends them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from benchmarks.linearity import fill_section

__all__ = ["HOSTILE_FILES"]

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_BOMB = 400_000_000
_LONG = 50_000_000


def _pack(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relate(kind: str, target: str) -> bytes:
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/{kind}" '
        f'Target="{target}"/></Relationships>'
    ).encode()


def _word(document: bytes, **more: bytes) -> bytes:
    relations = _relate("officeDocument", "word/document.xml")
    return _pack({"_rels/.rels": relations, "word/document.xml": document, **more})


def _text(words: str, before: str = "") -> bytes:
    return (
        f'{before}<w:document xmlns:w="{_WORDS}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()


def _workbook(sheet: bytes, **more: bytes) -> bytes:
    return _pack(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{_CELLS}" xmlns:r="{_OFFICE}"><sheets><sheet name="a" '
                'sheetId="1" r:id="r1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": _relate("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
            **more,
        }
    )


def _sheet(rows: Iterable[str], before: str = "") -> bytes:
    inside = "".join(rows)
    return (
        f'{before}<worksheet xmlns="{_CELLS}"><sheetData>{inside}</sheetData></worksheet>'.encode()
    )


def _cell(words: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row>'


def _entities(element: str) -> str:
    names = "abcdefghij"
    declared = "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in pairwise(names))
    return f'<!DOCTYPE {element} [<!ENTITY a "ha">{declared}]>'


def _lie(archive: bytes, name: bytes, size: int) -> bytes:
    """Return an archive whose directory says that a part is as small as `size` unpacked."""
    changed = bytearray(archive)
    for signature, field, title in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = changed.find(signature)
        while at >= 0:
            if changed[at + title : at + title + len(name)] == name:
                changed[at + field : at + field + 4] = size.to_bytes(4, "little")
            at = changed.find(signature, at + 4)
    return bytes(changed)


def _nest(levels: int) -> bytes:
    content = _word(_text("words"))
    for _ in range(levels):
        content = _pack({f"word/{number}.docx": content for number in range(4)})
    return content


def _pdf(pages: int, operators: bytes = b"", trailer: str = "") -> bytes:
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream"
        % (len(operators), operators),
        *[page] * pages,
    ]
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, count = len(written), len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % count
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


def _deflate(pattern: bytes, length: int) -> bytes:
    packer = zlib.compressobj(1)
    piece = pattern * (1_000_000 // len(pattern))
    return b"".join(packer.compress(piece) for _ in range(length // len(piece))) + packer.flush()


def _controls() -> bytes:
    signs = "".join(map(chr, (*range(1, 32), *range(127, 160), 0x202E, 0x2066, 0xFEFF)))
    return fill_section("4", signs * 50).encode()


_LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> "
_PICTURE = zlib.compress(b"10 10 200 200 re f\n")

HOSTILE_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("a.docx", lambda: _word(b" " * _BOMB)),
    "zip bomb in the styles": (
        "a.docx",
        lambda: _word(_text("words"), **{"word/styles.xml": b" " * _BOMB}),
    ),
    "archives in archives": ("a.docx", lambda: _nest(5)),
    "20,000 small entries": (
        "a.docx",
        lambda: _word(_text("words"), **{f"word/{n}.xml": b"" for n in range(20_000)}),
    ),
    "a size that lies": (
        "a.docx",
        lambda: _lie(_word(_text("words" * (_BOMB // 5))), b"word/document.xml", 100),
    ),
    "entities": ("a.docx", lambda: _word(_text("&j;", _entities("w")))),
    "an entity of a file": (
        "a.docx",
        lambda: _word(_text("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    ),
    "elements in elements": (
        "a.docx",
        lambda: _word(_text("</w:t>" + "<w:r>" * 200_000 + "</w:r>" * 200_000 + "<w:t>")),
    ),
    "half of it": ("a.docx", lambda: _word(_text("words" * 1_000))[:400]),
    "a picture called .docx": ("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000),
    "a workbook called .docx": ("a.docx", lambda: _workbook(_sheet([_cell("a")]))),
    "zip bomb, workbook": ("a.xlsx", lambda: _workbook(b" " * _BOMB)),
    "a cell of 400 MB": ("a.xlsx", lambda: _workbook(_sheet([_cell("a" * _BOMB)]))),
    "20,000 small entries, workbook": (
        "a.xlsx",
        lambda: _workbook(_sheet([]), **{f"xl/{n}.xml": b"" for n in range(20_000)}),
    ),
    "a size that lies, workbook": (
        "a.xlsx",
        lambda: _lie(_workbook(_sheet([_cell("a" * _BOMB)])), b"xl/worksheets/sheet1.xml", 100),
    ),
    "entities, workbook": (
        "a.xlsx",
        lambda: _workbook(_sheet([_cell("&j;")], _entities("worksheet"))),
    ),
    "a million rows": ("a.xlsx", lambda: _workbook(_sheet([_cell("a")] * 1_000_000))),
    "formulas": (
        "a.csv",
        lambda: b'=cmd|"/C calc"!A0,@SUM(1),+1,-1\n' * 1_000,
    ),
    "a quotation that never closes": ("a.csv", lambda: b'"' + b"a,\n" * (_LONG // 3)),
    "arrays in arrays": ("a.json", lambda: b"[" * _LONG),
    "10,000 pages": ("a.pdf", lambda: _pdf(10_000)),
    "encrypted": ("a.pdf", lambda: _pdf(1, _PICTURE, _LOCKED + "/ID [<00><00>]")),
    "a picture": ("a.pdf", lambda: _pdf(1, _PICTURE)),
    "a stream of 1.2 GB": ("a.pdf", lambda: _pdf(1, _deflate(b" ", 1_200_000_000))),
    "half of it, PDF": ("a.pdf", lambda: _pdf(1, _PICTURE)[:300]),
    "words called .pdf": ("a.pdf", lambda: b"These are words."),
    "50 MB of brackets, PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"[" * (_LONG - 9)),
    "50 MB of brackets": ("a.md", lambda: b"[" * _LONG),
    "15 MB of brackets": ("a.md", lambda: b"[" * 15_000_000),
    "50 MB of brackets, web page": ("a.html", lambda: b"[" * _LONG),
    "elements in elements, web page": (
        "a.html",
        lambda: b"<html>" + b"<div><b>" * 100_000 + b"words",
    ),
    "a million attributes": (
        "a.html",
        lambda: (
            b"<html><p " + b"".join(b"a%d=1 " % n for n in range(1_000_000)) + b">words</p></html>"
        ),
    ),
    "1 MB of brackets in a section": ("a.md", lambda: fill_section("4", "[" * 1_000_000).encode()),
    "1 MB of marks in a section": ("a.md", lambda: fill_section("4", "[1] " * 250_000).encode()),
    "control characters": ("a.md", _controls),
    "bytes that are no text": ("a.txt", lambda: bytes(range(256)) * 4_000),
    "no byte at all": ("a.md", lambda: b""),
}
"""What each is, its name, and what makes it: some have hundreds of megabytes unpacked."""
