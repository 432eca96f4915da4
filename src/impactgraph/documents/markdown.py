r"""Text as a document has it: Markdown of a few kinds of block, without escapes where it can be.

Paragraphs stand apart by an empty line; a heading is "### words", a list item a line that begins
with its label, a table's row "| cell | cell |". A backslash stays before `*`, `<`, a backtick and
a backslash, and where a line would else look like a heading.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from impactgraph.documents.addresses import unwrap_addresses
from impactgraph.documents.characters import clean_characters

__all__ = ["clean_markdown", "escape_text", "write_row"]

_LINK = re.compile(
    r"(?<!\\)\[(?P<words>(?:[^\[\]\\]|\\.)*)\]"
    r"\(\s?<?(?P<address>(?:[^()\s<>]|\([^()\s<>]*\))+)>?\s?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|www\.|mailto:)[^\s<>]{1,4000})>")
_TAG = re.compile(
    r"(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<rest>(?:\s[^<>]{0,1000})?/?>)?"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~ ])")
_MARKUP = re.compile(r"\*+|</?[A-Za-z][^<>]{0,200}>")
_SPECIAL = re.compile(r"[*`\\]|<(?=[A-Za-z/!?])")
_HEADING = re.compile(r"(?<!\\)(#{1,6})(?:\s+|$)")
_ITEM = re.compile(r"(?:-|\d{1,3}\.)(?:\s|$)")
_RULE = re.compile(r"[\s|:]*-{3,}[\s|:-]*")
_DEBRIS = re.compile(r"<{7}(?: .*)?|={7}|>{7}(?: .*)?|\|{7} .*")
_TAGS = {
    **dict.fromkeys(("sup", "sub", "u")),
    **dict.fromkeys(("br", "p", "div", "li", "ol", "ul"), " "),
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("ins", "s", "del", "span", "font", "small", "a", "cite", "mark"), ""),
}
_UNDERLINED = re.compile(
    r"(?P<before>[\w.)]{0,6}\s{0,3})(?P<words>(?:<ins>[^<>\[\]]{1,200}</ins>\s{0,3}){1,40})"
)
_INS = re.compile(r"</?ins>")
_WORD = re.compile(r"[A-Za-z]{3}")
_LEVEL, _DEEPEST = 4, 6
_BACKSLASH = "\x00"


def clean_markdown(text: str) -> str:
    r"""Return the clean text of a cell of an export: its escaped Markdown, with HTML in places.

    No word is lost but the marks of a version conflict ("<<<<<<< HEAD").

    >>> clean_markdown(" **\\[R1\\]** <ins>Cracks</ins>&nbsp;\\(2015\\) \n\n#  Next \n")
    '**[R1]** Cracks (2015)\n\n### Next'
    """
    blocks: list[tuple[str, str]] = []
    lines = clean_characters(text).split("\n")
    for number, line in enumerate(lines):
        raw = line.strip()
        if _DEBRIS.fullmatch(raw) or (_RULE.fullmatch(raw) and "|" in raw):
            continue
        follower = lines[number + 1].strip() if number + 1 < len(lines) else ""
        kind = _kind_of(raw, follower)
        if not kind:
            blocks.append(("", ""))
        elif kind == "row":
            blocks.append(_read_row(raw))
        else:
            indent = _indent_of(line) if kind == "item" else ""
            _add_line(blocks, kind, indent + _clean_inline(raw))
    return _join(blocks)


def escape_text(words: str) -> str:
    r"""Return words with a backslash before each character that would be read as mark-up.

    >>> print(escape_text("a*b <c> 1<2"))
    a\*b \<c> 1<2
    """
    return _SPECIAL.sub(r"\\\g<0>", words)


def write_row(cells: Iterable[str]) -> str:
    """Return a table's row as text."""
    return f"| {' | '.join(cells)} |"


def _kind_of(line: str, follower: str) -> str:
    if not line:
        return ""
    if line.startswith("|") or (_RULE.fullmatch(follower) and "|" in follower):
        return "row"
    if _HEADING.match(line):
        return "heading"
    return "item" if _ITEM.match(line) else "line"


def _indent_of(line: str) -> str:
    """Return the spaces that say how deep a list item lies: four a level, six levels at most."""
    spaces = line.expandtabs(_LEVEL)
    levels = (len(spaces) - len(spaces.lstrip())) // _LEVEL
    return " " * _LEVEL * min(levels, _DEEPEST)


def _read_row(line: str) -> tuple[str, str]:
    """Return a table's row; one of a single cell is a paragraph set in a frame."""
    cells = [_clean_inline(cell.strip()) for cell in line.strip("|").split("|")]
    if len(cells) == 1:
        heading = _HEADING.match(cells[0])
        return ("heading", cells[0]) if heading else ("line" if cells[0] else "", cells[0])
    if not any(cells):
        return "", ""
    return "row", write_row(_HEADING.sub("", cell) for cell in cells)


def _add_line(blocks: list[tuple[str, str]], kind: str, line: str) -> None:
    """Add a line; one that follows on another without an empty line belongs to it."""
    if kind == "line" and blocks and blocks[-1][0] in ("line", "item", "heading"):
        before = blocks[-1][1]
        empty = blocks[-1][0] == "line" or before.rstrip("#0123456789.-").strip() == ""
        if empty:
            gap = "" if line[:1] in ".,;:)" else " "
            blocks[-1] = (blocks[-1][0], f"{before}{gap}{line}")
            return
    if line:
        blocks.append((kind, line))


def _join(blocks: list[tuple[str, str]]) -> str:
    """Return blocks as text: items and rows a line below each other, all else apart."""
    parts: list[str] = []
    last = ""
    for kind, line in blocks:
        words = _HEADING.sub("", line).strip() if kind == "heading" else line
        if not words:
            continue
        if parts:
            parts.append("\n" if kind == last and kind in ("item", "row") else "\n\n")
        parts.append(f"### {words}" if kind == "heading" else words)
        last = kind
    return "".join(parts)


def _clean_inline(line: str) -> str:
    """Return one line's clean text."""
    if "](" in line:
        line = _LINK.sub(_rewrite_link, line)
    if "<ins>" in line:
        line = _keep_underlined(line)
    if "<" in line:
        line = _TAG.sub(_rewrite_tag, _AUTOLINK.sub(r"\1", line))
    if "&" in line:
        line = _ENTITY.sub(_resolve, line)
    if "\\" in line:
        line = line.replace("\\\\", _BACKSLASH)
        line = _ESCAPE.sub(_unescape, line).replace(_BACKSLASH, "\\\\")
    return " ".join(unwrap_addresses(line).split())


def _rewrite_link(match: re.Match[str]) -> str:
    """Return a link with its own address; where its words are the address, that alone."""
    words, address = match["words"].strip(), unwrap_addresses(match["address"])
    seen = unwrap_addresses(_ESCAPE.sub(r"\1", _MARKUP.sub("", words)))
    before = " " if match["words"][:1].isspace() else ""
    after = " " if match["words"][-1:].isspace() else ""
    if address in (seen, f"mailto:{seen}"):
        return f"{before}{seen}{after}"
    if not words:
        return f"[ ]({address})" if address.startswith("http") else " "
    return f"{before}[{words}]({address}){after}"


def _keep_underlined(line: str) -> str:
    """Return a line whose first words are known as underlined: a heading may be set so.

    >>> _keep_underlined("<ins>Safer</ins> <ins>roads</ins>: the <ins>A1</ins>")
    '<u>Safer roads</u>: the <ins>A1</ins>'
    """
    match = _UNDERLINED.match(line)
    words = _INS.sub("", match["words"]) if match else ""
    begins = words[:1].isupper() and bool(_WORD.search(words))
    if not match or not begins or "http" in words or "www." in words:
        return line
    kept = words.rstrip()
    return f"{match['before']}<u>{kept}</u>{words[len(kept) :]}{line[match.end() :]}"


def _rewrite_tag(match: re.Match[str]) -> str:
    """Return what stands for a tag; "<" before words that are no tag is escaped."""
    name = match["name"].lower()
    if match["rest"] is None or name not in _TAGS:
        return f"\\{match[0]}"
    written = _TAGS[name]
    return f"<{match['end']}{name}>" if written is None else written


def _resolve(match: re.Match[str]) -> str:
    """Return the character that an entity stands for, escaped where it would be mark-up."""
    resolved = clean_characters(html.unescape(match[0]))
    return f"\\{resolved}" if resolved in ("*", "<", "`", "\\") else resolved


def _unescape(match: re.Match[str]) -> str:
    character = match[1]
    if character in "*<`" or (character == "#" and not match.string[: match.start()].strip()):
        return match[0]
    return character
