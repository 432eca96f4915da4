"""The report of Jam and Justice: each line that an auditor would look for, with its reasons."""

from __future__ import annotations

import pytest
from rdflib import Graph

from impactgraph.graph import CaseGraph, to_networkx
from impactgraph.model import Basis
from impactgraph.views.report import Report, build_report
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
    """Return the reasons of the one statement of the summary that says something."""
    (found,) = [statement for statement in report.summary if text in statement.text]
    return list(found.reasons)


def test_the_research_is_credited_as_a_whole_and_no_stated_step_joins_it(report: Report) -> None:
    first = report.summary[0]
    assert first.text == (
        "The document credits the research as a whole for impacts 1, 2, 3 and 4. No stated step "
        "joins a finding or an output to a pathway or an impact."
    )
    assert "stop between output and pathway" in first.reasons[0]
    assert "as groups" in first.reasons[1]
    assert first.reasons[2].startswith("11 links")


def test_the_figures_of_the_pathways_are_uncorroborated(report: Report) -> None:
    (figures, mark) = reasons(report, "The figures of pathways 1 and 2 are uncorroborated.")
    for figure in ("over 100 research sessions", "237 activities", "700 individuals reached"):
        assert figure in figures
    assert mark == "No source mark stands at any of them."


def test_three_impacts_rest_on_one_testimonial_each_of_somebody_near(report: Report) -> None:
    two, three, four = reasons(report, "Impacts 2, 3 and 4 rest on one testimonial each.")
    assert two.startswith("Impact 2, source B: ")
    assert "Anne Lythgoe, whom the project worked with; through Greater Manchester Comb" in two
    assert three.startswith("Impact 3, source F: ")
    assert "co-founder of a project partner" in three
    assert four.startswith("Impact 4, source G: ")
    assert "who worked with the project for three years" in four


def test_impact_1_rests_on_documents_of_which_two_come_through_parties(report: Report) -> None:
    said = reasons(report, "Impact 1 rests on 4 documents (A, C, D and E) and one testimonial (B).")
    assert any(
        "A and D come through parties to the research." in found.text for found in report.summary
    )
    by_source = {reason.partition(":")[0]: reason for reason in said}
    assert list(by_source) == ["Source A", "Source B", "Source C", "Source D", "Source E"]
    assert "Organisation, joint deliverer of the project." in by_source["Source A"]
    assert "The document does not say that they are the same." in by_source["Source A"]
    assert "Accord" in by_source["Source A"]
    assert "does not say who speaks for it" in by_source["Source C"]
    assert "with which the exchange programme was developed" in by_source["Source D"]
    assert "No part of Greater Manchester VCSE Reference Group" in by_source["Source E"]


def test_claims_without_a_source_are_counted_with_those_that_may_be_covered(
    report: Report,
) -> None:
    where, covered = reasons(report, "20 of 45 claims have no source in their sentence.")
    assert where == "They are 6 in impact 1, 6 in impact 2, 5 in impact 3 and 3 in impact 4."
    assert covered.startswith("16 of them may be covered all the same")


@pytest.mark.parametrize(
    ("impact", "voice", "evidence"),
    [
        ("Impact 2", "Greater Manchester Police", "The record of that decision by Greater Manch"),
        ("Impact 2", "Transport for Greater Manchester", "“Social Value Framework”"),
        ("Impact 3", "Innovate UK", "“Carbon emissions of homes to be reduced (heading and aim)”"),
        ("Impact 3", "Innovate UK", "“A local energy market to be developed (heading and"),
    ],
)
def test_what_procurement_and_energy_would_need(
    report: Report, impact: str, voice: str, evidence: str
) -> None:
    (said,) = [found for found in report.summary if found.text.startswith(f"{impact} would need")]
    assert "somebody with no known part in the research" in said.text
    assert voice in said.text
    assert any(evidence in reason for reason in said.reasons)


def test_remedies_name_whom_to_ask(graph: CaseGraph) -> None:
    advices = [
        remedy.advice for remedy in build_report(graph, basis=Basis.CURATED).remedies.remedies
    ]
    for asked in (
        "Obtain from Greater Manchester Combined Authority",
        "Obtain from each of Greater Manchester Health and Social Care Partnership, Greater "
        "Manchester Police and Transport for Greater Manchester",
        "Obtain from Innovate UK",
        "Check whether source B shows",
        "Say in section 4 whether output 1 informed impact 1",
    ):
        assert any(advice.startswith(asked) for advice in advices), asked


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
