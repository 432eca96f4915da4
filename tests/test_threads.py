"""Threads: chains of which one party attests each step after the output."""

from __future__ import annotations

from dataclasses import replace

from impactgraph.attestation import Attestations
from impactgraph.chains import find_chains
from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import Basis, Person
from impactgraph.threads import find_threads, find_witnesses
from small_case_studies import CASE, case_graph

LADDER = (
    "finding a reportedIn output 1",
    "output 1 carriedBy pathway 1",
    "pathway 1 ledTo impact 1",
    "impact 1 corroboratedBy source A",
    "pathway 1 corroboratedBy source A",
)


def spoken(graph: CaseGraph, **speakers: str) -> CaseGraph:
    """Return a graph in which somebody speaks for each source that is named."""
    model = model_of(graph)
    return build_graph(
        replace(
            model,
            people=tuple(
                Person(iri=f"{CASE}/person/{name}", label=name, anchors=())
                for name in sorted(set(speakers.values()))
            ),
            sources=tuple(
                replace(source, speaker=f"{CASE}/person/{speakers[source.notation]}")
                if source.notation in speakers
                else source
                for source in model.sources
            ),
        )
    )


def test_one_party_attests_every_step_from_output_to_impact() -> None:
    graph = spoken(case_graph(*LADDER, "source A attests output 1"), A="Ada")
    (thread,) = find_threads(graph, basis=Basis.STATED)
    assert (thread.output.notation, thread.impact.notation) == ("1", "1")
    assert thread.party.name == "Ada"
    assert thread.chains == 1
    assert thread.sentence == (
        "Ada (source A) attests each step from output 1 through pathway 1 to impact 1."
    )


def test_who_does_not_speak_of_the_output_tells_no_thread() -> None:
    assert find_threads(spoken(case_graph(*LADDER), A="Ada"), basis=Basis.STATED) == ()


def test_a_thread_may_run_through_several_sources_of_a_party_and_not_through_two_parties() -> None:
    graph = case_graph(
        *LADDER[:3],
        "source A attests output 1",
        "pathway 1 corroboratedBy source A",
        "pathway 1 corroboratedBy source B",
        "impact 1 corroboratedBy source B",
    )
    (thread,) = find_threads(spoken(graph, A="Ada", B="Ada"), basis=Basis.STATED)
    assert [source.notation for source in thread.sources] == ["A", "B"]
    assert find_threads(spoken(graph, A="Ada", B="Bob"), basis=Basis.STATED) == ()


def test_a_source_of_unknown_party_tells_no_thread() -> None:
    graph = case_graph(*LADDER, "source A attests output 1")
    assert find_threads(graph, basis=Basis.STATED) == ()


def test_witnesses_of_a_chain_speak_for_the_source_at_its_end_too() -> None:
    graph = spoken(
        case_graph(*LADDER, "source A attests output 1", "impact 1 corroboratedBy source B"),
        A="Ada",
        B="Bob",
    )
    known = Attestations(graph, Basis.STATED)
    told = {
        chain.nodes[-1].notation: [party.name for party in find_witnesses(chain, known)]
        for chain in find_chains(graph, basis=Basis.STATED)
        if chain.complete
    }
    assert told == {"A": ["Ada"], "B": []}


def test_a_chain_that_ends_at_an_output_or_has_none_has_no_witness() -> None:
    graph = spoken(
        case_graph(
            "finding a reportedIn output 1",
            "finding b contributedTo impact 1",
            "impact 1 corroboratedBy source A",
            "source A attests output 1",
            "source A attests finding b",
        ),
        A="Ada",
    )
    known = Attestations(graph, Basis.STATED)
    chains = find_chains(graph, basis=Basis.STATED)
    assert len(chains) == 2
    assert [find_witnesses(chain, known) for chain in chains] == [(), ()]
