"""Characters that a text keeps, and what stands for those that it does not."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean_characters"]

_SPACES = [0x09, 0x0B, 0x0C, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]
_SPACES += [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_INVISIBLE = [0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
_INVISIBLE += [*range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFD)]
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x0A]
# What Word leaves of its Symbol font: the font's own codes, moved to the private use area.
_SYMBOLS = {
    0xF020: " ",
    0xF02B: "+",
    0xF02D: "-",
    0xF03C: "<",
    0xF03D: "=",
    0xF03E: ">",
    0xF05B: "[",
    0xF05D: "]",
    0xF061: "α",
    0xF062: "β",
    0xF064: "δ",
    0xF067: "γ",
    0xF06C: "λ",
    0xF06D: "μ",
    0xF070: "π",
    0xF073: "σ",
    0xF0A3: "≤",
    0xF0A7: "▪",
    0xF0AE: "→",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B3: "≥",
    0xF0B4: "×",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "✓",
}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_NO_BREAK_HYPHEN = 0x2011
_SURROGATES_AND_PRIVATE = range(0xD800, 0xF900)
_TABLE = {
    **dict.fromkeys((*_CONTROLS, *_INVISIBLE, *_SURROGATES_AND_PRIVATE), ""),
    **dict.fromkeys(_SPACES, " "),
    **_SYMBOLS,
    **_LIGATURES,
    _NO_BREAK_HYPHEN: "-",
}
_UNCLEAN = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_TABLE)) + "]")


def clean_characters(text: str) -> str:
    r"""Return a text in Unicode's form NFC, of characters that a reader sees, spaces and \n.

    Every kind of space becomes a space, invisible and control characters go, and ligatures and
    Word's symbols become the characters that they show.

    >>> clean_characters("a\u00a0b\u200bc\x07 \uf0b7 \r\n")
    'a bc • \n'
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNCLEAN.sub(lambda match: _TABLE[ord(match[0])], text)
