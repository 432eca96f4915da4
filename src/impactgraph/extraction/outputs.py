"""The research outputs that section 3 lists."""

from __future__ import annotations

from impactgraph.documents import BlockKind, PlainText, Span
from impactgraph.extraction.dois import find_dois, read_isbn
from impactgraph.extraction.entries import Listed, split_entries
from impactgraph.extraction.list_warnings import warn_of_entries
from impactgraph.extraction.reading import OutputEntry, Warning, WarningKind
from impactgraph.extraction.references import read_reference
from impactgraph.extraction.scopes import is_continuation, looks_like_reference
from impactgraph.extraction.units import Role

__all__ = ["read_outputs"]


def read_outputs(plain: PlainText) -> tuple[tuple[OutputEntry, ...], tuple[Warning, ...]]:
    """Return the outputs of section 3 in listing order, and what was doubtful.

    Args:
        plain: the document's plain text.
    """
    listed = [item for item in split_entries(plain, "3") if item.role is Role.ENTRY]
    outputs = tuple(_read_output(plain, item) for item in listed)
    if outputs:
        entries = [output.entry for output in outputs]
        return outputs, tuple(warn_of_entries(plain, entries))
    message = "no output was found in section 3"
    return (), (Warning(WarningKind.NO_OUTPUTS, message, plain.sections["3"]),)


def _read_output(plain: PlainText, item: Listed) -> OutputEntry:
    span = item.entry.span
    head = Span(item.start, min(span.end, _end_of_block(plain, item.start)))
    reference = read_reference(plain, head if len(head) > 20 else Span(item.start, span.end))
    return OutputEntry(
        entry=item.entry,
        output_type=reference.output_type,
        authors=reference.authors,
        year=reference.year,
        title=reference.title,
        venue=reference.venue,
        publisher=reference.publisher,
        volume=reference.volume,
        issue=reference.issue,
        page_start=reference.page_start,
        page_end=reference.page_end,
        doi=_own_doi(plain, item),
        isbn=read_isbn(plain.words(Span(item.start, span.end))),
        addresses=plain.addresses(span),
    )


def _end_of_block(plain: PlainText, position: int) -> int:
    end = plain.text.find("\n", position)
    return end if end >= 0 else len(plain.text)


def _own_doi(plain: PlainText, item: Listed) -> str | None:
    """Return the entry's DOI: never one of the works that it lists as its parts."""
    head = Span(item.start, min(item.entry.span.end, _end_of_block(plain, item.start)))
    parts = plain.words(head).rstrip().endswith(":")
    for block in item.blocks:
        start, end = max(block.span.start, item.start), min(block.span.end, item.entry.span.end)
        further = start > item.start and (parts or block.kind is BlockKind.ITEM)
        words = plain.words(block.span)
        if further and looks_like_reference(words) and not is_continuation(words):
            continue
        for _, doi in find_dois(plain, Span(start, end)):
            return doi
    return None
