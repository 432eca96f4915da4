"""The text of a query, made ready for an engine: its form, its prefixes, the values bound in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import pyoxigraph as ox

from impactgraph.errors import QueryError
from impactgraph.store.terms import Term
from impactgraph.store.tokens import read_tokens

__all__ = ["Form", "bind_values", "declare_prefixes", "read_form"]


class Form(StrEnum):
    """What a query asks for (SPARQL 1.1 Query, section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_triples(self) -> bool:
        """Whether the answer is a graph, not rows or yes and no."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


_SPACE = re.compile(r"\s++|\#[^\r\n]*+")
# DEFINE is Virtuoso's own.
_PROLOGUE = re.compile(
    r"""
      \s++ | \#[^\r\n]*+
    | BASE \s*+ <[^<>]*+>
    | PREFIX \s*+ [^\s:]*+ : \s*+ <[^<>]*+>
    | DEFINE \s++ [\w:-]++ \s++ (?: "[^"\r\n]*+" | <[^<>]*+> | \d++ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORM = re.compile("|".join(Form), re.IGNORECASE)
_TOKEN = re.compile(
    r"""
      <[^\x00-\x20<>"{}|^`\\]*+>
    | \#[^\r\n]*+
    | (?P<mark> [(){}] )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_SUBQUERY = re.compile(r"SELECT\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"CONSTRUCT\b", re.IGNORECASE)


def read_form(text: str) -> Form:
    r"""Return the form of a query, which decides what formats its answer can have.

    >>> read_form("PREFIX a: <http://example.org/ask> # SELECT\nconstruct where { ?s ?p ?o }")
    <Form.CONSTRUCT: 'CONSTRUCT'>

    Raises:
        QueryError: it is none of SPARQL.
    """
    start = _skip(_PROLOGUE, text, 0)
    form = _FORM.match(text, start)
    if form is None:
        found = " ".join(text[start : start + 40].split())
        raise QueryError(
            f"the query is malformed: {found!r} stands where SELECT, ASK, CONSTRUCT or DESCRIBE "
            "should"
        )
    return Form(form[0].upper())


def declare_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with prefixes declared before its own, on its first line.

    Raises:
        QueryError: a namespace is no IRI.
    """
    try:
        declared = [f"PREFIX {name}: {ox.NamedNode(iri)} " for name, iri in prefixes.items()]
    except ValueError as error:
        raise QueryError(f"a namespace is no IRI: {error}") from error
    return "".join(declared) + text


def bind_values(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    r"""Return a query whose variables can have these values only, by VALUES clauses.

    They stand at the beginning of the query's pattern, so that an engine starts from them. A
    variable is bound there, not in a pattern that does not see it (a FILTER in one arm of a UNION).

    >>> bind_values("ASK { ?s ?p ?o }", {"o": [ox.Literal('"')]})
    'ASK { VALUES (?o) { ("\\"") } ?s ?p ?o }'

    Args:
        text: a SPARQL 1.1 query.
        values: the values of each variable, by its name without question mark.

    Raises:
        QueryError: the name of a variable is malformed, or a value is a blank node: engines know
            none by its label.
    """
    if not values:
        return text
    clauses = " ".join(_serialise(name, terms) for name, terms in values.items())
    place = _find_pattern(text)
    if place is None or _SUBQUERY.match(text, _skip(_SPACE, text, place)):
        return f"{text}\n{clauses}"
    return f"{text[:place]} {clauses}{text[place:]}"


def _serialise(name: str, terms: Sequence[Term]) -> str:
    try:
        variable = ox.Variable(name)
    except ValueError as error:
        raise QueryError(f"{name!r} cannot name a variable: {error}") from error
    if any(isinstance(term, ox.BlankNode) for term in terms):
        raise QueryError(f"{variable} is bound to a blank node, which has no name to ask for")
    return f"VALUES ({variable}) {{ {' '.join(f'({term})' for term in terms)} }}"


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return the first place from a start on where a pattern does not match."""
    while found := pattern.match(text, start):
        start = found.end()
    return start


def _find_pattern(text: str) -> int | None:
    """Return where the query's pattern begins, after its brace; None where it cannot be told."""
    wanted = 0
    if read_form(text).gives_triples:
        template = _TEMPLATE.match(text, _skip(_PROLOGUE, text, 0))
        if not template or not text.startswith("{", _skip(_SPACE, text, template.end())):
            # The short form of CONSTRUCT takes no VALUES in its pattern.
            return None
        wanted = 1
    braces = parentheses = seen = 0
    for token in read_tokens(_TOKEN, text):
        match token["mark"]:
            case "(":
                parentheses += 1
            case ")":
                parentheses -= 1
            case "{" if not parentheses:
                if not braces and seen == wanted:
                    return token.end()
                braces += 1
            case "}" if not parentheses:
                braces -= 1
                seen += not braces
    return None
