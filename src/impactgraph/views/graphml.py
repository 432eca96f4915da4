"""A case study's graph as GraphML, for yEd, Gephi, Cytoscape and networkx."""

from __future__ import annotations

import re
from io import BytesIO

import networkx as nx

from impactgraph.graph import CaseGraph, links_of, nodes_of

__all__ = ["write_graphml"]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, section 2.2)."""


def write_graphml(graph: CaseGraph) -> bytes:
    """Return a case study's graph as a GraphML file: all its nodes, and all links of any basis.

    Nodes have the attributes kind, notation, label and section, links step, basis, collective,
    confidence and rationale; all of them are text, so that every reader takes them.

    Args:
        graph: a case study's graph.
    """
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=_clean(graph.graph["title"]), caseStudy=graph.graph["case_study"]
    )
    for node in nodes_of(graph):
        plain.add_node(
            node.iri,
            kind=node.kind.value,
            notation=_clean(node.notation or ""),
            label=_clean(node.label),
            section=" ".join(sorted({anchor.section for anchor in node.anchors})),
        )
    for link in links_of(graph):
        plain.add_edge(
            link.origin,
            link.target,
            key=link.iri,
            step=link.step.value,
            basis=link.basis.value,
            collective="true" if link.collective else "false",
            confidence=str(link.confidence),
            rationale=_clean(link.rationale),
        )
    buffer = BytesIO()
    nx.write_graphml_xml(plain, buffer)
    return buffer.getvalue()


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
