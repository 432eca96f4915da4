"""Asking the engine: the one way in which a query reaches it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from impactgraph.errors import QueryError
from impactgraph.identity import BASE
from impactgraph.store.datasets import DefaultGraph, choose_dataset
from impactgraph.store.federation import refuse_service
from impactgraph.store.results import Results, hold, reporting_evaluation
from impactgraph.store.terms import Term

__all__ = ["Bindings", "Prefixes", "ask"]

Bindings: TypeAlias = Mapping[str, Term]
"""Values of variables, by the variables' names without question mark."""


Prefixes: TypeAlias = Mapping[str, str]
"""Namespaces that a query may use without declaring them, by their prefixes."""


def ask(
    engine: ox.Store,
    text: str,
    bindings: Bindings | None,
    holder: object,
    prefixes: Prefixes | None = None,
    *,
    default_graph: DefaultGraph = "union",
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
) -> Results:
    """Return the answer to a query.

    Args:
        engine: the open Oxigraph store.
        text: a SPARQL 1.1 query; its relative IRIs are relative to that of all case studies.
        bindings: values of some of the query's variables, which a SELECT must name in its
            projection.
        prefixes: namespaces that the query need not declare.
        default_graph: the default graph where neither the query nor `default` names one: the union
            of all graphs, or the store's own.
        default: names of the graphs whose merge is the default graph, whatever FROM says.
        named: names of the graphs that GRAPH sees, whatever FROM NAMED says. Where only one of
            the two is given, the other is empty (SPARQL 1.1 Protocol, section 2.1.4).
        holder: what must not be let go of while the results are read.

    Raises:
        QueryError: the query is malformed, asks another service, or lacks a bound variable; or
            the name of a graph is no IRI.
        StoreError: the store could not be read.
    """
    refuse_service(text)
    dataset = choose_dataset(text, default_graph, default, named)
    try:
        substitutions: dict[ox.Variable, Term | ox.Triple] = {
            ox.Variable(name): value for name, value in (bindings or {}).items()
        }
        with reporting_evaluation():
            inner = engine.query(
                text,
                base_iri=BASE,
                substitutions=substitutions,
                prefixes=dict(prefixes or {}),
                **dataset,
            )
    except SyntaxError as error:
        raise QueryError(f"the query is malformed: {error}") from error
    except ValueError as error:
        raise QueryError(f"the query or the name of a bound variable is malformed: {error}") from (
            error
        )
    return hold(inner, holder)
