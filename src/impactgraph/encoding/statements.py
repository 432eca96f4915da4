"""What is said of each subject: triples in a form that is read quickly, from wherever they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from impactgraph.vocabulary import RDF

__all__ = ["Statements", "Term"]

_TYPE = str(RDF.type)


class Term(NamedTuple):
    """An IRI, a literal without its datatype and language, or a blank node."""

    value: str
    literal: bool = False
    blank: bool = False

    def n3(self) -> str:
        """Return the term as Turtle writes it, for messages."""
        if self.literal:
            return f'"{self.value}"'
        return f"_:{self.value}" if self.blank else f"<{self.value}>"


class Statements:
    """Triples by subject and predicate; what is said twice counts once.

    >>> said = Statements([(Term("x"), Term("likes"), Term("jam", literal=True))])
    >>> said.objects("x", "likes")
    {Term(value='jam', literal=True, blank=False)}
    """

    def __init__(self, triples: Iterable[tuple[Term, Term, Term]]) -> None:
        self._said: dict[str, dict[str, set[Term]]] = {}
        self._members: dict[str, set[Term]] = defaultdict(set)
        for subject, predicate, object_ in triples:
            by_predicate = self._said.setdefault(subject.value, {})
            by_predicate.setdefault(predicate.value, set()).add(object_)
            if predicate.value == _TYPE:
                self._members[object_.value].add(subject)

    @classmethod
    def of_graph(cls, graph: Graph) -> Statements:
        """Return what an rdflib graph says."""
        return cls(
            (_from_rdflib(subject), _from_rdflib(predicate), _from_rdflib(object_))
            for subject, predicate, object_ in graph
        )

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Statements:
        """Return what the rows of a query say: ?subject, ?predicate and ?object, as pyoxigraph's.

        Args:
            rows: each gives the term of a variable by its name.
        """
        # The same few IRIs stand in most rows, and to look one up is quicker than to read it.
        read = cache(_from_oxigraph)
        return cls(
            (read(row["subject"]), read(row["predicate"]), read(row["object"])) for row in rows
        )

    def objects(self, subject: str, predicate: str) -> set[Term]:
        """Return what stands at the other end of a property of a subject."""
        return self._said.get(subject, {}).get(predicate, set())

    def members(self, rdf_class: str) -> set[Term]:
        """Return the subjects of a class."""
        return self._members.get(rdf_class, set())


def _from_rdflib(node: Node) -> Term:
    return Term(str(node), isinstance(node, Literal), not isinstance(node, Literal | URIRef))


def _from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Term:
    return Term(term.value, isinstance(term, ox.Literal), isinstance(term, ox.BlankNode))
