"""Keeping what follows from case studies in step with writes, and judging writes by the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode
from rdflib import RDF, Graph, URIRef

from impactgraph.curation import curation_graph
from impactgraph.errors import ValidationError
from impactgraph.loading import derived_graph, mark_stale, refresh_derived
from impactgraph.resources import read_query
from impactgraph.store import Transaction
from impactgraph.validation import validate
from impactgraph.vocabulary import IG

__all__ = ["Footprint", "bring_up_to_date", "refuse_violations"]

_MOST_DERIVED = 20
"""How many case studies are derived again by one write (30 ms each); more are marked as stale."""

_Digests = Mapping[str | None, bytes]
_Spoken = Mapping[str | None, frozenset[str]]


class Footprint:
    """What one write changes: made before it, asked after it.

    Where the text of an update does not tell which graphs it changes, all are compared.
    """

    def __init__(self, transaction: Transaction, written: frozenset[str | None] | None) -> None:
        self._transaction = transaction
        self._written = written
        self._digests: _Digests = {} if written is not None else transaction.digests()
        self._before = _find_spoken_of(transaction, written)

    def changed_graphs(self) -> frozenset[str | None]:
        """Return the graphs that may have been changed; None is the default one."""
        if self._written is not None:
            return self._written
        now = self._transaction.digests()
        return frozenset(
            graph for graph in {*now, *self._digests} if now.get(graph) != self._digests.get(graph)
        )

    def case_studies(self) -> frozenset[str]:
        """Return the case studies that the changed graphs speak of, or did."""
        graphs = self.changed_graphs()
        after = _find_spoken_of(self._transaction, graphs)
        none: frozenset[str] = frozenset()
        return none.union(*(self._before.get(graph, none) | after[graph] for graph in graphs))


def bring_up_to_date(
    transaction: Transaction, case_studies: Iterable[str], *, derive: bool = True
) -> None:
    """Derive again what follows from case studies, and mark what is left out as stale.

    What earlier writes left stale is derived too, as far as there is room.

    Args:
        transaction: the change that they were changed by.
        case_studies: their IRIs.
        derive: whether anything is derived; otherwise all are only marked.
    """
    due = sorted(case_studies)
    most = _MOST_DERIVED if derive else 0
    # Asked first: a remote engine does not see a change that is being made.
    waiting = sorted(_find_stale(transaction) - set(due)) if len(due) < most else []
    for case_study in (*due, *waiting)[:most]:
        refresh_derived(transaction, case_study)
    for case_study in due[most:]:
        mark_stale(transaction, case_study)


def refuse_violations(transaction: Transaction, graphs: Iterable[str | None]) -> None:
    """Refuse a write after which graphs that it changed violate the shapes.

    Raises:
        ValidationError: one does; the message is the report.
    """
    for graph in sorted(graphs, key=str):
        content = transaction.graph(graph)
        if not content or (graph is not None and graph.endswith(derived_graph(""))):
            continue
        if graph is not None:
            # What people decided is about the case study: neither is whole without the other.
            content += transaction.graph(_find_partner(graph))
        report = validate(content, background=_find_types(transaction, content))
        if not report.conforms:
            place = "the default graph" if graph is None else f"<{graph}>"
            raise ValidationError(f"{place} would violate the shapes\n{report}")


def _find_partner(graph: str) -> str:
    """Return the graph of a case study for that of its curation, and the other way round."""
    ending = curation_graph("")
    return graph.removesuffix(ending) if graph.endswith(ending) else curation_graph(graph)


def _find_spoken_of(transaction: Transaction, graphs: frozenset[str | None] | None) -> _Spoken:
    """Return, for each of the graphs or for all, the case studies that it speaks of."""
    return {
        graph: transaction.objects(graph, IG.inCaseStudy) | _find_owners(transaction, graph)
        for graph in ((None, *transaction.graphs()) if graphs is None else graphs)
    }


def _find_owners(transaction: Transaction, graph: str | None) -> set[str]:
    """Return the case study that a graph belongs to by its name: `CASE` or `CASE/…`."""
    if graph is None:
        return set()
    parts = graph.split("/")
    stems = ["/".join(parts[:count]) for count in range(4, len(parts) + 1)]
    return {
        stem for stem in stems if _select(transaction, "case-studies", "caseStudy", caseStudy=stem)
    }


def _find_stale(transaction: Transaction) -> set[str]:
    ending = derived_graph("")
    return {
        graph.removesuffix(ending)
        for graph in _select(transaction, "stale", "graph")
        if graph.endswith(ending)
    }


def _find_types(transaction: Transaction, content: Graph) -> Graph:
    """Return the classes of what a graph refers to and does not describe."""
    types = Graph(bind_namespaces="none")
    for referent in set(content.objects()) - set(content.subjects()):
        if isinstance(referent, URIRef):
            for kind in _select(transaction, "types", "class", resource=str(referent)):
                types.add((referent, RDF.type, URIRef(kind)))
    return types


def _select(transaction: Transaction, query: str, variable: str, **bindings: str) -> set[str]:
    """Return the IRIs that a query of the store gives for a variable."""
    rows: Any = transaction.query(
        read_query(f"queries/store/{query}"),
        bindings={name: NamedNode(iri) for name, iri in bindings.items()},
    )
    return {row[variable].value for row in rows if isinstance(row[variable], NamedNode)}
