"""Finding one's way in the text of a SPARQL update: tokens, and where groups in braces end.

Only what stands between the operations is cut finely here; the engine judges whether a text is
well formed. `<` begins an IRI or compares (SPARQL 1.1 Query, section 19.8): it compares where an
operand comes before it inside the parentheses of an expression, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from impactgraph.errors import UpdateError
from impactgraph.store.tokens import LOCAL_ESCAPE, StringFinder, repeat_item

__all__ = ["Group", "Scanner", "Token"]

_KEYWORDS = (
    "BASE|PREFIX|VERSION|INSERT|DELETE|DATA|WHERE|WITH|USING|NAMED|LOAD|CLEAR|DROP|CREATE|ADD|MOVE"
    "|COPY|SILENT|INTO|GRAPH|TO|DEFAULT|ALL"
)
_IN_IRI = r'[^\x00-\x20<>"{}|^`\\]*+'
_IRI = _IN_IRI + repeat_item(r"\\(?=u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})" + _IN_IRI)
_LOCAL = repeat_item(r"[\w:.-]*+" + LOCAL_ESCAPE) + r"(?:[\w:.-]*[\w:-])?"
_TERMS = rf"""
      (?P<space> [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<iri> <{_IRI}> )
    | (?P<name> (?: [^\W\d_][\w.-]*+ (?<!\.) )? : (?: (?=[\w:]|{LOCAL_ESCAPE}) {_LOCAL} )? )
"""
_OUTER = re.compile(
    rf"{_TERMS} | (?P<keyword> (?i:{_KEYWORDS}) ) | (?P<mark> . )", re.VERBOSE | re.DOTALL
)
_INNER = re.compile(
    rf"""{_TERMS}
    | (?P<variable> [?$]\w++ )
    | (?P<blank> _:\w(?:[\w.-]*[\w-])? )
    | (?P<tag> @[A-Za-z]++{repeat_item("-[A-Za-z0-9]++")} )
    | (?P<run> [^\W\d_][\w.-]*+ )
    | (?P<number> \d\w*+ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What may stand before the colon of a name is a run of words and marks where there is no colon.
_RUN = re.compile(r"(?P<word>[A-Za-z]\w*+)|(?P<number>\d\w*+)|(?P<mark>.)")
_OPERANDS = frozenset({"string", "iri", "name", "variable", "number", "tag"})
_TERM_KINDS = _OPERANDS | {"blank"}
_CONSTANT_WORDS = frozenset({"A", "TRUE", "FALSE"})
_SOLUTION_WORDS = frozenset({"SELECT", "GROUP", "ORDER", "HAVING"})
_CLOSING = {"}": "{", ")": "(", "]": "["}


class Token(NamedTuple):
    """A piece of the text: its kind, itself, and where it is."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Group:
    """What stands between a pair of braces.

    Attributes:
        start: where the opening brace is.
        end: the place behind the closing brace.
        graphs: the names behind GRAPH in it, as written.
        any_graph: whether a variable stands behind a GRAPH.
        own: whether it holds terms outside every GRAPH.
    """

    start: int
    end: int = 0
    graphs: list[Token] = field(default_factory=list)
    any_graph: bool = False
    own: bool = False


class Scanner:
    """Reads the text of an update from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._strings = StringFinder(text)
        self._position = 0
        self._next: Token | None = None

    def peek(self) -> Token:
        """Return the next token between groups, without going past it; at the end one of kind end.

        Keywords come in capitals, and need no space between them.
        """
        while self._next is None:
            token = self._read(_OUTER)
            if token.kind == "space":
                self._position = token.end
            elif token.kind == "keyword":
                self._next = token._replace(text=token.text.upper())
            else:
                self._next = token
        return self._next

    def take(self) -> Token:
        """Return the next token between groups, and go past it."""
        token = self.peek()
        self._position, self._next = token.end, None
        return token

    def accept(self, *texts: str) -> str | None:
        """Go past the next token if it is one of these keywords or marks, and return it."""
        token = self.peek()
        if token.kind in ("keyword", "mark") and token.text in texts:
            return self.take().text
        return None

    def expect(self, *texts: str) -> str:
        """Go past the next token, which must be one of these keywords or marks."""
        found = self.accept(*texts)
        if found is None:
            raise self.fail(" or ".join(texts))
        return found

    def group(self) -> Group:
        """Go past a group in braces.

        Raises:
            UpdateError: there is none here, or it has no end.
        """
        start = self.peek().start
        self.expect("{")
        group = Group(start)
        walk = _Walk(group)
        while walk.open:
            token = self._read(_INNER)
            if token.kind == "end":
                raise UpdateError(f"the update is malformed: {self._place(start)} is never closed")
            self._position = walk.pass_token(token)
        group.end = self._position
        return group

    def _read(self, pattern: re.Pattern[str]) -> Token:
        start = self._position
        if self.text.startswith(("'", '"'), start) and (end := self._strings.find_end(start)):
            return Token("string", self.text[start:end], start, end)
        match = pattern.match(self.text, start)
        if match is None:
            return Token("end", "", start, start)
        return Token(match.lastgroup or "mark", match[0], start, match.end())

    def fail(self, expected: str) -> UpdateError:
        """Return the error for anything else than what is expected next."""
        token = self.peek()
        found = repr(token.text[:40]) if token.kind != "end" else "its end"
        return UpdateError(
            f"the update is malformed: {expected} is expected at {self._place(token.start)}, "
            f"there is {found}"
        )

    def _place(self, position: int) -> str:
        line = self.text.count("\n", 0, position) + 1
        return f"{line}:{position - self.text.rfind(chr(10), 0, position)}"


class _Walk:
    """Where one is inside a group: the brackets that are open, and what they hold."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self.open: list[tuple[str, bool]] = [("{", False)]
        self._depth = 1
        self._before = ("mark", "{")
        self._earlier = ("mark", "")
        self._solution = False

    def pass_token(self, token: Token) -> int:
        """Take in a token; return where the next one begins."""
        kind, text, start, end = token
        if kind == "iri" and self.open[-1][1] and self._is_operand():
            kind, text, end = "mark", "<", start + 1
        if kind == "run":
            for piece in _RUN.finditer(text):
                self._pass(piece.lastgroup or "mark", piece[0], start + piece.start())
        elif kind != "space":
            self._pass(kind, text, start)
        return end

    def _pass(self, kind: str, text: str, start: int) -> None:
        if kind == "word":
            text = text.upper()
            self._solution = self._solution or text in _SOLUTION_WORDS
        elif kind == "mark":
            self._pass_mark(text)
        self._note_graph(kind, text, start)
        self._earlier, self._before = self._before, (kind, text)

    def _pass_mark(self, mark: str) -> None:
        if mark in "'\"":
            raise UpdateError(f"the update is malformed: a string that {mark} begins has no end")
        if mark in "{([":
            self.open.append((mark, mark == "(" and self._begins_expression()))
            self._depth += mark == "{"
        elif mark in _CLOSING:
            if self.open[-1][0] != _CLOSING[mark]:
                raise UpdateError(f"the update is malformed: {mark!r} closes {self.open[-1][0]!r}")
            self.open.pop()
            self._depth -= mark == "}"
        if mark in "{}":
            self._solution = False

    def _begins_expression(self) -> bool:
        """Return whether a parenthesis holds an expression, and no collection, path or row."""
        kind, text = self._before
        if self.open[-1][1] or (self._solution and self.open[-1][0] == "{"):
            return True
        if kind == "word":
            return text not in _CONSTANT_WORDS
        return kind in ("iri", "name") and self._earlier == ("word", "FILTER")

    def _is_operand(self) -> bool:
        kind, text = self._before
        return kind in _OPERANDS or text == ")" or (kind == "word" and text in ("TRUE", "FALSE"))

    def _note_graph(self, kind: str, text: str, start: int) -> None:
        if self._before == ("word", "GRAPH"):
            if kind == "variable":
                self._group.any_graph = True
            elif kind in ("iri", "name"):
                self._group.graphs.append(Token(kind, text, start, start + len(text)))
        elif self._depth == 1 and kind in _TERM_KINDS:
            self._group.own = True
