"""Gaps between the summary and the text: claimed above and not taken up, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind, node_of
from impactgraph.model import Anchor
from impactgraph.wording import capitalise, join_words

__all__ = ["SUMMARY_KINDS", "find_summary_only", "find_summary_silent"]

SUMMARY, TEXT = "1", "4"
"""The sections in which the impact is summarised, and told."""


def find_summary_only(evidence: Evidence) -> Iterator[Gap]:
    """Yield claims that stand in the summary or the heading of their impact, and nowhere else."""
    for claim in evidence.nodes(Kind.CLAIM):
        impact = evidence.impacts.get(claim.claim_of or "")
        heading = impact.heading if impact else None
        summarised = any(anchor.section == SUMMARY for anchor in claim.anchors)
        headed = any(_is_inside(anchor, heading) for anchor in claim.anchors)
        if not claim.anchors or not all(
            anchor.section == SUMMARY or _is_inside(anchor, heading) for anchor in claim.anchors
        ):
            continue
        above = []
        if summarised:
            above.append("section 1")
        if headed and impact:
            above.append(f"the heading of {node_of(evidence.graph, impact.iri).name}")
        where = [f"in {place}" for place in above]
        yield evidence.gap(
            "summary-only",
            Severity.LOW,
            (claim,),
            f"The {claim.name} stands only {join_words(where)}; the text of section 4 "
            "does not take it up."
            if evidence.read_by_person
            else f"The {claim.name} was found only {join_words(where)}.",
            "Say in section 4 what came of it, with a source, or drop it from "
            f"{join_words(above)}.",
        )


def find_summary_silent(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts of section 4 that section 1 does not mention, where it mentions another.

    Where no impact and no claim was read in section 1, nothing is known of what it mentions.
    """
    sections = {node.iri: _sections(evidence, node) for node in evidence.nodes(Kind.IMPACT)}
    if not any(SUMMARY in found for found in sections.values()):
        return
    for node in evidence.nodes(Kind.IMPACT):
        if TEXT not in sections[node.iri] or SUMMARY in sections[node.iri]:
            continue
        yield evidence.gap(
            "summary-silent",
            Severity.NOTE,
            (node,),
            f"Section 1 does not mention {node.name}, which section 4 describes."
            if evidence.read_by_person
            else f"No mention of {node.name} was found in section 1.",
            f"{capitalise(node.name)} may be named in section 1, where there is room.",
        )


def _is_inside(anchor: Anchor, heading: Anchor | None) -> bool:
    return heading is not None and heading.start <= anchor.start and anchor.end <= heading.end


def _sections(evidence: Evidence, impact: GraphNode) -> set[str]:
    """Return the sections in which an impact or one of its claims stands."""
    members = (impact, *evidence.claims_of(impact.iri))
    return {anchor.section for member in members for anchor in member.anchors}


SUMMARY_KINDS = (
    GapKind(
        id="summary-only",
        title="Claimed above, not taken up",
        meaning="a claim of section 1 or of a heading is not taken up in the text",
        severity=Severity.LOW,
        find=find_summary_only,
    ),
    GapKind(
        id="summary-silent",
        title="Not in the summary",
        meaning="section 1 does not mention an impact that section 4 describes",
        severity=Severity.NOTE,
        find=find_summary_silent,
    ),
)
