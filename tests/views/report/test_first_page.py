"""The first page of a report, on small case studies of any form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from impactgraph.graph import build_graph, model_of
from impactgraph.model import Basis, Organisation, Reference
from impactgraph.views.report import Report, build_report
from impactgraph.views.report.annex import shorten_chains, shorten_evidence, shorten_gaps
from small_case_studies import CASE, case_graph


def report_of(*lines: str, basis: Basis = Basis.STATED) -> Report:
    return build_report(case_graph(*lines), basis=basis)


def headlines(report: Report) -> Sequence[str]:
    return [statement.text for statement in report.summary]


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ((), "The case study has no impact."),
        (("impact 1",), "The impact is not reached from a finding or an output by steps that the"),
        (("output 1 contributedTo impact 1",), "The impact is reached from a finding or an output"),
        (
            ("output 1 contributedTo impact 1", "impact 2"),
            "One of 2 impacts is reached from a finding or an output by steps that the document",
        ),
        (
            ("output 1 contributedTo impact 1", "output 1 contributedTo impact 2"),
            "All 2 impacts are reached from a finding or an output by steps that the document",
        ),
        (
            ("finding a", "output 1", "research creditedFor impact 1"),
            "For impact 1 the document credits the research as a whole: it states no step from a "
            "finding or an output to a pathway or an impact.",
        ),
    ],
)
def test_the_first_headline_says_how_far_the_document_goes(
    lines: tuple[str, ...], first: str
) -> None:
    assert headlines(report_of(*lines))[0].startswith(first)


def test_impacts_with_no_one_and_several_sources_are_told_apart() -> None:
    said = headlines(
        report_of(
            "impact 1",
            "impact 2 corroboratedBy source A",
            "source B report",
            "impact 3 corroboratedBy source A",
            "impact 3 corroboratedBy source B",
        )
    )
    assert said[1:] == [
        "Impact 1 has no source.",
        "Impact 2 rests on one testimonial. Impact 3 rests on one document (B) and one "
        "testimonial (A).",
    ]


def test_a_paragraph_is_bounded_however_many_claims_and_sources_there_are() -> None:
    lines = [f"claim c{number} of 1" for number in range(300)]
    lines += [f"impact 1 corroboratedBy source S{number}" for number in range(40)]
    paragraph = report_of(*lines).impacts[0].paragraph
    assert paragraph.unmarked == (
        "No source is cited for these claims: claim c0; claim c1; claim c10; claim c100; and 296 "
        "more."
    )
    assert "and 34 more: the document does not say who speaks." in paragraph.speaking
    assert paragraph.strengthening[0].startswith("Say first who speaks in S0, S1, ")
    assert sum(len(text) for _, lines in paragraph.lines for text in lines) < 1500


def test_without_a_source_nobody_speaks_and_without_claims_nothing_lacks_a_mark() -> None:
    paragraph = report_of("impact 1").impacts[0].paragraph
    assert [term for term, _ in paragraph.lines] == [
        "Claimed",
        "Who speaks for it",
        "What would strengthen it",
    ]
    assert (paragraph.claimed, paragraph.voices) == (("impact 1.",), ("nobody.",))


def test_the_first_page_is_the_same_at_every_basis() -> None:
    lines = (
        "finding a contributedTo impact 1 curated 0.7",
        "impact 1 corroboratedBy source A",
        "claim c of 1",
        "claim c corroboratedBy source A inferred 0.6",
    )
    reports = [report_of(*lines, basis=basis) for basis in Basis]
    assert len({report.summary for report in reports}) == 1
    assert len({report.impacts[0].paragraph for report in reports}) == 1
    assert reports[0].impacts[0].paragraph.unmarked == (
        "One claim has no letter of its own; A is possibly meant."
    )


def test_a_paragraph_asks_an_outside_voice_and_names_claims_in_their_own_words() -> None:
    council = Organisation(iri=f"{CASE}/organisation/council", label="The Council")
    model = model_of(case_graph("impact 1", "impact 2", "claim c of 1", "claim d of 2"))
    claims = tuple(replace(claim, beneficiaries=(council.iri,)) for claim in model.claims)
    known = replace(model, claims=claims, reference=Reference(organisations=(council,)))
    report = build_report(build_graph(known), basis=Basis.CURATED)
    assert [row.paragraph.strengthening for row in report.impacts] == [
        ("An outside voice: the Council (claim c).", "A record: The Council (claim c)."),
        ("An outside voice: the Council (claim d).", "A record: The Council (claim d)."),
    ]
    assert report.advice == (
        "Ask for an outside voice on impacts 1 and 2; whom to ask is said of each in the report.",
        "Ask The Council for its records of these claims (impacts 1 and 2): claim c; claim d.",
    )


def test_whoever_signed_a_source_is_no_outside_voice() -> None:
    council = Organisation(iri=f"{CASE}/organisation/council", label="The Council")
    model = model_of(case_graph("impact 1", "claim c of 1", "source A report"))
    claims = tuple(replace(claim, beneficiaries=(council.iri,)) for claim in model.claims)
    signed = tuple(replace(source, signatories=(council.iri,)) for source in model.sources)
    known = replace(
        model, claims=claims, sources=signed, reference=Reference(organisations=(council,))
    )
    (row,) = build_report(build_graph(known), basis=Basis.CURATED).impacts
    assert row.paragraph.strengthening == (
        "An outside voice; the text names nobody to ask.",
        "A record: The Council (claim c).",
    )


def test_what_would_mend_most_has_at_most_seven_items_and_names_four_claims() -> None:
    bodies = [
        Organisation(iri=f"{CASE}/organisation/{number}", label=f"Body {number}")
        for number in range(9)
    ]
    lines = [f"claim c{body}x{turn} of 1" for body in range(9) for turn in range(6)]
    model = model_of(case_graph("impact 1", "pathway 1", *lines, "claim bare of 1"))
    claims = tuple(
        replace(claim, beneficiaries=(f"{CASE}/organisation/{claim.label[7]}",))
        if "x" in claim.label
        else claim
        for claim in model.claims
    )
    known = replace(model, claims=claims, reference=Reference(organisations=tuple(bodies)))
    advice = build_report(build_graph(known), basis=Basis.CURATED).advice
    assert len(advice) == len(set(advice)) == 7
    assert advice[1].count("claim c") == 4
    assert "what shows this, and leave out what nothing shows (impact 1): claim bare." in advice[5]
    assert advice[6] == (
        "Look in the work's own files for a final report, a programme or records of attendance of "
        "pathway 1, and add it to section 5."
    )


def test_chains_that_differ_in_their_last_node_alone_are_one_row() -> None:
    report = report_of(
        "finding a reportedIn output 1",
        "finding a reportedIn output 2",
        "pathway 1 ledTo impact 1 collective",
        "pathway 2 ledTo impact 1 collective",
        "pathway 1 ledTo impact 2 collective",
        "pathway 2 ledTo impact 2 collective",
    )
    assert shorten_chains(report).rows == (
        ("pathways 1 and 2 together → impacts 1 and 2", 4, "stated together"),
        ("finding a → outputs 1 and 2", 2, "stated"),
    )
    assert report.chain_total == sum(int(row[1]) for row in shorten_chains(report).rows) == 6


def test_the_annex_has_a_row_a_kind_of_gap_and_a_row_a_claim() -> None:
    report = report_of(
        "impact 1",
        "impact 2",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "claim c corroboratedBy source B",
    )
    rows = shorten_gaps(report).rows
    assert len({(row[0], row[1]) for row in rows}) == len(rows) == len(report.gaps)
    assert ("impacts 1 and 2") in [row[3] for row in rows]
    assert [row[:3] for row in shorten_evidence(report).rows] == [("impact 1", "claim c", "A, B")]


def test_a_letter_that_is_only_meant_stands_apart_from_one_at_the_passage() -> None:
    report = report_of(
        "impact 1",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "claim d of 1",
        "claim d corroboratedBy source A curated 0.9",
        "claim e of 1",
        "claim e corroboratedBy source B inferred 0.5",
        basis=Basis.CURATED,
    )
    assert {row[1]: row[2:4] for row in shorten_evidence(report).rows} == {
        "claim c": ("A", ""),
        "claim d": ("none", "A (probably)"),
        "claim e": ("none", "B (possibly)"),
    }
