"""Candidates that take no new source: marks to repeat, and research to cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from impactgraph.graph import GraphNode, Kind, links_of, node_of, nodes_of
from impactgraph.model import Basis, Link, Step
from impactgraph.remedies.candidate import Candidate, Surroundings, quote_claims
from impactgraph.remedies.remedy import Action
from impactgraph.remedies.variations import make_link
from impactgraph.wording import describe_confidence

__all__ = ["cite_outputs", "mark_again", "name_before_pathways"]

_MEANT = {
    Basis.CURATED: "An analyst concluded that it is meant there.",
    Basis.INFERRED: "Its mark further down in the paragraph may be meant there too.",
}
_JOINED = {
    Basis.STATED: "the document joins to",
    Basis.CURATED: "an analyst joined to",
    Basis.INFERRED: "a program joined to",
}


def mark_again(seen: Surroundings) -> Iterator[Candidate]:
    """Propose for each source to mark it where somebody or some rule thinks that it is meant."""
    covered: dict[tuple[str, Basis], list[GraphNode]] = defaultdict(list)
    for link in links_of(seen.graph):
        if link.step is Step.CORROBORATED_BY and not seen.basis.admits(link.basis):
            origin = node_of(seen.graph, link.origin)
            if origin.iri not in seen.sourced:
                covered[link.target, link.basis].append(origin)
    for (iri, basis), nodes in covered.items():
        source = node_of(seen.graph, iri)
        within = dict.fromkeys(node.claim_of for node in nodes if node.claim_of)
        impacts = [node_of(seen.graph, impact) for impact in within if impact in seen.graph]
        yield Candidate(
            action=Action.MARK,
            advice=f"Check whether {source.name} shows {quote_claims(nodes)}; where it does, put "
            f"its mark into {'that sentence' if len(nodes) == 1 else 'those sentences'}.",
            because=f"{_MEANT[basis]} This adds no new voice.",
            nodes=(source, *nodes),
            adds=seen.corroborate((*nodes, *impacts), source.iri),
        )


def cite_outputs(seen: Surroundings) -> Iterator[Candidate]:
    """Propose to cite outputs that lead nowhere, where a finding in them is joined to something."""
    reports: dict[str, list[GraphNode]] = defaultdict(list)
    shared: dict[str, list[Link]] = defaultdict(list)
    for link in links_of(seen.graph):
        if link.step is Step.REPORTED_IN:
            if seen.basis.admits(link.basis):
                reports[link.target].append(node_of(seen.graph, link.origin))
        elif link.step.leads and node_of(seen.graph, link.origin).kind is Kind.FINDING:
            shared[link.origin].append(link)
    for output in nodes_of(seen.graph, Kind.OUTPUT):
        if output.iri in seen.leading:
            continue
        ways = [(finding, link) for finding in reports[output.iri] for link in shared[finding.iri]]
        if not ways:
            continue
        finding, link = max(ways, key=lambda way: way[1].strength)
        target = node_of(seen.graph, link.target)
        step = Step.CARRIED_BY if target.kind is Kind.PATHWAY else Step.CONTRIBUTED_TO
        yield Candidate(
            action=Action.CITE,
            advice=f"Say in section 4 whether {output.name} informed {target.name}, and cite it "
            "there if it did.",
            because=f"It reports {finding.name}, which {_JOINED[link.basis]} {target.name} "
            f"(confidence {describe_confidence(link.confidence)}).",
            nodes=(output, target),
            adds=(make_link(seen.graph, output.iri, step, target.iri),),
            among=frozenset({output.iri, target.iri}),
        )


def name_before_pathways(seen: Surroundings) -> Iterator[Candidate]:
    """Propose to say what of the research each pathway carried that nothing leads to."""
    outputs = nodes_of(seen.graph, Kind.OUTPUT) or nodes_of(seen.graph, Kind.FINDING)
    if not outputs:
        return
    for pathway in nodes_of(seen.graph, Kind.PATHWAY):
        if pathway.iri not in seen.preceded:
            yield Candidate(
                action=Action.CITE,
                advice=f"Say in section 4 which finding or output {pathway.name} carried to "
                "people.",
                because="Nothing of the research is joined to it.",
                nodes=(pathway,),
                adds=(make_link(seen.graph, outputs[0].iri, Step.CARRIED_BY, pathway.iri),),
                among=frozenset({pathway.iri}),
            )
