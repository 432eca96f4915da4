"""One rule says what people's decisions change, whatever they decide and in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from impactgraph.curation import Act, ActKind, Decision, Replayed, find_live, order_acts, replay
from impactgraph.encoding import decode
from impactgraph.graph import CaseGraph, build_graph, links_of, node_of
from impactgraph.identity import link_iri
from impactgraph.model import Basis, Link, Step
from small_case_studies import CASE, rdf_of

LINES = (
    "research",
    "finding a reportedIn output 1",
    "finding b reportedIn output 1",
    "output 1 carriedBy pathway 1 inferred 0.6",
    "pathway 1 ledTo impact 1",
    "pathway 1 ledTo impact 2 inferred 0.4",
    "claim c of 1",
    "claim c corroboratedBy source A inferred 0.6",
    "claim c corroboratedBy source B",
    "impact 2 corroboratedBy source B curated 0.8",
    "research creditedFor impact 1",
)
START = datetime(2026, 11, 1, tzinfo=UTC)
Make = Callable[..., Act]


def iri(path: str) -> str:
    return f"{CASE}/{path}"


def link(origin: str, step: Step, end: str, basis: Basis) -> str:
    return link_iri(CASE, iri(origin), step, iri(end), basis)


CARRIED = link("output/1", Step.CARRIED_BY, "pathway/1", Basis.INFERRED)
PROBABLE = link("claim/c", Step.CORROBORATED_BY, "source/A", Basis.INFERRED)
LED = link("pathway/1", Step.LED_TO, "impact/1", Basis.STATED)


@pytest.fixture
def make() -> Make:
    seconds = count()

    def make(kind: ActKind, target: str | None = None, **fields: object) -> Act:
        decision = Decision(kind=kind, who="Ada", target=target, **fields)  # type: ignore[arg-type]
        when = START + timedelta(seconds=next(seconds))
        return Act(case_study=CASE, when=when, about="something", decision=decision)

    return make


@pytest.fixture(scope="module")
def encoded() -> Graph:
    graph = Graph()
    for triple in rdf_of(*LINES):
        graph.add(triple)
    return graph


def run(acts: list[Act], encoded: Graph) -> Replayed:
    return replay(order_acts(acts), encoded, case_study=CASE)


def graph_of(replayed: Replayed, encoded: Graph) -> CaseGraph:
    together = Graph()
    for triple in encoded:
        if triple not in replayed.withdrawn:
            together.add(triple)
    return build_graph(decode(together + replayed.added))


def links(graph: CaseGraph) -> dict[str, Link]:
    return {link.iri: link for link in links_of(graph)}


def test_an_inferred_link_that_is_accepted_is_curated(make: Make, encoded: Graph) -> None:
    act = make(ActKind.ACCEPT, CARRIED)
    replayed = run([act], encoded)
    now = links(graph_of(replayed, encoded))
    made = link("output/1", Step.CARRIED_BY, "pathway/1", Basis.CURATED)
    assert CARRIED not in now
    assert replayed.effects[act.iri].generated == (made,)
    assert now[made].basis is Basis.CURATED
    assert now[made].confidence == Decimal("0.9")
    assert now[made].rationale == "both speak of parameters"
    assert now[made].method is None
    assert now[made].attributed_to == iri("curator/Ada")
    assert now[made].anchors
    assert (URIRef(iri("output/1")), None, URIRef(iri("pathway/1"))) in replayed.added


def test_what_is_not_inferred_cannot_be_accepted(make: Make, encoded: Graph) -> None:
    act = make(ActKind.ACCEPT, LED)
    replayed = run([act], encoded)
    assert replayed.effects[act.iri].lack == "the link is stated already"
    assert not replayed.withdrawn
    assert not replayed.added


def test_a_link_that_is_rejected_takes_its_plain_triple_along(make: Make, encoded: Graph) -> None:
    replayed = run([make(ActKind.REJECT, LED, why="no")], encoded)
    ends = (URIRef(iri("pathway/1")), None, URIRef(iri("impact/1")))
    assert list(encoded.triples(ends))
    assert all(triple in replayed.withdrawn for triple in encoded.triples(ends))
    assert LED not in links(graph_of(replayed, encoded))


def test_a_wrong_link_that_is_corrected_leads_elsewhere_and_is_curated(
    make: Make, encoded: Graph
) -> None:
    act = make(ActKind.CORRECT, PROBABLE, why="the letter is B2", end=iri("source/A"))
    moved = replace(act, decision=replace(act.decision, origin=iri("impact/1"), end=None))
    now = links(graph_of(run([moved], encoded), encoded))
    made = now[link("impact/1", Step.CORROBORATED_BY, "source/A", Basis.CURATED)]
    assert made.rationale == "the letter is B2"
    assert PROBABLE not in now


def test_a_link_that_another_says_already_is_not_made_twice(make: Make, encoded: Graph) -> None:
    act = make(ActKind.CORRECT, PROBABLE, why="it is B", end=iri("source/B"))
    replayed = run([act], encoded)
    assert "another link says so already (stated)" in str(replayed.effects[act.iri].lack)
    assert not replayed.withdrawn


@pytest.mark.parametrize(
    ("origin", "end", "says"),
    [
        ("impact/1", "finding/a", "no step leads from impact 1 to finding a"),
        ("impact/1", "impact/1", "a link joins two nodes"),
        ("finding/z", "output/1", "the node finding/z is not there"),
    ],
)
def test_a_link_that_no_step_makes_is_not_added(
    make: Make, encoded: Graph, origin: str, end: str, says: str
) -> None:
    act = make(ActKind.ADD, why="so", quote="words", origin=iri(origin), end=iri(end))
    assert says in str(run([act], encoded).effects[act.iri].lack)


def test_an_added_link_rests_on_the_words_that_were_quoted(make: Make, encoded: Graph) -> None:
    act = make(ActKind.ADD, why="so", quote="Words", origin=iri("finding/a"), end=iri("impact/2"))
    now = links(graph_of(run([act], encoded), encoded))
    made = now[link("finding/a", Step.CONTRIBUTED_TO, "impact/2", Basis.CURATED)]
    assert [anchor.exact for anchor in made.anchors] == ["words"]


def test_words_that_no_passage_has_are_no_place(make: Make, encoded: Graph) -> None:
    act = make(ActKind.ADD, why="so", quote="a tale", origin=iri("finding/a"), end=iri("impact/2"))
    assert "no passage that is kept has the words" in str(run([act], encoded).effects[act.iri].lack)


def test_a_node_whose_label_is_corrected_has_the_new_one(make: Make, encoded: Graph) -> None:
    act = make(ActKind.CORRECT, iri("finding/a"), why="typing error", label="Trust grows")
    graph = graph_of(run([act], encoded), encoded)
    assert node_of(graph, iri("finding/a")).label == "Trust grows"


def test_a_source_that_is_withdrawn_goes_with_its_links(make: Make, encoded: Graph) -> None:
    graph = graph_of(
        run([make(ActKind.WITHDRAW, iri("source/B"), why="it is lost")], encoded), encoded
    )
    assert iri("source/B") not in graph
    assert iri("claim/c") in graph
    assert len(links(graph)) == 7


def test_only_a_source_can_be_withdrawn_and_the_research_not_rejected(
    make: Make, encoded: Graph
) -> None:
    acts = [
        make(ActKind.WITHDRAW, iri("impact/1"), why="no"),
        make(ActKind.REJECT, iri("research"), why="no"),
    ]
    lacks = [effect.lack for effect in run(acts, encoded).effects.values()]
    assert lacks == [
        "only a source can be withdrawn; reject what is wrong",
        "the research as a whole cannot be taken out",
    ]


def test_an_impact_that_is_rejected_takes_its_claims_along(make: Make, encoded: Graph) -> None:
    graph = graph_of(run([make(ActKind.REJECT, iri("impact/1"), why="no")], encoded), encoded)
    assert iri("impact/1") not in graph
    assert iri("claim/c") not in graph


def test_an_undoing_that_is_undone_undoes_nothing(make: Make, encoded: Graph) -> None:
    accept = make(ActKind.ACCEPT, CARRIED)
    undo = make(ActKind.UNDO, accept.iri)
    redo = make(ActKind.UNDO, undo.iri)
    assert run([accept, undo], encoded).withdrawn == frozenset()
    assert not run([accept, undo], encoded).added
    alone, again = run([accept], encoded), run([accept, undo, redo], encoded)
    assert again.withdrawn == alone.withdrawn
    assert set(again.added) == set(alone.added)
    assert find_live((accept, undo, redo)) == {
        accept.iri: None,
        undo.iri: redo,
        redo.iri: None,
    }


def test_an_act_whose_target_is_gone_does_nothing_and_says_so(make: Make, encoded: Graph) -> None:
    acts = [
        make(ActKind.REJECT, iri("pathway/1"), why="no"),
        make(ActKind.ACCEPT, CARRIED),
        make(ActKind.UNDO, iri("act/000000000000")),
    ]
    effects = run(acts, encoded).effects
    assert effects[acts[0].iri].lack is None
    assert "is not there" in str(effects[acts[1].iri].lack)
    assert effects[acts[2].iri].lack == "the act is not there, or was undone already"


def test_what_others_wrote_beside_the_acts_stays(make: Make, encoded: Graph) -> None:
    theirs = Graph()
    theirs += run([make(ActKind.ACCEPT, CARRIED)], encoded).added
    made = link("output/1", Step.CARRIED_BY, "pathway/1", Basis.CURATED)
    act = make(ActKind.REJECT, made, why="no")
    replayed = replay((act,), encoded, case_study=CASE, foreign=theirs)
    assert "by other means" in str(replayed.effects[act.iri].lack)
    assert not replayed.added


NODES = ("finding/a", "finding/b", "output/1", "pathway/1", "impact/1", "impact/2", "claim/c",
         "source/A", "source/B", "research")  # fmt: skip
LINKS = tuple(
    str(subject) for subject in sorted({s for s, _, _ in rdf_of(*LINES) if "/link/" in s})
)
iris = st.sampled_from([iri(path) for path in NODES])
decisions = st.one_of(
    st.builds(
        Decision, kind=st.just(ActKind.ACCEPT), who=st.just("Ada"), target=st.sampled_from(LINKS)
    ),
    st.builds(
        Decision,
        kind=st.just(ActKind.REJECT),
        who=st.just("Bo"),
        why=st.just("no"),
        target=iris | st.sampled_from(LINKS),
    ),
    st.builds(
        Decision,
        kind=st.just(ActKind.CORRECT),
        who=st.just("Cy"),
        why=st.just("it is another"),
        target=st.sampled_from(LINKS),
        origin=st.none() | iris,
        end=st.none() | iris,
    ),
    st.builds(
        Decision,
        kind=st.just(ActKind.CORRECT),
        who=st.just("Cy"),
        why=st.just("better"),
        target=iris,
        label=st.sampled_from(["finding a", "New", "Newer"]),
    ),
    st.builds(
        Decision,
        kind=st.just(ActKind.ADD),
        who=st.just("Di"),
        why=st.just("so"),
        quote=st.just("words"),
        origin=iris,
        end=iris,
    ),
    st.builds(
        Decision,
        kind=st.just(ActKind.WITHDRAW),
        who=st.just("Ed"),
        why=st.just("lost"),
        target=iris,
    ),
    st.integers(0, 11),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(decisions, max_size=12))
def test_whatever_is_decided_leaves_a_case_study_and_can_be_undone(
    decided: list[Decision | int],
) -> None:
    encoded = Graph()
    for triple in rdf_of(*LINES):
        encoded.add(triple)
    acts: list[Act] = []
    for number, drawn in enumerate(decided):
        if not isinstance(drawn, int):
            decision = drawn
        elif drawn < len(acts):
            decision = Decision(kind=ActKind.UNDO, who="Ev", target=acts[drawn].iri)
        else:
            continue
        when = START + timedelta(seconds=number)
        acts.append(Act(case_study=CASE, when=when, about="it", decision=decision))
    replayed = run(acts, encoded)
    graph_of(replayed, encoded)
    assert replayed.withdrawn <= set(encoded)
    assert not set(replayed.added) & (set(encoded) - replayed.withdrawn)
    undone = find_live(order_acts(acts))
    for act in list(acts):
        if undone[act.iri] is None and act.decision.kind is not ActKind.UNDO:
            when = acts[-1].when + timedelta(seconds=1)
            undoing = Decision(kind=ActKind.UNDO, who="Fi", target=act.iri)
            acts.append(Act(case_study=CASE, when=when, about="it", decision=undoing))
    assert run(acts, encoded).withdrawn == frozenset()
    assert not run(acts, encoded).added
