"""Reading the text of a web page, as a browser shows it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from impactgraph.documents.addresses import unwrap_addresses
from impactgraph.documents.cells import lay_out_cells
from impactgraph.documents.docx.numbering import write_number
from impactgraph.documents.markup import LEVEL_INDENT, Paragraph, Row, Run, write_blocks
from impactgraph.documents.template import arrange_template, begins_part, read_section_title
from impactgraph.errors import DocumentError

__all__ = ["read_web_page"]

_LARGEST = 20_000_000
_MOST_MARKS = 100_000
_MOST_WORDS = 30_000
_MOST_PAIRS = _MOST_WORDS**2  # the parser compares all attributes of a tag with each other
_DEEPEST = 200
_LEFT_OUT = re.compile(
    r"script|style|noscript|template|head|title|nav|footer|aside|button|select|input|textarea|svg"
    r"|canvas|iframe|object|embed|audio|video|map|dialog|menu|del"
)
_ROLES_LEFT_OUT = re.compile(r"navigation|banner|contentinfo|search|complementary|dialog")
_BLOCKS = re.compile(
    r"address|article|body|blockquote|center|dd|details|div|dt|fieldset|figcaption|figure|form"
    r"|h[1-6]|header|hgroup|hr|html|li|main|p|pre|section|summary"
)
_HEADING = re.compile(r"h[1-6]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL_CHARSET = "windows-1252"
_AFTERWARDS = re.compile(r"additional\s+contextual\s+information", re.IGNORECASE)
_RENAMED = {"submitting institution": "Institution"}
_TITLE = "Title of case study: "
_LIMIT_MET = re.compile(r"depth|huge|too long|limit", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LIST_FORMS = {
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), "upperLetter"),
    **dict.fromkeys(("i", "lower-roman"), "lowerRoman"),
    **dict.fromkeys(("I", "upper-roman"), "upperRoman"),
    **dict.fromkeys(("1", "decimal"), "decimal"),
}
_FORMS = frozenset(_LIST_FORMS.values())
_INTEGER = re.compile(r"-?[0-9]{1,6}")
_LONGEST_TERM = 100
_TITLED = re.compile(r"\s*title\s+of\s+case\s+study\b", re.IGNORECASE)


def read_web_page(content: bytes) -> str:
    """Return the text of a web page, Markdown-like; menus, scripts and what is hidden left out.

    Args:
        content: the file's bytes, at most 20 megabytes.

    Raises:
        DocumentError: the page is beyond measure.
    """
    body = _parse(content)
    reader = _Reader()
    reader.read_inside(_find_main(body), Run(""))
    reader.finish_block()
    return write_blocks(arrange_template(_arrange_page(reader.blocks)))


def _parse(content: bytes) -> etree._Element:
    if len(content) > _LARGEST:
        raise DocumentError(f"it has more than {_LARGEST} bytes; save the case study's page alone")
    if content.count(b"<") > _MOST_MARKS:
        raise DocumentError(
            f"it has more than {_MOST_MARKS} tags; save the case study's page alone"
        )
    if sum(_count_words(part) ** 2 for part in content.split(b"<")) > _MOST_PAIRS:
        raise DocumentError(
            "it has too many words, or attributes of one tag, without a tag between; save the case "
            "study's page alone"
        )
    text = _decode(content).replace("\x00", "")
    # Given text, the parser must not be told of another encoding by the page itself.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"it is no page that can be read: {error.msg}") from error
    # The parser stops at its limits without more ado.
    if any(_LIMIT_MET.search(entry.message) for entry in parser.error_log):
        raise DocumentError("its elements are nested too deep, or too long; save the page anew")
    if root is None:
        raise DocumentError("it is empty")
    return root


def _count_words(part: bytes) -> int:
    """Return how many attributes what stands from one tag's start to the next's may have."""
    return max(len(part.split(None, _MOST_WORDS)), part.count(b'"'), part.count(b"'"))


def _decode(content: bytes) -> str:
    """Return a page's text: what its byte order mark says, UTF-8 where it is, what it declares."""
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:4096])
        name = declared[1].decode("ascii") if declared else _USUAL_CHARSET
        try:
            return content.decode(name, "replace")
        except LookupError:
            return content.decode(_USUAL_CHARSET, "replace")


def _find_main(root: etree._Element) -> etree._Element:
    """Return the element that holds what the page is about."""
    mains = [
        element
        for element in root.iter("main", "article", "div")
        if element.tag == "main" or element.get("role") == "main"
    ]
    return mains[0] if len(mains) == 1 else root


def _arrange_page(blocks: list[Paragraph | Row]) -> Iterator[Paragraph | Row]:
    """Yield a page's blocks: the heading above the header as its title, none of what follows."""
    headed: Paragraph | None = None
    for block in blocks:
        words = block.text.strip() if isinstance(block, Paragraph) else ""
        if begins_part(words) or read_section_title(words, lenient=True) or _rename(words):
            break
        if isinstance(block, Paragraph) and block.heading:
            headed = block
    titled = any(isinstance(one, Paragraph) and _TITLED.match(one.text) for one in blocks)
    for block in blocks:
        words = block.text.strip() if isinstance(block, Paragraph) else ""
        if isinstance(block, Paragraph) and block.heading and _AFTERWARDS.match(words):
            return
        if name := _rename(words):
            yield Paragraph((Run(name),))
        elif block is headed and not titled:
            yield Paragraph((Run(_TITLE), *headed.runs))
        else:
            yield block


def _rename(words: str) -> str | None:
    """Return what the template calls that which a page calls otherwise."""
    return _RENAMED.get(words.rstrip(" :").casefold())


class _Reader:
    """Goes through a page's elements and gathers the blocks that it shows."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Row] = []
        self.runs: list[Run] = []
        self.label = ""
        self.heading = False
        self.depth = 0
        self.lists = 0

    def read(self, element: etree._Element, style: Run) -> None:
        """Gather an element's words, set in a style of which it may change something."""
        name = element.tag if isinstance(element.tag, str) else ""
        if _LEFT_OUT.fullmatch(name) or _is_hidden(element):
            return
        self.depth += 1
        if self.depth > _DEEPEST:
            raise DocumentError(f"its elements are nested more than {_DEEPEST} deep")
        if name == "br":
            self.finish_block()
        elif name == "table":
            self.finish_block()
            self._read_table(element, style)
        elif name == "dl":
            self.finish_block()
            self._read_terms(element, style)
        elif name in ("ol", "ul"):
            self.finish_block()
            self._read_list(element, style)
        elif _BLOCKS.fullmatch(name):
            self.finish_block()
            self.heading = _HEADING.fullmatch(name) is not None
            self.read_inside(element, _change_style(style, name, element))
            self.finish_block()
            self.heading = False
        else:
            self.read_inside(element, _change_style(style, name, element))
        self.depth -= 1

    def read_inside(self, element: etree._Element, style: Run) -> None:
        """Gather the words and the elements in an element."""
        self._add(element.text, style)
        for child in element:
            self.read(child, style)
            self._add(child.tail, style)

    def finish_block(self) -> None:
        """End the paragraph that is being gathered."""
        if any(run.text.strip() for run in self.runs):
            self.blocks.append(
                Paragraph(tuple(self.runs), self.label, self.heading, indent=self._indent())
            )
            self.label = ""
        self.runs = []

    def _indent(self) -> float:
        """Return how far in a paragraph begins: one that follows in an item, below its words."""
        hanging = bool(self.lists) and not self.label
        return LEVEL_INDENT * (self.lists + hanging / 2)

    def _add(self, text: str | None, style: Run) -> None:
        if text:
            self.runs.append(replace(style, text=unwrap_addresses(_SPACES.sub(" ", text))))

    def _read_list(self, element: etree._Element, style: Run) -> None:
        form = _form_of(element)
        number = _read_integer(element.get("start"), 1)
        self.lists += 1
        for child in element:
            if child.tag != "li":
                self.read(child, style)
                continue
            number = _read_integer(child.get("value"), number)
            self.label = write_number(number, form) + "." if form in _FORMS else form
            self.read(child, style)
            self.label = ""
            number += 1
        self.lists -= 1

    def _read_terms(self, element: etree._Element, style: Run) -> None:
        """Gather a list of terms: a term and what it is said to be are one line."""
        term = ""
        for child in element.iter("dt", "dd"):
            words = " ".join("".join(map(str, child.itertext())).split())
            if child.tag == "dt":
                term = _rename(words) or words.rstrip(" :")
            elif term and len(term) < _LONGEST_TERM:
                mark = " " if term.endswith("?") else ": "
                self.runs.append(Run(f"{term}{mark}"))
                self.read_inside(child, style)
                self.finish_block()
                term = ""
            else:
                self.read(child, style)

    def _read_table(self, element: etree._Element, style: Run) -> None:
        for child in element:
            if child.tag == "tr":
                cells = [self._read_cell(cell, style) for cell in child if cell.tag in ("td", "th")]
                self.blocks.extend(lay_out_cells(cells))
            elif child.tag in ("thead", "tbody", "tfoot"):
                self._read_table(child, style)
            else:
                self.read(child, style)
                self.finish_block()

    def _read_cell(self, cell: etree._Element, style: Run) -> list[Paragraph | Row]:
        inside = _Reader()
        inside.depth = self.depth
        inside.read_inside(cell, _change_style(style, "", cell))
        inside.finish_block()
        return inside.blocks


def _change_style(style: Run, name: str, element: etree._Element) -> Run:
    """Return how an element's words are set."""
    css = element.get("style", "")
    if name in ("b", "strong") or _BOLD.search(css):
        style = replace(style, bold=True)
    if name in ("i", "em", "cite", "dfn", "var") or _ITALIC.search(css):
        style = replace(style, italic=True)
    if name == "sup" or _RAISED.search(css):
        style = replace(style, superscript=True)
    if name == "sub":
        style = replace(style, subscript=True)
    if name == "a" and element.get("href"):
        style = replace(style, address=unwrap_addresses(element.get("href", "").strip()))
    return style


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_ROLES_LEFT_OUT.fullmatch(element.get("role", "")))
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _form_of(element: etree._Element) -> str:
    """Return the form of a list's numbers, or the sign before its items ("" for none)."""
    shown = _LIST_STYLE.search(element.get("style", ""))
    form = shown[1].lower() if shown else element.get("type", "")
    if form == "none":
        return ""
    if element.tag == "ul" and form not in _LIST_FORMS:
        return "-"
    return _LIST_FORMS.get(form, "decimal")


def _read_integer(text: str | None, default: int) -> int:
    return int(text) if text and _INTEGER.fullmatch(text) else default
