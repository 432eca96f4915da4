"""The flow of a DOCX file's text: its paragraphs, tables, text boxes and notes, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from impactgraph.documents.cells import lay_out_cells
from impactgraph.documents.docx.fields import LONGEST_ADDRESS, Fields
from impactgraph.documents.docx.names import child, in_words, local_name, value_of
from impactgraph.documents.docx.numbering import Numbering, write_number
from impactgraph.documents.docx.styles import (
    CharacterStyle,
    ParagraphStyle,
    Styles,
    read_number,
)
from impactgraph.documents.markup import LEVEL_INDENT, Paragraph, Row, Run

__all__ = ["Flow", "Notes"]

_TRANSPARENT = {
    *("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "Choice", "dir", "bdo"),
    *("oMath", "oMathPara", "ruby", "rubyBase", "hyperlink", "fldSimple"),
}
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BREAK = "\n"
_CHARACTERS = {"tab": "\t", "br": _BREAK, "cr": _BREAK, "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Notes:
    """Foot- or endnotes by their ids, where their links lead, and how they are numbered."""

    elements: dict[str, etree._Element]
    addresses: dict[str, str]
    form: str
    count: int = 0


@dataclass(slots=True)
class Flow:
    """One reading of a document's body, from its first element to its last."""

    styles: Styles
    numbering: Numbering
    addresses: dict[str, str]
    notes: dict[str, Notes]
    _fields: Fields = field(default_factory=Fields)
    _carried: list[Run] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _notes_below: list[Paragraph] = field(default_factory=list)

    def read_blocks(self, parent: etree._Element) -> Iterator[Paragraph | Row]:
        """Yield the blocks of a `w:body`, each note behind the paragraph that refers to it."""
        for element in parent:
            name = local_name(element)
            if name == "p":
                yield from self._read_paragraph(element)
            elif name == "tbl":
                yield from self._read_table(element)
            elif name in _TRANSPARENT and not _is_placeholder(element):
                yield from self.read_blocks(element)
            elif name == "AlternateContent":
                yield from self.read_blocks(_alternative(element))

    def _read_table(self, table: etree._Element) -> Iterator[Paragraph | Row]:
        for element in table:
            name = local_name(element)
            if name == "tr" and child(element, "trPr", "del") is None:
                yield from self._read_row(element)
            elif name in _TRANSPARENT:
                yield from self._read_table(element)

    def _read_row(self, row: etree._Element) -> Iterator[Paragraph | Row]:
        yield from lay_out_cells([list(self.read_blocks(cell)) for cell in _cells_of(row)])

    def _read_paragraph(self, element: etree._Element) -> Iterator[Paragraph | Row]:
        properties = child(element, "pPr")
        style = self.styles.paragraph(value_of(properties, "pStyle"))
        self._carried.extend(self._read_runs(element, style.character, ""))
        boxes, self._boxes = self._boxes, []
        # Where the mark that ends a paragraph was deleted, it runs on into the next one.
        if child(properties, "rPr", "del") is None:
            runs, self._carried = self._carried, []
            yield from self._finish_paragraph(runs, properties, style)
            notes, self._notes_below = self._notes_below, []
            yield from notes
        for box in boxes:
            yield from self.read_blocks(box)

    def _finish_paragraph(
        self, runs: list[Run], properties: etree._Element | None, style: ParagraphStyle
    ) -> Iterator[Paragraph]:
        list_id, level = _find_list(properties, style)
        label = self.numbering.count(list_id, level)
        indent = level * LEVEL_INDENT if label else None
        outline = read_number(value_of(properties, "outlineLvl"))
        heading = style.heading if outline is None else outline < 9
        for index, line in enumerate(_split_lines(runs)):
            yield Paragraph(tuple(line), "" if index else label, heading, indent=indent)

    def _read_runs(
        self, parent: etree._Element, style: CharacterStyle, address: str
    ) -> Iterator[Run]:
        for element in parent:
            name = local_name(element)
            if name == "r":
                yield from self._read_run(element, style, address)
            elif name == "hyperlink":
                yield from self._read_runs(element, style, self._follow(element) or address)
            elif name == "fldSimple":
                leads = Fields.read_address(in_words(element, "instr") or "")
                yield from self._read_runs(element, style, leads or address)
            elif name in _TRANSPARENT:
                if not _is_placeholder(element):
                    yield from self._read_runs(element, style, address)
            elif name == "AlternateContent":
                yield from self._read_runs(_alternative(element), style, address)
            elif name not in ("p", "tbl"):
                yield from self._read_mathematics(element, style)

    def _read_run(self, run: etree._Element, style: CharacterStyle, address: str) -> Iterator[Run]:
        properties = child(run, "rPr")
        named = self.styles.character(value_of(properties, "rStyle"), style)
        style = named.overlaid(properties)
        text: list[str] = []
        for element in run:
            name = local_name(element)
            if self._fields.take(element, name) or self._fields.hides_words:
                continue
            if name == "t":
                text.append(element.text or "")
            elif name in _CHARACTERS:
                page = name == "br" and in_words(element, "type") in ("page", "column")
                text.append(" " if page else _CHARACTERS[name])
            elif name == "sym":
                text.append(_read_symbol(element))
            elif name in ("footnoteReference", "endnoteReference"):
                mark = self._read_note(name.removesuffix("Reference"), element)
                yield from _set(text, style, address)
                text = []
                yield Run(mark, superscript=True)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._boxes.extend(_find_boxes(element))
            elif name == "ruby":
                yield from self._read_runs(element, style, address)
        yield from _set(text, style, self._fields.address or address)

    def _read_mathematics(self, element: etree._Element, style: CharacterStyle) -> Iterator[Run]:
        """Yield the words of formulas (`m:t`), whatever they are nested in."""
        for one in element.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}t"):
            yield from _set([one.text or ""], style, "")

    def _read_note(self, kind: str, reference: etree._Element) -> str:
        notes = self.notes[kind]
        element = notes.elements.pop(in_words(reference, "id") or "", None)
        if element is None:
            return ""
        custom = in_words(reference, "customMarkFollows")
        mark = ""
        if custom not in ("1", "true", "on"):
            notes.count += 1
            mark = write_number(notes.count, notes.form)
        inner = Flow(self.styles, self.numbering, notes.addresses, {})
        lines = [one for one in inner.read_blocks(element) if isinstance(one, Paragraph)]
        for index, line in enumerate(line for line in lines if line.text.strip()):
            first = (Run(mark, superscript=True), Run(" ")) if mark and not index else ()
            self._notes_below.append(replace(line, runs=(*first, *line.runs), note=True))
        return mark

    def _follow(self, element: etree._Element) -> str:
        key = element.get(_RELATIONSHIP) or element.get(_STRICT_RELATIONSHIP) or ""
        address = self.addresses.get(key, "")[:LONGEST_ADDRESS]
        anchor = (in_words(element, "anchor") or "")[:LONGEST_ADDRESS]
        return f"{address}#{anchor}" if address and anchor else address


def _find_list(properties: etree._Element | None, style: ParagraphStyle) -> tuple[str | None, int]:
    """Return the list that a paragraph belongs to, if any, and its level there."""
    own = child(properties, "numPr")
    list_id, level = value_of(own, "numId"), read_number(value_of(own, "ilvl"))
    if list_id is None:
        list_id = style.list_id
    if level is None:
        level = style.level
    return list_id, level or 0


def _set(text: list[str], style: CharacterStyle, address: str) -> Iterator[Run]:
    words = "".join(text)
    if words and not style.hidden:
        yield Run(
            words,
            bold=style.bold,
            italic=style.italic,
            superscript=style.raised == "superscript",
            subscript=style.raised == "subscript",
            address=address,
        )


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if local_name(element) == "tc":
            yield element
        elif local_name(element) in _TRANSPARENT:
            yield from _cells_of(element)


def _is_placeholder(element: etree._Element) -> bool:
    """Return whether a form's field still shows what to enter there."""
    return child(element, "sdtPr", "showingPlcHdr") is not None


def _alternative(element: etree._Element) -> etree._Element:
    """Return what a word processor of today shows of alternate contents."""
    chosen = child(element, "Choice")
    if chosen is None:
        chosen = child(element, "Fallback")
    return element if chosen is None else chosen


def _find_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes in a drawing, not those within a text box."""
    if local_name(element) == "AlternateContent":
        element = _alternative(element)
    for one in element:
        if local_name(one) == "txbxContent":
            yield one
        else:
            yield from _find_boxes(one)


def _read_symbol(element: etree._Element) -> str:
    code = in_words(element, "char") or ""
    try:
        number = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xF000 <= number < 0xF100 else ""


def _split_lines(runs: list[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split(_BREAK)
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=words)] for words in others)
    return lines
