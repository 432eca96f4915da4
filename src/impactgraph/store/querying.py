"""Asking the engine: the one way in which a query reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pyoxigraph as ox

from impactgraph.errors import QueryError
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
) -> Results:
    """Return the answer over the union of all graphs.

    Args:
        engine: the open Oxigraph store.
        text: a SPARQL 1.1 query.
        bindings: values of some of the query's variables, which a SELECT must name in its
            projection.
        prefixes: namespaces that the query need not declare.
        holder: what must not be let go of while the results are read.

    Raises:
        QueryError: the query is malformed, asks another service, or lacks a bound variable.
        StoreError: the store could not be read.
    """
    refuse_service(text)
    try:
        substitutions: dict[ox.Variable, Term | ox.Triple] = {
            ox.Variable(name): value for name, value in (bindings or {}).items()
        }
        with reporting_evaluation():
            inner = engine.query(
                text,
                use_default_graph_as_union=True,
                substitutions=substitutions,
                prefixes=dict(prefixes or {}),
            )
    except SyntaxError as error:
        raise QueryError(f"the query is malformed: {error}") from error
    except ValueError as error:
        raise QueryError(f"the query or the name of a bound variable is malformed: {error}") from (
            error
        )
    return hold(inner, holder)
