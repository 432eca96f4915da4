"""What was doubtful in a list of entries: labels lost or printed twice, words removed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.reading import Entry, Warning, WarningKind

__all__ = ["warn_of_entries"]

_REMOVED = re.compile(
    r"[\[(]\s?(?:text|name|content)s? (?:removed|redacted)[^\])]{0,60}[\])]", re.I
)


def warn_of_entries(plain: PlainText, entries: Sequence[Entry]) -> Iterator[Warning]:
    """Yield the warnings of a list, in the order of the text.

    Args:
        plain: the document's plain text.
        entries: the outputs or the sources of its list.
    """
    lost = [entry for entry in entries if entry.lost]
    if lost:
        message = f"the list shows no labels for {len(lost)} of {len(entries)} entries: counted"
        yield Warning(WarningKind.LABEL_LOST, message, lost[0].span)
    seen: set[str] = set()
    for entry in entries:
        if entry.label and entry.label in seen:
            message = f'the label "{entry.label}" stands before several entries'
            yield Warning(WarningKind.LABEL_REPEATED, message, entry.span)
        seen.add(entry.label or "")
        for match in _REMOVED.finditer(plain.words(entry.span)):
            start = entry.span.start
            span = Span(start + match.start(), start + match.end())
            yield Warning(WarningKind.TEXT_REMOVED, "words of the entry were removed", span)
