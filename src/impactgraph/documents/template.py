"""The REF's template (REF3): its header and section titles, found among a document's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from impactgraph.documents.markup import Paragraph, Row, Run
from impactgraph.documents.sections import HEADINGS

__all__ = ["HEADER", "arrange_template", "begins_part", "read_section_title"]

HEADER = (
    "Institution",
    "Unit of assessment",
    "Title of case study",
    "Period when the underpinning research was undertaken",
    "Period when the claimed impact occurred",
    "Is this case study continued from a case study submitted in 2014?",
)
"""What the template asks for before section 1 (REF 2021, Guidance on submissions, annex G)."""

_NUMBER = re.compile(r"\s{0,9}(\d|[A-Za-z](?=[.)]))\s{0,9}[.):]?\s{0,9}")
_LIMIT = re.compile(r"\(\s{0,9}(?:indicative\s{1,9})?maximum\b[^)]{0,60}\)", re.IGNORECASE)
_LONGEST_TITLE = 200
_TITLES = "|".join(HEADINGS.values()).replace(" ", r"\s{1,9}")
_GLUED = re.compile(
    rf"\s{{0,9}}(?P<title>[1-5]\s{{0,9}}[.):]?\s{{0,9}}(?:{_TITLES}))\s{{0,9}}"
    r"(?P<limit>\(\s{0,9}(?:indicative\s{1,9})?maximum\b[^)]{0,60}\))?\s{0,9}(?P<colon>:)?\s{0,9}",
    re.IGNORECASE,
)
_OTHER_PARTS = re.compile(
    r"Details\s{1,9}of\s{1,9}staff\s{1,9}conducting\b|Section\s{1,9}[AB]\s{0,9}$|Name\(s\)",
    re.IGNORECASE,
)
_LABELS = [
    (
        label,
        re.compile(
            re.escape(label).replace(r"\ ", r"\s{1,9}") + r"\s{0,9}:?\s{0,99}", re.IGNORECASE
        ),
    )
    for label in HEADER
]


def arrange_template(blocks: Iterable[Paragraph | Row]) -> list[Paragraph | Row]:
    """Return a document's blocks with the template's own words written as in the template.

    The header's lines read "Institution: ...", whether label and entry stood in one paragraph, in
    two, or in two cells; the sections' titles are lines of their own, without their word limits;
    notes stand at the end of their section.
    """
    arranged: list[Paragraph | Row] = []
    notes: list[Paragraph] = []
    pending: str | None = None
    in_header = True
    given = [part for block in blocks for part in _split_title(block)]
    numbered = {read_section_title(_words_of(block)) for block in given}
    titled = any(read_section_title(_words_of(block), lenient=True) for block in given)
    for block in given:
        if isinstance(block, Paragraph) and block.note:
            notes.append(block)
            continue
        words = _words_of(block)
        title = read_section_title(words, lenient=True)
        if title and (title not in numbered or read_section_title(words)):
            in_header = False
            arranged.extend((*_leave_empty(pending), *notes))
            notes = []
            pending = None
            arranged.append(Paragraph((Run(title),), title=True))
            continue
        entry = _read_entry(block) if in_header else None
        if entry:
            arranged.extend(_leave_empty(pending))
            label, entered = entry
            pending = label if not entered else None
            if entered:
                arranged.append(_write_entry(label, entered))
        elif pending and isinstance(block, Paragraph) and block.text.strip():
            arranged.append(_write_entry(pending, block.runs))
            pending = None
        else:
            if isinstance(block, Row):
                arranged.extend(_leave_empty(pending))
                pending = None
            arranged.append(_without_bold(block) if in_header and titled else block)
    arranged.extend((*_leave_empty(pending), *notes))
    return arranged


def read_section_title(text: str, *, lenient: bool = False) -> str | None:
    """Return the title of a section as the template has it, where a line is one.

    Args:
        text: a line's words.
        lenient: whether a title may lack its number, or have another one, as automatic numbering
            gives it.

    >>> read_section_title("4. DETAILS OF THE IMPACT (indicative maximum 750 words)")
    '4. Details of the impact'
    """
    if len(text) > _LONGEST_TITLE:
        return None
    number = _NUMBER.match(text)
    words = " ".join(_LIMIT.sub("", text[number.end() if number else 0 :]).split()).rstrip(" :.")
    for kind, title in HEADINGS.items():
        if words.casefold() == title.casefold() and (lenient or (number and number[1] == kind)):
            return f"{kind}. {title}"
    return None


def begins_part(line: str) -> bool:
    """Return whether a line begins one of the header's entries, or is a section's title.

    >>> begins_part("Title of case study: Safer bridges"), begins_part("Title of case studies")
    (True, False)
    """
    if read_section_title(line) or _OTHER_PARTS.match(line):
        return True
    return any(
        (match := pattern.match(line)) and match[0].rstrip()[-1:] in (":", "?")
        for _, pattern in _LABELS
    )


def _split_title(block: Paragraph | Row) -> Iterator[Paragraph | Row]:
    """Yield a block, or the section's title that it begins with and what else it says.

    A title ends with its word limit, a colon, or where bold ends.
    """
    match = _GLUED.match(_words_of(block)[: 2 * _LONGEST_TITLE])
    if isinstance(block, Row) or not match:
        yield block
        return
    at = match.end() - (len(block.label) + 1 if block.label else 0)
    left = tuple(_cut(block.runs, max(0, at)))
    bold = [run.bold for run in block.runs if run.text.strip()]
    parted = match["limit"] or match["colon"] or (bold[0] and left and not left[0].bold)
    if not left or not parted:
        yield block
        return
    yield Paragraph((Run(match["title"]),))
    yield Paragraph(left)


def _words_of(block: Paragraph | Row) -> str:
    if isinstance(block, Row):
        return ""
    return f"{block.label} {block.text}" if block.label else block.text


def _read_entry(block: Paragraph | Row) -> tuple[str, tuple[Run, ...]] | None:
    """Return which of the header's lines a block is, and what is entered there."""
    if isinstance(block, Row):
        filled = [cell for cell in block.cells if any(run.text.strip() for run in cell)]
        if not filled:
            return None
        first, rest = filled[0], filled[1:]
    else:
        first, rest = block.runs, []
    text = "".join(run.text for run in first)
    for label, pattern in _LABELS:
        match = pattern.match(text)
        if match and (match.end() == len(text) or match[0].rstrip()[-1:] in ":?"):
            words = tuple(_cut(first, match.end()))
            for cell in rest:
                words = (*words, Run(" "), *cell) if words else cell
            return label, words
    return None


def _cut(runs: Sequence[Run], start: int) -> Iterator[Run]:
    words = False
    for run in runs:
        text = run.text[start:]
        start = max(0, start - len(run.text))
        words = words or bool(text.strip())
        if words and text:
            yield replace(run, text=text)


def _write_entry(label: str, words: Sequence[Run]) -> Paragraph:
    after = " " if label.endswith("?") else ": "
    return Paragraph((Run(label + after), *_plain(words)))


def _without_bold(block: Paragraph | Row) -> Paragraph | Row:
    if isinstance(block, Row):
        return Row(tuple(map(_plain, block.cells)))
    return replace(block, runs=_plain(block.runs))


def _plain(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs without bold: in the header it is only how the form is set."""
    return tuple(replace(run, bold=False) for run in runs)


def _leave_empty(label: str | None) -> list[Paragraph]:
    """Return the line of a label with no entry, if there is one."""
    return [_write_entry(label, ())] if label else []
