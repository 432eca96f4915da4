"""Checks of a graph against the shapes of ontology/shapes/ (SHACL Core and SHACL-SPARQL)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from impactgraph.errors import LoadingError, ResourceError
from impactgraph.identity import BASE
from impactgraph.resources import ontology_file, ontology_path, reference_file
from impactgraph.vocabulary import PREFIXES, RDF, RDFS

__all__ = [
    "SHAPES",
    "Severity",
    "ValidationReport",
    "ValidationResult",
    "parse_file",
    "read_shapes",
    "validate",
    "validate_file",
]

SHAPES = Namespace("https://w3id.org/impactgraph/shapes#")
"""The namespace of the shapes and constraints."""

SH = Namespace("http://www.w3.org/ns/shacl#")

_FORMATS = {
    ".ttl": "ox-turtle",
    ".nt": "ox-nt",
    ".jsonld": "ox-json-ld",
    ".json": "ox-json-ld",
    ".rdf": "ox-xml",
    ".xml": "ox-xml",
    ".owl": "ox-xml",
}


class Severity(StrEnum):
    """How grave a result is (SHACL, section 2.1.4): only a violation keeps a graph out."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationResult:
    """One thing to mend: where it is, which constraint it breaks, and what to do."""

    constraint: str
    """The IRI of the constraint."""
    severity: Severity
    focus: str
    """The IRI of the node that was checked."""
    path: str | None = None
    """The IRI of the property, where one property is at fault."""
    value: str | None = None
    """What it is that does not fit, where something is there that does not."""
    message: str

    def __str__(self) -> str:
        """Return the result in three lines: the node, what is wrong with it, the constraint."""
        fault = "".join(
            f" {word} {part}"
            for word, part in (("at", self.path and _short(self.path)), ("with", self.value))
            if part and part != self.focus
        )
        return (
            f"{self.severity}: <{self.focus}>{fault}\n"
            f"    {self.message}\n"
            f"    [{_short(self.constraint)}]"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What `validate` found: violations first, then in the order of the nodes."""

    conforms: bool
    """Whether there is no violation; warnings do not count."""
    results: tuple[ValidationResult, ...]
    checked: int
    """How many nodes of the graph the shapes are about."""

    def __str__(self) -> str:
        """Return the report in words: the sum of the results, then each of them."""
        count = Counter(result.severity for result in self.results)
        found = ", ".join(
            f"{count[severity]} {severity}{'' if count[severity] == 1 else 's'}"
            for severity in Severity
            if count[severity]
        )
        verdict = "conforms" if self.conforms else "does not conform"
        nodes = f"{self.checked} node{'' if self.checked == 1 else 's'} checked"
        return "\n".join(
            [f"{verdict}: {found or 'nothing to mend'}; {nodes}", *map(str, self.results)]
        )


def validate(graph: Graph, *, background: Graph | None = None) -> ValidationReport:
    """Check a graph against the shapes.

    The graph is not changed, nothing is inferred, and nothing is fetched. Resources that
    the graph refers to and does not describe have the types that the background gives them.

    Args:
        graph: a case study's graph, what case studies share, or both.
        background: what describes the shared resources that the graph refers to;
            the reference graph that impactgraph ships, if none is given.

    Returns:
        The report on the nodes of `graph`; none on those of the background.
    """
    import pyshacl  # here, since it is slow to import

    _, report, text = pyshacl.validate(
        _with_types(graph, _shipped_reference() if background is None else background),
        shacl_graph=read_shapes(),
        inference="none",
        advanced=False,
        inplace=True,  # the graph given to it is a copy
    )
    if not isinstance(report, Graph):
        raise ResourceError(f"the shapes in {ontology_path() / 'shapes'} cannot be used: {text}")
    described = set(graph.subjects())
    results = {
        _to_result(report, node)
        for node in report.objects(None, SH.result)
        if report.value(node, SH.focusNode) in described
    }
    return ValidationReport(
        conforms=all(result.severity is not Severity.VIOLATION for result in results),
        results=tuple(sorted(results, key=_order)),
        checked=_count_checked(graph),
    )


def validate_file(path: Path, *, background: Graph | None = None) -> ValidationReport:
    """Check a file of RDF against the shapes.

    Args:
        path: the file: see `parse_file`.
        background: as for `validate`.

    Returns:
        The report.

    Raises:
        LoadingError: the file cannot be read or parsed, or holds nothing that the shapes
            are about; the message says where and what to do.
    """
    report = validate(parse_file(path), background=background)
    if report.checked == 0:
        raise LoadingError(
            f"{path}: holds no case study and nothing that case studies share; "
            f"check its namespaces (ig: is <{PREFIXES['ig']}>)"
        )
    return report


def parse_file(path: Path) -> Graph:
    """Return what a file of RDF holds; relative IRIs count from the base of all identifiers.

    Args:
        path: Turtle, N-Triples, JSON-LD or RDF/XML; its name ends in .ttl, .nt, .jsonld,
            .json, .rdf, .xml or .owl.

    Raises:
        LoadingError: the file cannot be read or parsed; the message says where.
    """
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise LoadingError(
            f"{path}: the name does not say how it is written; "
            f"let it end in one of {', '.join(_FORMATS)}"
        )
    try:
        return Graph().parse(path, format=form, publicID=BASE)
    except OSError as error:
        raise LoadingError(f"{path}: cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise LoadingError(f"{path}: {error.msg}") from error


@cache
def read_shapes() -> Graph:
    """Return the graph of all shapes, read once a process.

    Raises:
        ResourceError: there are none.
    """
    folder = ontology_path() / "shapes"
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise ResourceError(f"no shapes in {folder}; install impactgraph again")
    shapes = Graph()
    for file in files:
        shapes.parse(file, format="turtle")
    return _Remembered(shapes)


@cache
def _shipped_reference() -> Graph:
    return parse_file(reference_file())


@cache
def _subclasses() -> tuple[tuple[Node, Node], ...]:
    return tuple(parse_file(ontology_file()).subject_objects(RDFS.subClassOf))


class _Remembered(Graph):
    """A graph that no longer changes, and is asked the same thousands of times in one check."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph.store, graph.identifier)
        self._found: dict[Any, tuple[Any, ...]] = {}

    def triples(self, triple: Any) -> Generator[Any, None, None]:
        found = self._found.get(triple)
        if found is None:
            found = self._found[triple] = tuple(super().triples(triple))
        yield from found


class _CheckedGraph(Graph):
    """A graph that parses a query once: that takes longer than to run it on one case study."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        if isinstance(query_object, str):
            query_object = _prepare(query_object)
        return super().query(query_object, *args, **kwargs)


@cache
def _prepare(query: str) -> Query:
    return prepareQuery(query)


def _with_types(graph: Graph, background: Graph) -> Graph:
    """Return a copy of the graph that also says what the things are that it refers to.

    More of the background would be checked too, at a cost that grows with it.
    """
    known = _CheckedGraph(bind_namespaces="none")
    known += graph
    described = set(graph.subjects())
    for referent in set(graph.objects()) - described:
        for kind in background.objects(referent, RDF.type):
            known.add((referent, RDF.type, kind))
    for kind, wider in _subclasses():
        known.add((kind, RDFS.subClassOf, wider))
    return known


def _to_result(report: Graph, node: Node) -> ValidationResult:
    constraint = report.value(node, SH.sourceConstraint) or report.value(node, SH.sourceShape)
    severity = str(report.value(node, SH.resultSeverity)).removeprefix(str(SH))
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    return ValidationResult(
        constraint=str(constraint),
        severity=Severity(severity.lower()),
        focus=str(report.value(node, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        message=str(report.value(node, SH.resultMessage)),
    )


def _order(result: ValidationResult) -> tuple[int, str, str, str]:
    grave = list(Severity).index(result.severity)
    return grave, result.focus, result.constraint, result.value or ""


def _count_checked(graph: Graph) -> int:
    kinds = set(read_shapes().objects(None, SH.targetClass))
    return len({node for node, kind in graph.subject_objects(RDF.type) if kind in kinds})


def _short(iri: str) -> str:
    for prefix, namespace in {**PREFIXES, "shapes": str(SHAPES)}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
