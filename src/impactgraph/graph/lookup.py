"""Finding nodes by the names that people use, and the basis to start from."""

from __future__ import annotations

from urllib.parse import quote

from impactgraph.errors import NotFoundError
from impactgraph.graph.building import CaseGraph, links_of
from impactgraph.graph.nodes import GraphNode, Kind
from impactgraph.model import Basis

__all__ = ["default_basis", "find_node", "node_of", "nodes_of"]


def node_of(graph: CaseGraph, iri: str) -> GraphNode:
    """Return the node with an IRI that is known to be in the graph."""
    node: GraphNode = graph.nodes[iri]["node"]
    return node


def nodes_of(graph: CaseGraph, *kinds: Kind) -> tuple[GraphNode, ...]:
    """Return the nodes of the given kinds (of all, where none is given), in their order."""
    return tuple(
        attributes["node"]
        for _, attributes in graph.nodes(data=True)
        if not kinds or attributes["node"].kind in kinds
    )


def find_node(graph: CaseGraph, reference: str | GraphNode, kind: Kind | None = None) -> GraphNode:
    """Return the node that a reference names.

    Args:
        graph: a case study's graph.
        reference: a node, an IRI, kind and notation ("finding/a"), or, where `kind` is given,
            the notation alone ("a").
        kind: what the node must be.

    Raises:
        NotFoundError: nothing bears that name; the message says what does.
    """
    if isinstance(reference, GraphNode):
        reference = reference.iri
    candidates = nodes_of(graph, kind) if kind else nodes_of(graph)
    paths = {reference} if kind is None else {reference, f"{kind.value}/{reference}"}
    stem = graph.graph["case_study"]
    iris = {reference} | {f"{stem}/{form}" for path in paths for form in (path, quote(path))}
    for node in candidates:
        if node.iri in iris or f"{node.kind.value}/{node.notation}" in paths:
            return node
    raise NotFoundError(
        f"{graph.graph['slug']} has no {kind.value if kind else 'node'} {reference!r}; "
        f"it has {_known(candidates, stem)}"
    )


def default_basis(graph: CaseGraph) -> Basis:
    """Return curated where a person has curated the case study, else stated."""
    curated = any(link.basis is Basis.CURATED for link in links_of(graph))
    return Basis.CURATED if curated else Basis.STATED


def _known(nodes: tuple[GraphNode, ...], stem: str) -> str:
    names = [node.iri.removeprefix(f"{stem}/") for node in nodes if node.kind is not Kind.CLAIM]
    return ", ".join(names) or "none"
