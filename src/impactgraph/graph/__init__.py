"""A case study as a networkx graph: nodes are IRIs, the key of an edge is its Link's IRI."""

from impactgraph.graph.building import CaseGraph, build_graph, find_step, links_of, model_of
from impactgraph.graph.lookup import (
    default_basis,
    find_node,
    node_of,
    nodes_of,
)
from impactgraph.graph.nodes import GraphNode, Kind
from impactgraph.graph.reading import Queryable, narrow, to_networkx

__all__ = [
    "CaseGraph",
    "GraphNode",
    "Kind",
    "Queryable",
    "build_graph",
    "default_basis",
    "find_node",
    "find_step",
    "links_of",
    "model_of",
    "narrow",
    "node_of",
    "nodes_of",
    "to_networkx",
]
