from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.catalogue import Catalogue, Entry, Facet, Order, Selection
from impactgraph.corpus import Grouping, distribute
from impactgraph.errors import UsageError
from impactgraph.model import Basis, Stage
from impactgraph.views.corpus import distribution_record
from invented_store import COUNT

TEXTS = ["", "trust", "school", "trust school", "res", "in the", "nowhere"]


def values_of(entry: Entry, facet: Facet) -> set[str]:
    analysis = entry.analysis
    found: dict[Facet, list[str | None]] = {
        Facet.INSTITUTION: [analysis.institution],
        Facet.UNIT: [analysis.unit_of_assessment],
        Facet.IMPACT_TYPE: [*(kind.value for kind in analysis.impact_types)],
        Facet.GAP: [*analysis.gaps],
        Facet.YEAR: [*map(str, entry.years)],
        Facet.EXERCISE: [entry.exercise],
    }
    return {value for value in found[facet] if value}


def has_words(entry: Entry, words: tuple[str, ...]) -> bool:
    """Whether every word, or one that begins so where it is long enough, stands anywhere."""
    text = " ".join(f"{one.label} {one.words}" for one in entry.passages).lower()
    there = "".join(letter if letter.isalnum() else " " for letter in text).split()
    return all(
        any(one == word or (len(word) > 2 and one.startswith(word)) for one in there)
        for word in words
    )


@pytest.fixture(scope="session")
def known(entries: tuple[Entry, ...]) -> dict[Facet, list[str]]:
    found = {
        facet: sorted({value for entry in entries for value in values_of(entry, facet)})
        for facet in Facet
    }
    assert all(found.values())
    return found


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_what_is_found_and_each_count_is_that_of_looking_at_all(
    data: st.DataObject,
    catalogue: Catalogue,
    entries: tuple[Entry, ...],
    known: dict[Facet, list[str]],
) -> None:
    values = {
        facet: tuple(
            data.draw(st.lists(st.sampled_from([*known[facet], "none"]), max_size=2, unique=True))
        )
        for facet in data.draw(st.lists(st.sampled_from(list(Facet)), max_size=3, unique=True))
    }
    selection = Selection(text=data.draw(st.sampled_from(TEXTS)), values=values)
    found = catalogue.find(selection, size=COUNT)

    def fits(entry: Entry, besides: Facet | None) -> bool:
        return has_words(entry, selection.words) and all(
            facet is besides or not chosen or values_of(entry, facet) & set(chosen)
            for facet, chosen in values.items()
        )

    wanted = [entry for entry in entries if fits(entry, None)]
    assert {card.iri for card in found.cards} == {entry.analysis.iri for entry in wanted}
    assert found.total == len(wanted)
    for facet in Facet:
        counted = Counter(
            value for entry in entries if fits(entry, facet) for value in values_of(entry, facet)
        )
        shown = {one.value: one.count for one in found.facets[facet] if one.count}
        assert shown == counted, facet
        chosen = {one.value for one in found.facets[facet] if one.chosen}
        assert chosen == set(values.get(facet, ()))
    gaps = Counter(kind for entry in wanted for kind in entry.analysis.gaps)
    assert {one.value: one.count for one in found.gaps} == gaps
    numbers = found.totals.numbers
    assert found.totals.case_studies == len(wanted)
    assert numbers["chains"] == sum(entry.analysis.chains for entry in wanted)
    assert numbers["impacts"] == sum(entry.counts[Stage.IMPACT] for entry in wanted)
    assert numbers["outputs_on_curated"] == sum(
        entry.coverage[Basis.CURATED].outputs for entry in wanted
    )


@pytest.mark.parametrize("order", [order for order in Order if order is not Order.MATCH])
def test_pages_hold_each_case_study_once_in_their_order(
    catalogue: Catalogue, entries: tuple[Entry, ...], order: Order
) -> None:
    pages = [catalogue.find(Selection(order=order, page=page), size=5) for page in range(1, 6)]
    assert [found.page for found in pages] == [1, 2, 3, 4, 5]
    assert {found.pages for found in pages} == {5}
    cards = [card for found in pages for card in found.cards]
    assert {card.iri for card in cards} == {entry.analysis.iri for entry in entries}
    assert len(cards) == COUNT
    orders: dict[Order, list[Any]] = {
        Order.TITLE: [card.plain_title.lower() for card in cards],
        Order.GAPS: [(-c.numbers["gaps_high"], -c.numbers["gaps_medium"]) for c in cards],
        Order.REACHED: [c.numbers["reached_curated"] / c.numbers["impacts"] for c in cards],
        Order.SOURCED: [c.numbers["sourced_claims"] / c.numbers["claims"] for c in cards],
    }
    assert orders[order] == sorted(orders[order])


def test_beyond_the_last_page_is_the_last(catalogue: Catalogue) -> None:
    last = catalogue.find(Selection(page=2))
    assert catalogue.find(Selection(page=99)) == last
    assert last.page == 2


def test_a_title_comes_before_a_text(catalogue: Catalogue, entries: tuple[Entry, ...]) -> None:
    word = entries[0].analysis.title.split()[0].lower()
    cards = catalogue.find(Selection(text=word)).cards
    headed = [word in card.plain_title.lower() for card in cards]
    assert headed[0]
    assert headed == sorted(headed, reverse=True)
    assert any(match for _, match in cards[0].title)


def test_a_hit_names_a_node_and_marks_the_word_in_its_text(
    catalogue: Catalogue, entries: tuple[Entry, ...]
) -> None:
    passages = {(entry.analysis.iri, one.key): one for entry in entries for one in entry.passages}
    found = catalogue.find(Selection(text="trust"))
    hits = [(card, hit) for card in found.cards for hit in card.hits]
    assert len(hits) > 5
    for card, hit in hits:
        passage = passages[card.iri, hit.key]
        assert hit.kind == passage.kind
        assert hit.key.startswith(hit.kind)
        assert "".join(text for text, _ in hit.label) == passage.label
        marked = [text.lower() for text, match in (*hit.label, *hit.words) if match]
        assert marked
        assert all(text.startswith("trust") for text in marked)


def test_distributions_are_those_of_the_corpus(
    catalogue: Catalogue, entries: tuple[Entry, ...]
) -> None:
    analyses = [entry.analysis for entry in entries]
    for by in Grouping:
        assert catalogue.distribution(by) == [
            distribution_record(one) for one in distribute(analyses, by=by)
        ]
    counted = Counter(entry.analysis.chains for entry in entries)
    assert catalogue.counts("chains") == sorted(counted.items())
    with pytest.raises(ValueError, match="called"):
        catalogue.counts("chains; DROP TABLE number")


def test_an_address_says_what_is_selected() -> None:
    selection = Selection(
        text="a b", values={Facet.YEAR: ("2019", "2020")}, order=Order.GAPS, page=3
    )
    assert selection.fields() == [
        ("q", "a b"),
        ("year", "2019"),
        ("year", "2020"),
        ("sort", "gaps"),
        ("page", "3"),
    ]
    assert selection.without(Facet.YEAR, "2019").fields() == [
        ("q", "a b"),
        ("year", "2020"),
        ("sort", "gaps"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "a" * 401},
        {"page": 0},
        {"page": 10**6},
        {"values": {Facet.GAP: ("x" * 301,)}},
        {"values": {Facet.GAP: tuple(map(str, range(51)))}},
    ],
)
def test_too_much_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Selection(**wrong)  # type: ignore[arg-type]


def test_a_search_that_takes_too_long_is_given_up(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from impactgraph.catalogue import reading

    monkeypatch.setattr(reading, "_LONGEST_SEARCH", -1.0)
    monkeypatch.setattr(reading, "_STEPS", 1)
    with pytest.raises(UsageError, match="too long"):
        catalogue.find(Selection(text="trust"))
    monkeypatch.undo()
    assert catalogue.find(Selection(text="trust")).total
