"""The sections of a REF impact case study, by their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impactgraph.errors import DocumentError

__all__ = ["HEADINGS", "Section", "count_words", "parse_sections"]

HEADINGS: dict[str, str] = {
    "1": "Summary of the impact",
    "2": "Underpinning research",
    "3": "References to the research",
    "4": "Details of the impact",
    "5": "Sources to corroborate the impact",
}
"""The numbered sections of the REF's template (REF 2021, Guidance on submissions, annex G)."""

_MARKUP = re.compile(r"[*_#]+")
_LIMIT = re.compile(r"\(\s*indicative\s+maximum\b[^)]*\)", re.IGNORECASE)
_HEADING = re.compile(
    r"([1-5])\s*[.):]?\s*("
    + "|".join(title.replace(" ", r"\s+") for title in HEADINGS.values())
    + r")\s*:?",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document, from its heading to the next one's.

    `kind` is "A" for all that stands before section 1, else the section's number; `heading` is the
    line as the document has it, without markup ("" for the header). The sections of a document
    cover it whole; `start` and `end` count code points, the end excluded.
    """

    kind: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: str
    text: str
    line: int
    start: int
    end: int


def parse_sections(text: str) -> tuple[Section, ...]:
    r"""Return the header and the five numbered sections of a case study's normalised text.

    A heading is a line of its own that has both the number and the words of the template, in
    whatever case, spacing and Markdown, with or without "(indicative maximum 100 words)".

    Raises:
        DocumentError: the text lacks a section; the message says what was looked for and found.
    """
    headings = _find_headings(text)
    # A table of contents, or a heading that is mentioned, has no text below it.
    chosen = _choose(headings, lambda heading: _has_text(text, headings, heading))
    if len(chosen) < len(HEADINGS):
        chosen = _choose(headings, lambda _: True)
    if len(chosen) < len(HEADINGS):
        raise DocumentError(_describe_lack(headings))
    ends = [*(heading.start for heading in chosen[1:]), len(text)]
    return (
        Section("A", "", 0, chosen[0].start),
        *(
            Section(heading.kind, heading.text, heading.start, end)
            for heading, end in zip(chosen, ends, strict=True)
        ),
    )


def count_words(text: str, section: Section) -> int:
    """Return how many words a section has under its heading.

    A word is what stands between white space and has a letter or a digit.

    Args:
        text: the document's normalised text.
        section: one of its sections.
    """
    heading, _, below = text[section.start : section.end].partition("\n")
    words = (below if section.heading else f"{heading} {below}").split()
    return sum(any(map(str.isalnum, word)) for word in words)


def _find_headings(text: str) -> list[_Heading]:
    found = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        if len(line) <= _LONGEST_HEADING:
            words = " ".join(_LIMIT.sub(" ", _MARKUP.sub(" ", line)).split())
            match = _HEADING.fullmatch(words)
            if match and HEADINGS[match[1]].casefold() == match[2].casefold():
                found.append(_Heading(match[1], words, number, start, end))
        start = end + 1
    return found


def _choose(headings: Sequence[_Heading], suits: Callable[[_Heading], bool]) -> list[_Heading]:
    """Return the first suitable heading of section 1, the first of 2 after that, and so on."""
    chosen: list[_Heading] = []
    kinds = list(HEADINGS)
    for heading in headings:
        if len(chosen) < len(kinds) and heading.kind == kinds[len(chosen)] and suits(heading):
            chosen.append(heading)
    return chosen


def _has_text(text: str, headings: Sequence[_Heading], heading: _Heading) -> bool:
    following = next((h.start for h in headings if h.start > heading.start), len(text))
    return bool(text[heading.end : following].strip())


def _describe_lack(headings: Sequence[_Heading]) -> str:
    wanted = ", ".join(f'"{number}. {title}"' for number, title in HEADINGS.items())
    found = ", ".join(f'"{heading.text}" (line {heading.line})' for heading in headings)
    present = {heading.kind for heading in headings}
    lacking = ", ".join(kind for kind in HEADINGS if kind not in present)
    return (
        f"this is no REF impact case study: looked for the headings {wanted}, each on a line of "
        f"its own and in this order; found {found or 'none of them'}"
        + (f"; section {lacking} is lacking" if found and lacking else "")
    )
