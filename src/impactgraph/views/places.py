"""Nodes as other things name them: what lies at them, leads through them or mends them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from impactgraph.graph import CaseGraph, GraphNode
from impactgraph.views.case_study import node_key

__all__ = ["Place", "view_places"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node as other things name it; `key` is its name inside its case study ("finding/a")."""

    key: str
    iri: str
    name: str
    label: str


def view_places(nodes: Iterable[GraphNode], graph: CaseGraph) -> tuple[Place, ...]:
    """Return nodes as other things name them."""
    case_study: str = graph.graph["case_study"]
    return tuple(
        Place(
            key=node_key(node.iri, case_study),
            iri=node.iri,
            name=node.name if node.notation else node.kind.value,
            label=node.label,
        )
        for node in nodes
    )
