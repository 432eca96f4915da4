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


def test_the_research_is_credited_as_a_whole_and_no_stated_step_joins_it(report: Report) -> None:
    assert report.summary[0].text == (
        "The document credits the research as a whole for impacts 1, 2, 3 and 4: no stated step "
        "joins a finding or an output to a pathway or an impact."
    )
    assert report.summary[0].reasons == (
        "None of outputs 1 to 5 is marked in section 4.",
        "It says that pathways 1, 2 and 3 led to impacts 1, 2, 3 and 4 together, and not which led "
        "to which; an analyst reads pathway 1 as leading to impact 3.",
        "11 links from findings or outputs to pathways or impacts are “curated”: an analyst's "
        "reading of what they have in common, which the document does not state.",
    )


def test_the_figures_of_the_pathways_are_uncorroborated(report: Report) -> None:
    (figures,) = reasons(report, "The figures of pathways 1 and 2 are uncorroborated.")
    assert figures.startswith("No source mark stands at any of them: over 100 research sessions, ")
    for figure in ("237 activities", "29 briefings", "24 dissemination", "700 individuals"):
        assert figure in figures


def test_three_impacts_rest_on_one_testimonial_each_of_somebody_near(report: Report) -> None:
    assert not reasons(
        report,
        "Impacts 2, 3 and 4 rest on one testimonial each, from somebody with a part in the work.",
    )
    assert [paragraph(report, number).speaking for number in (2, 3, 4)] == [
        "Testimonial B alone: Anne Lythgoe, whom the project worked with (Greater Manchester "
        "Combined Authority).",
        "Testimonial F alone: Jonathan Atkinson, co-founder of a project partner (Carbon Co-op).",
        "Testimonial G alone: Chief Executive of Manchester Settlement (not named), who worked "
        "with the project for three years.",
    ]


def test_impact_1_rests_on_documents_of_which_two_come_through_parties(report: Report) -> None:
    assert not reasons(
        report,
        "Impact 1 rests on 4 documents (A, C, D and E) and one testimonial (B); A and D come "
        "through parties to the work.",
    )
    said = paragraph(report, 1).speaking
    for clause in (
        "Greater Manchester Centre for Voluntary Organisation, joint deliverer of the project.",
        "Testimonial B: Anne Lythgoe, whom the project worked with (Greater Manchester Combined "
        "Authority, whose record speaks of its involvement in the project and with which the "
        "exchange programme was developed).",
        "Greater Manchester Combined Authority (of the same organisation as B).",
        "Greater Manchester VCSE Reference Group, of which no part in the work is stated (marked "
        "at one of 16 claims).",
        "C (Update on the Independent Inequalities Commission): the document does not say who "
        "speaks.",
    ):
        assert clause in said, clause


def test_claims_without_a_mark_are_counted_with_those_that_may_be_covered(report: Report) -> None:
    assert [row.paragraph.unmarked for row in report.impacts] == [
        "6 of 16 claims; an analyst reads a mark elsewhere (B and D) as meant for 3 of them; a "
        "mark elsewhere in the text (A) may be meant for one of them.",
        "6 of 13 claims; a mark elsewhere in the text (B) may be meant for all of them.",
        "5 of 9 claims; an analyst reads a mark elsewhere (F) as meant for 2 of them; a mark "
        "elsewhere in the text (F) may be meant for one of them.",
        "3 of 7 claims; a mark elsewhere in the text (G) may be meant for all of them.",
    ]


@pytest.mark.parametrize(
    ("impact", "clause"),
    [
        (2, "An outside voice: the text names Greater Manchester Health and Social Care "),
        (2, "Greater Manchester Police, Transport for Greater Manchester and City of Liverpool"),
        (2, "It does not say whether they had a part in the work."),
        (2, "for “The Combined Authority approved the Social Value Framework”, the record of that"),
        (2, "a record of the use of “Social Value Framework” from whoever took it up"),
        (3, "Innovate UK (which could show the award only)"),
        (3, "as those concerned “Local authorities across Europe”"),
        (3, "“Carbon emissions of homes to be reduced (heading and aim)”, a document, data or"),
        (3, "for “The sharing went through the mPOWER project”, a record of the project mPOWER"),
    ],
)
def test_what_procurement_and_energy_would_need(report: Report, impact: int, clause: str) -> None:
    assert clause in paragraph(report, impact).strengthening


def test_whether_a_is_the_accord_is_the_first_question_to_settle(report: Report) -> None:
    headlines = [asked.headline for asked in report.pressing]
    assert headlines[0] == "Is source A the Accord?"
    assert "What does the mark [B,C] cover?" in headlines
    assert "Section 4 tells what the research showed; section 2 does not." in headlines
    assert "One DOI for two reviews." in [asked.headline for asked in report.oddities]
    assert set(report.pressing) | set(report.oddities) == set(report.questions)


def test_outside_voices_come_first_then_missing_records_then_tidying(graph: CaseGraph) -> None:
    report = build_report(graph, basis=Basis.CURATED)
    outside = [remedy.outside for remedy in report.improvements]
    assert outside == [True] * 3 + [False] * 5
    advices = [remedy.advice for remedy in report.improvements]
    for asked in (
        "Obtain for impact 3 an outside voice",
        "Obtain from each of Greater Manchester Health and Social Care Partnership, Greater "
        "Manchester Police and Transport for Greater Manchester",
        "Obtain from Greater Manchester Combined Authority",
    ):
        assert any(advice.startswith(asked) for advice in advices), asked
    citing, marking = report.tidying
    assert "output 1 for impact 1" in citing
    assert "nothing suggests what pathways 1 and 2 carried" in citing
    assert "source A for one claim, source B for 8 claims" in marking


def test_no_gap_of_energy_is_closed_by_a_funder_who_can_show_the_award_alone(
    graph: CaseGraph,
) -> None:
    advices = [found.advice for found in build_report(graph, basis=Basis.CURATED).improvements]
    assert not any("Innovate UK" in advice for advice in advices)


def test_what_is_said_of_pathways_and_impacts_together_is_one_row(report: Report) -> None:
    rows = [row[0] for row in shorten_chains(report).rows]
    assert rows[0] == "pathways 1, 2 and 3 together → impacts 1, 2, 3 and 4"
    assert not any(str(row).startswith("pathway ") for row in rows)
    assert len(rows) == len(set(rows))


def test_the_first_page_says_no_sentence_twice(report: Report) -> None:
    said = [text for statement in report.summary for text in (statement.text, *statement.reasons)]
    said += [text for row in report.impacts for _, text in row.paragraph.clauses]
    said += [asked.text for asked in report.pressing]
    sentences = [part for text in said for part in re.split(r"(?<=[.?])\s+(?=[A-Z])", text)]
    twice = {part for part in sentences if sentences.count(part) > 1}
    assert twice <= {"It does not say whether they had a part in the work."}


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
