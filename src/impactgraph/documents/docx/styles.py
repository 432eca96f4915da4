"""What the styles of a DOCX file say: what is bold, raised, a heading, or numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from impactgraph.documents.docx.names import child, in_words, is_on, local_name, value_of

__all__ = ["CharacterStyle", "ParagraphStyle", "Styles", "read_number", "read_styles"]

_DEEPEST = 30
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """How words are set."""

    bold: bool = False
    italic: bool = False
    raised: str = "baseline"
    hidden: bool = False

    def overlaid(self, properties: etree._Element | None) -> CharacterStyle:
        """Return this with run properties (`w:rPr`) put over it."""
        if properties is None:
            return self
        style = self
        for one in properties:
            match local_name(one):
                case "b":
                    style = replace(style, bold=is_on(one))
                case "i":
                    style = replace(style, italic=is_on(one))
                case "vanish":
                    style = replace(style, hidden=is_on(one))
                case "vertAlign":
                    style = replace(style, raised=in_words(one, "val") or "baseline")
        return style


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph is set: its words, whether it is a heading, and its list and level."""

    character: CharacterStyle = field(default_factory=CharacterStyle)
    heading: bool = False
    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, by their ids."""

    elements: dict[str, etree._Element]
    default: str | None
    base: CharacterStyle
    _known: dict[str, ParagraphStyle] = field(default_factory=dict)
    _overlaid: dict[tuple[str, CharacterStyle], CharacterStyle] = field(default_factory=dict)

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return a paragraph style with what it inherits."""
        key = style_id or self.default or ""
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def character(self, style_id: str | None, under: CharacterStyle) -> CharacterStyle:
        """Return what a character style makes of words that stand in another style."""
        if not style_id:
            return under
        key = (style_id, under)
        if key not in self._overlaid:
            style = under
            for element in self._ancestry(style_id):
                style = style.overlaid(child(element, "rPr"))
            self._overlaid[key] = style
        return self._overlaid[key]

    def _resolve(self, style_id: str) -> ParagraphStyle:
        style = ParagraphStyle(self.base)
        for element in self._ancestry(style_id):
            properties = child(element, "pPr")
            style = replace(style, character=style.character.overlaid(child(element, "rPr")))
            name = (value_of(element, "name") or "").casefold()
            outline = read_number(value_of(properties, "outlineLvl"))
            if outline is not None:
                style = replace(style, heading=outline < _BODY_LEVEL)
            elif name.startswith("heading ") or name in ("title", "subtitle"):
                style = replace(style, heading=True)
            numbering = child(properties, "numPr")
            if numbering is not None:
                list_id = value_of(numbering, "numId")
                level = read_number(value_of(numbering, "ilvl"))
                style = replace(
                    style,
                    list_id=list_id if list_id is not None else style.list_id,
                    level=level if level is not None else style.level,
                )
        return style

    def _ancestry(self, style_id: str) -> Iterator[etree._Element]:
        """Yield a style's element after those that it is based on, the farthest first."""
        found: list[etree._Element] = []
        while style_id in self.elements and len(found) < _DEEPEST:
            element = self.elements[style_id]
            found.append(element)
            style_id = value_of(element, "basedOn") or ""
        return reversed(found)


def read_styles(root: etree._Element | None) -> Styles:
    """Return the styles of a `w:styles` element."""
    elements: dict[str, etree._Element] = {}
    default = None
    base = CharacterStyle()
    for one in root if root is not None else ():
        if local_name(one) == "style":
            style_id = in_words(one, "styleId") or ""
            elements[style_id] = one
            if in_words(one, "type") == "paragraph" and in_words(one, "default") in ("1", "true"):
                default = style_id
        elif local_name(one) == "docDefaults":
            base = base.overlaid(child(one, "rPrDefault", "rPr"))
    return Styles(elements, default, base)


def read_number(text: str | None) -> int | None:
    """Return a small whole number that an attribute holds."""
    return int(text) if text is not None and len(text) <= 9 and text.isdecimal() else None
