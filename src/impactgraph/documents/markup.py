r"""Paragraphs, list items and rows of styled words, written as the text of a document.

Readers of formats that have no text of their own (DOCX, PDF) build these; `write_blocks` turns
them into Markdown-like lines, so that whatever the format, the same words are marked up alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from impactgraph.documents.characters import clean_characters
from impactgraph.documents.labels import LABEL, follows_label
from impactgraph.documents.markdown import escape_text, write_row

__all__ = ["LEVEL_INDENT", "Paragraph", "Row", "Run", "write_blocks"]

_SPACES = re.compile(r"[^\S\n]+")
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_BALANCED = re.compile(r"(?:[^()]|\([^()]*\))+")
LEVEL_INDENT = 36.0
"""How far in, in points, each level of a list is taken to lie where only levels are known."""
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|www\.\S+", re.IGNORECASE)
_LEADS_OUT = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
_NESTED, _DEEPEST = " " * 4, 6
_DEEPER = 9.0
_BULLET = re.compile(r"[-•●▪■◦‣⁃·–—o○➢✓*\uf000-\uf0ff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way; `address` is where a link leads."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    address: str = ""

    def is_set_like(self, other: Run) -> bool:
        """Return whether both are set in the same way."""
        return replace(self, text="") == replace(other, text="")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or list item.

    `label` is what a list shows before the words ("1.", "(a)", "•"), where it is no part of them;
    `note` says that it stands at the foot of the page, `title` that it is a section's title;
    `indent` is how far in it begins in points, where that is known.
    """

    runs: tuple[Run, ...]
    label: str = ""
    heading: bool = False
    note: bool = False
    title: bool = False
    indent: float | None = None

    @property
    def text(self) -> str:
        """The words without mark-up, spaces as they come."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: for each cell its words, which may be none."""

    cells: tuple[tuple[Run, ...], ...]


def write_blocks(blocks: Iterable[Paragraph | Row]) -> str:
    r"""Return the text of a document: Markdown-like, its blocks set apart by empty lines.

    List items and rows that follow each other are lines without an empty one between; items that
    lie farther in than those before them have four spaces more.

    >>> heading = Paragraph((Run("Why it matters", bold=True),), heading=True)
    >>> item = Paragraph((Run("Cracks grow", italic=True), Run(" in winter "), Run("2 ")), "(a)")
    >>> write_blocks([heading, item, Row(((Run("A. Author"),), (Run("Reader"),)))])
    '### Why it matters\n\n(a) *Cracks grow* in winter 2\n\n| A. Author | Reader |\n'
    """
    lines: list[str] = []
    last = ""
    nesting = _Nesting()
    for block in blocks:
        written = _write_row(block) if isinstance(block, Row) else _write_paragraph(block)
        if written:
            kind = _kind_of(block)
            if isinstance(block, Paragraph):
                written = _NESTED * nesting.enter(block, kind) + written
            if lines and (kind != last or kind == "paragraph"):
                lines.append("")
            lines.append(written)
            last = kind
    return "\n".join(lines) + "\n" if lines else ""


@dataclass(slots=True)
class _Nesting:
    """The items among which the next one lies, the outermost first: how far in, which label."""

    items: list[tuple[float, str]] = field(default_factory=list)

    def enter(self, paragraph: Paragraph, kind: str) -> int:
        """Go on to a paragraph and return how many items it lies within.

        What begins a part of the text begins its lists anew: a list that is indented as a whole is
        not nested.
        """
        if paragraph.heading or paragraph.title:
            self.items.clear()
        if paragraph.indent is None:
            return 0
        label = _label_of(paragraph)
        # Numbers that end below each other begin a little apart; what goes on counting is no less
        # deep for being indented.
        while self.items and (
            paragraph.indent < self.items[-1][0] + _DEEPER
            or (label and follows_label(self.items[-1][1], label))
        ):
            self.items.pop()
        if kind != "item":
            return 0
        depth = min(len(self.items), _DEEPEST)
        self.items.append((paragraph.indent, label))
        return depth


def _label_of(paragraph: Paragraph) -> str:
    match = None if paragraph.label else LABEL.match(paragraph.text.lstrip())
    return match[0] if match else paragraph.label


def _kind_of(block: Paragraph | Row) -> str:
    if isinstance(block, Row):
        return "row"
    if block.heading or block.title:
        return "paragraph"
    return "item" if _label_of(block) else "paragraph"


def _write_row(row: Row) -> str:
    cells = [write_runs(cell).replace("|", "/") for cell in row.cells]
    return write_row(cells) if any(cells) else ""


def _write_paragraph(paragraph: Paragraph) -> str:
    runs = tuple(merge_runs(paragraph.runs))
    if paragraph.heading:
        words = write_runs(tuple(replace(run, bold=False) for run in runs))
        label = paragraph.label and f"{paragraph.label} "
        return f"### {label}{words}" if words else ""
    label = paragraph.label
    if not label and not paragraph.title:
        label, runs = _split_label(runs)
    words = write_runs(runs)
    if not words or _BULLET.fullmatch(words):
        return ""
    if _BULLET.fullmatch(label):
        label = "-"
    return f"{label} {words}" if label else words


def _split_label(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """Take a label that is typed before the words apart; one set in a style stays in it."""
    text = "".join(run.text for run in runs)
    match = LABEL.match(text)
    words = text[match.end() :].lstrip() if match else ""
    if not match or not words or runs[0].bold or runs[0].italic:
        return "", runs
    cut, left = len(text) - len(words), []
    for run in runs:
        if len(run.text) > cut:
            left.append(replace(run, text=run.text[cut:]))
        cut = max(0, cut - len(run.text))
    return match[0], tuple(left)


def merge_runs(runs: Iterable[Run]) -> list[Run]:
    """Return runs with those next to each other that are set alike made one, spaces made single."""
    kept = [replace(run, text=_clean(run.text)) for run in runs]
    merged: list[Run] = []
    for _, group in groupby(kept, key=lambda run: replace(run, text="")):
        alike = list(group)
        text = "".join(run.text for run in alike)
        if merged and merged[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text := _SPACES.sub(" ", text):
            merged.append(replace(alike[0], text=text))
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip())
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return [run for run in merged if run.text]


def write_runs(runs: tuple[Run, ...]) -> str:
    """Return the words of runs in one line, with Markdown for how they are set."""
    merged = _lend_styles_to_spaces(merge_runs(runs))
    written = []
    for address, linked in groupby(merged, key=lambda run: run.address):
        group = list(linked)
        text = "".join(run.text for run in group)
        if address and _is_same_address(text, address):
            words = text.strip()
            shown = words if _ADDRESS.match(words) else address
            written.append(_keep_spaces(text, shown))
        elif _LEADS_OUT.match(address) and text.strip():
            inner = _write_styles(group).strip()
            written.append(_keep_spaces(text, f"[{inner}]({_encode_address(address)})"))
        else:
            written.append(_write_styles(group))
    return "".join(written).strip()


def _write_styles(runs: Iterable[Run]) -> str:
    written = []
    for bold, together in groupby(runs, key=lambda run: run.bold):
        inside = []
        for run in together:
            words = _escape(run.text)
            if run.superscript or run.subscript:
                tag = "sup" if run.superscript else "sub"
                words = _wrap(words, f"<{tag}>", f"</{tag}>")
            inside.append(_wrap(words, "*", "*") if run.italic else words)
        text = "".join(inside)
        written.append(_wrap(text, "**", "**") if bold else text)
    return "".join(written)


def _lend_styles_to_spaces(runs: list[Run]) -> list[Run]:
    """Set a space between two runs like both, where these are set alike, else like nothing."""
    lent = []
    for index, run in enumerate(runs):
        if run.text.strip():
            lent.append(run)
            continue
        before = runs[index - 1] if index else Run("")
        after = runs[index + 1] if index + 1 < len(runs) else Run("")
        alike = before.is_set_like(after)
        lent.append(replace(before if alike else Run(""), text=run.text))
    return merge_runs(lent)


def _wrap(text: str, before: str, after: str) -> str:
    words = text.strip()
    return _keep_spaces(text, f"{before}{words}{after}") if words else text


def _keep_spaces(text: str, words: str) -> str:
    """Put the spaces around a text around what is written for it."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() else ""
    return f"{left}{words}{right}"


def _escape(text: str) -> str:
    parts = []
    position = 0
    # A star inside an address is no emphasis, and an escape would change the address.
    for address in _ADDRESS.finditer(text):
        parts.append(escape_text(text[position : address.start()]))
        parts.append(address[0])
        position = address.end()
    parts.append(escape_text(text[position:]))
    return "".join(parts)


def _is_same_address(text: str, address: str) -> bool:
    return _bare_address(text) == _bare_address(address)


def _bare_address(text: str) -> str:
    bare = "".join(text.split()).rstrip("/.,;").casefold()
    return re.sub(r"^(?:mailto:|https?://)?(?:www\.)?", "", bare)


def _encode_address(address: str) -> str:
    address = "".join(address.split())
    if _BALANCED.fullmatch(address):
        return address
    return address.replace("(", "%28").replace(")", "%29")


def _clean(text: str) -> str:
    return clean_characters(text.translate(_HYPHENS)).replace("\n", " ")
