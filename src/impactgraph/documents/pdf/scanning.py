"""What stands on the pages of a PDF file: words with their places, ruled lines and links.

This file is run as a program of its own, within limits of time and memory (see `bounded`): a PDF
parser reads whatever a stranger made. So it imports nothing but the parser and the standard
library, reads the PDF file from its standard input and writes JSON to its standard output.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

_MOST_PAGES = 100
_MOST_CHARACTERS = 300_000
_MOST_OBJECTS = 50_000
_MOST_LINKS = 2_000
_LONGEST_ADDRESS = 2_000
_THIN = 2.5
_LONG = 8.0
_UPRIGHT = 0.02
_GAP = 0.11
_OVERLAP = 0.2
_HYPHENS = (0x02, 0xFFFE)
_UNBREAKABLE = "\u00a0\u202f"

Fonts = dict[tuple[str, int, int], int]
Link = tuple[float, float, float, float, str]


def main() -> None:
    """Write what the PDF file on standard input shows."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    _limit(memory, seconds)
    json.dump(scan(sys.stdin.buffer.read()), sys.stdout)


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # no POSIX: the parent's clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def scan(content: bytes) -> dict[str, Any]:
    """Return the pages of a PDF file, or why there are none ("error")."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        )
        return {"error": "encrypted" if locked else "damaged"}
    count = pdfium.FPDF_GetPageCount(document)
    if count > _MOST_PAGES:
        return {"error": "pages", "count": count, "most": _MOST_PAGES}
    fonts: Fonts = {}
    pages = []
    characters = 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            return {"error": "page", "count": number + 1}
        text = pdfium.FPDFText_LoadPage(page)
        characters += max(0, pdfium.FPDFText_CountChars(text))
        if characters > _MOST_CHARACTERS:
            return {"error": "characters", "count": number + 1, "most": _MOST_CHARACTERS}
        links = list(_read_links(document, page))
        pages.append(
            {
                "width": pdfium.FPDF_GetPageWidthF(page),
                "height": pdfium.FPDF_GetPageHeightF(page),
                "words": list(_read_words(text, fonts, links)),
                "rules": list(_read_rules(page)),
            }
        )
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    return {"pages": pages, "fonts": list(fonts)}


def _read_words(text: Any, fonts: Fonts, links: list[Link]) -> Iterator[list[Any]]:
    """Yield words: text, left, right, baseline, size, font, space before, address.

    What is set in another font, on another baseline or in another link is a word of its own;
    letters of turned text (watermarks, notes on the margin) are left out.
    """
    word: list[Any] | None = None
    spaced = guessed = False
    last_right = last_base = 0.0
    near: list[Link] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    known: dict[int, tuple[int, float] | None] = {}
    for index in range(max(0, pdfium.FPDFText_CountChars(text))):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = "-" if code in _HYPHENS else chr(code) if code < 0x110000 else "\ufffd"
        if not code or (character.isspace() and character not in _UNBREAKABLE):
            if word:
                yield word
            word = None
            # Where the file has no space, the parser guesses one from the gap, and raised marks
            # mislead it.
            guess = pdfium.FPDFText_IsGenerated(text, index) == 1
            spaced, guessed = spaced or not guess, guessed or guess
            continue
        look = _read_look(text, index, fonts, known)
        if look is None:
            continue
        font, size = look
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        # The loose box is as wide as the character's advance, the tight one as its ink.
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        left, right = box.left, box.right
        if y.value != last_base:
            near = [link for link in links if link[1] <= y.value + size * 0.3 <= link[3]]
        middle = (left + right) / 2
        address = next((link[4] for link in near if link[0] <= middle <= link[2]), "")
        if word and (
            word[7] != address
            or word[5] != font
            or abs(word[3] - y.value) > 0.5
            or abs(word[4] - size) > 0.1
            or not -size < left - word[2] < _GAP * size
        ):
            guessed = True
            yield word
            word = None
        if word:
            word[0] += character
            word[2] = max(word[2], right)
        else:
            gap = left - last_right if abs(y.value - last_base) < size else size
            apart = spaced or (guessed and not -_OVERLAP * size < gap < _GAP * size)
            base = round(y.value, 2)
            word = [character, left, right, base, round(size, 2), font, apart, address]
        spaced = guessed = False
        last_right, last_base = right, y.value
    if word:
        yield word


def _read_look(
    text: Any, index: int, fonts: Fonts, known: dict[int, tuple[int, float] | None]
) -> tuple[int, float] | None:
    """Return a character's font and size in points, None for turned text."""
    thing = pdfium.FPDFText_GetTextObject(text, index)
    key = ctypes.addressof(thing.contents) if thing else 0
    if key and key in known:
        return known[key]
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    look = None
    if abs(matrix.b) <= _UPRIGHT * abs(matrix.a) and matrix.a > 0:
        name = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        weight = pdfium.FPDFText_GetFontWeight(text, index)
        font = (name.value.decode("utf-8", "replace"), weight, flags.value)
        size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        look = fonts.setdefault(font, len(fonts)), size
    known[key] = look
    return look


def _read_rules(page: Any) -> Iterator[list[float]]:
    """Yield the ruled lines of a page: left, bottom, right, top."""
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            across, up = right - left, top - bottom
            if min(across, up) <= _THIN and max(across, up) >= _LONG:
                yield [left, bottom, right, top]


def _read_links(document: Any, page: Any) -> Iterator[Link]:
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if not 1 < size <= _LONGEST_ADDRESS:
            continue
        address = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, address, size)
        rectangle = pdfium.FS_RECTF()
        if pdfium.FPDFLink_GetAnnotRect(link, rectangle):
            words = address.value.decode("utf-8", "replace")
            yield (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, words)


if __name__ == "__main__":
    main()
