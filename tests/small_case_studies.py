"""Small case studies, written one line a node or link, as graphs and as stores of RDF.

A line is a node ("impact 2", "source A report", "claim c of 1") or a link ("finding a reportedIn
output 1"). A link is stated of the pair unless it goes on with "collective", or with another basis
and confidence ("curated 0.7"). Nodes that links mention need no line of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import pyoxigraph
from rdflib import Graph

from impactgraph.encoding import encode
from impactgraph.graph import CaseGraph, GraphNode, Kind, build_graph
from impactgraph.identity import link_iri
from impactgraph.model import (
    Anchor,
    Basis,
    CaseStudy,
    Claim,
    DocumentDescription,
    Finding,
    Impact,
    Link,
    Output,
    OutputType,
    Pathway,
    Research,
    Source,
    SourceType,
    Step,
)
from impactgraph.vocabulary import BASE, CONCEPTS, IG

__all__ = ["CASE", "UnionStore", "case_graph", "case_store", "case_study_of", "rdf_of"]

Triple: TypeAlias = tuple[Any, Any, Any]

CASE = BASE + "example"
_ANCHOR = Anchor(
    iri=f"{CASE}/anchor/1", source=f"{CASE}/document", start=3, end=9, exact="words", section="4"
)
_CLASSES: dict[Kind, Callable[..., Any]] = {
    Kind.RESEARCH: Research,
    Kind.FINDING: Finding,
    Kind.OUTPUT: Output,
    Kind.PATHWAY: Pathway,
    Kind.IMPACT: Impact,
    Kind.CLAIM: Claim,
    Kind.SOURCE: Source,
}


class UnionStore:
    """The union of some graphs and of what the ontology says of bases, in memory."""

    def __init__(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        self._store = pyoxigraph.Store()
        for name, triples in {**graphs, "https://example.org/bases": _admissions()}.items():
            graph = Graph()
            for triple in triples:
                graph.add(triple)
            self._store.load(
                graph.serialize(format="nt"),
                pyoxigraph.RdfFormat.N_TRIPLES,
                to_graph=pyoxigraph.NamedNode(name),
            )

    def query(self, text: str, *, bindings: Mapping[str, Any] | None = None) -> Any:
        return self._store.query(
            text,
            use_default_graph_as_union=True,
            substitutions={
                pyoxigraph.Variable(name): term for name, term in (bindings or {}).items()
            },
        )


def case_graph(*lines: str) -> CaseGraph:
    """Return the graph that the lines write."""
    return build_graph(case_study_of(*_read(lines)))


def case_store(*lines: str) -> UnionStore:
    """Return a store that holds the case study that the lines write."""
    return UnionStore({CASE: rdf_of(*lines)})


def rdf_of(*lines: str) -> list[Triple]:
    """Return the triples of the case study that the lines write."""
    return list(encode(case_study_of(*_read(lines))))


def case_study_of(
    nodes: Iterable[GraphNode], links: Iterable[Link], *, iri: str = CASE, **about: Any
) -> CaseStudy:
    """Return a case study of some nodes and links, and of whatever else is said of it."""
    members: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    for node in nodes:
        known: dict[str, Any] = {"iri": node.iri, "label": node.label, "anchors": node.anchors}
        if node.kind not in (Kind.RESEARCH, Kind.CLAIM):
            known["notation"] = node.notation
        if node.kind is Kind.OUTPUT:
            known |= {"output_type": OutputType.OTHER, "title": node.label}
        if node.kind is Kind.CLAIM:
            known["claim_of"] = node.claim_of or f"{iri}/impact/1"
        if node.kind is Kind.SOURCE:
            known["source_type"] = node.source_type or SourceType.TESTIMONIAL
        members[node.kind].append(_CLASSES[node.kind](**known))
    given = {
        "iri": iri,
        "slug": iri.rsplit("/", 1)[-1],
        "label": "Example",
        "title": "An example",
        "document": DocumentDescription(
            iri=f"{iri}/document", digest="0" * 64, length=100, media_type="text/plain"
        ),
        "anchors": (_ANCHOR,),
        "research": tuple(members[Kind.RESEARCH]),
        "findings": tuple(members[Kind.FINDING]),
        "outputs": tuple(members[Kind.OUTPUT]),
        "pathways": tuple(members[Kind.PATHWAY]),
        "impacts": tuple(members[Kind.IMPACT]),
        "claims": tuple(members[Kind.CLAIM]),
        "sources": tuple(members[Kind.SOURCE]),
        "links": tuple(links),
    }
    return CaseStudy(**{**given, **about})


def _read(lines: Iterable[str]) -> tuple[list[GraphNode], list[Link]]:
    nodes: dict[str, GraphNode] = {}
    links: list[Link] = []
    for line in lines:
        words = line.split()
        steps = [position for position, word in enumerate(words) if word in list(Step)]
        if not steps:
            _add_node(words, nodes)
            continue
        at = steps[0]
        origin, target = (_add_node(end, nodes) for end in (words[:at], words[at + 1 : at + 3]))
        links.append(_to_link(origin, Step(words[at]), target, words[at + 3 :], line))
    return list(nodes.values()), links


def _add_node(words: list[str], nodes: dict[str, GraphNode]) -> str:
    kind = Kind(words[0])
    iri = f"{CASE}/{kind.value}" + (f"/{words[1]}" if len(words) > 1 else "")
    types = [SourceType(word) for word in words[2:] if word in list(SourceType)]
    if iri not in nodes or len(words) > 2:
        nodes[iri] = GraphNode(
            iri=iri,
            kind=kind,
            notation=None if kind in (Kind.RESEARCH, Kind.CLAIM) else words[1],
            label=" ".join(words[:2]),
            anchors=(_ANCHOR,),
            claim_of=f"{CASE}/impact/{words[3]}" if words[2:3] == ["of"] else None,
            source_type=(*types, SourceType.TESTIMONIAL)[0] if kind is Kind.SOURCE else None,
        )
    return iri


def _to_link(origin: str, step: Step, target: str, words: list[str], label: str) -> Link:
    basis = next((Basis(word) for word in words if word in list(Basis)), Basis.STATED)
    return Link(
        iri=link_iri(CASE, origin, step, target, basis),
        label=" ".join(label.split()[: len(label.split()) - len(words)]),
        origin=origin,
        step=step,
        target=target,
        basis=basis,
        collective="collective" in words,
        confidence=next((Decimal(word) for word in words if word[0].isdigit()), Decimal(1)),
        rationale="both speak of parameters",
        method="paragraph-scope" if basis is Basis.INFERRED else None,
        attributed_to=BASE + "agent/reader",
        anchors=(_ANCHOR,),
    )


def _admissions() -> Iterator[Triple]:
    bases = CONCEPTS[Basis]
    for level in Basis:
        for basis in Basis:
            if level.admits(basis):
                yield bases[level], IG.admits, bases[basis]
