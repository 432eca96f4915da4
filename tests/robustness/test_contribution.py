"""What remains with the submitting institution's own research, against leaving out the rest."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import influence_lines
from impactgraph.graph import Kind, nodes_of
from impactgraph.model import Basis, Grant
from impactgraph.robustness import measure_contribution
from small_case_studies import CASE
from witnesses import agent_iri, witnessed

HOME = agent_iri("home")
PEOPLE = (
    "research",
    "ann staff of research at home",
    "bob investigator of research at away",
    "eve partner in research",
)


def contribution(*lines, basis=Basis.STATED, **about):
    found = measure_contribution(
        witnessed(*PEOPLE, *lines, submitted_by=HOME, **about), basis=basis
    )
    assert found is not None
    return found


@settings(max_examples=150, deadline=None)
@given(
    lines=influence_lines(),
    written=st.lists(
        st.tuples(st.sampled_from(["ann", "bob", "eve"]), st.integers(1, 4)),
        max_size=8,
        unique=True,
    ),
    basis=st.sampled_from(list(Basis)),
)
def test_what_remains_is_what_is_reached_without_the_rest(lines, written, basis):
    authors = [f"{name} author of output {number}" for name, number in written]
    outputs = {line.split()[1] for line in lines if line.startswith("output") and line[8:] == ""}
    authors = [line for line in authors if line.split()[-1] in outputs]
    model = witnessed(*PEOPLE, *lines).graph["model"]
    creators = {
        output.iri: tuple(
            agent_iri(line.split()[0]) for line in authors if line.split()[-1] == output.notation
        )
        for output in model.outputs
    }
    graph = witnessed(*PEOPLE, *lines, submitted_by=HOME, outputs=_with(model.outputs, creators))
    found = measure_contribution(graph, basis=basis)
    assert found is not None

    steps = nx.DiGraph()
    steps.add_nodes_from(graph)
    steps.add_edges_from(
        (origin, target)
        for origin, target, attributes in graph.edges(data=True)
        if attributes["link"].step.leads and basis.admits(attributes["link"].basis)
    )
    kept = {iri for iri, agents in creators.items() if agent_iri("ann") in agents}
    assert set(found.outputs.kept) == kept
    findings = {
        node.iri for node in nodes_of(graph, Kind.FINDING) if kept.intersection(steps[node.iri])
    }
    assert {node.iri for node in found.findings} == findings
    research = {node.iri for node in nodes_of(graph, Kind.FINDING, Kind.OUTPUT)}
    everything = _reached(steps, research)
    steps.remove_nodes_from(research - kept - findings)
    rest = _reached(steps, kept | findings)
    assert {impact.iri for impact in found.reached} == everything
    assert {impact.iri for impact in found.remaining} == rest


def _with(outputs, creators):
    return tuple(replace(output, creators=creators[output.iri]) for output in outputs)


def _reached(steps, starts):
    found = set().union(*(nx.descendants(steps, start) for start in starts))
    return {iri for iri in found if "/impact/" in iri}


@pytest.mark.parametrize(
    ("authors", "whose"),
    [
        (("ann",), "own"),
        (("ann", "bob"), "shared"),
        (("ann", "eve"), "shared"),
        (("bob",), "elsewhere"),
        (("bob", "eve"), "unknown"),
        (("eve",), "unknown"),
        (("home",), "own"),
        (("away",), "elsewhere"),
        ((), "unknown"),
    ],
)
def test_an_output_is_whose_its_authors_are_known_to_be(authors, whose):
    model = witnessed("output 1").graph["model"]
    outputs = _with(model.outputs, {f"{CASE}/output/1": tuple(agent_iri(it) for it in authors)})
    found = contribution("output 1", outputs=outputs).outputs
    assert getattr(found, whose) == (f"{CASE}/output/1",)
    assert found.total == 1


@pytest.mark.parametrize(
    ("holder", "lines", "whose"),
    [
        ("home", (), "own"),
        ("away", (), "elsewhere"),
        ("away", ("ann investigator of grant 1",), "shared"),
        ("away", ("bob investigator of grant 1",), "elsewhere"),
        (None, (), "unknown"),
        (None, ("ann investigator of grant 1",), "shared"),
    ],
)
def test_a_grant_is_whose_holds_it_or_works_on_it(holder, lines, whose):
    grant = Grant(
        iri=f"{CASE}/grant/1",
        label="grant",
        awarded_to=agent_iri(holder) if holder else None,
        anchors=(),
    )
    found = contribution(*lines, grants=(grant,)).grants
    assert getattr(found, whose) == (grant.iri,)
    assert found.total == 1


@pytest.mark.parametrize(
    ("holders", "said"),
    [
        (["away"], "it holds none of 1 grant, and people who work there have a part in it;"),
        (["away", None], "it is known to hold none of 2 grants, and people who work there have a "
        "part in 1 of them (of 1 it is not known);"),
        (["home", "away"], "it holds 1 of 2 grants, and people who work there have a part in 1 of "
        "the others;"),
    ],
)  # fmt: skip
def test_the_grants_that_people_share_are_said_to_be_among_all(holders, said):
    grants = tuple(
        Grant(
            iri=f"{CASE}/grant/{number}",
            label="grant",
            awarded_to=agent_iri(holder) if holder else None,
            anchors=(),
        )
        for number, holder in enumerate(holders)
    )
    shared = f"ann investigator of grant {holders.index('away')}"
    assert said in contribution(shared, grants=grants).sentence


def test_who_only_holds_a_grant_is_not_said_to_have_done_the_research():
    grant = Grant(iri=f"{CASE}/grant/1", label="grant", awarded_to=agent_iri("acme"), anchors=())
    found = contribution("acme benefits from impact 1", grants=(grant,))
    assert [other.label for other in found.others] == ["Away"]
    assert [holder.label for holder in found.holders] == ["Acme"]
    assert "Acme holds a grant of the research; Away had a part in doing" in found.sentence


def test_it_is_not_measured_where_nobody_is_known_to_submit():
    assert measure_contribution(witnessed(*PEOPLE, "output 1"), basis=Basis.STATED) is None


def test_the_sentence_says_openly_who_else_did_the_research():
    model = witnessed("output 1", "output 2").graph["model"]
    outputs = _with(
        model.outputs,
        {f"{CASE}/output/1": (agent_iri("ann"),), f"{CASE}/output/2": (agent_iri("bob"),)},
    )
    found = contribution(
        "finding a reportedIn output 1",
        "finding b reportedIn output 2",
        "output 1 contributedTo impact 1",
        "output 2 contributedTo impact 2",
        outputs=outputs,
        grants=(Grant(iri=f"{CASE}/grant/1", label="grant", anchors=()),),
    )
    assert found.sentence == (
        "Home submits the case study; 1 of 2 outputs has an author known to work there, 1 no other "
        "author; who holds 1 grant is not known; those outputs, and the findings that they report, "
        "reach by themselves impact 1 of impacts 1 and 2 (stated); Away had a part in doing the "
        "research, and how much of the impact is due to whom is not known."
    )


def test_a_finding_does_not_reach_on_through_what_others_wrote_alone():
    model = witnessed("output 1", "output 2").graph["model"]
    outputs = _with(
        model.outputs,
        {f"{CASE}/output/1": (agent_iri("ann"),), f"{CASE}/output/2": (agent_iri("bob"),)},
    )
    found = contribution(
        "finding a reportedIn output 1",
        "finding a reportedIn output 2",
        "output 1 contributedTo impact 1",
        "output 2 contributedTo impact 2",
        outputs=outputs,
    )
    assert [finding.name for finding in found.findings] == ["finding a"]
    assert [impact.name for impact in found.remaining] == ["impact 1"]


def test_where_nothing_says_where_authors_work_nothing_is_told_of_the_institution_s_share():
    found = contribution("finding a reportedIn output 1", "output 1 contributedTo impact 1")
    assert found.remaining == ()
    assert found.sentence == (
        "Home submits the case study; where the authors of 1 output work is not known; what its "
        "own research reaches by itself cannot be told (stated); Away had a part in doing the "
        "research, and how much of the impact is due to whom is not known."
    )
