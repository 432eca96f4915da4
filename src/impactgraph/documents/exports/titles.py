"""The titles of sections inside an export's cells, which repeat what the columns are called."""

from __future__ import annotations

import re

__all__ = ["drop_titles"]

_WORDS = {
    "1": r"Summary(?:\s+of\s+(?:the\s+)?impact)?",
    "2": r"Underpinning\s+research",
    "3": r"References\s+to\s+the\s+research",
    "4": r"(?:Details\s+of\s+(?:the\s+)?)?impact",
    "5": r"Sources\s+(?:\[S\]\s+)?to\s+corroborate\s+(?:the\s+)?impact",
}
_HINTS = {"1": "summary", "2": "research", "3": "research", "4": "impact", "5": "corroborate"}
_LIMIT = r"[(\[](?:[\w,]{1,12}\s+){0,2}(?:indicative\s+)?maximum\b[^()\[\]]{0,60}(?:[)\]]|$)"
_TITLES = {
    kind: re.compile(
        # A title that became an item of a list has the number 1.
        r"\s*(?P<item>-\s+|1\.\s+(?=\S))?"
        rf"(?P<number>(?:Section\s+)?{kind}\s*[.):]?\s*)?"
        rf"(?P<words>{words})(?:\s*(?P<mark>[:.]|{_LIMIT})){{0,3}}",
        re.IGNORECASE,
    )
    for kind, words in _WORDS.items()
}
_GOES_ON = re.compile(r"[a-z0-9'’-]")
_LONGEST_TITLE = 200
_MARKS = "*#"


def drop_titles(text: str, kind: str) -> str:
    r"""Return a section's clean text without its own title: at its start, and where repeated.

    Words that follow the title in its line stay.

    Args:
        text: the section's text.
        kind: the section's number.

    >>> drop_titles("### 4. Details of the impact (indicative maximum 750 words)\n\nMuch.", "4")
    'Much.'
    >>> drop_titles("**3. References to the research** (Leeds authors in bold)\n\n1. A", "3")
    '(Leeds authors in bold)\n\n1. A'
    """
    kept = []
    for number, paragraph in enumerate(text.split("\n\n")):
        line, _, below = paragraph.partition("\n")
        left = _drop_title(line, kind, first=number == 0)
        if left or below:
            kept.append(f"{left}\n{below}" if left and below else left or below)
    return "\n\n".join(kept)


def _drop_title(line: str, kind: str, *, first: bool) -> str:
    """Return what a line has besides the title: all of it, where it has none."""
    if _HINTS[kind] not in line[:_LONGEST_TITLE].casefold():
        return line
    places = [at for at, sign in enumerate(line[:_LONGEST_TITLE]) if sign not in _MARKS]
    match = _TITLES[kind].match("".join(line[at] for at in places))
    if not match:
        return line
    end = places[match.end() - 1] + 1
    title, left = line[:end], line[end:].strip()
    words = left.lstrip("* ")
    if _GOES_ON.match(line, end):
        return line
    short = " " not in match["words"]
    if first and (match["number"] or match["item"]):
        is_title = not words or (not short and not (words[0].islower() and not match["mark"]))
    elif short or (words and not match["mark"]):
        is_title = False
    else:
        is_title = first or not words
    return _balance(title, left) if is_title else line


def _balance(title: str, left: str) -> str:
    """Return what is left of a line, its emphasis closed as often as opened."""
    for mark in ("**", "*"):
        unpaired = title.replace("**", "").count("*") if mark == "*" else title.count("**")
        if unpaired % 2 and left.startswith(mark):
            left = left.removeprefix(mark).lstrip()
        elif unpaired % 2 and mark in left:
            left = mark + left
    return left if left.strip("*:. ") else ""
