"""Which format a client gets: the Accept header, and the formats that are on offer.

Content negotiation follows RFC 9110, section 12.5.1: the most specific range that fits a media type
gives its weight; of equal weights the format that comes first in its table wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = [
    "GRAPH_FORMATS",
    "HTML",
    "SOLUTION_FORMATS",
    "Format",
    "accepts_coding",
    "accepts_gzip",
    "choose",
    "prefers_html",
    "weigh",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format on offer: its name, its media types (the first is sent), and who rules it."""

    name: str
    media_types: tuple[str, ...]
    specification: str

    @property
    def content_type(self) -> str:
        """The Content-Type of what is sent in it: all texts are in UTF-8."""
        media_type = self.media_types[0]
        return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


HTML = Format("html", ("text/html", "application/xhtml+xml"), "https://html.spec.whatwg.org/")

SOLUTION_FORMATS: dict[Format, QueryResultsFormat] = {
    Format(
        "json",
        ("application/sparql-results+json", "application/json"),
        "https://www.w3.org/TR/sparql11-results-json/",
    ): QueryResultsFormat.JSON,
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        "https://www.w3.org/TR/rdf-sparql-XMLres/",
    ): QueryResultsFormat.XML,
    Format(
        "csv", ("text/csv",), "https://www.w3.org/TR/sparql11-results-csv-tsv/"
    ): QueryResultsFormat.CSV,
    Format(
        "tsv",
        ("text/tab-separated-values",),
        "https://www.w3.org/TR/sparql11-results-csv-tsv/",
    ): QueryResultsFormat.TSV,
}
"""The formats of answers to SELECT and ASK."""

GRAPH_FORMATS: dict[Format, RdfFormat] = {
    Format(
        "turtle", ("text/turtle", "application/x-turtle"), "https://www.w3.org/TR/turtle/"
    ): RdfFormat.TURTLE,
    Format(
        "ntriples", ("application/n-triples", "text/plain"), "https://www.w3.org/TR/n-triples/"
    ): RdfFormat.N_TRIPLES,
    Format(
        "rdfxml", ("application/rdf+xml",), "https://www.w3.org/TR/rdf-syntax-grammar/"
    ): RdfFormat.RDF_XML,
    Format("jsonld", ("application/ld+json",), "https://www.w3.org/TR/json-ld11/"): (
        RdfFormat.JSON_LD
    ),
}
"""The formats of answers to CONSTRUCT and DESCRIBE."""

_Range = tuple[str, str, float]


def choose(accept: str | None, offered: Iterable[Format]) -> Format | None:
    """Return the format that a client likes best of those offered, or None where it likes none.

    Args:
        accept: the Accept header; None or nothing accepts everything.
        offered: the formats, the preferred one first.

    >>> choose("text/csv;q=0.5, application/xml", SOLUTION_FORMATS).name
    'xml'
    >>> choose("image/png", SOLUTION_FORMATS) is None
    True
    """
    best, weight = None, 0.0
    for offer in offered:
        first, *others = offer.media_types
        # A range such as text/* means what is sent; other names count where they are spelt out.
        own = max(weigh(accept, first), *(_named(accept, other) for other in others), 0.0)
        if own > weight:
            best, weight = offer, own
    return best


def prefers_html(accept: str | None) -> bool:
    """Return whether a client names HTML and likes it at least as well as any format of data.

    >>> prefers_html("text/html,application/xhtml+xml,*/*;q=0.8"), prefers_html("*/*")
    (True, False)
    """
    ranges = _parse(accept or "")
    html = max(
        (weight for kind, subtype, weight in ranges if f"{kind}/{subtype}" in HTML.media_types),
        default=0.0,
    )
    data = [
        weight
        for offer in (*SOLUTION_FORMATS, *GRAPH_FORMATS)
        for kind, subtype, weight in ranges
        if f"{kind}/{subtype}" in (*offer.media_types[:1], "application/json")
    ]
    return html > 0 and html >= max(data, default=0.0)


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Return whether a client takes gzip: see `accepts_coding`."""
    return accepts_coding(accept_encoding, "gzip")


def accepts_coding(accept_encoding: str | None, coding: str) -> bool:
    """Return whether a client takes a coding, by its Accept-Encoding (RFC 9110, section 12.5.3).

    >>> accepts_coding("br, gzip;q=0.5", "br"), accepts_coding("gzip;q=0, *", "gzip")
    (True, False)
    """
    if not accept_encoding:
        return False
    codings = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [_weight(piece[2:]) for piece in parameters if piece.startswith("q=")]
        codings[name.removeprefix("x-")] = weights[0] if weights else 1.0
    return codings.get(coding, codings.get("*", 0.0)) > 0


def weigh(accept: str | None, media_type: str) -> float:
    """Return the weight, 0 to 1, that an Accept header gives to a media type.

    >>> weigh("text/*;q=0.3, text/csv;q=0.7", "text/csv"), weigh(None, "text/csv")
    (0.7, 1.0)
    """
    if accept is None or not accept.strip():
        return 1.0
    kind, _, subtype = media_type.partition("/")
    fitting = [
        ((own_kind != "*") + (own_subtype != "*"), weight)
        for own_kind, own_subtype, weight in _parse(accept)
        if own_kind in ("*", kind) and own_subtype in ("*", subtype)
    ]
    return max(fitting, default=(0, 0.0))[1]


def _named(accept: str | None, media_type: str) -> float:
    weights = [
        weight
        for kind, subtype, weight in _parse(accept or "")
        if f"{kind}/{subtype}" == media_type
    ]
    return max(weights, default=0.0)


def _parse(accept: str) -> Sequence[_Range]:
    ranges = []
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, slash, subtype = media_range.partition("/")
        if not slash:
            continue
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                weight = _weight(value)
        ranges.append((kind, subtype, weight))
    return ranges


def _weight(value: str) -> float:
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return min(max(weight, 0.0), 1.0) if weight == weight else 0.0  # noqa: PLR0124 - NaN
