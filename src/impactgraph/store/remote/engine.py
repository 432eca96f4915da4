"""Where a remote engine is, and who asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from impactgraph.errors import StoreError, UsageError

__all__ = ["Engine", "locate_engine"]

GRAPH_STORE_URL = "IMPACTGRAPH_GRAPH_STORE_URL"
PASSWORD = "IMPACTGRAPH_STORE_PASSWORD"  # noqa: S105 - the name of a variable
TIMEOUT = "IMPACTGRAPH_STORE_TIMEOUT"
UPDATE_URL = "IMPACTGRAPH_UPDATE_URL"
USER = "IMPACTGRAPH_STORE_USER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The addresses of a SPARQL 1.1 engine, and the credentials for it.

    Attributes:
        query_url: takes queries; parameters in it go along with every query.
        update_url: takes updates.
        graph_store_url: gives and takes whole graphs (SPARQL 1.1 Graph Store HTTP Protocol); None
            where that goes by queries and updates too.
        user: who asks, where the engine wants to know.
        password: of that user.
        timeout: how many seconds an answer may take.
        freshness: for how many seconds what was read for a page may be kept: others write too.
    """

    query_url: str
    update_url: str
    graph_store_url: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    freshness: float = 5.0


def locate_engine(location: str, environment: Mapping[str, str]) -> Engine:
    """Return the engine at a URL, with what the environment says of it.

    >>> locate_engine("http://localhost:8890/sparql", {}).update_url
    'http://localhost:8890/sparql'

    Args:
        location: the URL that takes queries.
        environment: IMPACTGRAPH_UPDATE_URL (else updates go where queries go),
            IMPACTGRAPH_GRAPH_STORE_URL (else graphs come and go by queries and updates),
            IMPACTGRAPH_STORE_USER, IMPACTGRAPH_STORE_PASSWORD, and IMPACTGRAPH_STORE_TIMEOUT in
            seconds.

    Raises:
        StoreError: an address is no URL of the web, or holds credentials.
        UsageError: the time-out is no number of seconds.
    """
    graph_store = environment.get(GRAPH_STORE_URL)
    engine = Engine(
        query_url=_check(location),
        update_url=_check(environment.get(UPDATE_URL) or location),
        graph_store_url=_check(graph_store) if graph_store else None,
        user=environment.get(USER) or None,
        password=environment.get(PASSWORD) or None,
        timeout=_parse_seconds(environment.get(TIMEOUT) or "60"),
    )
    if engine.password is not None and engine.user is None:
        raise StoreError(f"{PASSWORD} is set and {USER} is not; set both or neither")
    return engine


def _check(address: str) -> str:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise StoreError(f"{address!r} is no URL: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise StoreError(
            f"{address!r} is no address of a SPARQL engine; it begins with https:// or http://"
        )
    if url.userinfo:
        raise StoreError(
            f"the address of {url.host} holds credentials, which other users of this machine may "
            f"see; take them out and set {USER} and {PASSWORD} in the environment"
        )
    return address


def _parse_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"{TIMEOUT} is {text!r}; it takes a number of seconds above 0")
    return seconds
