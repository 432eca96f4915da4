"""The lines of a PDF file's pages, without what stands at the head and foot of every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impactgraph.documents.pdf.pages import Page, Rule, Word

__all__ = ["Line", "drop_page_furniture", "group_by_height", "make_line", "read_lines"]

_SAME_LINE = 0.55
_SAME_HEIGHT = 0.3
_GAP = 1.3
_EDGE = 0.12
_EDGE_LINES = 4
_PAGE_NUMBER = re.compile(r"(?:page )?[-–|]? ?# ?(?:(?:of|/|\|) ?(?:#|page))? ?[-–|]?")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, from left to right; a page may have several side by side.

    `text` has the spaces between them; `size` and `base` are those of most of its characters.
    """

    words: tuple[Word, ...]
    text: str
    page: int
    left: float
    right: float
    base: float
    size: float


def make_line(words: Sequence[Word], page: int) -> Line:
    """Return words as a line of a page."""
    main = _main_word(words)
    right = max(word.right for word in words)
    spaced = ((" " if at and word.spaced else "") + word.text for at, word in enumerate(words))
    return Line(tuple(words), "".join(spaced), page, words[0].left, right, main.base, main.size)


def read_lines(page: Page, number: int) -> list[Line]:
    """Return the lines of a page from its top; of those side by side the left one first.

    Words follow each other in the file as they do in the text, but for columns: a wide gap or a
    ruled line parts two lines.
    """
    upright = [rule for rule in page.rules if rule.upright]
    lines: list[list[Word]] = []
    for word in page.words:
        if lines and _follows(lines[-1], word) and not _is_parted(lines[-1][-1], word, upright):
            lines[-1].append(word)
        else:
            lines.append([word])
    found = [make_line(words, number) for words in lines]
    return [line for row in group_by_height(found) for line in row]


def drop_page_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages' lines without page numbers and what many pages have at head or foot."""
    rows = [group_by_height(found) for found in lines]
    edges = [_find_edges(page, found) for page, found in zip(pages, rows, strict=True)]
    seen = Counter(key for edge in edges for key in set(edge.values()))
    often = max(2, len(pages) // 3)
    return [
        [
            line
            for at, row in enumerate(found)
            if at not in edge
            or not (seen[edge[at]] >= often or _PAGE_NUMBER.fullmatch(edge[at][1]))
            for line in row
        ]
        for found, edge in zip(rows, edges, strict=True)
    ]


def _find_edges(page: Page, rows: Sequence[Sequence[Line]]) -> dict[int, tuple[str, str]]:
    """Return the first and last lines of a page, by index: which edge, and a key of the words."""
    head = page.height * (1 - _EDGE)
    foot = page.height * _EDGE
    edges = {}
    for at, row in enumerate(rows):
        words = " ".join(line.text for line in row)
        key = " ".join(re.sub(r"\d+", "#", words).casefold().split())
        if at < _EDGE_LINES and row[0].base > head:
            edges[at] = ("head", key)
        elif at >= len(rows) - _EDGE_LINES and row[0].base < foot:
            edges[at] = ("foot", key)
    return edges


def _follows(words: Sequence[Word], word: Word) -> bool:
    last = words[-1]
    main = _main_word(words[-12:])
    size = max(main.size, word.size)
    near = abs(word.base - main.base) < _SAME_LINE * size
    return near and -0.4 * size < word.left - last.right < _GAP * size


def _is_parted(before: Word, after: Word, rules: Iterable[Rule]) -> bool:
    middle = after.base + after.size * 0.3
    return any(
        before.right - 1 < (rule.left + rule.right) / 2 < after.left + 1
        and rule.bottom - 1 < middle < rule.top + 1
        for rule in rules
    )


def _main_word(words: Sequence[Word]) -> Word:
    """Return a word that is set as most of the characters are."""
    if len(words) == 1:
        return words[0]
    weights: Counter[tuple[float, float]] = Counter()
    for word in words:
        weights[word.size, word.base] += len(word.text)
    (size, base), _ = max(weights.items(), key=lambda item: (item[1], item[0]))
    return next(word for word in words if (word.size, word.base) == (size, base))


def group_by_height(lines: Iterable[Line]) -> list[list[Line]]:
    """Return lines from the top, those side by side together, from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base < _SAME_HEIGHT * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]
