"""Sections 2 and 4 of invented case studies, read, with marks such as "[R1, S2]" found."""

from __future__ import annotations

import re

from impactgraph.documents import Document, PlainText, Span, read_plain_text
from impactgraph.extraction.reading import Citation, Target, TargetKind

_MARK = re.compile(r"\[((?:[RS]\d)(?:, [RS]\d)*)\]")
_KINDS = {"R": TargetKind.OUTPUT, "S": TargetKind.SOURCE}


def read_sections(two: str = "Nothing.", four: str = "Nothing.") -> PlainText:
    """Return a document with these words in section 2 and section 4."""
    return read_plain_text(
        Document.from_text(
            f"1. Summary of the impact\nA summary.\n2. Underpinning research\n{two}\n"
            f"3. References to the research\nNone.\n4. Details of the impact\n{four}\n"
            "5. Sources to corroborate the impact\nNone.\n"
        )
    )


def find_marks(plain: PlainText) -> tuple[Citation, ...]:
    """Return the marks of sections 2 and 4: R for outputs, S for sources, by position."""
    found = []
    for section in ("2", "4"):
        span = plain.sections[section]
        for match in _MARK.finditer(plain.text, span.start, span.end):
            targets = tuple(
                Target(_KINDS[label[0]], int(label[1])) for label in match[1].split(", ")
            )
            found.append(Citation(span=Span(*match.span()), section=section, targets=targets))
    return tuple(found)
