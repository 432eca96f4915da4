"""Who speaks for a source, and what is known of their part in the research."""

from __future__ import annotations

from dataclasses import replace

import pytest

from impactgraph.graph import build_graph, model_of
from impactgraph.model import Authorship, Grant
from impactgraph.parties import describe_parties, find_colleagues, parties_of
from small_case_studies import CASE
from witnesses import agent_iri, witnessed

LINES = ("research", "output 1", "pathway 1", "impact 1", "source A", "source B")


def names(graph, source="A"):
    return [party.name for party in parties_of(graph)[f"{CASE}/source/{source}"]]


def party(*lines, **about):
    (found,) = parties_of(witnessed(*LINES, *lines, **about))[f"{CASE}/source/A"]
    return found


def test_a_speaker_is_the_party_before_the_organisation_that_issued_the_source():
    assert names(witnessed(*LINES, "ann speaks for A", "acme issued A")) == ["Ann"]
    assert names(witnessed(*LINES, "acme issued A")) == ["Acme"]


def test_a_source_of_which_nothing_is_said_has_no_party():
    graph = witnessed(*LINES, "ann speaks for B")
    assert parties_of(graph)[f"{CASE}/source/A"] == ()
    assert list(parties_of(graph)) == [f"{CASE}/source/A", f"{CASE}/source/B"]


def test_whoever_else_vouches_makes_a_source_a_joint_one():
    graph = witnessed(*LINES, "zoe speaks for A", "zoe vouches for A", "bob vouches for A")
    assert names(graph) == ["Zoe", "Bob"]


def test_an_organisation_for_which_its_speaker_speaks_is_no_second_party():
    graph = witnessed(*LINES, "ann speaks for A", "ann vouches for A at acme", "acme vouches for A")
    assert names(graph) == ["Ann"]


def test_who_signed_does_not_vouch():
    graph = witnessed(*LINES, "acme issued A")
    model = model_of(graph)
    signed = replace(model.sources[0], signatories=(agent_iri("beta"),))
    graph = build_graph(replace(model, sources=(signed, *model.sources[1:])))
    assert names(graph) == ["Acme"]


def test_the_same_speaker_is_the_same_party():
    graph = witnessed(*LINES, "ann speaks for A", "ann speaks for B")
    one, other = parties_of(graph).values()
    assert one == other


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ann collaborator in research", "collaborator in the research"),
        ("ann partner in project own", "partner in the project Own"),
        ("ann co-producer in pathway 1", "co-producer in pathway 1"),
        ("ann author of output 1", "author of output 1"),
        ("ann staff of research", "on the staff of the research"),
        ("ann investigator of research", "investigator of the research"),
        ("ann deliverer of project own", "deliverer of the project Own"),
        ("ann funder of research", "funder of the research"),
    ],
)
def test_a_role_in_what_belongs_to_the_research_is_a_part(line, words):
    found = party("ann speaks for A", line)
    assert found.known_part
    assert found.sentence == f"Ann ({words}) has a part in the research."


@pytest.mark.parametrize(
    "line",
    [
        "ann funder of project other",
        "ann decision-maker in impact 1",
        "ann vouches for B",
        "ann benefits from impact 1",
        "ann collaborator in impact 1",
        "bob partner in research",
    ],
)
def test_other_roles_are_none(line):
    found = party("ann speaks for A", line)
    assert not found.known_part
    assert found.sentence == "No part of Ann in the research is known."


def test_what_is_not_known_is_never_called_independent():
    for lines in (("ann speaks for A",), ("acme issued A",)):
        assert "independent" not in party(*lines).sentence


def test_authors_funders_holders_of_grants_and_who_submits_have_a_part():
    grant = Grant(
        iri=f"{CASE}/grant/1",
        label="grant",
        funder=agent_iri("fund"),
        awarded_to=agent_iri("unit"),
        anchors=(),
    )
    written = Authorship(
        iri=f"{CASE}/output/1/author/1",
        label="Ann",
        output=f"{CASE}/output/1",
        agent=agent_iri("ann"),
        position=1,
        name_as_printed="Ann",
    )
    about = {
        "grants": (grant,),
        "authorships": (written,),
        "submitted_by": agent_iri("alma"),
    }
    said = [
        party(line, **about).words
        for line in ("fund issued A", "unit issued A", "ann speaks for A", "alma issued A")
    ]
    assert said == [
        "Fund (funder of the research)",
        "Unit (holder of a grant of the research)",
        "Ann (author of output 1)",
        "Alma (submitting institution)",
    ]


def test_a_project_that_a_grant_funds_belongs_to_the_research():
    grant = Grant(
        iri=f"{CASE}/grant/1", label="grant", funds=(f"{CASE}/project/other",), anchors=()
    )
    assert party("ann speaks for A", "ann partner in project other", grants=(grant,)).known_part


def test_the_part_of_where_a_person_works_counts_and_says_so():
    found = party("ann speaks for A", "ann vouches for A at acme", "acme partner in research")
    assert [part.through for part in found.parts] == ["Acme"]
    assert found.sentence == (
        "Ann (through Acme, partner in the research) has a part in the research."
    )


def test_a_person_s_part_is_none_of_the_organisation_s():
    found = party("acme issued A", "ann partner in research at acme")
    assert not found.known_part


def test_a_person_s_own_parts_come_before_those_of_where_they_work():
    found = party(
        "ann speaks for A", "ann collaborator in pathway 1 at acme", "acme partner in research"
    )
    assert [part.through for part in found.parts] == [None, "Acme"]
    assert found.words == ("Ann (collaborator in pathway 1; through Acme, partner in the research)")


@pytest.mark.parametrize(
    ("name", "label", "said"),
    [
        ("Ann", "Ann, whom the project worked with", "whom the project worked with"),
        ("Ann (not named)", "Ann, for three years", "for three years"),
        ("Ann", "Ann at the kick-off", "partner in the research"),
        ("Ann", "Anne, who is another", "partner in the research"),
        ("Ann", "Ann, ", "partner in the research"),
    ],
)
def test_a_part_is_said_as_its_role_is_labelled_where_that_goes_on_from_the_name(name, label, said):
    model = model_of(witnessed(*LINES, "ann speaks for A", "ann partner in research"))
    people = (replace(model.people[0], label=name),)
    roles = (replace(model.roles[0], label=label),)
    graph = build_graph(replace(model, people=people, roles=roles))
    (found,) = parties_of(graph)[f"{CASE}/source/A"]
    assert found.part_words == said
    assert found.words in (f"Ann ({said})", f"Ann (not named, {said})")


def test_an_organisation_s_other_names_are_known():
    model = model_of(witnessed(*LINES, "acme issued A", "acme partner in research"))
    organisation = replace(model.reference.organisations[0], alternative_labels=("ACM",))
    graph = build_graph(
        replace(
            model,
            roles=(replace(model.roles[0], label="ACM, which lent its rooms"),),
            reference=replace(model.reference, organisations=(organisation,)),
        )
    )
    (found,) = parties_of(graph)[f"{CASE}/source/A"]
    assert found.words == "Acme (which lent its rooms)"


def test_benefiting_is_told_apart_from_having_a_part():
    found = party("ann speaks for A", "ann vouches for A at acme", "acme benefits from impact 1")
    assert [impact.name for impact in found.benefits_from] == ["impact 1"]
    assert not found.known_part


def test_beneficiaries_of_claims_benefit_from_the_impact():
    graph = witnessed(*LINES, "claim c of 1", "ann speaks for A")
    model = model_of(graph)
    claim = replace(model.claims[0], beneficiaries=(agent_iri("ann"),))
    (found,) = parties_of(build_graph(replace(model, claims=(claim,))))[f"{CASE}/source/A"]
    assert [impact.name for impact in found.benefits_from] == ["impact 1"]


def test_parties_of_one_organisation_stay_apart_and_are_noted():
    graph = witnessed(
        *LINES,
        "ann speaks for A",
        "bob speaks for B",
        "ann vouches for A at acme",
        "bob vouches for B at acme",
    )
    found = [party for parties in parties_of(graph).values() for party in parties]
    assert len(set(found)) == 2
    (note,) = find_colleagues(found + found)
    assert note.sentence == "Ann and Bob work at Acme."


def test_an_organisation_and_who_works_there_are_noted():
    graph = witnessed(*LINES, "ann speaks for A", "acme issued B", "ann vouches for A at acme")
    (note,) = find_colleagues(party for parties in parties_of(graph).values() for party in parties)
    assert note.sentence == "Ann works at Acme, which is a party itself."


def test_parties_are_described_together():
    graph = witnessed(
        *LINES, "source C", "ann speaks for A", "bob speaks for B", "ann partner in research"
    )
    known = parties_of(graph)
    unknown = [graph.nodes[f"{CASE}/source/C"]["node"]]
    both = [party for parties in known.values() for party in parties]
    assert describe_parties(both, unknown) == (
        "Ann (partner in the research) has a part in the research; no part of Bob in it is known; "
        "who speaks for source C is unknown"
    )


def test_an_organisation_that_nothing_describes_goes_by_its_iri():
    graph = witnessed(*LINES, "acme issued A")
    model = model_of(graph)
    bare = build_graph(replace(model, reference=replace(model.reference, organisations=())))
    assert names(bare) == ["acme"]
