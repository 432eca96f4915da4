"""The report of Jam and Justice: each line that an auditor would look for, with its reasons."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph

from impactgraph.graph import CaseGraph, to_networkx
from impactgraph.model import Basis
from impactgraph.views.report import Report, build_report
from impactgraph.views.report.annex import shorten_chains
from impactgraph.views.report.values import Paragraph
from impactgraph.vocabulary import BASE
from small_case_studies import UnionStore


@pytest.fixture(scope="module")
def graph(jam_and_justice: Graph, reference: Graph) -> CaseGraph:
    store = UnionStore({BASE + "jam-and-justice": jam_and_justice, BASE + "reference": reference})
    return to_networkx(store, "jam-and-justice")


@pytest.fixture(scope="module", params=list(Basis))
def report(request: pytest.FixtureRequest, graph: CaseGraph) -> Report:
    return build_report(graph, basis=request.param)


def reasons(report: Report, text: str) -> list[str]:
    """Return the reasons of the one headline that says something."""
    (found,) = [statement for statement in report.summary if text in statement.text]
    return list(found.reasons)


def paragraph(report: Report, number: int) -> Paragraph:
    return report.impacts[number - 1].paragraph


def test_the_research_is_credited_and_no_finding_or_output_is_named(report: Report) -> None:
    assert report.summary[0].text == (
        "For impacts 1, 2, 3 and 4 the document credits the research as a whole. Section 4 names "
        "in words what was found or shown for impacts 1 and 2 (see the questions), but ties no "
        "change to one of findings a to e or outputs 1 to 5 by letter or number."
    )
    assert report.summary[0].reasons == (
        "Pathways 1, 2 and 3 are said to have led to impacts 1, 2, 3 and 4 together; no finding or "
        "output is named for them.",
    )


def test_no_source_is_cited_for_the_figures_of_the_pathways(report: Report) -> None:
    assert report.summary[1].text == (
        "No source is cited for the figures of pathways 1 and 2, such as over 100 research "
        "sessions, 12 action research projects, 98 non-academic co-researchers and 237 activities."
    )


def test_three_impacts_rest_on_one_testimonial_each_of_somebody_near(report: Report) -> None:
    assert not reasons(
        report,
        "Impacts 2, 3 and 4 rest on one testimonial each, from somebody with a part in the work.",
    )
    assert [paragraph(report, number).speaking for number in (2, 3, 4)] == [
        "Testimonial B alone: Anne Lythgoe, whom the project worked with (Greater Manchester "
        "Combined Authority).",
        "Testimonial F alone: Jonathan Atkinson, co-founder of a project partner (Carbon Co-op) "
        "(see the questions).",
        "Testimonial G alone: Chief Executive of Manchester Settlement (not named), who worked "
        "with the project for three years.",
    ]


def test_impact_1_rests_on_documents_of_which_two_come_through_parties(report: Report) -> None:
    assert not reasons(
        report,
        "Impact 1 rests on 4 documents (A, C, D and E) and one testimonial (B); of the documents "
        "A and D come through parties to the work, and so does the testimonial.",
    )
    said = paragraph(report, 1).speaking
    for clause in (
        "Greater Manchester Centre for Voluntary Organisation, joint deliverer of the project (see "
        "the questions).",
        "Testimonial B: Anne Lythgoe, whom the project worked with (Greater Manchester Combined "
        "Authority).",
        "Greater Manchester Combined Authority, whose record speaks of its involvement in the "
        "project and with which the exchange programme was developed; B comes from the same "
        "organisation.",
        "Greater Manchester VCSE Reference Group, of which no part in the work is stated (cited "
        "for one claim only).",
        "C (Update on the Independent Inequalities Commission): the document does not say who "
        "speaks.",
    ):
        assert clause in said, clause


def test_claims_without_a_mark_are_counted_with_those_that_may_be_covered(report: Report) -> None:
    assert [row.paragraph.unmarked for row in report.impacts] == [
        "No source is cited for these claims: The principle of co-production adopted as policy "
        "across the Combined Authority's work; A major change towards bottom-up policy-making and "
        "co-production. Some other claims have no letter of their own; B and D are probably meant "
        "and A is possibly meant.",
        "Some claims have no letter of their own; B is possibly meant.",
        "No source is cited for this claim: Helped to develop a local energy market. Some other "
        "claims have no letter of their own; F is probably meant.",
        "Some claims have no letter of their own; G is possibly meant.",
    ]


@pytest.mark.parametrize(
    ("impact", "clause"),
    [
        (2, "An outside voice: City of Liverpool (The Good Employment Charter informed"),
        (2, "Greater Manchester Police or Transport for Greater Manchester (Procurement"),
        (1, "A record: Greater Manchester Combined Authority (The principle of co-production"),
        (2, "A record: Greater Manchester Combined Authority (The Combined Authority approved"),
        (
            3,
            "An outside voice: local authorities across Europe (not named; ask Carbon Co-op or "
            "the project mPOWER for an evaluation or, with their consent, their feedback)",
        ),
        (
            3,
            "Say what was done, when and by whom, and cite a source; failing that, put it in other "
            "words (Helped to develop a local energy market).",
        ),
        (4, "An outside voice: the charity's beneficiaries"),
    ],
)
def test_what_procurement_and_energy_would_need(report: Report, impact: int, clause: str) -> None:
    assert clause in " ".join(paragraph(report, impact).strengthening)


def test_a_party_to_a_source_is_no_outside_voice_and_labels_are_no_quotes(report: Report) -> None:
    for row in report.impacts:
        assert "Health and Social Care" not in " ".join(row.paragraph.strengthening)
        assert not any("“" in text for _, lines in row.paragraph.lines for text in lines)


def test_whether_a_is_the_accord_is_the_first_question_to_settle(report: Report) -> None:
    headlines = [asked.headline for asked in report.pressing]
    assert headlines[0] == "Is source A the Accord?"
    for asked in (
        "What does the mark [B,C] cover?",
        "How long had the Framework been in use when B was written?",
        "What section 4 says was shown is not among the findings of section 2.",
        "Founder and co-founder.",
    ):
        assert asked in headlines
    assert "One DOI for two reviews." in [asked.headline for asked in report.oddities]
    assert set(report.pressing) | set(report.oddities) == set(report.questions)


def test_what_would_mend_most_is_seven_items_that_say_whom_to_ask(graph: CaseGraph) -> None:
    report = build_report(graph, basis=Basis.CURATED)
    assert [advice.partition(" for ")[0] for advice in report.advice[2:4]] == [
        "Ask Greater Manchester Combined Authority",
        "Ask Manchester Settlement",
    ]
    assert len(report.advice) == 7
    assert report.advice[0] == (
        "Say in section 4 which finding or output informed impacts 1, 2, 3 and 4, where one did, "
        "and cite it there. Only the authors can tell which."
    )
    assert report.advice[1] == (
        "Ask for an outside voice on impacts 2, 3 and 4; whom to ask is said of each in the report."
    )
    assert "the text of the “Social Value Framework”" in report.advice[2]
    assert "(impacts 1 and 2): The principle of co-production adopted" in report.advice[2]


def test_no_record_is_asked_for_how_great_a_change_is_or_of_a_mere_channel(
    graph: CaseGraph,
) -> None:
    advice = build_report(graph, basis=Basis.CURATED).advice
    assert "A major" not in " ".join(advice[:5])
    assert advice[5].startswith("Give an example from before and one from after")
    assert not any("mPOWER" in item or "Innovate UK" in item for item in advice)


def test_what_is_left_open_in_a_question_is_not_to_be_left_out(graph: CaseGraph) -> None:
    advice = build_report(graph, basis=Basis.CURATED).advice
    assert "what shows this (see the question on it) (impact 3): Helped" in advice[4]


def test_every_pointer_to_the_questions_has_its_question(report: Report) -> None:
    pointed = [row.source.iri for row in report.sources if "see the questions" in row.parties]
    named = " ".join(asked.about for asked in report.pressing)
    assert len(pointed) == 2
    for row in report.sources:
        if row.source.iri in pointed:
            assert row.source.name in named


def test_what_is_said_of_pathways_and_impacts_together_is_one_row(report: Report) -> None:
    rows = [row[0] for row in shorten_chains(report).rows]
    assert rows[0] == "pathways 1, 2 and 3 together → impacts 1, 2, 3 and 4"
    assert not any(str(row).startswith("pathway ") for row in rows)
    assert len(rows) == len(set(rows))


def test_the_first_page_says_no_sentence_twice(report: Report) -> None:
    said = [text for statement in report.summary for text in (statement.text, *statement.reasons)]
    said += [text for row in report.impacts for _, lines in row.paragraph.lines for text in lines]
    said += [asked.text for asked in report.pressing]
    sentences = [part for text in said for part in re.split(r"(?<=[.?])\s+(?=[A-Z])", text)]
    assert len(sentences) == len(set(sentences))


def test_every_claim_is_in_the_evidence_and_every_source_among_the_sources(report: Report) -> None:
    assert len({(row.impact, row.claim) for row in report.evidence}) == 45 + 3
    assert [row.source.notation for row in report.sources] == list("ABCDEFG")
    assert all(row.quote and row.section for row in report.evidence)
    assert all(row.places for row in report.chains)
    assert report.threads == ()


def test_nothing_is_said_of_scores_or_of_big_numbers(report: Report) -> None:
    said = [statement.text for statement in report.summary]
    said += [remedy.sentence for remedy in report.remedies.remedies]
    for word in ("score", "star", "more people", "larger", "independent"):
        assert not any(word in sentence for sentence in said), word
