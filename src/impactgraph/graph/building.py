"""Building the graph from nodes and links, and refusing what no chain could run over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from impactgraph.errors import DecodingError
from impactgraph.graph.nodes import GraphNode, Kind
from impactgraph.model import Link, Step

__all__ = ["CaseGraph", "build_graph", "links_of"]

if TYPE_CHECKING:
    CaseGraph: TypeAlias = nx.MultiDiGraph[str]
else:
    CaseGraph = nx.MultiDiGraph

_ENDS: dict[Step, tuple[frozenset[Kind], frozenset[Kind]]] = {
    Step.REPORTED_IN: (frozenset({Kind.FINDING}), frozenset({Kind.OUTPUT})),
    Step.CARRIED_BY: (frozenset({Kind.FINDING, Kind.OUTPUT}), frozenset({Kind.PATHWAY})),
    Step.LED_TO: (frozenset({Kind.PATHWAY}), frozenset({Kind.IMPACT})),
    Step.CONTRIBUTED_TO: (frozenset({Kind.FINDING, Kind.OUTPUT}), frozenset({Kind.IMPACT})),
    Step.CORROBORATED_BY: (
        frozenset({Kind.CLAIM, Kind.IMPACT, Kind.PATHWAY}),
        frozenset({Kind.SOURCE}),
    ),
}
"""What each step that chains run over may join; so chains go from stage to later stage only."""


def build_graph(
    nodes: Iterable[GraphNode],
    links: Iterable[Link],
    *,
    case_study: str,
    slug: str,
    label: str = "",
    title: str = "",
) -> CaseGraph:
    """Return the graph of a case study, the same for any order of its nodes and links.

    Args:
        nodes: each becomes a node, its IRI the key, itself the attribute `node`.
        links: each becomes an edge, its IRI the key, itself the attribute `link`.
        case_study: the case study's IRI; it, slug, label and title become graph attributes.
        slug: the case study's slug.
        label: the case study's short label.
        title: the case study's title.

    Raises:
        DecodingError: a link joins what its step cannot join, or what is no node.

    >>> finding = GraphNode(iri="x/finding/a", kind=Kind.FINDING, notation="a", label="A")
    >>> build_graph([finding], [], case_study="x", slug="x").nodes["x/finding/a"]["node"].name
    'finding a'
    """
    graph: CaseGraph = nx.MultiDiGraph(case_study=case_study, slug=slug, label=label, title=title)
    for node in sorted(nodes, key=_node_key):
        graph.add_node(node.iri, node=node)
    order = {iri: position for position, iri in enumerate(graph)}
    sound = [_checked(graph, link) for link in links]
    for link in sorted(sound, key=lambda link: _link_key(link, order)):
        graph.add_edge(link.origin, link.target, key=link.iri, link=link)
    return graph


def links_of(graph: CaseGraph) -> Iterator[Link]:
    """Yield every link of the graph, in the graph's order."""
    for _, _, attributes in graph.edges(data=True):
        yield attributes["link"]


def _node_key(node: GraphNode) -> Any:
    return node.sort_key


def _link_key(link: Link, order: dict[str, int]) -> tuple[int, int, int, int, bool, object, str]:
    return (
        order[link.origin],
        order[link.target],
        list(Step).index(link.step),
        link.basis.rank,
        link.collective,
        -link.confidence,
        link.iri,
    )


def _checked(graph: CaseGraph, link: Link) -> Link:
    for end in (link.origin, link.target):
        if end not in graph:
            raise DecodingError(
                f"the link <{link.iri}> names <{end}>, which is no finding, output, pathway, "
                f"impact, source, claim or research of <{graph.graph['case_study']}>; "
                "describe that node or remove the link"
            )
    if link.step not in _ENDS:
        return link
    origin: GraphNode = graph.nodes[link.origin]["node"]
    target: GraphNode = graph.nodes[link.target]["node"]
    origins, targets = _ENDS[link.step]
    if origin.kind not in origins or target.kind not in targets:
        raise DecodingError(
            f"the link <{link.iri}> says that {origin.name} is ig:{link.step.value} {target.name}; "
            f"that step leads from {_either(origins)} to {_either(targets)}: "
            "turn it round, or give it the step that it means"
        )
    return link


def _either(kinds: frozenset[Kind]) -> str:
    return " or ".join(kind.value for kind in Kind if kind in kinds)
