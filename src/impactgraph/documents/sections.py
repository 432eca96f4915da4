"""The sections of a REF impact case study, by their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impactgraph.errors import DocumentError

__all__ = [
    "HEADINGS",
    "Section",
    "count_words",
    "is_section_title",
    "parse_sections",
    "start_below",
]

HEADINGS: dict[str, str] = {
    "1": "Summary of the impact",
    "2": "Underpinning research",
    "3": "References to the research",
    "4": "Details of the impact",
    "5": "Sources to corroborate the impact",
}
"""The numbered sections of the REF's template (REF 2021, Guidance on submissions, annex G)."""

_MARKUP = re.compile(r"[*_#|>\\]+|</?[A-Za-z][^<>]{0,100}>")
_LIMIT = re.compile(r"[(\[]\s*(?:indicative\s+)?maximum\b[^()\[\]]*[)\]]", re.IGNORECASE)
_TITLES = {
    "1": r"summary of (?:the )?impact",
    "2": r"underpinning research",
    "3": r"references to (?:the )?research",
    "4": r"details of (?:the )?impact",
    "5": r"sources to corroborate (?:the )?impact",
}
_TITLE = re.compile(
    r"(?:section )?(?P<number>[1-5])?\s?[.):]?\s?(?:"
    + "|".join(f"(?P<kind{kind}>{words})" for kind, words in _TITLES.items())
    + r")\s?[:.]?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"[#*\s]{0,9}(?P<number>[1-5])[.):]?\s?(?:"
    + "|".join(f"(?P<kind{kind}>{title})" for kind, title in HEADINGS.items())
    + r")(?:\s?[(\[](?:indicative )?maximum\b[^()\[\]]{0,60}[)\]])?[*:.]{0,4}"
    r"\s(?=\s?[\"“‘'(\[*]{0,3}[A-Z0-9])"
)
_NUMBER = re.compile(r"(?:section )?(?P<number>[1-5])\s?[.):]?", re.IGNORECASE)
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
    """A line that may be a section's heading: sure where it has the number of its words."""

    kind: str
    sure: bool
    text: str
    line: int
    start: int
    end: int
    glued: bool = False


def parse_sections(text: str) -> tuple[Section, ...]:
    r"""Return the header and the five numbered sections of a case study's normalised text.

    A heading is a line of its own that has both the number and the words of the template, in
    whatever case, spacing and mark-up, with or without "(indicative maximum 100 words)"; the number
    may stand on the line before. Where no line has a section's number and words, a line that has
    its words will do; where none has, one that begins with the number and the words.

    Raises:
        DocumentError: the text lacks a section; the message says what was looked for and found.
    """
    found = _find_headings(text)
    alone = {heading.kind for heading in found if not heading.glued}
    found = [heading for heading in found if not heading.glued or heading.kind not in alone]
    sure = {heading.kind for heading in found if heading.sure}
    headings = [heading for heading in found if heading.sure or heading.kind not in sure]
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


def start_below(text: str, section: Section) -> int:
    """Return where a section's text begins: below its heading, or behind it in the same line."""
    if not section.heading:
        return section.start
    end = text.find("\n", section.start, section.end)
    end = section.end if end < 0 else end
    line = text[section.start : end]
    glued = None if is_section_title(line, section.kind) else _GLUED.match(line)
    return section.start + glued.end() if glued else min(end + 1, section.end)


def count_words(text: str, section: Section) -> int:
    """Return how many words a section has under its heading.

    A word is what stands between white space and has a letter or a digit.

    Args:
        text: the document's normalised text.
        section: one of its sections.
    """
    words = text[start_below(text, section) : section.end].split()
    return sum(any(map(str.isalnum, word)) for word in words)


def is_section_title(line: str, kind: str) -> bool:
    """Return whether a line is the template's title of a section, with or without its number.

    >>> is_section_title("### 4. Details of the impact (indicative maximum 750 words)", "4")
    True
    """
    match = _TITLE.fullmatch(_read_words(line))
    return match is not None and match.lastgroup == f"kind{kind}"


def _read_words(line: str) -> str:
    """Return a line's words without mark-up and word limit, "" for one too long for a heading."""
    if len(line) > _LONGEST_HEADING:
        return ""
    return " ".join(_LIMIT.sub(" ", _MARKUP.sub(" ", line)).split())


def _find_headings(text: str) -> list[_Heading]:
    found = []
    start = 0
    number: tuple[str, int, int] | None = None
    for line_number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        words = _read_words(line)
        if match := _TITLE.fullmatch(words):
            kind = (match.lastgroup or "")[-1]
            sure = match["number"] == kind
            if number and number[0] == kind and not match["number"]:
                heading = _Heading(kind, True, f"{kind}. {words}", number[1], number[2], end)
            else:
                heading = _Heading(kind, sure, words, line_number, start, end)
            found.append(heading)
        elif match := _GLUED.match(line):
            kind = match["number"]
            title = f"{kind}. {HEADINGS[kind]}"
            at = start + match.end()
            if match.lastgroup == f"kind{kind}":
                found.append(_Heading(kind, True, title, line_number, start, at, glued=True))
        if words:
            alone = _NUMBER.fullmatch(words)
            number = (alone["number"], line_number, start) if alone else None
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
