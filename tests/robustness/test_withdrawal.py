"""What is lost with each thing, against taking it out and looking again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import attested_lines, influence_lines
from impactgraph.graph import Kind, links_of, node_of, nodes_of
from impactgraph.model import Basis, Step
from impactgraph.parties import parties_of
from impactgraph.robustness import describe_spared, withdraw_each
from robustness.walked_chains import walk_chains
from small_case_studies import case_graph
from witnesses import witnessed


def withdrawn(*lines, basis=Basis.STATED):
    return {found.name: found for found in withdraw_each(witnessed(*lines), basis=basis)}


@settings(max_examples=150, deadline=None)
@given(lines=influence_lines(), basis=st.sampled_from(list(Basis)))
def test_what_is_lost_with_a_node_is_what_no_chain_past_it_reaches(lines, basis):
    graph = case_graph(*lines)
    findings = [node.iri for node in nodes_of(graph, Kind.FINDING)]
    chains = {
        impact.iri: walk_chains(graph, basis, impact.iri) for impact in nodes_of(graph, Kind.IMPACT)
    }
    found = withdraw_each(graph, basis=basis)
    assert [withdrawal.node for withdrawal in found] == list(
        nodes_of(graph, Kind.FINDING, Kind.OUTPUT, Kind.PATHWAY)
    )
    for withdrawal in found:
        assert withdrawal.node is not None
        gone = withdrawal.node.iri
        left = {
            impact: [path for path in paths if gone not in path] for impact, paths in chains.items()
        }
        assert withdrawal.chains == sum(len(chains[it]) - len(left[it]) for it in chains)
        assert [impact.iri for impact in withdrawal.unreached] == [
            impact for impact, paths in chains.items() if paths and not left[impact]
        ]
        assert withdrawal.unjoined == sum(
            any(path[0] == finding for path in chains[impact])
            and not any(path[0] == finding for path in left[impact])
            for finding in findings
            for impact in chains
        )


@settings(max_examples=150, deadline=None)
@given(lines=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_what_is_lost_with_a_source_or_a_party_is_what_no_standing_source_supports(lines, basis):
    graph = witnessed(*lines)
    parties = parties_of(graph)
    supported: dict[str, set[str]] = {}
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY and basis.admits(link.basis):
            claim_of = node_of(graph, link.origin).claim_of
            for iri in filter(None, {link.origin, claim_of}):
                supported.setdefault(iri, set()).add(link.target)
    seen = set()
    for found in withdraw_each(graph, basis=basis):
        if found.node is not None and found.node.kind is not Kind.SOURCE:
            continue
        if found.party is not None:
            seen.add(found.party.iri)
            standing = {
                iri
                for iri, speaking in parties.items()
                if not speaking or any(party.iri != found.party.iri for party in speaking)
            }
        else:
            assert found.node is not None
            standing = set(parties) - {found.node.iri}
        assert {source.iri for source in found.fallen} == set(parties) - standing
        assert {node.iri for node in found.uncorroborated} == {
            iri for iri, sources in supported.items() if not sources & standing
        }
    assert seen == {party.iri for speaking in parties.values() for party in speaking}


def test_the_sentences_say_what_is_lost():
    found = withdrawn(
        "research",
        "finding a reportedIn output 1",
        "finding b reportedIn output 1",
        "finding b reportedIn output 2",
        "output 1 carriedBy pathway 1",
        "output 2 carriedBy pathway 1",
        "output 2 carriedBy pathway 2",
        "pathway 1 ledTo impact 1",
        "pathway 2 ledTo impact 1",
        "output 3 contributedTo impact 2",
        "pathway 3 ledTo impact 2",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "claim d of 1",
        "claim d corroboratedBy source B",
        "claim e of 1",
        "claim e corroboratedBy source B",
        "impact 2 corroboratedBy source B",
        "impact 2 corroboratedBy source C",
        "impact 2 corroboratedBy source D",
        "ann speaks for A",
        "bob vouches for A",
        "bob speaks for B",
        "ann speaks for C",
    )
    assert {name: withdrawal.sentence for name, withdrawal in found.items()} == {
        "finding a": "Without finding a, one pair of finding and impact is no longer joined "
        "(stated).",
        "finding b": "Without finding b, one pair of finding and impact is no longer joined "
        "(stated).",
        "output 1": "Without output 1, one pair of finding and impact is no longer joined "
        "(stated).",
        "output 2": "Without output 2, 2 chains break, but others join the same (stated).",
        "output 3": "Without output 3, no chain from the research reaches impact 2 (stated).",
        "pathway 1": "Without pathway 1, one pair of finding and impact is no longer joined "
        "(stated).",
        "pathway 2": "Without pathway 2, one chain breaks, but others join the same (stated).",
        "pathway 3": "Without pathway 3, nothing is lost, as no chain from the research to an "
        "impact passes through it (stated).",
        "source A": "Without source A, one claim is left without a source (stated).",
        "source B": "Without source B, 2 claims are left without a source (stated).",
        "source C": "Without source C, whatever has a source keeps one (stated).",
        "source D": "Without source D, whatever has a source keeps one (stated).",
        "Ann": "Without Ann, whatever has a source keeps one (stated).",
        "Bob": "Without Bob, 2 claims are left without a source (stated).",
    }
    assert describe_spared(tuple(found.values())) == (
        "Without any one of output 2 and pathway 2, chains break, but others join the same "
        "(stated).",
        "Without pathway 3, nothing is lost, as no chain from the research to an impact passes "
        "through it (stated).",
        "Without any one of sources C and D and Ann, whatever has a source keeps one (stated).",
    )
    assert found["Ann"].loses_nothing
    assert not found["Bob"].loses_nothing


def test_impacts_and_pathways_are_named_and_claims_counted():
    found = withdrawn(
        "impact 1",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "claim d of 1",
        "claim d corroboratedBy source A",
        "pathway 1 corroboratedBy source A",
    )
    assert found["source A"].sentence == (
        "Without source A, pathway 1, impact 1 and 2 claims are left without a source (stated)."
    )


def test_a_finding_takes_with_it_what_carries_that_finding_alone():
    found = withdrawn("finding a reportedIn output 1", "output 1 contributedTo impact 1")
    assert [impact.name for impact in found["finding a"].unreached] == ["impact 1"]
