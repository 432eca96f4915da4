"""Building the graph of a case study, and refusing what no chain could run over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from impactgraph.errors import DecodingError
from impactgraph.graph.nodes import GraphNode, Kind
from impactgraph.model import (
    CaseStudy,
    Claim,
    Finding,
    Impact,
    Link,
    Output,
    Pathway,
    Research,
    Source,
    Step,
)

__all__ = ["CaseGraph", "build_graph", "find_step", "links_of", "model_of"]

Member: TypeAlias = Finding | Output | Pathway | Impact | Source | Research | Claim

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

_OTHER_ENDS: dict[Step, tuple[frozenset[Kind], frozenset[Kind]]] = {
    Step.CREDITED_FOR: (frozenset({Kind.RESEARCH}), frozenset({Kind.IMPACT})),
    Step.ATTESTS: (
        frozenset({Kind.SOURCE}),
        frozenset({Kind.RESEARCH, Kind.OUTPUT, Kind.FINDING}),
    ),
    Step.ENABLED: (frozenset({Kind.IMPACT, Kind.CLAIM}), frozenset({Kind.IMPACT, Kind.CLAIM})),
}
"""What the steps may join that no chain runs over."""

_STEP_ORDER = {step: position for position, step in enumerate(Step)}


def build_graph(case_study: CaseStudy) -> CaseGraph:
    """Return the graph of a case study, the same for any order of its members.

    Returns:
        A graph whose nodes are the members of the stages, the claims and the research: the key is
        the IRI, the attribute `node` a `GraphNode`. Each link is an edge: its IRI the key, itself
        the attribute `link`. The graph's attributes are `case_study` (IRI), `slug`, `label`,
        `title`, and `model`, the case study itself: see `model_of`.

    Raises:
        DecodingError: a link joins what its step cannot join, or what is no node.
    """
    graph: CaseGraph = nx.MultiDiGraph(
        case_study=case_study.iri,
        slug=case_study.slug,
        label=case_study.label,
        title=case_study.title,
        model=case_study,
    )
    for node in sorted(_to_nodes(case_study), key=_node_key):
        graph.add_node(node.iri, node=node)
    order = {iri: position for position, iri in enumerate(graph)}
    sound = [_checked(graph, link) for link in case_study.links]
    for link in sorted(sound, key=lambda link: _link_key(link, order)):
        graph.add_edge(link.origin, link.target, key=link.iri, link=link)
    return graph


def model_of(graph: CaseGraph) -> CaseStudy:
    """Return the case study that a graph was built from: all that is known, frozen."""
    model: CaseStudy = graph.graph["model"]
    return model


def links_of(graph: CaseGraph) -> Iterator[Link]:
    """Yield every link of the graph, in the graph's order."""
    for _, _, attributes in graph.edges(data=True):
        yield attributes["link"]


def find_step(origin: Kind, target: Kind) -> Step | None:
    """Return the step that may lead from one kind of node to another: there is one at most.

    >>> find_step(Kind.PATHWAY, Kind.IMPACT), find_step(Kind.IMPACT, Kind.FINDING)
    (<Step.LED_TO: 'ledTo'>, None)
    """
    for step, (origins, targets) in {**_ENDS, **_OTHER_ENDS}.items():
        if origin in origins and target in targets:
            return step
    return None


def _to_nodes(case_study: CaseStudy) -> Iterator[GraphNode]:
    members: dict[Kind, Iterable[Member]] = {
        Kind.FINDING: case_study.findings,
        Kind.OUTPUT: case_study.outputs,
        Kind.PATHWAY: case_study.pathways,
        Kind.IMPACT: case_study.impacts,
        Kind.SOURCE: case_study.sources,
        Kind.RESEARCH: case_study.research,
        Kind.CLAIM: case_study.claims,
    }
    for kind, found in members.items():
        for member in found:
            yield GraphNode(
                iri=member.iri,
                kind=kind,
                label=member.label,
                notation=None if isinstance(member, Research | Claim) else member.notation,
                anchors=member.anchors,
                claim_of=member.claim_of if isinstance(member, Claim) else None,
                source_type=member.source_type if isinstance(member, Source) else None,
            )


def _node_key(node: GraphNode) -> Any:
    return node.sort_key


def _link_key(link: Link, order: dict[str, int]) -> tuple[int, int, int, int, bool, object, str]:
    return (
        order[link.origin],
        order[link.target],
        _STEP_ORDER[link.step],
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
