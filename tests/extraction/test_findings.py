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


def test_a_study_without_a_result_divides_nothing() -> None:
    story = (
        "A survey of parks showed that moss holds water [R1]. It was then printed in a journal "
        "for gardeners [R2]. A study of budgets revealed that moss is cheap [R3]."
    )
    assert read(f"{CONTEXT}\n\n{story}")[0] == [story]


@pytest.mark.parametrize(
    "second",
    [
        "[R2] revealed that gardeners would keep moss if they were told what it is good for.",
        "In 2014, talks revealed that gardeners would keep moss if they were told of it [R2].",
    ],
)
def test_a_study_may_open_with_its_mark_or_its_year(second: str) -> None:
    assert read(f"{CONTEXT}\n\n{FOUND} {second}")[0] == [FOUND, second]


def test_a_sentence_that_cites_what_is_cited_again_apart_only_introduces() -> None:
    introduction = "Hale’s studies deal with moss in towns and with those who rake it [R1, R2]."
    first = "A survey of parks showed that moss holds water [R1]."
    second = "A further survey revealed that gardeners were never told so [R2]."
    words, findings = read(f"{CONTEXT}\n\n{introduction} {first} {second}")
    assert words[0].endswith(first)
    assert words[1:] == [second]
    assert findings[1].outputs == (2,)


def test_after_a_mark_that_opens_what_has_none_goes_with_it() -> None:
    first = (
        "A survey of parks [R1] showed that moss holds water. Parks in the hills were the wettest."
    )
    second = "A further survey [R2] revealed that gardeners rake moss. Head gardeners ask for it."
    assert read(f"{CONTEXT}\n\n{first} {second}")[0] == [first, second]


def test_money_before_a_finding_and_the_use_made_of_it_stand_outside_it() -> None:
    before = "Hale and colleagues were awarded grants to map moss in partnership with a council."
    after = "The award-winning team was then invited by partners funded to advise on policy."
    assert read(f"{CONTEXT}\n\n{before} {FOUND} {after}")[0] == [FOUND]


def test_a_paragraph_that_refers_back_to_a_marked_one_tells_more_of_its_finding() -> None:
    more = "Both results showed most strongly in winter, when moss was found to hold the most."
    words, findings = read(f"{CONTEXT}\n\n{FOUND}\n\n{more}\n\n{AGAIN}")
    assert words == [f"{FOUND}\n{more}", AGAIN]
    assert findings[0].outputs == (1,)


def test_what_a_reviewer_said_of_the_research_is_no_finding() -> None:
    praise = (
        "A reviewer wrote: “Hale’s book is the one study that shows what moss is, what it has been "
        "found to do for towns, and why gardeners have argued over it for so long” [R1]."
    )
    assert read(f"{CONTEXT}\n\n{FOUND}\n\n{AGAIN}\n\n{praise}")[0] == [FOUND, AGAIN]


@pytest.mark.parametrize("heading", ["Context", "Research team", "References"])
def test_parts_on_other_things_hold_no_findings(heading: str) -> None:
    aside = "Hale and Fern, who developed the method, explored moss in Borsetshire [R3]."
    assert aside not in read(f"{CONTEXT}\n\n### {heading}\n\n{aside}\n\n### Findings\n\n{FOUND}")[0]


def test_a_section_without_findings_is_reported() -> None:
    plain = read_sections(PEOPLE)
    findings, warnings = read_findings(plain, ())
    assert findings == ()
    assert [warning.kind for warning in warnings] == [WarningKind.NO_FINDINGS]
