"""Reading SPARQL token by token, in time and memory linear in any text, however hostile.

`re` matches a group that is repeated possessively wrongly before Python 3.11.5 (CPython's
gh-106052), and remembers each repetition of any other until the match ends. So strings, which may
hold any number of escapes, are found by a search for what ends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

__all__ = ["LOCAL_ESCAPE", "StringFinder", "read_tokens", "repeat_item"]

_SIGNS = r"_~.\-!$&'()*+,;=/?#@%"
LOCAL_ESCAPE = rf"(?=%[0-9A-Fa-f]{{2}}|\\[{_SIGNS}])[%\\][{_SIGNS}]?+"
r"""A pattern for what "%41" or "\-" begins with in a local name (SPARQL 1.1 Query, rule 170).

The digits behind the sign may stand in a name anyway.
"""


class StringFinder:
    r"""Finds where the strings of a text end (SPARQL 1.1 Query, rules 156 to 160).

    >>> StringFinder(r"'it\'s' .").find_end(0)
    7

    Args:
        text: SPARQL, well formed or not.
        escapes: a pattern for what may follow a backslash; anything else ends the search in vain.
    """

    def __init__(self, text: str, escapes: str = ".") -> None:
        self._text = text
        self._escapes = escapes
        self._vain: dict[str, int] = {}

    def find_end(self, start: int) -> int | None:
        """Return the place behind the string that a quotation mark begins; None if it has no end.

        Three marks that begin no long string are an empty string and the beginning of another.
        """
        return self.find_long_end(start) or self._find(self._text[start], start)

    def find_long_end(self, start: int) -> int | None:
        """Return the place behind the long string that begins at a quotation mark; None if none."""
        marks = 3 * self._text[start]
        return self._find(marks, start) if self._text.startswith(marks, start) else None

    def _find(self, marks: str, start: int) -> int | None:
        # What starts before the place where an attempt ended in vain ends there too: marks between
        # did not end that attempt, so they were escaped, and behind them both read alike.
        if start < self._vain.get(marks, 0):
            return None
        reached = len(self._text)
        for stop in _compile_stops(marks, self._escapes).finditer(self._text, start + len(marks)):
            if stop[0] == marks:
                return stop.end()
            if len(stop[0]) == 1:
                reached = stop.start()
                break
        self._vain[marks] = reached
        return None


@cache
def _compile_stops(marks: str, escapes: str) -> re.Pattern[str]:
    """Return a pattern for escapes, and for what ends a string or, of one character, its search."""
    line_ends = r"|[\r\n]" if len(marks) == 1 else ""
    return re.compile(rf"\\{escapes}|\\|{marks}{line_ends}", re.DOTALL)


def read_tokens(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what a pattern matches, place by place, outside the strings of a text.

    Args:
        pattern: matches at any place something that is not empty.
        text: SPARQL, well formed or not.
    """
    strings = StringFinder(text)
    position = 0
    while position < len(text):
        end = strings.find_end(position) if text[position] in "'\"" else None
        if end is None:
            token = pattern.match(text, position)
            assert token is not None
            yield token
            end = token.end()
        position = end


def repeat_item(item: str) -> str:
    """Return a pattern for any number of items, which keeps a sixteenth of the record of `(…)*`.

    >>> re.fullmatch(repeat_item("ab"), "ab" * 35)[0].count("ab")
    35

    Args:
        item: a pattern that matches at one place one thing only, and is never empty.
    """
    return f"(?:{item * 16})*(?:{item}){{0,15}}"
