"""Words that people look for: what a search for them is, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["MOST_WORDS", "Marked", "find_words", "mark_words", "match_words", "split_words"]

MOST_WORDS = 12
"""How many words of a search count; those beyond are passed over."""

_LONGEST_TEXT = 400
_LONGEST_WORD = 40
_SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[^\W_]+")
_GOES_ON = r"[^\W_]*"
_ENDS = r"(?![^\W_])"

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is one of the words that were looked for."""


class _Folds(dict[int, str]):
    """For each character the letter that it counts as: one for one, so that places stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFKD", character)[:1].lower()
        self[code] = folded = base if len(base) == 1 else character
        return folded


_FOLDS = _Folds()


def split_words(text: str) -> tuple[str, ...]:
    """Return the words that a search looks for, folded, each once.

    >>> split_words('Café "co-production" OR NEAR(x) *')
    ('cafe', 'co', 'production', 'or', 'near', 'x')
    """
    folded = unicodedata.normalize("NFC", text[:_LONGEST_TEXT]).translate(_FOLDS)
    words = dict.fromkeys(word[:_LONGEST_WORD] for word in _WORD.findall(folded))
    return tuple(words)[:MOST_WORDS]


def match_words(words: Sequence[str]) -> str:
    """Return the FTS5 query for texts in which every word, or one that begins so, stands.

    Each word is quoted, so that nothing in it is taken for the query language (SQLite FTS5,
    section 3.1). Of one or two letters, only the word itself is meant.

    >>> match_words(["or", "trust"])
    '"or" AND "trust" *'
    """
    return " AND ".join(
        f'"{word}" *' if len(word) >= _SHORTEST_BEGINNING else f'"{word}"' for word in words
    )


def find_words(words: Sequence[str], text: str) -> dict[tuple[int, int], str]:
    """Return where the words stand in a text, and which of them it is.

    >>> find_words(["trust"], "Trusting, mistrust")
    {(0, 8): 'trust'}
    """
    if not words:
        return {}
    longest_first = sorted(words, key=len, reverse=True)
    forms = "|".join(
        re.escape(word) + (_GOES_ON if len(word) >= _SHORTEST_BEGINNING else _ENDS)
        for word in longest_first
    )
    found = {}
    for match in re.finditer(rf"(?<![^\W_])(?:{forms})", text.translate(_FOLDS)):
        found[match.span()] = next(word for word in longest_first if match[0].startswith(word))
    return found


def mark_words(words: Sequence[str], text: str, *, width: int | None = None) -> Marked:
    """Return a text in pieces, those that are one of the words marked.

    Args:
        words: what was looked for, folded.
        text: any text.
        width: how many characters to keep of it at most, around the first of the words.

    >>> mark_words(["trust"], "There is trust in it")
    (('There is ', False), ('trust', True), (' in it', False))
    """
    start, end = _choose_window(words, text, width)
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in find_words(words, text):
        if first < start or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return tuple(piece for piece in pieces if piece[0])


def _choose_window(words: Sequence[str], text: str, width: int | None) -> tuple[int, int]:
    """Return the part of a text to show: whole words, the first one looked for well inside."""
    if width is None or len(text) <= width:
        return 0, len(text)
    first = next(iter(find_words(words, text)), (0, 0))[0]
    start = max(0, min(first - width // 3, len(text) - width))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), start + width)
    if end < len(text):
        space = text.rfind(" ", max(start, first), end)
        end = space if space > start else end
    return start, end
