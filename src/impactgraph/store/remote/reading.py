"""Fetching whole graphs from a remote engine, as few at a time as will do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

import pyoxigraph as ox
from rdflib import Graph, URIRef

from impactgraph.errors import GraphNotFoundError
from impactgraph.resources import read_query
from impactgraph.store.federation import refuse_service
from impactgraph.store.querying import Bindings, Prefixes, ask
from impactgraph.store.remote.answers import (
    parse_solutions,
    parse_triples,
    reporting_answer,
    triples_format,
)
from impactgraph.store.remote.connection import Connection
from impactgraph.store.remote.queries import bind_values, declare_prefixes, read_form
from impactgraph.store.results import Results, Solutions
from impactgraph.store.terms import Term, from_triple, to_graph_name
from impactgraph.vocabulary import ONTOLOGY_GRAPH, REFERENCE_GRAPH

__all__ = [
    "CaseStudyCopy",
    "answer",
    "case_study_graphs",
    "copy_case_study",
    "copy_graph",
    "read_graphs",
    "read_names",
]

_TOGETHER = 200
"""How many things are asked for in one query."""


class CaseStudyCopy:
    """A local copy of what belongs to one case study, which answers queries as a store does."""

    def __init__(self, engine: ox.Store) -> None:
        self._engine = engine

    def query(
        self, text: str, *, bindings: Bindings | None = None, prefixes: Prefixes | None = None
    ) -> Results:
        """Answer a query over the union of the graphs that were copied."""
        return ask(self._engine, text, bindings, self._engine, prefixes)

    def digest(self) -> bytes:
        """Return a SHA-256 digest of all that was copied, in whichever order it came."""
        lines = sorted(str(quad) for quad in self._engine)
        return hashlib.sha256("\n".join(lines).encode()).digest()


class Fetch(Protocol):
    """What yields the quads of graphs, all of them or those of some subjects."""

    def __call__(
        self, graphs: Sequence[str], subjects: Sequence[ox.NamedNode] | None = None
    ) -> Iterator[ox.Quad]:
        """Yield them, in no order."""


def answer(
    connection: Connection,
    text: str,
    bindings: Mapping[str, Term | Sequence[Term]] | None = None,
    prefixes: Prefixes | None = None,
) -> Results:
    """Return an engine's answer to a query.

    Raises:
        QueryError: the query is malformed or refused, or asks another service.
        StoreError: the engine is down, does not answer in time, or answers nonsense.
    """
    refuse_service(text)
    values = {
        name: value if isinstance(value, Sequence) else (value,)
        for name, value in (bindings or {}).items()
    }
    form = read_form(text)
    body = connection.ask(form, declare_prefixes(bind_values(text, values), prefixes or {}))
    if form.gives_triples:
        return parse_triples(body.response, body.file)
    return parse_solutions(body.file, form)


def read_graphs(
    connection: Connection, graphs: Sequence[str], subjects: Sequence[ox.NamedNode] | None = None
) -> Iterator[ox.Quad]:
    """Yield what graphs hold, of all subjects or of some."""
    if subjects is None and connection.engine.graph_store_url is not None:
        for iri in graphs:
            yield from _fetch_graph(connection, iri)
        return
    bindings: dict[str, Sequence[Term]] = {"graph": [to_graph_name(iri) for iri in graphs]}
    query = "graphs"
    if subjects is not None:
        bindings["subject"] = subjects
        query = "descriptions"
    # As rows: Virtuoso cuts off triples without a word.
    rows = answer(connection, read_query(f"queries/remote/{query}"), bindings)
    assert isinstance(rows, Solutions)
    for row in rows:
        subject, predicate, graph = row["subject"], row["predicate"], row["graph"]
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        assert isinstance(predicate, ox.NamedNode)
        assert isinstance(graph, ox.NamedNode)
        yield ox.Quad(subject, predicate, row["object"], graph)


def _fetch_graph(connection: Connection, iri: str) -> Iterator[ox.Quad]:
    graph = to_graph_name(iri)
    try:
        body = connection.fetch_graph(iri)
    except GraphNotFoundError:
        return
    with body.file, reporting_answer():
        for quad in ox.parse(body.file, triples_format(body.response), without_named_graphs=True):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def copy_graph(iri: str, fetch: Fetch) -> Graph:
    """Return a copy of a graph, its values spelt as an embedded store spells them."""
    engine = ox.Store()
    engine.extend(fetch((iri,)))
    graph = Graph(identifier=URIRef(iri))
    for quad in engine:
        graph.add(from_triple(quad))
    return graph


def read_names(connection: Connection) -> tuple[str, ...]:
    """Return the names of the graphs that hold anything, in order."""
    rows = answer(connection, read_query("queries/remote/names"))
    assert isinstance(rows, Solutions)
    return tuple(sorted(str(row["graph"].value) for row in rows))


def copy_case_study(iri: str, fetch: Fetch) -> CaseStudyCopy:
    """Return a copy of a case study's graphs and of what is said of the shared things in them.

    Args:
        iri: the case study.
        fetch: yields the graphs from where they are.
    """
    engine = ox.Store()
    # One at a time: engines bound how many rows one answer has.
    for graph in case_study_graphs(iri):
        engine.extend(fetch((graph,)))
    own = {quad.subject for quad in engine}
    others = iter({quad.object for quad in engine if isinstance(quad.object, ox.NamedNode)} - own)
    while chunk := list(islice(others, _TOGETHER)):
        engine.extend(fetch((REFERENCE_GRAPH, ONTOLOGY_GRAPH), chunk))
    return CaseStudyCopy(engine)


def case_study_graphs(iri: str) -> tuple[str, str, str]:
    """Return the names of a case study's graphs: encoded, curation, derived."""
    return iri, f"{iri}/curation", f"{iri}/derived"
