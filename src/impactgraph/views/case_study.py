"""What the page of a case study shows, put together from its graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from impactgraph.graph import CaseGraph, GraphNode, Kind, default_basis, links_of, node_of, nodes_of
from impactgraph.headline import headline
from impactgraph.model import Anchor, Basis, Link, Stage, Step
from impactgraph.underpinnings import explain_impact
from impactgraph.views.cards import Card
from impactgraph.views.influences import list_influences
from impactgraph.views.layout import lay_out
from impactgraph.views.matrix import view_matrix
from impactgraph.views.routing import Line
from impactgraph.views.values import (
    CaseStudySummary,
    CaseStudyView,
    Details,
    GapView,
    Influence,
    LinkView,
    NodeView,
    Passage,
)
from impactgraph.wording import VERBS

__all__ = ["node_key", "view_case_study", "view_passages"]

_BACKWARDS = {
    Step.REPORTED_IN: "reports",
    Step.CARRIED_BY: "carries",
    Step.LED_TO: "follows from",
    Step.CONTRIBUTED_TO: "is owed in part to",
    Step.CORROBORATED_BY: "corroborates",
    Step.CREDITED_FOR: "is credited to",
    Step.ATTESTS: "is attested by",
    Step.ENABLED: "was enabled by",
}


def node_key(iri: str, case_study: str) -> str:
    """Return the name of a node inside its case study, which addresses carry.

    >>> node_key("https://example.org/id/jam/finding/a", "https://example.org/id/jam")
    'finding/a'
    """
    return iri.removeprefix(case_study).lstrip("/")


def view_case_study(
    graph: CaseGraph,
    *,
    basis: Basis,
    summary: CaseStudySummary,
    details: Mapping[str, Details],
    gaps: Sequence[GapView],
) -> CaseStudyView:
    """Return what the page of a case study shows under a basis.

    Args:
        graph: of the case study.
        basis: the level; links of this basis and of surer ones show. The layout counts them all,
            so that cards stand where they stood when the basis changes.
        summary: title, institution and the like.
        details: by a node's IRI.
        gaps: under that basis.
    """
    builder = _Builder(graph, basis, details, gaps)
    stages = {stage: tuple(builder.nodes(Kind(stage.value))) for stage in Stage}
    cards = [
        Card(key=node.key, stage=stage, notation=node.notation, label=node.label)
        for stage, nodes in stages.items()
        for node in nodes
    ]
    chained = [link for link in links_of(graph) if link.step.chains]
    case_study: str = graph.graph["case_study"]
    lines = [
        Line(
            key=link.iri,
            origin=node_key(link.origin, case_study),
            target=node_key(link.target, case_study),
            basis=link.basis,
            collective=link.collective,
        )
        for link in chained
    ]
    keys = {card.key for card in cards}
    hidden = Counter(
        line.basis for line in lines if line.origin in keys and not basis.admits(line.basis)
    )
    corroborations = [
        link
        for link in links_of(graph)
        if link.step is Step.CORROBORATED_BY and node_of(graph, link.origin).kind is Kind.CLAIM
    ]
    return CaseStudyView(
        summary=summary,
        basis=basis,
        default_basis=default_basis(graph),
        headline=headline(graph),
        hidden=hidden,
        research=next(iter(builder.nodes(Kind.RESEARCH)), None),
        stages=stages,
        gaps=tuple(gaps),
        matrix=view_matrix(
            graph,
            basis=basis,
            nodes={node.iri: node for nodes in stages.values() for node in nodes},
        ),
        sourced={
            level: len({link.origin for link in corroborations if level.admits(link.basis)})
            for level in Basis
        },
        counted=Counter(link.basis for link in links_of(graph)),
        probable_sources=sum(link.basis is Basis.INFERRED for link in corroborations),
        probable_links=sum(line.basis is Basis.INFERRED for line in lines if line.origin in keys),
        layout=lay_out(cards, lines),
    )


class _Builder:
    """The views of nodes under one basis; links are sorted to their ends once."""

    def __init__(
        self,
        graph: CaseGraph,
        basis: Basis,
        details: Mapping[str, Details],
        gaps: Iterable[GapView],
    ) -> None:
        self.graph = graph
        self.basis = basis
        self.details = details
        self.case_study: str = graph.graph["case_study"]
        self.gaps: dict[str, list[GapView]] = {}
        for gap in gaps:
            for single in gap.members or (gap,):
                for place in single.places:
                    self.gaps.setdefault(place, []).append(single)
        self.leaving: dict[str, list[Link]] = {}
        self.arriving: dict[str, list[Link]] = {}
        for link in links_of(graph):
            if basis.admits(link.basis):
                self.leaving.setdefault(link.origin, []).append(link)
                self.arriving.setdefault(link.target, []).append(link)
        self.claims: dict[str, list[GraphNode]] = {}
        for claim in sorted(nodes_of(graph, Kind.CLAIM), key=_place):
            self.claims.setdefault(claim.claim_of or "", []).append(claim)

    def nodes(self, kind: Kind) -> Iterable[NodeView]:
        return (self.node(node) for node in nodes_of(self.graph, kind))

    def node(self, node: GraphNode) -> NodeView:
        key = node_key(node.iri, self.case_study)
        details = self.details.get(node.iri, Details())
        return NodeView(
            key=key,
            iri=node.iri,
            kind=node.kind,
            name=node.name if node.notation else node.kind.value,
            notation=node.notation,
            label=node.label,
            description=details.description,
            sentence=self.sentence(node),
            influences=self.influences(node),
            facts=details.facts,
            quoted=details.quoted,
            notes=details.notes,
            passages=view_passages(node.anchors),
            incoming=tuple(
                self.link(link, link.origin, _BACKWARDS) for link in self.arriving.get(node.iri, ())
            ),
            outgoing=tuple(
                self.link(link, link.target, VERBS) for link in self.leaving.get(node.iri, ())
            ),
            claims=tuple(self.node(claim) for claim in self.claims.get(node.iri, ())),
            gaps=tuple(self.gaps.get(key, ())),
        )

    def sentence(self, node: GraphNode) -> str | None:
        if node.kind is Kind.IMPACT:
            return explain_impact(self.graph, node, basis=Basis.STATED).sentence
        return None

    def influences(self, node: GraphNode) -> tuple[Influence, ...]:
        if node.kind is not Kind.IMPACT or self.basis is Basis.STATED:
            return ()
        explained = explain_impact(self.graph, node, basis=self.basis)
        return tuple(list_influences(self.graph, explained))

    def link(self, link: Link, other: str, words: Mapping[Step, str]) -> LinkView:
        node = node_of(self.graph, other)
        # A claim has no notation: its label follows its name anyway.
        name = node.name if node.notation or node.kind is Kind.RESEARCH else node.kind.value
        return LinkView(
            iri=link.iri,
            step=link.step,
            words=words[link.step],
            other=node_key(other, self.case_study),
            other_name=name,
            other_label=node.label,
            basis=link.basis,
            collective=link.collective,
            confidence=link.confidence,
            rationale=link.rationale,
            method=link.method,
            passages=view_passages(link.anchors),
        )


def _place(node: GraphNode) -> int:
    """Where a node first stands in the document, so that claims come in its order."""
    return min((anchor.start for anchor in node.anchors), default=0)


def view_passages(anchors: Iterable[Anchor]) -> tuple[Passage, ...]:
    """Return places in the document in their order."""
    return tuple(
        Passage(
            exact=anchor.exact,
            section=anchor.section,
            start=anchor.start,
            end=anchor.end,
        )
        for anchor in sorted(anchors, key=lambda anchor: (anchor.start, anchor.end))
    )
