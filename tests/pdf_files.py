"""Small PDF files, written for the tests (ISO 32000-1)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

__all__ = ["assemble", "pdf_file", "rule", "show"]

_FONTS = {
    "F1": "Helvetica",
    "F2": "Helvetica-Bold",
    "F3": "Helvetica-Oblique",
}


def show(x: float, y: float, text: str, *, size: float = 11, font: str = "F1") -> str:
    """Return the operators that show words at a place, in points from the page's lower left."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def rule(left: float, bottom: float, width: float, height: float) -> str:
    """Return the operators that fill a thin rectangle."""
    return f"{left} {bottom} {width} {height} re f\n"


def pdf_file(
    *pages: str,
    links: Sequence[tuple[tuple[float, float, float, float], str]] = (),
    trailer: str = "",
    others: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF file of A4 pages.

    Args:
        pages: the operators of each.
        links: of the first page, where each is (left, bottom, right, top) and leads.
        trailer: what the trailer holds besides.
        others: objects besides, the first of which has the number 6.
    """
    first = 6 + len(others)
    count = len(pages)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(count))
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in _FONTS.items()
    )
    annotations = " ".join(
        f"<< /Type /Annot /Subtype /Link /Rect [{' '.join(map(str, place))}] "
        f"/A << /S /URI /URI ({address}) >> >>"
        for place, address in links
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        f"<< /Font << {fonts} >> >>".encode(),
        b"null",
        b"null",
        *others,
    ]
    for at, content in enumerate(pages):
        links_here = f"/Annots [{annotations}]" if annotations and not at else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R {links_here} "
            f"/Contents {first + 2 * at + 1} 0 R >>".encode()
        )
        packed = zlib.compress(content.encode("cp1252", "replace"))
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
        )
    return assemble(objects, trailer)


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Return a PDF file of objects, the first of which is the catalogue."""
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        written += b"%010d 00000 n \n" % place
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)
