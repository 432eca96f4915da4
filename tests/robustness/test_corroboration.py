"""How many parties an impact rests on, against trying out every set of parties."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import attested_lines
from impactgraph.attestation import Attestations
from impactgraph.graph import links_of, model_of
from impactgraph.model import Basis, Step
from impactgraph.parties import parties_of
from impactgraph.robustness import measure_corroboration
from small_case_studies import CASE
from witnesses import witnessed

LINES = (
    "research",
    "impact 1",
    "claim c of 1",
    "claim d of 1",
    "claim c corroboratedBy source A",
    "claim d corroboratedBy source B",
    "impact 1 corroboratedBy source C",
)


def measured(*lines, basis=Basis.STATED):
    return measure_corroboration(witnessed(*LINES, *lines), basis=basis)[0]


def sources_by_thing(graph, basis) -> dict[str, set[str]]:
    """The sources of each claim, and of each impact with those of its claims."""
    claim_of = {claim.iri: claim.claim_of for claim in model_of(graph).claims}
    found: dict[str, set[str]] = {}
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY and basis.admits(link.basis):
            for thing in {link.origin, claim_of.get(link.origin, link.origin)}:
                found.setdefault(thing, set()).add(link.target)
    return found


def fewest(parties: Iterable[frozenset[str]]) -> int:
    """Try every set of parties: the size of the least without which no source stands."""
    needed = list(parties)
    agents = sorted(set().union(*needed))
    return next(
        size
        for size in range(len(agents) + 1)
        for gone in itertools.combinations(agents, size)
        if all(speaking <= set(gone) for speaking in needed)
    )


def guesses(parties: list[frozenset[str]]) -> Iterator[list[frozenset[str]]]:
    """Try every answer to who speaks for the sources of unknown party: the known, or others."""
    known = sorted(set().union(*parties))
    unknown = [at for at, speaking in enumerate(parties) if not speaking]
    others = [f"somebody {number}" for number in range(len(unknown))]
    for answer in itertools.product(known + others, repeat=len(unknown)):
        guess = list(parties)
        for at, agent in zip(unknown, answer, strict=True):
            guess[at] = frozenset({agent})
        yield guess


@settings(max_examples=150, deadline=None)
@given(lines=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_the_cuts_are_those_of_brute_force(lines, basis):
    graph = witnessed(*lines)
    speaking = {
        iri: frozenset(party.iri for party in parties) for iri, parties in parties_of(graph).items()
    }
    sources = sources_by_thing(graph, basis)
    for found in measure_corroboration(graph, basis=basis):
        mine = [speaking[iri] for iri in sorted(sources.get(found.impact.iri, ()))]
        tried = [fewest(guess) for guess in guesses(mine)]
        assert (found.to_lose_all.least, found.to_lose_all.most) == (min(tried), max(tried))
        claims = [claim for claim in model_of(graph).claims if claim.claim_of == found.impact.iri]
        known = [
            [speaking[iri] for iri in sorted(sources[claim.iri])]
            for claim in claims
            if claim.iri in sources
        ]
        assert (found.to_lose_one is None) == (not known)
        if found.to_lose_one is not None:
            least = min(min(fewest(guess) for guess in guesses(some)) for some in known)
            assert found.to_lose_one.least == least


@settings(max_examples=100, deadline=None)
@given(lines=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_where_every_party_is_known_the_cut_is_the_least_vertex_cut(lines, basis):
    graph = witnessed(*lines)
    speaking = parties_of(graph)
    for found in measure_corroboration(graph, basis=basis):
        if found.attested.unknown or not found.attested.sources:
            continue
        network = nx.DiGraph()
        for source in found.attested.sources:
            network.add_edge("impact", source.iri)
            for party in speaking[source.iri]:
                network.add_edge(source.iri, (party.iri, "in"))
                network.add_edge((party.iri, "in"), (party.iri, "out"), capacity=1)
                network.add_edge((party.iri, "out"), "sink")
        value, _ = nx.minimum_cut(network, "impact", "sink")
        assert value == found.to_lose_all.least == found.to_lose_all.most


@settings(max_examples=100, deadline=None)
@given(lines=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_the_three_numbers_and_the_least_over_claims_are_counted(lines, basis):
    graph = witnessed(*lines)
    parties, sources = parties_of(graph), sources_by_thing(graph, basis)

    def count(iri: str) -> tuple[int, int, int]:
        mine = sources.get(iri, set())
        speaking = {party for source in mine for party in parties[source]}
        return len(mine), len(speaking), len([it for it in speaking if not it.known_part])

    for found in measure_corroboration(graph, basis=basis):
        tally = found.tally
        assert (tally.sources, tally.parties, tally.no_known_part) == count(found.impact.iri)
        claims = [claim for claim in model_of(graph).claims if claim.claim_of == found.impact.iri]
        assert found.claims == len(claims)
        assert (found.weakest is None) == (not claims)
        if found.weakest is not None:
            least = [
                min(numbers) for numbers in zip(*(count(it.iri) for it in claims), strict=True)
            ]
            weakest = found.weakest
            assert [weakest.sources, weakest.parties, weakest.no_known_part] == least
        assert {claim.iri for claim in found.unsourced} == {
            claim.iri for claim in claims if claim.iri not in sources
        }


def test_a_joint_source_stands_while_one_of_its_parties_does():
    found = measured(
        "ann speaks for A", "bob vouches for A", "ann speaks for B", "ann speaks for C"
    )
    assert [party.name for party in found.to_lose_all.parties] == ["Ann", "Bob"]
    assert found.to_lose_all.least == 2
    assert found.to_lose_one is not None
    assert found.to_lose_one.names == "Ann"
    assert found.to_lose_one.claim is not None
    assert found.to_lose_one.claim.label == "claim d"


def test_several_sources_of_one_party_hang_on_that_party():
    found = measured("ann speaks for A", "ann speaks for B", "ann speaks for C")
    assert (found.tally.sources, found.tally.parties, found.tally.no_known_part) == (3, 1, 1)
    assert found.to_lose_all.least == found.to_lose_all.most == 1


def test_who_is_unknown_may_be_one_of_the_known_or_another():
    found = measured("ann speaks for A", "bob speaks for B")
    assert (found.to_lose_all.least, found.to_lose_all.most) == (2, 3)
    assert "who speaks for source C is unknown" in found.sentence
    assert found.tally.no_known_part == 2


def test_a_party_that_is_unknown_is_never_counted_as_one_without_a_part():
    found = measured()
    assert (found.tally.parties, found.tally.no_known_part) == (0, 0)
    assert (found.to_lose_all.least, found.to_lose_all.most) == (1, 3)


def test_colleagues_are_a_note_and_not_merged():
    found = measured(
        "ann speaks for A", "ann vouches for A at acme", "acme issued B", "acme issued C"
    )
    assert found.tally.parties == 2
    assert [note.sentence for note in found.colleagues] == [
        "Ann works at Acme, which is a party itself."
    ]


def test_an_impact_without_a_source_says_no_more_than_that():
    found = measure_corroboration(witnessed("research", "impact 1"), basis=Basis.CURATED)[0]
    assert found.sentence == "Impact 1 has no source (stated or curated)."
    assert found.to_lose_all.most == 0
    assert found.to_lose_one is None


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ("ann speaks for A", "ann speaks for B", "ann speaks for C", "ann partner in research"),
            "Impact 1 has 3 sources (A, B and C) of one known party (stated); Ann (partner in the "
            "research) has a part in the research; each of its claims has at least one source and "
            "one known party, but not each has one with no known part in the research; no source "
            "would be left if the word of Ann did not count.",
        ),
        (
            ("ann speaks for A", "bob speaks for B", "claim e of 1"),
            "Impact 1 has 3 sources (A, B and C) of 2 known parties (stated); no part of Ann or "
            "Bob in the research is known; who speaks for source C is unknown; 1 of its 3 claims "
            "has no source; a source is left as long as the word of one of both parties or "
            "whoever speaks for source C counts; claim “claim c” would have none left if the word "
            "of Ann did not count.",
        ),
    ],
)
def test_the_sentence_says_the_numbers_the_parties_and_what_withdrawals_do(lines, sentence):
    assert measured(*lines).sentence == sentence


def test_what_is_known_already_is_taken():
    graph = witnessed(*LINES, "ann speaks for A")
    known = Attestations(graph, Basis.STATED)
    assert measure_corroboration(graph, basis=Basis.STATED, known=known) == measure_corroboration(
        graph, basis=Basis.STATED
    )
    assert known.sources_of(f"{CASE}/impact/1")
