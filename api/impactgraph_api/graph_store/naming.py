"""Which graph a request means: Graph Store HTTP Protocol, section 4 (graph identification)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from pyoxigraph import NamedNode
from starlette.types import Scope

from impactgraph_api.problem import ProblemError

__all__ = ["PATH", "Target", "find_target", "name_new_graph"]

PATH: Final = "/rdf-graph-store"

_PARAMETERS: Final = ("default", "format", "graph")
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a request is about.

    Attributes:
        graph: the name of a graph; None where it is the default graph, or no graph at all.
        whole: whether it is the graph store itself, no graph of it.
        format: the format that the parameter `format` names.
    """

    graph: str | None
    whole: bool = False
    format: str | None = None

    @property
    def base(self) -> str | None:
        """The IRI that relative IRIs of a body are taken from."""
        return self.graph


def find_target(scope: Scope) -> Target:
    """Return what a request is about.

    Below the path of the graph store, the URL of the request is the graph's name itself (section
    4.1); at that path, `?graph=` names the graph, or `?default` means the default one (4.2).

    Raises:
        ProblemError: the URL does not say which, or says it twice.
    """
    given = _read_parameters(scope.get("query_string", b""))
    below = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(PATH)
    named = [name for name in ("graph", "default") if name in given]
    if below.strip("/"):
        if named:
            raise _malformed(
                f"the URL itself is the name of a graph here; {named[0]} goes with {PATH} alone"
            )
        return Target(graph=_check(_address(scope)), format=given.get("format"))
    if len(named) > 1:
        raise _malformed("the URL has both graph and default; it takes one")
    if given.get("default"):
        raise _malformed("default takes no value; a graph is named by graph")
    if "graph" in given:
        return Target(graph=_check(given["graph"]), format=given.get("format"))
    return Target(graph=None, whole="default" not in given, format=given.get("format"))


def name_new_graph(scope: Scope) -> str:
    """Return a name for a graph that a client leaves to the store (section 5.5)."""
    root = scope.get("root_path", "").rstrip("/")
    return _check(f"{_origin(scope)}{root}{PATH}/{uuid.uuid4()}")


def _read_parameters(query_string: bytes) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in query_string.split(b"&"):
        if not part:
            continue
        # No IRI has a space, so a plus sign is one: this is no form.
        encoded_name, _, encoded = part.partition(b"=")
        try:
            name, value = (
                unquote(piece.decode("ascii"), errors="strict") for piece in (encoded_name, encoded)
            )
        except UnicodeDecodeError as error:
            raise _malformed(f"the URL is not percent-encoded UTF-8: {error}") from error
        if name not in _PARAMETERS:
            raise _malformed(
                f"there is no parameter {name!r:.80}; there are {', '.join(_PARAMETERS)} (an IRI "
                "that has & or # in it must be percent-encoded)"
            )
        if name in given:
            raise _malformed(f"there must be one {name}; there were more")
        given[name] = value
    return given


def _address(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return _origin(scope) + path.decode("ascii", "replace")


def _origin(scope: Scope) -> str:
    """The scheme and authority of the request, normalised as RFC 3986, section 6.2, says."""
    scheme = scope.get("scheme", "http")
    host = next((value for name, value in scope["headers"] if name == b"host"), None)
    if host is None:
        server = scope.get("server") or ("localhost", None)
        host = f"{server[0]}:{server[1]}".encode() if server[1] else server[0].encode()
    if not host.isascii():
        raise _malformed("the header Host has letters beyond ASCII; encode them (RFC 5891)")
    authority = host.decode("ascii").lower().removesuffix(_DEFAULT_PORTS.get(scheme, ""))
    return f"{scheme}://{authority}"


def _check(iri: str) -> str:
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise _malformed(f"{iri!r:.200} is no absolute IRI, so no graph has that name") from error


def _malformed(detail: str) -> ProblemError:
    return ProblemError("malformed-request", HTTPStatus.BAD_REQUEST, detail)
