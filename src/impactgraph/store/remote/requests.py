"""The requests that go to a remote engine (SPARQL 1.1 Protocol, Graph Store HTTP Protocol)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import httpx

from impactgraph.store.datasets import names_dataset
from impactgraph.store.remote.answers import ACCEPTED
from impactgraph.store.remote.credentials import Credentials
from impactgraph.store.remote.engine import Engine
from impactgraph.store.remote.queries import Form

__all__ = [
    "ClientOptions",
    "client_options",
    "graph_request",
    "query_request",
    "update_request",
]

_HAND_SHAKE = 5.0
_DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri", "union-default-graph")
"""Parameters that choose a dataset and would win over FROM; the last is Oxigraph's own."""


class ClientOptions(TypedDict):
    """What an HTTP client is made with."""

    auth: httpx.Auth | None
    timeout: httpx.Timeout
    headers: dict[str, str]


def client_options(engine: Engine) -> ClientOptions:
    """Return the options that an HTTP client of an engine is made with."""
    credentials = None
    if engine.user is not None:
        credentials = Credentials(engine.user, engine.password or "")
    return {
        "auth": credentials,
        "timeout": httpx.Timeout(engine.timeout, connect=min(_HAND_SHAKE, engine.timeout)),
        "headers": {"User-Agent": "impactgraph"},
    }


def query_request(
    client: httpx.Client | httpx.AsyncClient,
    engine: Engine,
    form: Form,
    text: str,
    dataset: Sequence[tuple[str, str]] = (),
) -> httpx.Request:
    """Return the request for a query: as a form, for addresses have no room for long ones.

    Sent as a body of its own, a query makes Virtuoso 7.2.5 wait for ever. What the engine's URL
    says of the default graph is for queries that say nothing of it.

    Args:
        client: what will send it.
        engine: who is asked.
        form: the query's form.
        text: the query.
        dataset: names and values of default-graph-uri and named-graph-uri.
    """
    url = httpx.URL(engine.query_url)
    if dataset or names_dataset(text):
        for name in _DATASET_PARAMETERS:
            url = url.copy_remove_param(name)
    return client.build_request(
        "POST",
        url,
        data=_fields([("query", text), *dataset]),
        headers={"Accept": ACCEPTED[form.gives_triples]},
    )


def update_request(
    client: httpx.Client | httpx.AsyncClient, engine: Engine, text: str
) -> httpx.Request:
    """Return the request for an update."""
    return client.build_request(
        "POST",
        engine.update_url,
        content=text.encode("utf-8"),
        headers={"Content-Type": "application/sparql-update"},
    )


def graph_request(
    client: httpx.Client | httpx.AsyncClient,
    engine: Engine,
    method: str,
    iri: str | None,
    content: bytes | None = None,
) -> httpx.Request:
    """Return the request that gets or puts a graph (Graph Store HTTP Protocol, section 4.2).

    Args:
        client: what will send it.
        engine: one that has a graph store.
        method: GET or PUT.
        iri: the graph's name; None for the default graph.
        content: the graph in Turtle, to put.
    """
    url = httpx.URL(str(engine.graph_store_url))
    url = url.copy_merge_params({"default": ""} if iri is None else {"graph": iri})
    headers = {"Accept": ACCEPTED[True]} if content is None else {"Content-Type": "text/turtle"}
    return client.build_request(method, url, content=content, headers=headers)


def _fields(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
