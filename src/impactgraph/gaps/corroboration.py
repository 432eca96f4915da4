"""Gaps in the evidence: what has no source, and sources that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import CORROBORATION, Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind, node_of
from impactgraph.wording import capitalise, name_together

__all__ = [
    "CORROBORATION_KINDS",
    "find_source_unused",
    "find_uncorroborated_claims",
    "find_uncorroborated_impacts",
    "find_uncorroborated_pathways",
]

_BY_PARAGRAPH = "paragraph-scope"
"""The method that covers an unmarked sentence by a mark that follows it in its paragraph."""


def find_uncorroborated_impacts(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts without a source: high, as nobody can check that they happened."""
    for node in _without_source(evidence, Kind.IMPACT):
        yield evidence.gap(
            "uncorroborated-impact",
            Severity.HIGH,
            (node,),
            evidence.missing_source(node.name),
            f"Mark in section 4 which source of section 5 shows {node.name}, or obtain one.",
            probable=evidence.suggested_out_of(node.iri, CORROBORATION),
        )


def find_uncorroborated_claims(evidence: Evidence) -> Iterator[Gap]:
    """Yield claims without a source: medium, as the impact may have a source all the same.

    A claim that a mark later in its paragraph may cover is low: the document may well mean it so.
    So is one for which, under stated, a curator concluded which source is meant.
    """
    for node in _without_source(evidence, Kind.CLAIM):
        inside = ""
        if node.claim_of is not None and node.claim_of in evidence.graph:
            inside = f" of {node_of(evidence.graph, node.claim_of).name}"
        reason = evidence.missing_source(f"the {node.name}{inside}")
        covered = _is_covered(evidence, node)
        concluded = evidence.concluded_out_of(node.iri, CORROBORATION)
        if concluded:
            names = name_together(node_of(evidence.graph, link.target) for link in concluded)
            reason = f"{reason[:-1]}; a curator concluded that {names} is meant for it."
        elif covered:
            reason = _name_mark(reason)
        yield evidence.gap(
            "uncorroborated-claim",
            Severity.LOW if covered or concluded else Severity.MEDIUM,
            (node,),
            reason,
            "Put the mark of a source that shows it into its sentence; "
            "if section 5 has none, obtain one.",
            probable=evidence.suggested_out_of(node.iri, CORROBORATION),
        )


def find_uncorroborated_pathways(evidence: Evidence) -> Iterator[Gap]:
    """Yield pathways without a source: low, as the impacts need sources first.

    A mark later in its paragraph that may cover it is named.
    """
    for node in _without_source(evidence, Kind.PATHWAY):
        reason = evidence.missing_source(node.name)
        yield evidence.gap(
            "uncorroborated-pathway",
            Severity.LOW,
            (node,),
            _name_mark(reason) if _is_covered(evidence, node) else reason,
            f"Add to section 5 a source for what {node.name} says was done and for whom, such as "
            "a programme, an attendance list or a report, and mark it there.",
            probable=evidence.suggested_out_of(node.iri, CORROBORATION),
        )


def find_source_unused(evidence: Evidence) -> Iterator[Gap]:
    """Yield sources that corroborate nothing: low, as they cost a place and weaken no claim."""
    for node in evidence.nodes(Kind.SOURCE):
        if not evidence.to(node.iri, CORROBORATION):
            yield evidence.gap(
                "source-unused",
                Severity.LOW,
                (node,),
                f"{capitalise(node.name)} is listed, but no {evidence.level} link joins a claim, "
                "an impact or a pathway to it.",
                f"Mark {node.name} in section 4 at each statement that it shows, "
                "or give its place to another source.",
                probable=evidence.suggested_to(node.iri, CORROBORATION),
            )


def _is_covered(evidence: Evidence, node: GraphNode) -> bool:
    """Return whether a mark further down in the node's paragraph may cover it."""
    return any(
        link.method == _BY_PARAGRAPH for link in evidence.inferred_out_of(node.iri, CORROBORATION)
    )


def _name_mark(reason: str) -> str:
    return f"{reason[:-1]}; a mark further down in its paragraph may be meant for it too."


def _without_source(evidence: Evidence, kind: Kind) -> Iterator[GraphNode]:
    for node in evidence.nodes(kind):
        if not evidence.out_of(node.iri, CORROBORATION):
            yield node


CORROBORATION_KINDS = (
    GapKind(
        id="uncorroborated-impact",
        title="Impact without a source",
        meaning="an impact has no source",
        severity=Severity.HIGH,
        find=find_uncorroborated_impacts,
    ),
    GapKind(
        id="uncorroborated-claim",
        title="Claim without a source",
        meaning="a claim has no source",
        severity=Severity.MEDIUM,
        find=find_uncorroborated_claims,
    ),
    GapKind(
        id="uncorroborated-pathway",
        title="Pathway without a source",
        meaning="a pathway has no source",
        severity=Severity.LOW,
        find=find_uncorroborated_pathways,
    ),
    GapKind(
        id="source-unused",
        title="Source never cited",
        meaning="a source corroborates nothing",
        severity=Severity.LOW,
        find=find_source_unused,
    ),
)
