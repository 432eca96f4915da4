"""The description of `/sparql` for OpenAPI: the framework does not see what goes past it.

See https://spec.openapis.org/oas/v3.1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from impactgraph_api.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS
from impactgraph_api.sparql.formats import FORMAT_NAMES

__all__ = ["SPARQL_PATHS", "extend_openapi"]


def _parameter(name: str, words: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema or {"type": "string"},
    }


_GRAPHS = {"type": "array", "items": {"type": "string", "format": "uri"}}

_PARAMETERS = [
    _parameter("query", "A SPARQL 1.1 query. Without one, the service describes itself in RDF."),
    _parameter("default-graph-uri", "Graphs whose merge is the default graph.", _GRAPHS),
    _parameter("named-graph-uri", "Graphs that GRAPH sees.", _GRAPHS),
    _parameter(
        "format",
        "The answer's format, in place of the Accept header: a name or a media type.",
        {"type": "string", "enum": list(FORMAT_NAMES)},
    ),
    _parameter(
        "timeout",
        "Seconds after which the query ends, where that is earlier than the service's own limit.",
        {"type": "number", "exclusiveMinimum": 0},
    ),
    _parameter(
        "prefixes",
        "`known` declares the prefixes that the service knows before the query.",
        {"type": "string", "enum": ["known"]},
    ),
]

_ANSWERS = {
    offer.media_types[0]: {"schema": {"type": "string"}}
    for offer in (*SOLUTION_FORMATS, *GRAPH_FORMATS)
}


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


_REFUSALS = {
    "400": _problem("The request or the query is malformed, or asks for what is not offered."),
    "406": _problem("No format of such an answer is acceptable."),
    "422": _problem("The query took more memory than it may, or its answer is too large."),
    "503": _problem("Too many queries at once, or the store is unavailable."),
    "504": _problem("The query took longer than it may."),
}

_TEXT = {"schema": {"type": "string"}}

SPARQL_PATHS: dict[str, Any] = {
    "/sparql": {
        "get": {
            "tags": ["SPARQL"],
            "summary": "SPARQL query (GET)",
            "description": "Answer the SPARQL 1.1 query in the parameter `query`.",
            "operationId": "sparql_by_get",
            "parameters": _PARAMETERS,
            "responses": {
                "200": {"description": "The answer.", "content": _ANSWERS},
                "304": {"description": "The client has the answer already."},
                **_REFUSALS,
                "414": _problem("The URL is too long; send the query by POST."),
            },
        },
        "post": {
            "tags": ["SPARQL"],
            "summary": "SPARQL query or update (POST)",
            "description": "Answer a SPARQL 1.1 query, or make an update, sent as it is or as the "
            "field `query` or `update` of a form. An update needs the service's token.",
            "operationId": "sparql_by_post",
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": _TEXT,
                    "application/sparql-update": _TEXT,
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "query": {"type": "string"},
                                "update": {"type": "string"},
                            },
                        }
                    },
                },
            },
            "responses": {
                "200": {"description": "The answer to the query.", "content": _ANSWERS},
                "204": {"description": "The update is made, and durable."},
                **_REFUSALS,
                "401": _problem("The update does not bear the service's token."),
                "403": _problem("The service only reads."),
                "413": _problem("The body is too long."),
                "415": _problem("The body is neither a query, an update nor a form in UTF-8."),
                "507": _problem("The disk is full; the store is as it was."),
            },
        },
    }
}
"""The paths as OpenAPI has them."""


def extend_openapi(
    generate: Callable[[], dict[str, Any]], *paths: dict[str, Any]
) -> Callable[[], dict[str, Any]]:
    """Return a function that returns a description with more paths.

    Args:
        generate: returns the description without them.
        paths: what is added, each by its path.
    """

    def generate_all() -> dict[str, Any]:
        description = deepcopy(generate())
        for added in paths:
            description["paths"].update(added)
        return description

    return generate_all
