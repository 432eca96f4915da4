"""What the header of the REF's template says: institution, unit, title, periods and staff."""

from __future__ import annotations

import re
from collections.abc import Iterator

from impactgraph.documents.submission import StaffMember, Submission

__all__ = ["read_header"]

_LONGEST_HEADER = 20_000
_FIELDS = {
    "institution": re.compile(r"(?:submitting\s+)?institution\s*:\s*(.*)", re.I),
    "unit": re.compile(r"unit\s+of\s+assessment\s*:\s*(.*)", re.I),
    "title": re.compile(r"title\s+of\s+case\s+study\s*:\s*(.*)", re.I),
    "research_period": re.compile(
        r"period\s+when\s+the\s+underpinning\s+research\s+was\s+undertaken\s*:\s*(.*)", re.I
    ),
    "impact_period": re.compile(
        r"period\s+when\s+the\s+claimed\s+impact\s+occurred\s*:\s*(.*)", re.I
    ),
    "continued": re.compile(
        r"is\s+this\s+case\s+study\s+continued\s+from\s+a\s+case\s+study\s+submitted\s+in\s+"
        r"2014\s*\?\s*(.*)",
        re.I,
    ),
}
_STAFF = re.compile(r"details\s+of\s+staff\s+conducting\s+the\s+underpinning\s+research", re.I)
_STAFF_LABELS = {
    "name": re.compile(r"name\(s\)\s*:?", re.I),
    "role": re.compile(r"role\(s\)\s*(?:\(\s*e\.?g\.?,?\s+job\s+title\s*\))?\s*:?", re.I),
    "period": re.compile(r"period\(s\)\s+employed\s+by\s+(?:the\s+)?submitting\s+HEI\s*:?", re.I),
}
_UNIT = re.compile(r"(?:UoA\s*)?(\d{1,2})\b[\s:.,–-]*\(?\s*(.*?)\s*\)?", re.I)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\*+|^#+\s|\\(?=[*<`\\])")
_CELL = re.compile(r"\t+|\s\|\s|^\|\s?|\s?\|$")


def read_header(text: str) -> Submission | None:
    r"""Return what a document's header says, or None where it has no line of the template.

    >>> header = read_header("Institution: Nowhere\nUnit of Assessment: 19 (Politics)\n")
    >>> header.institution, header.unit, header.unit_name
    ('Nowhere', '19', 'Politics')
    """
    found: dict[str, str] = {}
    staff: list[StaffMember] = []
    among_staff = False
    for line in text[:_LONGEST_HEADER].split("\n"):
        words = _MARKUP.sub("", line).strip()
        field = _read_field(words)
        if field:
            found.setdefault(*field)
            among_staff = False
        elif _STAFF.match(words):
            among_staff = True
        elif among_staff and words:
            staff.extend(_read_staff(words))
    if not found:
        return None
    unit = _UNIT.fullmatch(found.get("unit", ""))
    answer = found.get("continued", "").casefold()
    return Submission(
        institution=found.get("institution") or None,
        unit=unit[1].lstrip("0") or None if unit else None,
        unit_name=(unit[2] if unit else found.get("unit")) or None,
        title=found.get("title") or None,
        continued=True if answer.startswith("y") else False if answer.startswith("n") else None,
        research_period=found.get("research_period") or None,
        impact_period=found.get("impact_period") or None,
        staff=tuple(staff),
    )


def _read_field(words: str) -> tuple[str, str] | None:
    for name, pattern in _FIELDS.items():
        if match := pattern.fullmatch(words):
            return name, " ".join(match[1].split())
    return None


def _read_staff(line: str) -> Iterator[StaffMember]:
    """Yield the member of staff in a line or a table's row; its labels may stand before each."""
    cells = [" ".join(cell.split()) for cell in _CELL.split(line)]
    named = [pattern.search(line) for pattern in _STAFF_LABELS.values()]
    if any(named):
        values = [_value_behind(line, label, named) if label else "" for label in named]
    elif len(cells := [cell for cell in cells if cell]) in (2, 3):
        values = [*cells, ""][:3]
    else:
        return
    if values[0]:
        yield StaffMember(values[0], values[1] or None, values[2] or None)


def _value_behind(line: str, label: re.Match[str], labels: list[re.Match[str] | None]) -> str:
    """Return what stands between a label and the next."""
    starts = [other.start() for other in labels if other and other.start() > label.start()]
    words = line[label.end() : min(starts, default=len(line))]
    return " ".join(_CELL.sub(" ", words).split())
