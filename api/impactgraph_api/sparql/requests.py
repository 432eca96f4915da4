"""Taking an operation out of a request: the forms of the SPARQL 1.1 Protocol, and no network.

Section 2.1 has three forms for a query (GET, a form by POST, the query itself by POST), section 2.2
two for an update (both by POST). A request whose form is not theirs is refused with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from impactgraph.vocabulary import PREFIXES
from impactgraph_api.problem import ProblemError
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.operations import Dataset, QueryOperation, UpdateOperation

__all__ = [
    "ACCEPTED_TYPES",
    "KNOWN_PREFIXES",
    "BodyKind",
    "ProtocolRequest",
    "classify_body",
    "read_body_request",
    "read_url_request",
]

BodyKind = Literal["form", "query", "update"]
"""What a POST carries: fields of a form, a query, or an update."""

ACCEPTED_TYPES: Mapping[str, BodyKind] = {
    "application/sparql-query": "query",
    "application/sparql-update": "update",
    "application/x-www-form-urlencoded": "form",
}
"""The media types that a POST may have."""

KNOWN_PREFIXES = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in sorted(PREFIXES.items()))
"""What `prefixes=known` puts before a query: one line, so that a parser's line numbers stay."""

_CHARSETS = ("utf-8", "utf8", "us-ascii")
_MOST_FIELDS = 2000
_ONCE = ("query", "update", "format", "timeout", "prefixes")
_QUERY_GRAPHS = ("default-graph-uri", "named-graph-uri")
_UPDATE_GRAPHS = ("using-graph-uri", "using-named-graph-uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRequest:
    """What a request asks for.

    Attributes:
        operation: the query or the update; None where a GET asks nothing, which means the service
            itself (SPARQL 1.1 Service Description, section 2).
        format: the format that the parameter `format` names, in place of the Accept header.
        written: the query as the client wrote it, without prefixes that it had declared for it.
    """

    operation: QueryOperation | UpdateOperation | None
    format: str | None = None
    written: str = ""


def read_url_request(query_string: bytes, settings: Settings) -> ProtocolRequest:
    """Return what a GET asks for.

    Args:
        query_string: of the URL, still encoded.
        settings: the limits.

    Raises:
        ProblemError: it is no query operation, or too long.
    """
    fields = _Fields(_parse_url(query_string, settings))
    if fields.get("update") is not None:
        raise _malformed("an update is sent by POST, never by GET")
    text = fields.get("query")
    if text is None or (not text.strip() and not fields.get("format")):
        return ProtocolRequest(operation=None, format=fields.get("format") or None)
    return _query(text, fields, settings, HTTPStatus.REQUEST_URI_TOO_LONG)


def classify_body(content_type: str | None) -> BodyKind:
    """Return what the body of a POST is, by its Content-Type.

    >>> classify_body("application/sparql-query; charset=UTF-8")
    'query'

    Raises:
        ProblemError: it is of another type, of none, or in another encoding than UTF-8.
    """
    media_type, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    if media_type not in ACCEPTED_TYPES:
        raise _unsupported(
            f"a query is sent as application/sparql-query, an update as "
            f"application/sparql-update, or either as a field of "
            f"application/x-www-form-urlencoded; this was {media_type or 'of no type'}"
        )
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in _CHARSETS:
            raise _unsupported(f"requests are read as UTF-8; this was {value.strip()}")
    return ACCEPTED_TYPES[media_type]


def read_body_request(
    kind: BodyKind, query_string: bytes, body: bytes, settings: Settings
) -> ProtocolRequest:
    """Return what a POST asks for.

    Args:
        kind: what the body is.
        query_string: of the URL, still encoded; of a form, too, it may name graphs.
        body: the whole body.
        settings: the limits.

    Raises:
        ProblemError: it is neither a query nor an update operation, or too long.
    """
    url = _parse_url(query_string, settings)
    if any(name in ("query", "update") for name, _ in url):
        raise _malformed("a POST has its query or update in the body, not in the URL")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"the body is not UTF-8: {error}") from error
    if kind != "form":
        url.append((kind, text))
        fields = _Fields(url)
    else:
        fields = _Fields([*url, *_parse(text, "form")])
    query, update = fields.get("query"), fields.get("update")
    if query is not None and update is not None:
        raise _malformed("there must be a query or an update; there were both")
    if update is not None:
        return _update(update, fields)
    if query is None:
        raise _malformed("the form has neither the field query nor the field update")
    return _query(query, fields, settings, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class _Fields:
    """The parameters of a request, each by its name."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)
        for name in _ONCE:
            number = len(self._values.get(name, ()))
            if number > 1:
                raise _malformed(f"there must be one {name}; there were {number}")

    def get(self, name: str) -> str | None:
        return self._values[name][0] if name in self._values else None

    def graphs(self, name: str) -> tuple[str, ...]:
        """The IRIs of graphs; forms on the web send the field empty where none is meant."""
        return tuple(_check_iri(name, value) for value in self._values.get(name, ()) if value)

    def refuse(self, names: Iterable[str], what: str, instead: Iterable[str]) -> None:
        for name in names:
            if self.graphs(name):
                raise _malformed(
                    f"{name} does not go with {what}; that has {' and '.join(instead)}"
                )


def _query(text: str, fields: _Fields, settings: Settings, too_long: HTTPStatus) -> ProtocolRequest:
    fields.refuse(_UPDATE_GRAPHS, "a query", _QUERY_GRAPHS)
    if len(text) > settings.query_length or len(text.encode()) > settings.query_length:
        raise _too_long("query-too-long", too_long, "query", settings.query_length)
    if not text.strip():
        raise _malformed("the query is empty")
    prefixes = fields.get("prefixes")
    if prefixes not in (None, "", "known"):
        raise _malformed(f"prefixes is {prefixes!r:.80}; it takes known, or is left out")
    default, named = (fields.graphs(name) for name in _QUERY_GRAPHS)
    # Where the request names any graph, the dataset has those that it names and no others
    # (section 2.1.4).
    dataset = Dataset(default=default, named=named) if default or named else Dataset()
    return ProtocolRequest(
        operation=QueryOperation(
            text=f"{KNOWN_PREFIXES} {text}" if prefixes == "known" else text,
            dataset=dataset,
            seconds=_seconds(fields.get("timeout"), settings),
        ),
        format=fields.get("format") or None,
        written=text,
    )


def _update(text: str, fields: _Fields) -> ProtocolRequest:
    fields.refuse(_QUERY_GRAPHS, "an update", _UPDATE_GRAPHS)
    using, using_named = (fields.graphs(name) for name in _UPDATE_GRAPHS)
    return ProtocolRequest(
        operation=UpdateOperation(text=text, using=using, using_named=using_named),
        format=fields.get("format") or None,
    )


def _seconds(value: str | None, settings: Settings) -> float | None:
    """The deadline that the request asks for; None where the service's own is as early."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise _malformed(f"timeout is {value!r:.80}; it takes seconds above 0")
    return seconds if seconds < settings.query_timeout else None


def _parse_url(query_string: bytes, settings: Settings) -> list[tuple[str, str]]:
    if len(query_string) > settings.query_length:
        raise _too_long(
            "query-too-long", HTTPStatus.REQUEST_URI_TOO_LONG, "URL", settings.query_length
        )
    try:
        return _parse(query_string.decode("utf-8"), "URL")
    except UnicodeDecodeError as error:
        raise _malformed(f"the URL is not UTF-8: {error}") from error


def _parse(text: str, what: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:  # UnicodeDecodeError is one
        raise _malformed(f"the {what} cannot be read: {error}") from error


def _check_iri(name: str, value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise _malformed(f"{name} is {value!r:.200}, which is no absolute IRI") from error


def _malformed(detail: str) -> ProblemError:
    return ProblemError("malformed-request", HTTPStatus.BAD_REQUEST, detail)


def _unsupported(detail: str) -> ProblemError:
    return ProblemError(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        detail,
        {"Accept-Post": ", ".join(ACCEPTED_TYPES)},
    )


def _too_long(kind: str, status: HTTPStatus, what: str, limit: int) -> ProblemError:
    return ProblemError(kind, status, f"the {what} may have at most {limit} bytes")
