"""The pages of a PDF file: words with their places, as the parser's process tells them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impactgraph.documents.bounded import run_bounded
from impactgraph.errors import DocumentError

__all__ = ["Page", "Rule", "Word", "body_size", "read_pages"]

_PROGRAM = Path(__file__).with_name("scanning.py")
_MEMORY = 700_000_000
_SECONDS = 10
_MOST_OUTPUT = 200_000_000
_END = b"%%EOF"
_TAIL = 2_048
_FEWEST_LETTERS = 40
_MOST_CHECKS = 5_000_000
_MOST_UNKNOWN = 0.2
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_BOLD_WEIGHT = 600
# PDF 32000-1, table 123: the bits of a font's flags.
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_REMEDIES = {
    "encrypted": "it is encrypted; save it without a password",
    "damaged": "it is no PDF file, or a damaged one; print or download it again",
    "page": "its page {count} cannot be read; print it to a new PDF file",
    "pages": "it has {count} pages, more than the {most} that are read; a case study has a few: "
    "save its pages alone",
    "characters": "its first {count} pages have more than {most} characters; a case study has a "
    "few pages: save its pages alone",
}


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space, set alike; places in points from the page's lower left.

    `base` is the height of the line they stand on, `spaced` whether a space is before them.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    address: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, thin in one direction."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def upright(self) -> bool:
        """Whether the line goes up rather than across."""
        return self.top - self.bottom > self.right - self.left


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its measures in points, its words in the order of the file, its ruled lines."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


def read_pages(content: bytes) -> list[Page]:
    """Return the pages of a PDF file.

    Raises:
        DocumentError: the file is damaged, encrypted, too long, or has no text.
    """
    if _END not in content[-_TAIL:]:
        raise DocumentError(
            "it is no PDF file, or one cut short: its last bytes lack %%EOF; download it again, "
            "or print it to a new PDF file"
        )
    output = run_bounded(
        _PROGRAM, content, memory=_MEMORY, seconds=_SECONDS, most_output=_MOST_OUTPUT
    )
    found = json.loads(output)
    if "error" in found:
        raise DocumentError(_REMEDIES[found["error"]].format(**found))
    fonts = [_read_font(*font) for font in found["fonts"]]
    pages = [_read_page(page, fonts) for page in found["pages"]]
    _check_text(pages)
    return pages


def body_size(pages: Sequence[Page]) -> float:
    """Return the size in points that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0]


def _read_font(name: str, weight: int, flags: int) -> tuple[bool, bool]:
    name = name.partition("+")[2] or name
    bold = bool(_BOLD.search(name)) or weight >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD_FLAG)
    return bold, bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)


def _read_page(page: dict[str, Any], fonts: list[tuple[bool, bool]]) -> Page:
    words = tuple(
        Word(
            text=text.translate(_LIGATURES),
            left=left,
            right=right,
            base=base,
            size=size,
            bold=fonts[font][0],
            italic=fonts[font][1],
            spaced=spaced,
            address=address,
        )
        for text, left, right, base, size, font, spaced, address in page["words"]
        if size > 0
    )
    # A drawing may have very many lines; a form has few.
    ruled = len(words) * len(page["rules"]) <= _MOST_CHECKS
    rules = tuple(Rule(*edges) for edges in page["rules"]) if ruled else ()
    return Page(page["width"], page["height"], words, rules)


def _check_text(pages: list[Page]) -> None:
    characters = Counter(c for page in pages for word in page.words for c in word.text)
    letters = sum(count for c, count in characters.items() if c.isalpha())
    if letters < _FEWEST_LETTERS:
        raise DocumentError(
            f"it has no text on any page ({len(pages)} in all), only pictures of it, perhaps; "
            "recognise the text with an OCR program, or use the document that it was printed from"
        )
    unknown = characters["\ufffd"] + sum(
        count for c, count in characters.items() if unicodedata.category(c) == "Co"
    )
    if unknown > _MOST_UNKNOWN * characters.total():
        raise DocumentError(
            f"{unknown} of its {characters.total()} characters are of fonts that do not say "
            "which they are; use the document that it was printed from"
        )
