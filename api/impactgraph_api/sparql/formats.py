"""Which format a request gets: the parameter `format`, or else the Accept header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from impactgraph_api.negotiation import (
    GRAPH_FORMATS,
    HTML,
    SOLUTION_FORMATS,
    Format,
    choose,
    prefers_html,
)
from impactgraph_api.problem import ProblemError

__all__ = ["FORMAT_NAMES", "Formats", "choose_formats", "not_acceptable"]


@dataclass(frozen=True, slots=True)
class Formats:
    """What a client accepts; before it is parsed nobody knows which kind of answer a query has.

    Attributes:
        solutions: for SELECT and ASK; None where no format for them is acceptable.
        graphs: for CONSTRUCT and DESCRIBE, likewise.
        page: whether the client is best served with a page.
    """

    solutions: Format | None
    graphs: Format | None
    page: bool = False


_SHORT = 1000

_SOLUTIONS = {offer.name: offer for offer in SOLUTION_FORMATS}
_GRAPHS = {offer.name: offer for offer in GRAPH_FORMATS}

# The names that clients send, of libraries too; json and xml are names of both kinds.
FORMAT_NAMES: Mapping[str, Formats] = {
    "json": Formats(_SOLUTIONS["json"], _GRAPHS["jsonld"]),
    "xml": Formats(_SOLUTIONS["xml"], _GRAPHS["rdfxml"]),
    "csv": Formats(_SOLUTIONS["csv"], None),
    "tsv": Formats(_SOLUTIONS["tsv"], None),
    **dict.fromkeys(("turtle", "ttl", "n3"), Formats(None, _GRAPHS["turtle"])),
    **dict.fromkeys(("ntriples", "nt", "n-triples"), Formats(None, _GRAPHS["ntriples"])),
    **dict.fromkeys(("rdfxml", "rdf", "rdf+xml"), Formats(None, _GRAPHS["rdfxml"])),
    **dict.fromkeys(("jsonld", "json-ld"), Formats(None, _GRAPHS["jsonld"])),
    "html": Formats(_SOLUTIONS["json"], _GRAPHS["turtle"], page=True),
}
"""What the parameter `format` takes beside media types."""


def choose_formats(accept: str | None, name: str | None) -> Formats:
    """Return the formats for a client.

    >>> choose_formats("text/csv", None).graphs is None
    True
    >>> choose_formats("text/csv", "json").graphs.name
    'jsonld'

    Args:
        accept: its Accept header.
        name: the parameter `format`, which goes before the header.

    Raises:
        ProblemError: 400 where no format has that name, 406 where the header accepts none.
    """
    # Libraries send the same header each time; reading it takes longer than all else.
    short = len(accept or "") + len(name or "") < _SHORT
    return _choose_again(accept, name) if short else _choose(accept, name)


def not_acceptable(offered: list[Format]) -> ProblemError:
    """Return the problem of a client that accepts none of the formats."""
    names = ", ".join(offer.media_types[0] for offer in offered)
    return ProblemError(
        "not-acceptable", HTTPStatus.NOT_ACCEPTABLE, f"the answer can be had as {names}"
    )


def _choose(accept: str | None, name: str | None) -> Formats:
    if name is not None:
        return _named(name)
    if prefers_html(accept):
        return FORMAT_NAMES["html"]
    formats = Formats(choose(accept, SOLUTION_FORMATS), choose(accept, GRAPH_FORMATS))
    if formats.solutions is None and formats.graphs is None:
        raise not_acceptable([*SOLUTION_FORMATS, *GRAPH_FORMATS])
    return formats


_choose_again = lru_cache(maxsize=256)(_choose)


def _named(name: str) -> Formats:
    # In a URL that a person wrote, the plus sign of a media type means a space.
    wanted = name.strip().lower().replace(" ", "+")
    if wanted in FORMAT_NAMES:
        return FORMAT_NAMES[wanted]
    if wanted in HTML.media_types:
        return FORMAT_NAMES["html"]
    solutions = next((offer for offer in SOLUTION_FORMATS if wanted in offer.media_types), None)
    graphs = next((offer for offer in GRAPH_FORMATS if wanted in offer.media_types), None)
    if solutions is None and graphs is None:
        raise ProblemError(
            "malformed-request",
            HTTPStatus.BAD_REQUEST,
            f"there is no format {name!r:.80}; there are {', '.join(FORMAT_NAMES)}, and media "
            "types",
        )
    return Formats(solutions, graphs)
