"""How many claims each impact has, and how many of them lack a source: one count for every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, nodes_of
from impactgraph.model import Basis, Step
from impactgraph.remedies.asking import find_unchanging
from impactgraph.wording import count_of

__all__ = ["ClaimCount", "count_claims", "say_counted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCount:
    """The claims of an impact that count, those of them without a source, and those left out.

    A claim counts unless a person read no change in it.
    """

    counted: tuple[GraphNode, ...]
    unsourced: tuple[GraphNode, ...]
    left_out: tuple[GraphNode, ...]


def count_claims(graph: CaseGraph, *, basis: Basis) -> Mapping[str, ClaimCount]:
    """Return for the IRI of each impact how many claims it has, and how many lack a source.

    Args:
        graph: a case study's graph.
        basis: the level; an inferred source counts for nothing at any, as it closes no gap.
    """
    level = Basis.STATED if basis is Basis.STATED else Basis.CURATED
    still = find_unchanging(graph)
    sourced = {
        link.origin
        for link in links_of(graph)
        if link.step is Step.CORROBORATED_BY and level.admits(link.basis)
    }
    claims: dict[str, list[GraphNode]] = {node.iri: [] for node in nodes_of(graph, Kind.IMPACT)}
    for claim in nodes_of(graph, Kind.CLAIM):
        claims.setdefault(claim.claim_of or "", []).append(claim)
    return {
        impact: ClaimCount(
            counted=tuple(claim for claim in some if claim.iri not in still),
            unsourced=tuple(
                claim for claim in some if claim.iri not in still and claim.iri not in sourced
            ),
            left_out=tuple(claim for claim in some if claim.iri in still),
        )
        for impact, some in claims.items()
    }


def say_counted(counts: Iterable[ClaimCount]) -> str:
    """Return in a sentence which claims are counted; nothing where all are."""
    left_out = sum(len(count.left_out) for count in counts)
    if not left_out:
        return ""
    return (
        "Counted are the claims that state a change; "
        f"{count_of(left_out, 'claim')} in which a person read none "
        f"{'is' if left_out == 1 else 'are'} left out here."
    )
