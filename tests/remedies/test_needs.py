"""What each impact would need: a voice from outside, and evidence by what its claims say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from impactgraph.graph import build_graph, model_of
from impactgraph.model import (
    Basis,
    Figure,
    Group,
    Organisation,
    Product,
    Project,
    Reference,
    Role,
    RoleType,
)
from impactgraph.remedies import list_needs
from small_case_studies import CASE, case_graph

COUNCIL = Organisation(iri=f"{CASE}/organisation/council", label="The Council")
TRUST = Organisation(iri=f"{CASE}/organisation/trust", label="The Trust")
SUM = Figure(
    iri=f"{CASE}/figure/1",
    label="GBP5",
    counted="money",
    value=Decimal(5),
    currency="GBP",
    anchors=(),
)
BUDGET = replace(SUM, iri=f"{CASE}/figure/2", unit="per year")
CHARTER = Product(iri=f"{CASE}/product/1", label="Charter", anchors=())
DECISION = Role(
    iri=f"{CASE}/role/1",
    label="The Council, which decided",
    agent=COUNCIL.iri,
    role_type=RoleType.DECISION_MAKER,
    role_in=f"{CASE}/claim/c",
    anchors=(),
)


def needs_of(roles: tuple[Role, ...] = (), **claim: Any) -> Any:
    model = model_of(case_graph("impact 1 corroboratedBy source A", "claim c of 1"))
    changed = replace(
        model,
        claims=tuple(replace(found, **claim) for found in model.claims),
        figures=(SUM, BUDGET),
        products=(CHARTER,),
        roles=roles,
        reference=Reference(organisations=(COUNCIL, TRUST)),
    )
    (need,) = list_needs(build_graph(changed), basis=Basis.STATED)
    return need


@pytest.mark.parametrize(
    ("claim", "roles", "evidence"),
    [
        ({}, (), "a document, data or a statement that shows it"),
        ({}, (DECISION,), "the record of that decision by The Council"),
        (
            {"figures": (SUM.iri,), "agents": (COUNCIL.iri,)},
            (),
            "minutes, accounts or an award letter of The Council",
        ),
        ({"figures": (SUM.iri,)}, (), "minutes, accounts or an award letter"),
        (
            {"figures": (BUDGET.iri,), "beneficiaries": (TRUST.iri,)},
            (),
            "a record or a statement of The Trust",
        ),
        (
            {"products": (CHARTER.iri,), "beneficiaries": (TRUST.iri,)},
            (),
            "the text of “Charter”, and a record of its use by The Trust",
        ),
        ({"agents": (f"{CASE}/person/ada",)}, (), "a document, data or a statement that shows it"),
    ],
)
def test_the_evidence_that_is_wanted_follows_from_what_a_claim_says(
    claim: dict[str, Any], roles: tuple[Role, ...], evidence: str
) -> None:
    (wanted,) = needs_of(roles, **claim).wanted
    assert wanted.evidence == evidence
    assert [found.label for found in wanted.claims] == ["claim c"]


def test_who_is_named_and_has_no_known_part_could_speak() -> None:
    need = needs_of(beneficiaries=(TRUST.iri, COUNCIL.iri))
    assert need.voices == ("The Trust", "The Council")
    partner = replace(DECISION, role_type=RoleType.PARTNER, role_in=f"{CASE}/research")
    model = model_of(case_graph("research creditedFor impact 1", "claim c of 1"))
    graph = build_graph(
        replace(
            model,
            claims=tuple(replace(found, beneficiaries=(COUNCIL.iri,)) for found in model.claims),
            roles=(partner,),
            reference=Reference(organisations=(COUNCIL,)),
        )
    )
    (need,) = list_needs(graph, basis=Basis.STATED)
    assert need.voices == ()
    assert need.sentence == (
        "Impact 1 would need a source from somebody with no known part in the research, and a "
        "source for one claim that has none (stated)."
    )


def test_whoever_only_gave_money_is_told_apart_from_other_voices() -> None:
    funder = replace(DECISION, role_type=RoleType.FUNDER)
    need = needs_of((funder,), agents=(TRUST.iri,))
    assert (need.voices, need.funders) == (("The Trust", "The Council"), ("The Council",))
    need = needs_of((funder,), agents=(COUNCIL.iri,))
    assert (need.voices, need.funders) == (("The Council",), ("The Council",))


def test_people_who_are_better_off_could_speak_unless_they_had_a_part() -> None:
    people = Group(iri=f"{CASE}/group/people", label="People of the town", anchors=())
    model = model_of(case_graph("research creditedFor impact 1", "claim c of 1"))
    model = replace(
        model,
        groups=(people,),
        claims=tuple(replace(found, beneficiaries=(people.iri,)) for found in model.claims),
    )
    (need,) = list_needs(build_graph(model), basis=Basis.STATED)
    assert need.groups == ("People of the town",)
    partners = replace(
        DECISION, agent=people.iri, role_type=RoleType.PARTNER, role_in=f"{CASE}/research"
    )
    (need,) = list_needs(build_graph(replace(model, roles=(partners,))), basis=Basis.STATED)
    assert need.groups == ()


def test_a_project_of_others_that_a_claim_names_has_the_record() -> None:
    model = model_of(case_graph("impact 1", "claim c of 1"))
    (claim,) = model.claims
    (anchor,) = claim.anchors
    for label, evidence in (
        (anchor.exact, f"a record of the project {anchor.exact} itself"),
        ("another", "a document, data or a statement that shows it"),
    ):
        project = Project(iri=f"{CASE}/project/1", label=label, anchors=(anchor,))
        (need,) = list_needs(build_graph(replace(model, projects=(project,))), basis=Basis.STATED)
        assert [wanted.evidence for wanted in need.wanted] == [evidence]


def test_an_impact_with_a_source_for_every_claim_from_outside_needs_none() -> None:
    model = model_of(case_graph("impact 1 corroboratedBy source A"))
    graph = build_graph(
        replace(
            model,
            sources=tuple(replace(source, party=TRUST.iri) for source in model.sources),
            reference=Reference(organisations=(TRUST,)),
        )
    )
    (need,) = list_needs(graph, basis=Basis.STATED)
    assert need.sentence == "Impact 1 needs no further source."
