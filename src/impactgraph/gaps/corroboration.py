"""Gaps in the evidence: what has no source, and sources that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.graph import GraphNode, Kind, node_of, nodes_of
from impactgraph.model import Step
from impactgraph.wording import capitalise

__all__ = [
    "find_source_unused",
    "find_uncorroborated_claims",
    "find_uncorroborated_impacts",
    "find_uncorroborated_pathways",
]

_CORROBORATION = frozenset({Step.CORROBORATED_BY})


def find_uncorroborated_impacts(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts without a source: high, as nobody can check that they happened."""
    for node in _without_source(evidence, Kind.IMPACT):
        yield evidence.gap(
            "uncorroborated-impact",
            Severity.HIGH,
            (node,),
            evidence.missing_source(node.name),
            f"Mark in section 4 which source of section 5 shows {node.name}, or obtain one.",
            probable=evidence.suggested_out_of(node.iri, _CORROBORATION),
        )


def find_uncorroborated_claims(evidence: Evidence) -> Iterator[Gap]:
    """Yield claims without a source: medium, as the impact may have a source all the same."""
    for node in _without_source(evidence, Kind.CLAIM):
        inside = ""
        if node.claim_of is not None and node.claim_of in evidence.graph:
            inside = f" of {node_of(evidence.graph, node.claim_of).name}"
        yield evidence.gap(
            "uncorroborated-claim",
            Severity.MEDIUM,
            (node,),
            evidence.missing_source(f"the {node.name}{inside}"),
            "Put the mark of a source that shows it into its sentence; "
            "if section 5 has none, obtain one.",
            probable=evidence.suggested_out_of(node.iri, _CORROBORATION),
        )


def find_uncorroborated_pathways(evidence: Evidence) -> Iterator[Gap]:
    """Yield pathways without a source: low, as the impacts need sources first."""
    for node in _without_source(evidence, Kind.PATHWAY):
        yield evidence.gap(
            "uncorroborated-pathway",
            Severity.LOW,
            (node,),
            evidence.missing_source(node.name),
            f"Add to section 5 a source for what {node.name} says was done and for whom, such as "
            "a programme, an attendance list or a report, and mark it there.",
            probable=evidence.suggested_out_of(node.iri, _CORROBORATION),
        )


def find_source_unused(evidence: Evidence) -> Iterator[Gap]:
    """Yield sources that corroborate nothing: low, as they cost a place and weaken no claim."""
    for node in nodes_of(evidence.graph, Kind.SOURCE):
        if not evidence.to(node.iri, _CORROBORATION):
            yield evidence.gap(
                "source-unused",
                Severity.LOW,
                (node,),
                f"{capitalise(node.name)} is listed, but no {evidence.level} link joins a claim, "
                "an impact or a pathway to it.",
                f"Mark {node.name} in section 4 at each statement that it shows, "
                "or give its place to another source.",
                probable=evidence.suggested_to(node.iri, _CORROBORATION),
            )


def _without_source(evidence: Evidence, kind: Kind) -> Iterator[GraphNode]:
    for node in nodes_of(evidence.graph, kind):
        if not evidence.out_of(node.iri, _CORROBORATION):
            yield node
