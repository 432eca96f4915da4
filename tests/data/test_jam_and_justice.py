"""The encoded case study holds what the document holds, each thing with its place."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any

import pytest
from rdflib import Graph, Literal

from impactgraph.documents import normalise_text, parse_sections
from impactgraph.encoding import decode
from impactgraph.model import Anchor, Basis, CaseStudy, Mark, Motivation, RoleType, Step
from impactgraph.vocabulary import BIBO, DCTERMS, OA, SCHEMA

LONGEST_QUOTE = 12
LONGEST_RUN = 8
"""How many words in a row labels and descriptions may share with the document."""


@pytest.fixture(scope="module")
def case_study(jam_and_justice: Graph) -> CaseStudy:
    return decode(jam_and_justice)


def anchored(case_study: CaseStudy) -> dict[str, tuple[Anchor, ...]]:
    """Everything that must have a place in the document, with its places."""
    members: tuple[Any, ...] = (
        *case_study.research,
        *case_study.projects,
        *case_study.findings,
        *case_study.outputs,
        *case_study.reviews,
        *case_study.pathways,
        *case_study.impacts,
        *case_study.claims,
        *case_study.sources,
        *case_study.marks,
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
    headings = {
        f"heading of {impact.iri}": (impact.heading,)
        for impact in case_study.impacts
        if impact.heading
    }
    return {member.iri: member.anchors for member in members} | headings


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


def test_a_stated_source_of_a_claim_is_cited_by_a_mark_in_its_passage(
    case_study: CaseStudy,
) -> None:
    claims = {claim.iri: claim.anchors for claim in case_study.claims}
    linked = {
        (link.origin, link.target)
        for link in case_study.links
        if link.step is Step.CORROBORATED_BY
        and link.basis is Basis.STATED
        and link.origin in claims
    }
    # A mark covers its whole sentence, in which several claims may stand.
    covering = {
        (mark.iri, target): {
            link.origin
            for link in case_study.links
            if link.target == target and any(holds(anchor, mark) for anchor in link.anchors)
        }
        for mark in case_study.marks
        for target in mark.cites
        if "/source/" in target
    }
    assert len(covering) == 22
    assert all(found & claims.keys() for found in covering.values())
    by_marks = {(claim, target) for (_, target), found in covering.items() for claim in found}
    assert linked <= by_marks


def holds(anchor: Anchor, mark: Mark) -> bool:
    """Whether a passage holds a mark, which may end it."""
    return all(anchor.start < place.end <= anchor.end for place in mark.anchors)


def test_marks_resolve_and_cite_what_findings_are_reported_in(case_study: CaseStudy) -> None:
    assert len(case_study.marks) == 28
    assert not any(mark.unresolved or mark.on_heading or mark.pages for mark in case_study.marks)
    cited = Counter(target[-1] for mark in case_study.marks for target in mark.cites)
    assert cited == Counter("11122345" + "A" + "B" * 9 + "CCDE" + "FFFF" + "GGGG")
    (both,) = [mark for mark in case_study.marks if mark.text == "[B,C]"]
    assert [target[-1] for target in both.cites] == ["B", "C"]


def test_every_mark_of_the_text_is_there(case_study: CaseStudy, document_text: str) -> None:
    text = normalise_text(document_text)
    printed = [
        (found.group(), found.end()) for found in re.finditer(r"\[(?:\d|[A-G])(?:,\w)*\]", text)
    ]
    assert sorted(printed, key=lambda pair: pair[1]) == sorted(
        ((mark.text, mark.anchors[0].end) for mark in case_study.marks), key=lambda pair: pair[1]
    )


def test_every_impact_has_its_heading_in_section_4(case_study: CaseStudy) -> None:
    for impact in case_study.impacts:
        assert impact.heading is not None
        assert impact.heading.section == "4"
        assert any(
            anchor.start <= impact.heading.start < impact.heading.end < anchor.end
            for anchor in impact.anchors
        )


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("A", "GMCVO, joint deliverer of the project"),
        ("B", "Anne Lythgoe, whom the project worked with"),
        ("D", "Combined Authority, with which the exchange programme was developed"),
        ("F", "Jonathan Atkinson, co-founder of a project partner"),
        (
            "G",
            "Chief Executive of Manchester Settlement, who worked with the project for three years",
        ),
    ],
)
def test_the_part_of_who_speaks_is_told(case_study: CaseStudy, source: str, part: str) -> None:
    (party,) = [found.party for found in case_study.sources if found.notation == source]
    roles = [role for role in case_study.roles if role.agent == party]
    assert part in [role.label for role in roles]


def test_who_speaks_in_c_and_what_part_e_had_is_unknown(case_study: CaseStudy) -> None:
    parties = {source.notation: source.party for source in case_study.sources}
    assert parties["C"] is None
    parts = [role.role_type for role in case_study.roles if role.agent == parties["E"]]
    assert parts == [RoleType.CORROBORATOR]


def test_every_source_names_the_research(case_study: CaseStudy) -> None:
    attested = {link.origin for link in case_study.links if link.step is Step.ATTESTS}
    assert attested == {source.iri for source in case_study.sources}


def test_whether_a_is_the_accord_is_left_open(case_study: CaseStudy) -> None:
    (note,) = [note for note in case_study.notes if note.label == "Is source A the Accord?"]
    assert note.motivation is Motivation.QUESTIONING
    about = [iri.removeprefix(case_study.iri) for iri in note.about]
    assert "/source/A" in about
    assert any(iri.startswith("/claim/") for iri in about)


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
