"""The encoded case study holds what the document holds, each thing with its place."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import pytest
from rdflib import Graph, Literal

from impactgraph.documents import normalise_text, parse_sections
from impactgraph.encoding import decode
from impactgraph.model import Anchor, Basis, CaseStudy, Step
from impactgraph.vocabulary import BIBO, DCTERMS, OA, SCHEMA

LONGEST_QUOTE = 12
LONGEST_RUN = 8
"""How many words in a row labels and descriptions may share with the document."""


@pytest.fixture(scope="module")
def case_study(jam_and_justice: Graph) -> CaseStudy:
    return decode(jam_and_justice)


def anchored(case_study: CaseStudy) -> dict[str, tuple[Anchor, ...]]:
    """Everything that must have a place in the document, with its places."""
    members = (
        *case_study.research,
        *case_study.projects,
        *case_study.findings,
        *case_study.outputs,
        *case_study.reviews,
        *case_study.pathways,
        *case_study.impacts,
        *case_study.claims,
        *case_study.sources,
        *case_study.quotations,
        *case_study.products,
        *case_study.grants,
        *case_study.figures,
        *case_study.people,
        *case_study.groups,
        *case_study.roles,
        *case_study.notes,
        *case_study.links,
    )
    return {member.iri: member.anchors for member in members}


def test_it_has_the_members_of_the_five_stages(case_study: CaseStudy) -> None:
    assert [finding.notation for finding in case_study.findings] == list("abcde")
    assert [output.notation for output in case_study.outputs] == list("12345")
    assert [pathway.notation for pathway in case_study.pathways] == list("123")
    assert [impact.notation for impact in case_study.impacts] == list("1234")
    assert [source.notation for source in case_study.sources] == list("ABCDEFG")


@pytest.mark.parametrize(
    ("impact", "words"),
    [
        ("1", "signed an Accord"),
        ("1", "key driver"),
        ("1", "Inequalities Commission"),
        ("1", "invested GBP150,000"),
        ("1", "committed GBP150,000"),
        ("1", "involve citizens"),
        ("2", "shift in procurement"),
        ("2", "approved the Social Value Framework"),
        ("2", "shapes public spending"),
        ("2", "Liverpool"),
        ("3", "GM Energy Futures"),
        ("3", "profile and standing"),
        ("3", "mPOWER"),
        ("3", "GBP6,200,000"),
        ("3", "arbon emissions"),
        ("4", "person-centred"),
        ("4", "health and wellbeing"),
        ("4", "new parents"),
    ],
)
def test_it_has_the_claim(case_study: CaseStudy, impact: str, words: str) -> None:
    found = [
        claim
        for claim in case_study.claims
        if words in claim.label and claim.claim_of.endswith(f"/impact/{impact}")
    ]
    assert found, words


def test_links_say_no_more_than_the_document_and_its_curator(case_study: CaseStudy) -> None:
    stated = Counter(link.step for link in case_study.links if link.basis is Basis.STATED)
    assert stated[Step.REPORTED_IN] == 7
    assert stated[Step.LED_TO] == 12
    assert stated[Step.CREDITED_FOR] == 4
    assert stated[Step.CARRIED_BY] == stated[Step.CONTRIBUTED_TO] == 0
    together = {link.step for link in case_study.links if link.collective}
    assert together == {Step.LED_TO, Step.ENABLED}
    for link in case_study.links:
        assert link.rationale
        assert (link.confidence == 1) == (link.basis is Basis.STATED), link.label
        assert (link.method is not None) == (link.basis is Basis.INFERRED), link.label


def test_a_stated_source_of_an_impact_is_that_of_one_of_its_claims(case_study: CaseStudy) -> None:
    impact_of = {claim.iri: claim.claim_of for claim in case_study.claims}
    pairs = [
        (link.origin, link.target)
        for link in case_study.links
        if link.step is Step.CORROBORATED_BY and link.basis is Basis.STATED
    ]
    by_claims = {(impact_of[origin], target) for origin, target in pairs if origin in impact_of}
    of_impacts = {(origin, target) for origin, target in pairs if "/impact/" in origin}
    assert of_impacts == by_claims
    assert sorted(f"{origin[-1]}{target[-1]}" for origin, target in of_impacts) == [
        *("1A", "1B", "1C", "1D", "1E"),
        *("2B", "3F", "4G"),
    ]


def test_the_doi_of_the_reviews_is_not_taken_for_the_books(case_study: CaseStudy) -> None:
    book, *articles = case_study.outputs
    assert book.doi is None
    assert {review.doi for review in case_study.reviews} == {"10.1177/1478929917716890"}
    assert all(article.doi for article in articles)


def test_every_link_node_and_claim_has_a_place_and_a_short_quote(case_study: CaseStudy) -> None:
    places = anchored(case_study)
    assert len(places) > 250
    for iri, anchors in places.items():
        assert anchors, iri
        for anchor in anchors:
            assert len(anchor.exact.split()) <= LONGEST_QUOTE, anchor
            assert 0 <= anchor.start < anchor.end <= case_study.document.length, anchor
    for quotation in case_study.quotations:
        assert len(quotation.text.split()) <= LONGEST_QUOTE, quotation


def test_every_place_lies_in_the_document(case_study: CaseStudy, document_text: str) -> None:
    text = normalise_text(document_text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert case_study.document.digest == f"sha256:{digest}"
    assert case_study.document.length == len(text)
    sections = {section.kind: section for section in parse_sections(text)}
    assert sorted(sections) == ["1", "2", "3", "4", "5", "A"]
    for anchors in anchored(case_study).values():
        for anchor in anchors:
            assert anchor.exact in text[anchor.start : anchor.end], anchor
            section = sections[anchor.section]
            assert section.start <= anchor.start < anchor.end <= section.end, anchor


def test_labels_and_descriptions_are_in_words_of_our_own(
    jam_and_justice: Graph, document_text: str
) -> None:
    document = words_of(document_text)
    length = LONGEST_RUN + 1
    runs = {tuple(document[i : i + length]) for i in range(len(document) - length + 1)}
    quoting = {OA.exact, SCHEMA.text, DCTERMS.title, DCTERMS.bibliographicCitation, BIBO.doi}
    checked = 0
    for subject, predicate, value in jam_and_justice:
        if isinstance(value, Literal) and predicate not in quoting:
            words = words_of(str(value))
            checked += 1
            for i in range(len(words) - length + 1):
                assert tuple(words[i : i + length]) not in runs, (subject, value)
    assert checked > 1000


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"<[^<>]+>|[*]", "", text).lower())
