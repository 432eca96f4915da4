"""Gaps in figures: pairs that cannot both be right, and pairs that only look alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaps.dated_case_studies import dated, figure
from impactgraph.gaps import Gap, find_gaps
from impactgraph.gaps.figures import QUALIFIERS, span_of
from impactgraph.graph import build_graph
from impactgraph.model import Basis, Figure

NUMBERS = st.decimals(min_value=1, max_value=10**9, places=0)


def found(kind: str, *figures: Figure, owner: str = "claim/c") -> tuple[Gap, ...]:
    graph = build_graph(dated("pathway 1", "claim c of 1", figures={owner: figures}))
    return find_gaps(graph, basis=Basis.STATED, kinds=[kind])


def people(name: str, value: Any = None, **about: Any) -> Figure:
    return figure(name, "people reached", value, **about)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"value": 12}, {"value": 13}, True),
        ({"value": 700}, {"value": 698}, False),
        ({"value": 700}, {"value": 600}, True),
        ({"value": 7_000_000_000}, {"value": 6_980_000_000}, False),
        ({"value": 300, "qualifier": "over"}, {"value": 310}, False),
        ({"value": 300, "qualifier": "Over "}, {"value": 280}, True),
        ({"value": 300, "qualifier": "over"}, {"value": 280, "qualifier": "up to"}, True),
        ({"value": 300, "qualifier": "up to"}, {"value": 12}, False),
        ({"value": 100, "qualifier": "about"}, {"value": 111}, False),
        ({"value": 100, "qualifier": "about"}, {"value": 131}, True),
        ({"value": 300, "qualifier": "nearly"}, {"value": 301}, True),
        ({"value": 300, "qualifier": "first"}, {"value": 12}, False),
        ({"value": 12, "qualifier": "in total"}, {"value": 13}, True),
        ({"minimum": 15, "maximum": 20}, {"value": 21}, True),
        ({"minimum": 15, "maximum": 20}, {"value": 18}, False),
        ({"minimum": 15, "maximum": 20}, {"minimum": 20, "maximum": 25}, False),
        ({"minimum": 15, "maximum": 20, "qualifier": "about"}, {"value": 99}, False),
        ({"value": 0}, {"value": 12}, False),
    ],
)
def test_figures_disagree_where_their_qualifiers_leave_nothing_in_common(
    one: dict[str, Any], other: dict[str, Any], apart: bool
) -> None:
    numbers = [
        {key: Decimal(it) if isinstance(it, int) else it for key, it in part.items()}
        for part in (one, other)
    ]
    gaps = found("figures-disagree", people("1", **numbers[0]), people("2", **numbers[1]))
    assert bool(gaps) == apart


@pytest.mark.parametrize(
    "about",
    [
        {"unit": "a year"}, {"currency": "GBP"}, {"date": "2019"}, {"scope": "the city"},
        {"part_of": people("1").iri},
    ],
)  # fmt: skip
def test_figures_that_differ_in_more_than_the_number_are_not_the_same(
    about: dict[str, Any],
) -> None:
    assert found("figures-disagree", people("1", 12), people("2", 15, **about)) == ()
    assert len(found("figures-disagree", people("1", 12), people("2", 15))) == 1


def test_what_is_counted_must_be_said_in_the_same_words() -> None:
    assert found("figures-disagree", people("1", 12), figure("2", "participants", 15)) == ()


def test_without_a_scope_figures_of_different_things_are_not_compared() -> None:
    case = dated(
        "pathway 1",
        "claim c of 1",
        figures={"claim/c": [people("1", 12)], "pathway/1": [people("2", 15)]},
    )
    assert find_gaps(build_graph(case), basis=Basis.STATED, kinds=["figures-disagree"]) == ()


def test_with_the_same_scope_they_are() -> None:
    case = dated(
        "pathway 1",
        "claim c of 1",
        figures={
            "claim/c": [people("1", 12, scope="the city")],
            "pathway/1": [people("2", 15, scope="the city")],
        },
    )
    (gap,) = find_gaps(build_graph(case), basis=Basis.STATED, kinds=["figures-disagree"])
    assert gap.reason == "The document gives 12 and 15 for the same: people reached."
    assert [iri[-1] for iri in gap.at] == ["1", "2"]
    assert [place.exact for place in gap.places] == ["words", "words"]


def test_the_same_sum_of_two_scopes_is_a_note() -> None:
    spent = figure("1", "spent", 7_000, currency="GBP", scope="the county")
    budget = figure("2", "budget", 7_000, currency="GBP", scope="four bodies", qualifier="over")
    (gap,) = found("figures-scope", spent, budget)
    assert gap.severity.value == "note"
    assert gap.reason == (
        "GBP 7,000 (spent) and over GBP 7,000 (budget) hold for different scopes: the county; "
        "and four bodies."
    )


def test_equal_counts_of_two_scopes_are_no_note_but_unequal_ones_of_the_same_thing_are() -> None:
    city, county = {"scope": "the city"}, {"scope": "the county"}
    assert found("figures-scope", people("1", 12, **city), figure("2", "cats", 12, **county)) == ()
    assert found("figures-scope", people("1", 12, **city), people("2", 12, **county)) == ()
    assert len(found("figures-scope", people("1", 12, **city), people("2", 15, **county))) == 1
    assert found("figures-scope", people("1", 12, **city), people("2", 15)) == ()


@given(NUMBERS, st.sampled_from([None, *QUALIFIERS]))
def test_a_figure_never_disagrees_with_itself(number: Decimal, qualifier: str | None) -> None:
    span = span_of(people("1", number, qualifier=qualifier))
    assert span is not None
    assert not span.is_apart(span)


@given(NUMBERS, NUMBERS)
def test_two_plain_numbers_agree_only_where_one_may_be_the_other_rounded(
    one: Decimal, other: Decimal
) -> None:
    spans = [span_of(people("1", number)) for number in (one, other)]
    assert spans[0] is not None
    assert spans[1] is not None
    if not spans[0].is_apart(spans[1]):
        assert abs(one - other) < Decimal("0.98") * max(rounding(one), rounding(other))


def rounding(number: Decimal) -> int:
    digits = str(int(number))
    return 10 ** (len(digits) - len(digits.rstrip("0")))
