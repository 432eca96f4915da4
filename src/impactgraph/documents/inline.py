"""What a reader sees of a stretch of Markdown or HTML: its characters, their places and styles."""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Inline", "Style", "StyleKind", "scan_inline"]

_TOKEN = re.compile(
    # What no token begins with is passed over quickly.
    r"""
    (?=[\\&<\]\[*_^`\t-\r\x1c-\x1f\x85\xa0\xad\u1680\u2000-\u200f\u2028\u2029]
        |[\u202f\u205f\u2060\u3000\ufeff]|https?://|www\.|\x20\s)
    (?:
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<autolink><(?:https?://|mailto:|www\.)[^\s<>]{1,2000}>)
    | (?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>)
    | (?P<address>\b(?:https?://|www\.)[^\s<>\[\]*]{1,2000})
    | (?P<target>\]\(\s{0,3}<?(?P<to>(?:https?:|www\.|mailto:|ftp:|doi:|file:|10\.|[/\#])
        [^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000}){0,5})>?
        (?:\s{1,3}"[^"\n]{0,200}")?\s{0,3}\))
    | (?P<open>\[)
    | (?P<stars>\*{1,3})
    | (?P<under>(?<![\w_])_(?=[^\s_][^_\n]{0,300}_(?![\w_])) | (?<=[^\s_])_(?![\w_]))
    | (?P<raised>\^(?=[^\s^]{1,40}\^) | (?<=[^\s^])\^)
    | (?P<code>`)
    | (?P<space>\x20*[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]
        [\s\u200b]*|\x20{2,})
    | (?P<nothing>[\u200b-\u200f\u2060\ufeff\xad]+)
    )
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RAISED = re.compile(r"\^[^\s^]{1,40}\^")
_AFTER_ADDRESS = ".,;:!?'\"”’"


class StyleKind(StrEnum):
    """How a stretch is set."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    LINK = "link"


_STYLED_TAGS = {
    "b": StyleKind.BOLD,
    "strong": StyleKind.BOLD,
    "i": StyleKind.ITALIC,
    "em": StyleKind.ITALIC,
    "u": StyleKind.UNDERLINE,
    "ins": StyleKind.UNDERLINE,
    "sup": StyleKind.SUPERSCRIPT,
    "sub": StyleKind.SUBSCRIPT,
    "a": StyleKind.LINK,
}
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A stretch that is set in one way: `start` to `end`, the end excluded.

    `address` is where a link leads.
    """

    kind: StyleKind
    start: int
    end: int
    address: str | None = None


@dataclass(slots=True)
class Inline:
    """Characters that a reader sees, each with where it begins and ends in the source."""

    characters: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("l"))
    ends: array[int] = field(default_factory=lambda: array("l"))
    styles: list[Style] = field(default_factory=list)
    _places: array[int] = field(default_factory=lambda: array("l"), repr=False)

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self.characters)

    def copy(self, source: str, start: int, end: int) -> None:
        """Add a stretch of the source as it is."""
        if len(self._places) <= end:
            self._places = array("l", range(len(source) + 1))
        self.characters.extend(source[start:end])
        self.starts.extend(self._places[start:end])
        self.ends.extend(self._places[start + 1 : end + 1])

    def add(self, character: str, start: int, end: int) -> None:
        """Add a character that stands for a stretch of the source."""
        self.characters.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def trim(self, first: int) -> None:
        """Take away white space at the end, back to a place."""
        while len(self) > first and self.characters[-1].isspace():
            del self.characters[-1], self.starts[-1], self.ends[-1]

    def drop(self, places: list[int]) -> None:
        """Take away the characters at these places, in ascending order."""
        kept = [place for place in range(places[0], len(self)) if self.characters[place]]
        characters = [self.characters[place] for place in kept]
        starts = array("l", [self.starts[place] for place in kept])
        ends = array("l", [self.ends[place] for place in kept])
        del self.characters[places[0] :], self.starts[places[0] :], self.ends[places[0] :]
        self.characters.extend(characters)
        self.starts.extend(starts)
        self.ends.extend(ends)
        self.styles = [
            Style(
                style.kind,
                style.start - bisect_left(places, style.start),
                style.end - bisect_left(places, style.end),
                style.address,
            )
            for style in self.styles
        ]


def scan_inline(source: str, start: int, end: int, into: Inline) -> None:
    r"""Add what a reader sees of source[start:end] to `into`.

    Markdown's emphasis, links, escapes and code marks and HTML's tags are taken away, entities
    resolved, runs of white space made one space, invisible characters left out.

    >>> inline = Inline()
    >>> scan_inline(r"**Smith** \[R1\] [here](https://example.org)", 0, 44, inline)
    >>> "".join(inline.characters), [style.kind.value for style in inline.styles]
    ('Smith [R1] here', ['bold', 'link'])
    """
    _Scan(source, into).run(start, end)


class _Scan:
    """One stretch being read: which styles are open, and which square brackets."""

    def __init__(self, source: str, into: Inline) -> None:
        self.source = source
        self.into = into
        self.first = len(into)
        self.open: dict[StyleKind, tuple[int, str | None]] = {}
        self.brackets: list[int] = []
        self.dropped: list[int] = []

    def run(self, start: int, end: int) -> None:
        position = start
        for match in _TOKEN.finditer(self.source, start, end):
            self._copy(position, match.start())
            _READERS[match.lastgroup or ""](self, match)
            position = match.end()
        self._copy(position, end)
        for kind in list(self.open):
            self._close(kind)
        if self.dropped:
            self.into.drop(sorted(self.dropped))

    def _copy(self, start: int, end: int) -> None:
        """Copy what is no mark-up; a single space is not repeated where mark-up was taken away."""
        if start < end and self.source[start] == " " and self._ends_in_space():
            start += 1
        if start < end:
            self.into.copy(self.source, start, end)

    def _escape(self, match: re.Match[str]) -> None:
        self.into.add(match[0][1], match.start(), match.end())

    def _entity(self, match: re.Match[str]) -> None:
        for character in html.unescape(match[0]):
            if character.isspace():
                self._add_space(match)
            elif character.isprintable():
                self.into.add(character, match.start(), match.end())

    def _autolink(self, match: re.Match[str]) -> None:
        self._link_to_itself(match.start() + 1, match.end() - 1)

    def _address(self, match: re.Match[str]) -> None:
        self._link_to_itself(match.start(), match.end())

    def _link_to_itself(self, start: int, end: int) -> None:
        begin, position = len(self.into), start
        for escape in _ESCAPE.finditer(self.source, start, end):
            self.into.copy(self.source, position, escape.start())
            self.into.add(escape[1], escape.start(), escape.end())
            position = escape.end()
        self.into.copy(self.source, position, end)
        if StyleKind.LINK not in self.open:
            words = _ESCAPE.sub(r"\1", self.source[start:end]).rstrip(_AFTER_ADDRESS)
            if words.endswith(")") and "(" not in words:
                words = words[:-1].rstrip(_AFTER_ADDRESS)
            style = Style(StyleKind.LINK, begin, begin + len(words), words)
            self.into.styles.append(style)

    def _tag(self, match: re.Match[str]) -> None:
        name = match["name"].lower()
        kind = _STYLED_TAGS.get(name)
        if kind is None:
            if name in ("br", "p", "div", "li", "td", "tr"):
                self._add_space(match)
        elif match[0].startswith("</"):
            self._close(kind)
        elif not match[0].endswith("/>"):
            href = _HREF.search(match[0]) if kind is StyleKind.LINK else None
            address = html.unescape(next(filter(None, href.groups()), "")) if href else None
            self.open.setdefault(kind, (len(self.into), address))

    def _open(self, match: re.Match[str]) -> None:
        self.brackets.append(len(self.into))
        self.into.copy(self.source, match.start(), match.end())

    def _target(self, match: re.Match[str]) -> None:
        if not self.brackets:
            self.into.copy(self.source, match.start(), match.end())
            return
        begin = self.brackets.pop()
        self.into.characters[begin] = ""
        self.dropped.append(begin)
        styles = self.into.styles
        while styles and styles[-1].kind is StyleKind.LINK and styles[-1].start >= begin:
            styles.pop()
        address = html.unescape(_ESCAPE.sub(r"\1", match["to"]))
        styles.append(Style(StyleKind.LINK, begin, len(self.into), address))

    def _stars(self, match: re.Match[str]) -> None:
        run = len(match[0])
        bold, italic = StyleKind.BOLD in self.open, StyleKind.ITALIC in self.open
        alone = self._stands_alone(match)
        if alone and not (bold or italic):
            self.into.copy(self.source, match.start(), match.end())
            return
        if run >= 2:
            self._toggle(StyleKind.BOLD)
        if run % 2:
            self._toggle(StyleKind.ITALIC)

    def _under(self, match: re.Match[str]) -> None:
        before = self.source[match.start() - 1 : match.start()] if match.start() else ""
        opening = not (before.isalnum() or before == "_")
        if opening or StyleKind.ITALIC in self.open:
            self._toggle(StyleKind.ITALIC)
        else:
            self.into.copy(self.source, match.start(), match.end())

    def _raised(self, match: re.Match[str]) -> None:
        opening = _RAISED.match(self.source, match.start())
        if StyleKind.SUPERSCRIPT in self.open or opening:
            self._toggle(StyleKind.SUPERSCRIPT)
        else:
            self.into.copy(self.source, match.start(), match.end())

    def _stands_alone(self, match: re.Match[str]) -> bool:
        before = self.source[match.start() - 1 : match.start()] if match.start() else " "
        after = self.source[match.end() : match.end() + 1] or " "
        return before.isspace() and after.isspace()

    def _toggle(self, kind: StyleKind) -> None:
        if kind in self.open:
            self._close(kind)
        else:
            self.open[kind] = (len(self.into), None)

    def _close(self, kind: StyleKind) -> None:
        if kind in self.open:
            begin, address = self.open.pop(kind)
            if begin < len(self.into):
                self.into.styles.append(Style(kind, begin, len(self.into), address))

    def _space(self, match: re.Match[str]) -> None:
        self._add_space(match)

    def _leave_out(self, match: re.Match[str]) -> None:
        """Add nothing."""

    def _add_space(self, match: re.Match[str]) -> None:
        if not self._ends_in_space():
            self.into.add(" ", match.start(), match.end())

    def _ends_in_space(self) -> bool:
        if len(self.into) == self.first:
            return True
        return next((seen for seen in reversed(self.into.characters) if seen), " ").isspace()


_READERS: dict[str, Callable[[_Scan, re.Match[str]], None]] = {
    "escape": _Scan._escape,
    "entity": _Scan._entity,
    "autolink": _Scan._autolink,
    "tag": _Scan._tag,
    "address": _Scan._address,
    "target": _Scan._target,
    "open": _Scan._open,
    "stars": _Scan._stars,
    "under": _Scan._under,
    "raised": _Scan._raised,
    "code": _Scan._leave_out,
    "space": _Scan._space,
    "nothing": _Scan._leave_out,
}
