"""What may be decided, and how acts are written, read, exported and refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from impactgraph.curation import (
    LONGEST,
    MOST_ACTS,
    NO_ACTS,
    Act,
    ActKind,
    Decision,
    check_decision,
    digest_acts,
    export_acts,
    order_acts,
    parse_acts,
)
from impactgraph.curation.acts import find_version
from impactgraph.curation.recording import describe_act, parse_triples, read_acts, write_triples
from impactgraph.errors import UsageError, ValidationError
from impactgraph.validation import validate

CASE = "https://w3id.org/impactgraph/id/example"
LINK = f"{CASE}/link/0123456789ab"
WHEN = datetime(2026, 11, 22, 10, 0, 0, 120_000, tzinfo=UTC)


def decide(kind: ActKind, **fields: Any) -> Decision:
    given: dict[ActKind, dict[str, Any]] = {
        ActKind.ACCEPT: {"target": LINK},
        ActKind.REJECT: {"target": LINK, "why": "it is not so"},
        ActKind.CORRECT: {"target": LINK, "why": "it is B", "end": f"{CASE}/source/B"},
        ActKind.ADD: {
            "origin": f"{CASE}/finding/a",
            "end": f"{CASE}/impact/1",
            "quote": "some words",
            "why": "both speak of it",
        },
        ActKind.WITHDRAW: {"target": f"{CASE}/source/A", "why": "it is lost"},
        ActKind.UNDO: {"target": f"{CASE}/act/0123456789ab"},
    }
    return Decision(kind=kind, **{"who": "Ada", **given[kind], **fields})


def act_of(decision: Decision, **fields: Any) -> Act:
    about = {"case_study": CASE, "when": WHEN, "about": "rejected something", **fields}
    return Act(decision=check_decision(decision, CASE), **about)


@pytest.mark.parametrize("kind", ActKind)
def test_each_kind_of_act_comes_back_from_its_file_as_it_was(kind: ActKind) -> None:
    act = act_of(decide(kind, who="Ada Ł. O’Neil"))
    assert parse_acts(export_acts([act]).encode(), CASE) == (act,)
    graph = Graph()
    for triple in describe_act(act):
        graph.add(triple)
    report = validate(graph)
    assert report.results == (), str(report)
    assert report.checked == 1


words = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=60)


@settings(deadline=None)
@given(words, words, st.decimals("0.001", 1, places=3), st.datetimes(timezones=st.just(UTC)))
def test_whatever_is_said_comes_back_from_its_file(
    who: str, why: str, sure: Decimal, when: datetime
) -> None:
    try:
        decision = check_decision(decide(ActKind.CORRECT, who=who, why=why, confidence=sure), CASE)
    except UsageError:
        assert not who.strip() or not why.strip()
        return
    when = when.replace(microsecond=when.microsecond // 1000 * 1000)
    if when.year < 1000:
        return
    act = Act(case_study=CASE, when=when, about="corrected it", decision=decision)
    assert parse_acts(export_acts([act]).encode(), CASE) == (act,)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (decide(ActKind.ACCEPT, who=" "), "say who you are"),
        (decide(ActKind.REJECT, why=""), "say why"),
        (decide(ActKind.ADD, quote=""), "say where"),
        (decide(ActKind.ADD, origin=None), "from which the link leads"),
        (decide(ActKind.ADD, end=None), "to which the link leads"),
        (decide(ActKind.UNDO, target=None), "name the link, node or act"),
        (decide(ActKind.UNDO, target=LINK), "name the act that is to be undone"),
        (decide(ActKind.REJECT, target=f"{CASE}/act/0123456789ab"), "an act can only be undone"),
        (decide(ActKind.ACCEPT, target=f"{CASE}/finding/a"), "only an inferred link"),
        (decide(ActKind.ACCEPT, quote="x"), "has no quote"),
        (decide(ActKind.REJECT, confidence=Decimal("0.5")), "has no confidence"),
        (decide(ActKind.ACCEPT, confidence=Decimal(2)), "up to 1"),
        (decide(ActKind.ACCEPT, confidence=Decimal("nan")), "up to 1"),
        (decide(ActKind.CORRECT, target=f"{CASE}/finding/a", end=None), "its new label"),
        (decide(ActKind.CORRECT, target=f"{CASE}/finding/a", label="x"), "a node has no ends"),
        (decide(ActKind.CORRECT, label="x"), "it has no label"),
        (decide(ActKind.REJECT, target="https://example.org/finding/a"), "is no part of"),
        (decide(ActKind.REJECT, target=f"{CASE}/a b"), "is no IRI"),
        (decide(ActKind.REJECT, who="Ada\u202e"), "U+202E"),
        (decide(ActKind.REJECT, why="a\x00b"), "U+0000"),
        (decide(ActKind.REJECT, why="\ud800"), "U+D800"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(decision: Decision, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_decision(decision, CASE)
    assert says in str(refused.value)


@pytest.mark.parametrize("field", ["who", "why", "quote"])
def test_a_field_has_a_longest_length(field: str) -> None:
    longest = "x" * LONGEST[field]
    assert getattr(check_decision(decide(ActKind.ADD, **{field: longest}), CASE), field) == longest
    with pytest.raises(UsageError, match="at most"):
        check_decision(decide(ActKind.ADD, **{field: f"{longest}x"}), CASE)


def test_the_version_changes_with_each_act_and_only_so() -> None:
    acts = [act_of(decide(kind)) for kind in ActKind]
    versions = {digest_acts(acts[:number]) for number in range(len(acts) + 1)}
    assert len(versions) == len(acts) + 1
    assert NO_ACTS in versions
    assert digest_acts(order_acts(acts)) == digest_acts(order_acts(reversed(acts)))


def test_acts_come_in_the_order_of_time_each_once() -> None:
    late = act_of(decide(ActKind.ACCEPT))
    early = act_of(decide(ActKind.ACCEPT), when=WHEN - timedelta(days=1))
    assert order_acts([late, early, late]) == (early, late)


def test_triples_come_back_from_n_triples() -> None:
    triples = list(describe_act(act_of(decide(ActKind.REJECT, why='two\nlines "so"'))))
    assert set(parse_triples(write_triples(triples))) == set(triples)


ACT = act_of(decide(ActKind.REJECT))
FILE = export_acts([ACT])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no Turtle", "is no Turtle"),
        ("", "holds no act"),
        (FILE.replace("it is not so", "it is so"), "it was changed"),
        (FILE.replace('"Ada"', '"Bob"'), "it was changed"),
        (FILE.replace("2026-11-22", "2025-11-22"), "it was changed"),
        (FILE.replace("T10:00:00.120Z", "T10:00:00.120"), "its time has no zone"),
        (FILE.replace("T10:00:00.120Z", "tea time"), "malformed"),
        (FILE.replace("ig:Rejection", "ig:Rejection , ig:Acceptance"), "of 2 kinds"),
        (FILE.replace("it is not so", "x" * 3000), "at most 2000"),
        (FILE.replace("ig:curates", "ig:curate"), "nothing is known of the property"),
        (FILE.replace(f'<{CASE}> .', "<https://example.org/x> ."), "on another case study"),
        (FILE.replace("ig:rationale", "ig:newQuote"), "why"),
        (FILE + f'<{CASE}/finding/a> <http://example.org/p> "x" .', "which is no act"),
        (FILE + "[] <http://example.org/p> 1 .", "which is no act"),
    ],
)  # fmt: skip
def test_a_file_in_which_anything_is_malformed_is_refused_whole(content: str, says: str) -> None:
    other = export_acts([act_of(decide(ActKind.ACCEPT))])
    assert len(parse_acts((FILE + other).encode(), CASE)) == 2
    with pytest.raises(ValidationError) as refused:
        parse_acts(content.encode(), CASE)
    assert says in str(refused.value)


def test_acts_on_another_case_study_are_refused() -> None:
    with pytest.raises(ValidationError, match="malformed"):
        parse_acts(FILE.encode(), f"{CASE}-2")


def test_there_is_a_bound_to_the_number_of_acts() -> None:
    graph = Graph().parse(
        data="@prefix ig: <https://w3id.org/impactgraph/ontology#> .\n"
        + "".join(f"<{CASE}/act/{number}> a ig:Rejection .\n" for number in range(MOST_ACTS + 1)),
        format="turtle",
    )
    with pytest.raises(ValidationError, match="10001 acts"):
        read_acts(graph, CASE)


def test_the_number_of_acts_that_make_a_version_is_found() -> None:
    acts = tuple(act_of(decide(ActKind.REJECT, why=f"reason {number}")) for number in range(5))
    for number in range(6):
        assert find_version(acts, digest_acts(acts[:number])) == number
    assert find_version(acts, "0" * 24) is None
