"""Gaps in what is said of an impact: for whom, what changed, when, and what of it is evidenced."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind
from impactgraph.model import Claim, Impact, Maturity, RoleType
from impactgraph.wording import capitalise, join_words

__all__ = [
    "DESCRIPTION_KINDS",
    "find_benefit_unsourced",
    "find_no_beneficiary",
    "find_no_change",
    "find_no_date",
]


def find_no_beneficiary(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts for which nobody is named who benefits, be it in them or in their claims.

    REF asks for the reach of an impact: who benefited, and how far. How many is not the question
    here, only who.
    """
    named = {
        role.role_in for role in evidence.model.roles if role.role_type is RoleType.BENEFICIARY
    }
    for node in evidence.nodes(Kind.IMPACT):
        described = _descriptions(evidence, node)
        if any(it.beneficiaries or it.iri in named for it in described):
            continue
        yield evidence.gap(
            "no-beneficiary",
            Severity.MEDIUM,
            (node,),
            f"The document names nobody for whom {node.name} changed something."
            if evidence.read_by_person
            else f"Nobody was found for whom {node.name} changed something.",
            f"Name in section 4 the people or organisations that {node.name} reached.",
        )


def find_no_change(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts of which neither they nor their claims say what is different from before."""
    for node in evidence.nodes(Kind.IMPACT):
        if any(it.change for it in _descriptions(evidence, node)):
            continue
        yield evidence.gap(
            "no-change",
            Severity.MEDIUM,
            (node,),
            f"The document does not say what is different because of {node.name}."
            if evidence.read_by_person
            else f"No statement was found of what is different because of {node.name}.",
            f"Say in section 4 what was so before {node.name}, and what is so since.",
        )


def find_no_date(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts that have no date, and none of whose claims has one."""
    only = "; only the period in its header covers it" if evidence.model.impact_period else ""
    for node in evidence.nodes(Kind.IMPACT):
        if any(it.temporal for it in _descriptions(evidence, node)):
            continue
        yield evidence.gap(
            "no-date",
            Severity.LOW,
            (node,),
            f"The document does not date {node.name} or any claim in it{only}."
            if evidence.read_by_person
            else f"No date was found for {node.name} or any claim in it{only}.",
            f"Say in section 4 when {node.name} began, by the year at least.",
        )


def find_benefit_unsourced(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts that claim a benefit of which no claim has a source, while other claims have.

    What has a source is then that people understood or adopted something. Adoption, by a policy
    for one, is impact in its own right; the gap is about the benefit that is claimed beyond it.
    """
    for node in evidence.nodes(Kind.IMPACT):
        benefits: list[GraphNode] = []
        sourced: set[Maturity] = set()
        for claim in evidence.claims_of(node.iri):
            maturity = evidence.claims[claim.iri].maturity
            if maturity is Maturity.BENEFIT:
                benefits.append(claim)
            if maturity is not None and evidence.sources_of(claim.iri):
                sourced.add(maturity)
        if not benefits or not sourced or Maturity.BENEFIT in sourced:
            continue
        claimed = join_words([f"“{claim.label}”" for claim in benefits])
        having = join_words([maturity.value for maturity in Maturity if maturity in sourced], "or")
        yield evidence.gap(
            "benefit-unsourced",
            Severity.MEDIUM,
            (node,),
            f"{capitalise(node.name)} claims a benefit ({claimed}) {_without(evidence)}; "
            f"its claims that have a source are of {having}.",
            "Put the mark of a source that shows the benefit into its sentence; "
            "if section 5 has none, obtain one.",
            places=tuple(anchor for claim in benefits for anchor in claim.anchors),
        )


def _without(evidence: Evidence) -> str:
    return "without a source" if evidence.read_by_person else "for which no source was found"


def _descriptions(evidence: Evidence, impact: GraphNode) -> Iterator[Impact | Claim]:
    """Yield what is said of an impact, then what is said of each claim inside it."""
    yield evidence.impacts[impact.iri]
    for claim in evidence.claims_of(impact.iri):
        yield evidence.claims[claim.iri]


DESCRIPTION_KINDS = (
    GapKind(
        id="benefit-unsourced",
        title="Benefit without a source",
        meaning="an impact claims a benefit, and only understanding or adoption has a source",
        severity=Severity.MEDIUM,
        find=find_benefit_unsourced,
        default_on=False,
    ),
    GapKind(
        id="no-beneficiary",
        title="No beneficiary",
        meaning="nobody is named for whom an impact changed something",
        severity=Severity.MEDIUM,
        find=find_no_beneficiary,
    ),
    GapKind(
        id="no-change",
        title="No change described",
        meaning="it is not said what is different because of an impact",
        severity=Severity.MEDIUM,
        find=find_no_change,
    ),
    GapKind(
        id="no-date",
        title="No date",
        meaning="neither an impact nor a claim in it has a date",
        severity=Severity.LOW,
        find=find_no_date,
    ),
)
