from __future__ import annotations

import pytest

from impactgraph.store import Store
from impactgraph.views import open_case_study, read_overview
from impactgraph.views.reading import read_details, read_summaries
from shipped import make_store

CASE = "https://w3id.org/impactgraph/id/jam-and-justice"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("views") / "store")


def test_a_summary_says_whose_it_is_and_counts_its_nodes(store: Store) -> None:
    (summary,) = read_summaries(store)
    assert read_summaries(store, CASE) == (summary,)
    assert summary.slug == "jam-and-justice"
    assert summary.institution == "University of Manchester"
    assert summary.exercise == "REF 2021"
    assert [summary.counts[stage] for stage in summary.counts] == [5, 5, 3, 4, 7]
    assert summary.claims >= 40


def test_details_bring_descriptions_facts_words_and_notes(store: Store) -> None:
    details = read_details(store, CASE)
    output = details[f"{CASE}/output/2"]
    doi = next(fact for fact in output.facts if fact.term == "DOI")
    assert doi.href == f"https://doi.org/{doi.value}"
    assert ("Type", "journal article") in {(fact.term, fact.value) for fact in output.facts}
    source = details[f"{CASE}/source/B"]
    assert {"Who speaks", "Their part", "Date"} <= {fact.term for fact in source.facts}
    assert source.quoted
    assert any(one.notes for one in details.values())
    assert details[f"{CASE}/finding/a"].description


def test_only_web_addresses_may_be_followed(store: Store) -> None:
    facts = [fact for one in read_details(store, CASE).values() for fact in one.facts]
    assert all(fact.href.startswith(("https://", "http://")) for fact in facts if fact.href)
    assert not any("purl.org" in fact.value for fact in facts)


def test_a_case_study_opens_by_slug_and_by_iri(store: Store) -> None:
    with store.snapshot() as snapshot:
        assert open_case_study(snapshot, "jam-and-justice") == open_case_study(snapshot, CASE)


def test_the_overview_counts_gaps_by_severity(store: Store) -> None:
    (entry,) = read_overview(store)
    assert sum(entry.gaps.values()) == len(open_case_study(store, CASE).gaps)
    assert entry.headline.impacts == 4
