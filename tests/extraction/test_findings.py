"""Findings in invented sections 2."""

from __future__ import annotations

import pytest

from impactgraph.extraction.findings import read_findings
from impactgraph.extraction.reading import FindingPassage, WarningKind
from marked_passages import find_marks, read_sections

CONTEXT = (
    "Moss covers a third of Borsetshire. Councils have long seen it as a weed, and little was "
    "known of what it does for a town."
)
FOUND = (
    "In a survey of forty parks, Hale showed that moss holds four times its weight of water, and "
    "that parks with moss flood half as often as those without [R1]."
)
AGAIN = (
    "Fern’s interviews with gardeners revealed that most had never been told so, and that they "
    "would keep moss if they were [R2]. They also highlighted the part of head gardeners."
)
PEOPLE = (
    "The project was funded by a council and led by Professor Hale, with the aim of mapping moss."
)


def read(two: str) -> tuple[list[str], tuple[FindingPassage, ...]]:
    plain = read_sections(two)
    findings, _ = read_findings(plain, find_marks(plain))
    return [plain.words(finding.span) for finding in findings], findings


def test_paragraphs_that_cite_and_say_what_was_found_are_findings() -> None:
    words, findings = read(f"{CONTEXT}\n\n{FOUND}\n\n{AGAIN}\n\n{PEOPLE}")
    assert words == [FOUND, AGAIN]
    assert [finding.outputs for finding in findings] == [(1,), (2,)]


def test_where_nothing_is_cited_the_verbs_tell() -> None:
    found, again = FOUND.replace(" [R1]", ""), AGAIN.replace(" [R2]", "")
    assert read(f"{CONTEXT}\n\n{found}\n\n{again}\n\n{PEOPLE}")[0] == [found, again]


def test_a_mark_for_all_outputs_together_introduces_them() -> None:
    overview = "The research of Hale’s group on moss over two decades is in six works [R1, R2, R3]."
    assert overview not in read(f"{CONTEXT}\n\n{overview}\n\n{FOUND}\n\n{AGAIN}")[0]


def test_items_that_cite_are_findings_of_their_own() -> None:
    items = ["moss holds water [R1];", "moss cools streets [R2];", "moss is cheap [R3]."]
    listed = "\n".join(f"- {item}" for item in items)
    assert read(f"{CONTEXT}\n\nThe project found that:\n\n{listed}")[0] == items


def test_items_that_do_not_cite_belong_to_the_line_that_announces_them() -> None:
    listed = "- moss holds water\n- moss cools streets\n- moss is cheap"
    words, _ = read(
        f"{CONTEXT}\n\nHale’s research showed for the first time that [R1]:\n\n{listed}"
    )
    assert len(words) == 1
    assert words[0].endswith("moss is cheap")


def test_studies_that_each_cite_are_findings_of_their_own() -> None:
    studies = [
        "A survey of parks showed that moss holds water [R1].",
        "A trial in streets found that moss cools them by two degrees [R2].",
        "A study of budgets revealed that moss is cheap [R3].",
    ]
    assert read(f"{CONTEXT}\n\n{' '.join(studies)}")[0] == studies


def test_one_story_that_cites_two_works_is_one_finding() -> None:
    story = f"{FOUND} It was measured again in winter with the same result [R2]."
    assert read(f"{CONTEXT}\n\n{story}")[0] == [story]


def test_sentences_before_the_research_are_left_out() -> None:
    words, _ = read(f"{CONTEXT}\n\nMoss is old. {FOUND}")
    assert words == [FOUND]


@pytest.mark.parametrize("heading", ["Context", "Research team", "References"])
def test_parts_on_other_things_hold_no_findings(heading: str) -> None:
    aside = "Hale and Fern, who developed the method, explored moss in Borsetshire [R3]."
    assert aside not in read(f"{CONTEXT}\n\n### {heading}\n\n{aside}\n\n### Findings\n\n{FOUND}")[0]


def test_a_section_without_findings_is_reported() -> None:
    plain = read_sections(PEOPLE)
    findings, warnings = read_findings(plain, ())
    assert findings == ()
    assert [warning.kind for warning in warnings] == [WarningKind.NO_FINDINGS]
