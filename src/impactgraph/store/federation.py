"""Refusing federated queries (SPARQL 1.1 Federated Query): the engine would fetch from the network.

A lexer that guesses wrongly where a string or a comment ends can be led past a SERVICE clause, and
SPARQL cannot be cut into tokens without parsing it: `<` begins an IRI or compares, and `'''` begins
a long string or, where nothing closes that, is an empty string before another. So all readings are
followed at once, as the states of one small automaton, and the keyword counts where any of them
takes it for code. That may refuse a strange query that is harmless, and passes none that is not.
"""

from __future__ import annotations

import re
from functools import cache

from impactgraph.errors import QueryError
from impactgraph.store.tokens import LOCAL_ESCAPE, StringFinder, repeat_item

__all__ = ["refuse_service", "unescape_code_points"]

_State = tuple[str, str]
"""Where a reading is, and for strings with which quotation mark."""

_CODE, _IRI, _COMMENT = ("code", ""), ("iri", ""), ("comment", "")

# The parser needs no space around a keyword ("trueSERVICE", "SERVICESILENT<…>"), so each word that
# holds it counts. A local name (SPARQL 1.1, rule 169) begins with no dot: that of "ex:.SERVICE"
# ends a triple; inside, the engine takes dots at one place only, so "ex:a.b.SERVICE" has the
# keyword. Whatever matches does so in one way only: time is linear in the text.
_REST = r"[\w:-]*+" + repeat_item(LOCAL_ESCAPE + r"[\w:-]*+")
_TOKEN = re.compile(
    rf"""
      (?P<name> [?$]\w++ | _:\w[\w-]*+ | @[A-Za-z]++{repeat_item("-[A-Za-z0-9]++")} )
    | (?P<prefix> \w[\w.-]*+ )?
      : (?: (?:[\w:]|{LOCAL_ESCAPE}) {_REST} (?: \.++ (?:[\w:-]|{LOCAL_ESCAPE}) {_REST} )? )?
      (?P<opened> (?= \s*+ [{{\#] ) )?
    | (?P<word> \w[\w.-]*+ )
    | (?P<absolute> <[A-Za-z][A-Za-z0-9+.-]*+:// )
    | (?P<escape> \\[^\r\n] )
    | (?P<mark> ["'<>\#\r\n] )
    | (?P<barred> [\x00-\x20{{}}|^`] )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING_ESCAPES = r"""[tbnrf\\"']"""
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_service(text: str) -> None:
    """Refuse a query or an update that asks another service.

    The word is free in strings, IRIs, comments, prefixed names and variables:

    >>> refuse_service("SELECT ?service { ?service ?p 'SERVICE <http://example.org/> {}' }")

    Args:
        text: a SPARQL 1.1 query or update, well formed or not.

    Raises:
        QueryError: the keyword SERVICE stands in the text.
    """
    # By the specification (section 19.2) escapes such as \u0053 count anywhere in the text; engines
    # differ. The text must be harmless both ways.
    for variant in {text, unescape_code_points(text)}:
        if "service" in variant.lower() and _holds_service(variant):
            raise QueryError(
                "federated queries are not offered: the text holds the keyword SERVICE; ask the "
                "other endpoint itself and bring its answer in with VALUES (if SERVICE is the "
                "name of a prefix here, choose another name)"
            )


def unescape_code_points(text: str) -> str:
    """Return a query with its escapes of code points undone (SPARQL 1.1 Query, section 19.2).

    >>> unescape_code_points(r"\u0053ELECT")
    'SELECT'
    """
    return _ESCAPED.sub(_unescape, text)


def _holds_service(text: str) -> bool:
    readings = frozenset({_CODE})
    # Marks before what may be a malformed escape are no long string for certain.
    strings = StringFinder(text, _STRING_ESCAPES)
    for token in _TOKEN.finditer(text):
        symbol = _symbol(token)
        if _CODE in readings:
            if _is_keyword(token):
                return True
            if symbol in {"'", '"'} and strings.find_long_end(token.start()):
                symbol *= 3
        readings = _advance(readings, symbol)
    return False


def _is_keyword(token: re.Match[str]) -> bool:
    if token["word"]:
        return "service" in token["word"].lower()
    # "SERVICE:a {" asks <:a>; with no brace to follow, "service:a" is a prefixed name.
    opened = token["opened"] is not None
    return opened and bool(token["prefix"]) and "service" in token["prefix"].lower()


def _symbol(token: re.Match[str]) -> str:
    """Return what the token does to a reading: itself for a mark, else its kind."""
    if token["mark"]:
        return token["mark"]
    if token["absolute"] or token["barred"]:
        return "absolute" if token["absolute"] else "barred"
    return "other"


@cache
def _advance(readings: frozenset[_State], symbol: str) -> frozenset[_State]:
    return frozenset(after for state in readings for after in _follow(state, symbol))


def _follow(state: _State, symbol: str) -> tuple[_State, ...]:
    """Return where a reading may be after the symbol; nowhere if it cannot be right."""
    mode, quote = state
    if mode == "code":
        return _leave_code(symbol)
    if symbol in {"'''", '"""'}:
        symbol = symbol[0]
    match mode:
        case "iri":
            if symbol == ">":
                return (_CODE,)
            return () if symbol in {"<", '"', "\r", "\n", "barred", "absolute"} else (_IRI,)
        case "comment":
            if symbol == "\r":
                return (_CODE, _COMMENT)
            return (_CODE,) if symbol == "\n" else (_COMMENT,)
        case "short":
            if symbol == quote:
                return (_CODE,)
            return () if symbol in {"\r", "\n"} else (state,)
        case "opening" | "opening more":
            following = "opening more" if mode == "opening" else "long"
            return ((following, quote),) if symbol == quote else ()
        case "long" | "closing":
            following = "closing" if mode == "long" else "closing more"
            return ((following, quote),) if symbol == quote else (("long", quote),)
        case _:
            return (_CODE,) if symbol == quote else (("long", quote),)


def _leave_code(symbol: str) -> tuple[_State, ...]:
    match symbol:
        case "'" | '"':
            return (("short", symbol), ("opening", symbol))
        case "'''" | '"""':
            return (("opening", symbol[0]),)
        case "<":
            return (_CODE, _IRI)
        case "absolute":
            # "?a <http://…": no comparison can go on with "//".
            return (_IRI,)
        case "#":
            return (_COMMENT,)
        case _:
            return (_CODE,)


def _unescape(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]
