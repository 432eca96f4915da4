"""Gaps in the steps of influence: nothing before, nothing after, a stage skipped."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import CREDIT, INFLUENCE, Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind, node_of
from impactgraph.model import Stage
from impactgraph.wording import capitalise, describe_basis, join_words

__all__ = ["CONTINUITY_KINDS", "find_nothing_after", "find_nothing_before", "find_stage_skipped"]


def find_nothing_before(evidence: Evidence) -> Iterator[Gap]:
    """Yield outputs, pathways and impacts to which no step of influence leads.

    An impact that nothing leads to is high, unless the research as a whole is credited for it: an
    auditor can then at least see what is claimed. An output without a finding is low, as it may
    report the whole.
    """
    for node in evidence.nodes(Kind.OUTPUT, Kind.PATHWAY, Kind.IMPACT):
        if evidence.to(node.iri, INFLUENCE):
            continue
        credited = node.kind is Kind.IMPACT and bool(evidence.to(node.iri, CREDIT))
        severity, reason, remedy = _describe_before(node, evidence, credited)
        yield evidence.gap(
            "nothing-before",
            severity,
            (node,),
            reason,
            remedy,
            probable=evidence.suggested_to(node.iri, INFLUENCE),
        )


def find_nothing_after(evidence: Evidence) -> Iterator[Gap]:
    """Yield findings, outputs and pathways from which no step of influence leads on.

    All are medium: what leads nowhere adds nothing to the case for an impact.
    """
    for node in evidence.nodes(Kind.FINDING, Kind.OUTPUT, Kind.PATHWAY):
        if evidence.out_of(node.iri, INFLUENCE):
            continue
        reason, remedy = _describe_after(node, evidence.level)
        yield evidence.gap(
            "nothing-after",
            Severity.MEDIUM,
            (node,),
            reason,
            remedy,
            probable=evidence.suggested_out_of(node.iri, INFLUENCE),
        )


def find_stage_skipped(evidence: Evidence) -> Iterator[Gap]:
    """Yield the pairs that a step of influence joins past a stage between them.

    All are notes: a document may well credit a finding for an impact without saying how.
    """
    for origin in evidence.nodes(Kind.FINDING, Kind.OUTPUT):
        told: set[str] = set()
        for link in evidence.out_of(origin.iri, INFLUENCE):
            target = node_of(evidence.graph, link.target)
            skipped = _stages_between(origin, target)
            if not skipped or target.iri in told:
                continue
            told.add(target.iri)
            names = join_words([stage.value for stage in skipped], "or")
            how = describe_basis(link, origin, target)
            yield evidence.gap(
                "stage-skipped",
                Severity.NOTE,
                (origin, target),
                f"{capitalise(origin.name)} is joined to {target.name} directly ({how}), "
                f"with no {names} between.",
                f"If {origin.name} reached {target.name} through some {names}, "
                "name it in section 4.",
                places=link.anchors,
            )


def _describe_before(
    node: GraphNode, evidence: Evidence, credited: bool
) -> tuple[Severity, str, str]:
    level = evidence.level
    if node.kind is Kind.OUTPUT:
        return (
            Severity.LOW,
            f"No {level} step joins a finding to {node.name}.",
            f"Cite {node.name} in section 2 beside the finding that it reports, "
            "or leave it out of section 3.",
        )
    if node.kind is Kind.PATHWAY:
        return (
            Severity.MEDIUM,
            f"No {level} step joins a finding or an output to {node.name}.",
            f"Name in section 4 which finding or output {node.name} carried to people.",
        )
    remedy = f"Name in section 4 which finding, output or pathway led to {node.name}, and how."
    if credited:
        return (
            Severity.MEDIUM,
            f"{capitalise(node.name)} is credited to the research as a whole, but no {level} step "
            "leads to it from a finding, an output or a pathway.",
            remedy,
        )
    return (
        Severity.HIGH,
        f"No {level} step leads to {node.name}, and the research as a whole is not credited "
        "for it either."
        if evidence.read_by_person
        else f"No {level} step was found that leads to {node.name}, and nothing that credits the "
        "research as a whole for it.",
        remedy,
    )


def _describe_after(node: GraphNode, level: str) -> tuple[str, str]:
    if node.kind is Kind.FINDING:
        return (
            f"{capitalise(node.name)} is in no output and leads to no pathway or impact by any "
            f"{level} step.",
            f"Cite in section 2 the output that reports {node.name}, "
            "and say in section 4 what came of it.",
        )
    if node.kind is Kind.OUTPUT:
        return (
            f"No {level} step leads on from {node.name} to a pathway or an impact.",
            f"Cite {node.name} in section 4 where its content reached people or changed something.",
        )
    return (
        f"No {level} step leads on from {node.name} to an impact.",
        f"Say in section 4 which impact {node.name} led to.",
    )


def _stages_between(origin: GraphNode, target: GraphNode) -> tuple[Stage, ...]:
    assert origin.stage is not None
    assert target.stage is not None
    return tuple(list(Stage)[origin.stage.rank + 1 : target.stage.rank])


CONTINUITY_KINDS = (
    GapKind(
        id="nothing-before",
        title="Nothing before",
        meaning="no step of influence leads to an output, pathway or impact",
        severity=Severity.MEDIUM,
        find=find_nothing_before,
    ),
    GapKind(
        id="nothing-after",
        title="Nothing after",
        meaning="no step of influence leads on from a finding, output or pathway",
        severity=Severity.MEDIUM,
        find=find_nothing_after,
    ),
    GapKind(
        id="stage-skipped",
        title="Stage skipped",
        meaning="a step of influence joins two nodes past a stage between them",
        severity=Severity.NOTE,
        find=find_stage_skipped,
        default_on=False,
    ),
)
