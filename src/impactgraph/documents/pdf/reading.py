"""Reading the text of a PDF file, as paragraphs rather than lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from impactgraph.documents.cells import lay_out_cells
from impactgraph.documents.markup import Paragraph, Row, Run, write_blocks
from impactgraph.documents.pdf.columns import Cells
from impactgraph.documents.pdf.joining import Joining, find_leading, find_margin, find_space
from impactgraph.documents.pdf.layout import lay_out_page
from impactgraph.documents.pdf.lines import Line, drop_page_furniture, read_lines
from impactgraph.documents.pdf.notes import begins_note, split_notes
from impactgraph.documents.pdf.pages import Page, body_size, read_pages
from impactgraph.documents.pdf.paragraphs import Vocabulary, make_paragraph, read_vocabulary
from impactgraph.documents.template import arrange_template

__all__ = ["read_pdf"]


def read_pdf(content: bytes) -> str:
    """Return the text of a PDF file, Markdown-like.

    Lines are joined into paragraphs, words that lines broke made whole; what stands at the head or
    foot of every page is left out; footnotes stand at the end of their section.

    Args:
        content: the file's bytes.

    Raises:
        DocumentError: the file is damaged, encrypted, too long, or has no text.
    """
    return write_blocks(arrange_template(_read_blocks(read_pages(content))))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a document is set: what its lines are measured by."""

    margins: dict[int, float]
    body: float
    leading: float
    space: float
    vocabulary: Vocabulary

    def margin_of(self, line: Line) -> float:
        return self.margins[line.page]

    def make_paragraphs(
        self, lines: Sequence[Line], margin: Callable[[Line], float]
    ) -> list[Paragraph]:
        groups = Joining(margin, self.leading, self.space).join(lines)
        return [make_paragraph(group, self.body, self.vocabulary) for group in groups]

    def make_notes(self, lines: Sequence[Line]) -> list[Paragraph]:
        """Return footnotes, each with its mark raised, as it is in the text."""
        groups: list[list[Line]] = []
        for line in lines:
            if begins_note(line):
                groups.append([])
            groups[-1].append(line)
        found = [make_paragraph(group, self.body, self.vocabulary) for group in groups]
        return [
            replace(note, runs=(replace(mark, superscript=True), Run(" "), *words), note=True)
            for note in found
            for mark, *words in [note.runs]
        ]


def _read_blocks(pages: Sequence[Page]) -> Iterator[Paragraph | Row]:
    body = body_size(pages)
    found = [read_lines(page, number) for number, page in enumerate(pages)]
    split = [split_notes(lines, body) for lines in drop_page_furniture(pages, found)]
    flow: list[Line | Cells] = []
    notes: list[tuple[int, list[Line]]] = []
    for page, (lines, below) in zip(pages, split, strict=True):
        flow.extend(lay_out_page(lines, page.rules))
        notes.append((len(flow), below))
    setting = _measure(pages, [part for part in flow if isinstance(part, Line)], body)
    yield from _place_notes(flow, notes, setting)


def _measure(pages: Sequence[Page], lines: Sequence[Line], body: float) -> _Setting:
    by_width = {
        page.width: find_margin([line for line in lines if pages[line.page].width == page.width])
        for page in pages
    }
    margins = {number: by_width[page.width] for number, page in enumerate(pages)}
    space = find_space(lines)
    leading = find_leading(lines, lambda line: margins[line.page], space)
    return _Setting(margins, body, leading, space, read_vocabulary(lines))


def _place_notes(
    flow: Sequence[Line | Cells], notes: Sequence[tuple[int, list[Line]]], setting: _Setting
) -> Iterator[Paragraph | Row]:
    """Yield the blocks of the text, each footnote behind the paragraph that has its mark."""
    blocks = list(_read_flow(flow, setting))
    below: dict[int, list[Paragraph]] = {}
    start = 0
    for place, lines in notes:
        end = next((at for at, (begins, _) in enumerate(blocks) if begins >= place), len(blocks))
        marked: dict[str, int] = {}
        for at in range(start, end) if lines else ():
            for mark in _marks_of(blocks[at][1]):
                marked.setdefault(mark, at)
        for note in setting.make_notes(lines):
            below.setdefault(marked.get(note.runs[0].text, max(end - 1, 0)), []).append(note)
        # A paragraph may go on over the page's end.
        start = max(end - 1, 0)
    for at, (_, block) in enumerate(blocks):
        yield block
        yield from below.get(at, ())


def _marks_of(block: Paragraph | Row) -> Iterator[str]:
    """Yield the marks of footnotes that a paragraph may have."""
    if isinstance(block, Paragraph):
        for run in block.runs:
            if run.superscript:
                yield from re.findall(r"\w+|[*†‡§]", run.text)


def _read_flow(
    flow: Sequence[Line | Cells], setting: _Setting
) -> Iterator[tuple[int, Paragraph | Row]]:
    """Yield the blocks of the text, each with where in the flow it begins."""
    lines: list[Line] = []
    start = 0
    for at, part in enumerate(flow):
        if isinstance(part, Line):
            if not lines:
                start = at
            lines.append(part)
            continue
        yield from _number(start, lines, setting)
        lines = []
        cells = [
            setting.make_paragraphs(cell, _constant(margin))
            for cell, margin in zip(part.lines, part.margins, strict=True)
        ]
        yield from ((at, block) for block in lay_out_cells(cells))
    yield from _number(start, lines, setting)


def _constant(margin: float) -> Callable[[Line], float]:
    return lambda _: margin


def _number(
    start: int, lines: Sequence[Line], setting: _Setting
) -> Iterator[tuple[int, Paragraph | Row]]:
    groups = Joining(setting.margin_of, setting.leading, setting.space).join(lines)
    for group in groups:
        yield start, make_paragraph(group, setting.body, setting.vocabulary)
        start += len(group)
