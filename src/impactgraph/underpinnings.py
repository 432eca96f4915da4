"""Which findings underpin which impacts, on what basis, as data and as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from impactgraph.chains import Chain, chain_along
from impactgraph.graph import (
    CaseGraph,
    GraphNode,
    Kind,
    find_node,
    links_of,
    node_of,
    nodes_of,
)
from impactgraph.model import Basis, Link, SourceType, Step
from impactgraph.paths import find_widest_paths
from impactgraph.steps import count_ways, read_steps
from impactgraph.wording import (
    capitalise,
    count_of,
    describe_confidence,
    join_words,
    name_together,
    reason_of,
)

__all__ = [
    "FindingUnderpinning",
    "ImpactUnderpinning",
    "Support",
    "Underpinning",
    "explain_finding",
    "explain_impact",
    "underpinnings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Underpinning:
    """That a finding and an impact are joined, under a basis, by at least one chain."""

    finding: GraphNode
    impact: GraphNode
    basis: Basis
    chain_count: int
    strongest: Chain

    @property
    def weakest_link(self) -> Link:
        """The weakest link of the strongest chain."""
        return self.strongest.weakest

    @property
    def collective(self) -> bool:
        """Whether some link of the strongest chain is said of enumerated members together."""
        return self.strongest.collective

    @property
    def through(self) -> tuple[GraphNode, ...]:
        """The nodes between finding and impact on the strongest chain."""
        return self.strongest.nodes[1:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A node beside the one that is explained, and the link that joins the two."""

    node: GraphNode
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactUnderpinning:
    """What an impact rests on, under a basis.

    `credits` are the links by which the research as a whole is credited, `steps` the last steps
    to it from outputs and pathways, `evidence` the sources that corroborate it.
    """

    impact: GraphNode
    basis: Basis
    credits: tuple[Link, ...]
    findings: tuple[Underpinning, ...]
    steps: tuple[Support, ...]
    evidence: tuple[Support, ...]

    @property
    def sentence(self) -> str:
        """What the impact rests on, in one sentence."""
        clauses = [
            _say_credit(self.credits, self.findings),
            *_say_joined("", [(found, found.finding) for found in self.findings]),
            *_say_steps(self.steps),
            _say_evidence(self.evidence),
        ]
        return capitalise("; ".join(clauses)) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingUnderpinning:
    """What a finding leads to, under a basis: the outputs that report it, and impacts."""

    finding: GraphNode
    basis: Basis
    outputs: tuple[Support, ...]
    impacts: tuple[Underpinning, ...]

    @property
    def sentence(self) -> str:
        """What the finding leads to, in one sentence."""
        joined = _say_stated((found, found.impact) for found in self.impacts)
        clauses = [
            f"{self.finding.name} {_say_outputs(self.outputs)}",
            f"the document joins it to {joined or 'no impact'}",
            *_say_joined("it underpins ", [(found, found.impact) for found in self.impacts]),
        ]
        return capitalise("; ".join(clauses)) + "."


def underpinnings(graph: CaseGraph, *, basis: Basis) -> tuple[Underpinning, ...]:
    """Return each pair of finding and impact that a chain joins under a basis, in their order.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    return tuple(
        _find_underpinnings(
            graph, basis, nodes_of(graph, Kind.FINDING), nodes_of(graph, Kind.IMPACT)
        )
    )


def explain_impact(
    graph: CaseGraph, impact: str | GraphNode, *, basis: Basis
) -> ImpactUnderpinning:
    """Return what an impact rests on: which findings, which steps and which sources.

    Args:
        graph: a case study's graph.
        impact: a node, its IRI, "impact/2" or "2".
        basis: the level; links of this basis and of surer ones count.

    Raises:
        NotFoundError: there is no such impact.
    """
    node = find_node(graph, impact, Kind.IMPACT)
    joined = [
        link
        for link in links_of(graph)
        if basis.admits(link.basis) and node.iri in (link.origin, link.target)
    ]
    return ImpactUnderpinning(
        impact=node,
        basis=basis,
        credits=tuple(link for link in joined if link.step is Step.CREDITED_FOR),
        findings=tuple(_find_underpinnings(graph, basis, nodes_of(graph, Kind.FINDING), (node,))),
        steps=_strongest_supports(
            (node_of(graph, link.origin), link)
            for link in joined
            if link.step.leads and node_of(graph, link.origin).kind is not Kind.FINDING
        ),
        evidence=_strongest_supports(
            (node_of(graph, link.target), link)
            for link in joined
            if link.step is Step.CORROBORATED_BY
        ),
    )


def explain_finding(
    graph: CaseGraph, finding: str | GraphNode, *, basis: Basis
) -> FindingUnderpinning:
    """Return what a finding leads to: which outputs report it and which impacts it underpins.

    Args:
        graph: a case study's graph.
        finding: a node, its IRI, "finding/a" or "a".
        basis: the level; links of this basis and of surer ones count.

    Raises:
        NotFoundError: there is no such finding.
    """
    node = find_node(graph, finding, Kind.FINDING)
    return FindingUnderpinning(
        finding=node,
        basis=basis,
        outputs=_strongest_supports(
            (node_of(graph, link.target), link)
            for link in links_of(graph)
            if link.step is Step.REPORTED_IN
            and link.origin == node.iri
            and basis.admits(link.basis)
        ),
        impacts=tuple(_find_underpinnings(graph, basis, (node,), nodes_of(graph, Kind.IMPACT))),
    )


def _find_underpinnings(
    graph: CaseGraph,
    basis: Basis,
    findings: Sequence[GraphNode],
    impacts: Sequence[GraphNode],
) -> Iterator[Underpinning]:
    steps = read_steps(graph, basis, influence_only=True)
    starts = [finding.iri for finding in findings]
    ways = {impact.iri: count_ways(steps, {impact.iri}) for impact in impacts}
    widest = {impact.iri: find_widest_paths(steps, starts, impact.iri) for impact in impacts}
    for finding in findings:
        for impact in impacts:
            if path := widest[impact.iri].get(finding.iri):
                yield Underpinning(
                    finding=finding,
                    impact=impact,
                    basis=basis,
                    chain_count=ways[impact.iri][finding.iri],
                    strongest=chain_along(graph, steps, path),
                )


def _strongest_supports(joined: Iterable[tuple[GraphNode, Link]]) -> tuple[Support, ...]:
    ordered = sorted(
        joined, key=lambda pair: (pair[0].sort_key, pair[1].basis.rank, -pair[1].confidence)
    )
    return tuple(
        Support(node=node, link=next(pairs)[1])
        for node, pairs in groupby(ordered, key=lambda pair: pair[0])
    )


def _say_stated(joined: Iterable[tuple[Underpinning, GraphNode]]) -> str:
    """Name what stated chains join, those at the other end of one step before the others."""
    direct, indirect = [], []
    for found, node in joined:
        if found.weakest_link.basis is Basis.STATED:
            if found.through:
                indirect.append(f"{node.name} through {name_together(found.through)}")
            else:
                direct.append(node)
    return join_words(([name_together(direct)] if direct else []) + indirect)


def _say_credit(credits: Sequence[Link], findings: Sequence[Underpinning]) -> str:
    found = _say_stated((found, found.finding) for found in findings)
    joins = f"joins {found or 'no finding'} to it"
    by_basis = {basis: [link for link in credits if link.basis is basis] for basis in Basis}
    if by_basis[Basis.STATED]:
        return f"the document credits the research as a whole and {joins}"
    if by_basis[Basis.CURATED]:
        link = by_basis[Basis.CURATED][0]
        return (
            f"the document {joins}; a curator credits the research as a whole "
            f"({describe_confidence(link.confidence)}{reason_of(link)})"
        )
    return f"the document does not credit the research as a whole and {joins}"


def _say_joined(verb: str, joined: Sequence[tuple[Underpinning, GraphNode]]) -> Iterator[str]:
    """Say what people, then what programs joined by content."""
    for basis, how in ((Basis.CURATED, "by content"), (Basis.INFERRED, "by inference")):
        alike: dict[tuple[str, tuple[GraphNode, ...]], list[tuple[Underpinning, GraphNode]]] = {}
        for found, node in joined:
            if found.weakest_link.basis is basis:
                key = (found.weakest_link.iri, found.through)
                alike.setdefault(key, []).append((found, node))
        if alike:
            yield f"{how}, {verb}{join_words([_say_alike(some) for some in alike.values()])}"


def _say_alike(joined: Sequence[tuple[Underpinning, GraphNode]]) -> str:
    """Name what chains of one weakest link join, with that link's basis and reason."""
    found, _ = joined[0]
    link = found.weakest_link
    through = f" through {name_together(found.through)}" if found.through else ""
    names = name_together(node for _, node in joined)
    sure = describe_confidence(link.confidence)
    return f"{names}{through} ({link.basis.value}, {sure}{reason_of(link)})"


def _say_steps(steps: Sequence[Support]) -> Iterator[str]:
    ordered = sorted(steps, key=lambda step: (step.link.basis.rank, not step.link.collective))
    who = {
        Basis.STATED: "it states that",
        Basis.CURATED: "a curator concluded that",
        Basis.INFERRED: "a program inferred that",
    }
    for (basis, collective), members in groupby(
        ordered, key=lambda step: (step.link.basis, step.link.collective)
    ):
        nodes = [step.node for step in members]
        together = " together" if collective and len(nodes) > 1 else ""
        contributed = all(node.kind is Kind.OUTPUT for node in nodes)
        verb = "contributed to it" if contributed else "led to it"
        yield f"{who[basis]} {name_together(nodes)}{together} {verb}"


def _say_evidence(evidence: Sequence[Support]) -> str:
    if not evidence:
        return "no source corroborates it"
    types = {support.node.source_type for support in evidence}
    noun = "testimonial" if types == {SourceType.TESTIMONIAL} else "source"
    names = join_words([support.node.notation or support.node.label for support in evidence])
    return f"evidenced by {count_of(len(evidence), noun)} ({names})"


def _say_outputs(outputs: Sequence[Support]) -> str:
    if not outputs:
        return "is reported in no output"
    clauses = []
    for basis, members in groupby(
        sorted(outputs, key=lambda support: support.link.basis.rank),
        key=lambda support: support.link.basis,
    ):
        clauses.append(f"{name_together(support.node for support in members)} ({basis.value})")
    return f"is reported in {join_words(clauses)}"
