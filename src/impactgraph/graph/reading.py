"""Reading a case study's graph from anything that answers SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from pyoxigraph import Literal, NamedNode

from impactgraph.encoding import Statements, decode
from impactgraph.errors import NotFoundError
from impactgraph.graph.building import CaseGraph, build_graph
from impactgraph.resources import read_query

__all__ = ["Queryable", "narrow", "to_networkx"]


class Queryable(Protocol):
    """What answers SPARQL over the union of its graphs: a store, or one generation of it."""

    def query(self, text: str, *, bindings: Mapping[str, Any] | None = None) -> Any:
        """Return the rows of a SELECT, each giving the term of a variable by its name."""


@runtime_checkable
class _Moving(Protocol):
    """What may change between two queries, and can be held still."""

    def snapshot(self) -> Queryable:
        """Return what answers every query from the same data."""


@runtime_checkable
class _Dividing(Protocol):
    """What is far away: a case study is better fetched whole, and asked of then."""

    def case_study(self, iri: str) -> Queryable:
        """Return what answers queries about one case study."""


def narrow(store: Queryable, case_study: str) -> Queryable:
    """Return what answers queries about one case study: from a remote engine it is fetched whole.

    Args:
        store: what answers queries about all of them.
        case_study: the case study's IRI.
    """
    return store.case_study(case_study) if isinstance(store, _Dividing) else store


def to_networkx(store: Queryable, case_study: str) -> CaseGraph:
    """Return the graph of one case study.

    A store that gives snapshots is read from one of them, so a write meanwhile does not show.

    Args:
        store: what answers the queries.
        case_study: the case study's slug or IRI.

    Returns:
        A MultiDiGraph: see `build_graph`.

    Raises:
        NotFoundError: the store holds no such case study.
        DecodingError: something lacks what it must have, or a link leads backwards.
    """
    if isinstance(store, _Moving):
        store = store.snapshot()
    bound = _to_term(case_study)
    if isinstance(bound, NamedNode):
        store = narrow(store, case_study)
    iri = _find_case_study(store, bound)
    store = narrow(store, iri)
    rows = store.query(
        read_query("queries/graph/statements"), bindings={"caseStudy": NamedNode(iri)}
    )
    return build_graph(decode(Statements.of_rows(rows)))


def _to_term(case_study: str) -> NamedNode | Literal:
    try:
        return NamedNode(case_study) if "://" in case_study else Literal(case_study)
    except ValueError:
        raise NotFoundError(f"{case_study!r} is no IRI, so it names no case study") from None


def _find_case_study(store: Queryable, bound: NamedNode | Literal) -> str:
    name = "caseStudy" if isinstance(bound, NamedNode) else "slug"
    rows = store.query(read_query("queries/graph/case-study"), bindings={name: bound})
    found = sorted(row["caseStudy"].value for row in rows)
    if not found:
        raise NotFoundError(
            f"there is no case study {bound.value!r} in this store; "
            "`impactgraph case-studies` lists what is, `impactgraph load FILE` adds one"
        )
    return str(found[0])
