"""Impacts in invented sections 4."""

from __future__ import annotations

import pytest

from impactgraph.extraction.impacts import read_impacts
from impactgraph.extraction.reading import ImpactPassage, WarningKind
from marked_passages import find_marks, read_sections

INTRODUCTION = "Hale’s research on moss has changed how councils, schools and gardeners treat it."
COUNCILS = (
    "Borset Council changed its mowing policy after Hale’s research, and its verges now flood half "
    "as often, which has saved the county £40,000 a year since 2016 [S1, R1]. The leader of the "
    "council confirms that the policy rests on the survey of parks."
)
MORE = "Two further councils adopted the policy in 2018, and have reported the same savings [S2]."
SCHOOLS = (
    "Forty schools have taken up the moss kit, and teachers report that pupils understand their "
    "own grounds better than before; eleven schools have given up weedkiller since then "
    "[S3]. The kit was revised in 2019 with what the teachers had learned."
)
GARDENERS = (
    "Gardeners’ guidance in the county was rewritten, and its most read page is on moss. The "
    "society that publishes it says that nine in ten of its members no longer rake moss out of "
    "lawns [S4]. It has since been translated for gardeners in Wales."
)


def read(four: str) -> tuple[list[str], tuple[ImpactPassage, ...]]:
    plain = read_sections(four=four)
    impacts, _ = read_impacts(plain, find_marks(plain))
    return [plain.words(impact.span) for impact in impacts], impacts


def test_a_headed_part_is_an_impact_without_its_heading() -> None:
    words, impacts = read(
        f"{INTRODUCTION}\n\n### 1. Councils\n\n{COUNCILS}\n\n{MORE}\n\n### 2. Schools\n\n{SCHOOLS}"
    )
    assert words == [f"{COUNCILS}\n{MORE}", SCHOOLS]
    assert [(impact.title, impact.label) for impact in impacts] == [
        ("Councils", "1"),
        ("Schools", "2"),
    ]
    assert [impact.sources for impact in impacts] == [(1, 2), (3,)]
    assert impacts[0].outputs == (1,)


def test_headings_that_run_in_divide_where_no_others_do() -> None:
    words, _ = read(
        f"{INTRODUCTION}\n\n**Councils:** {COUNCILS}\n\n{MORE}\n\n**Schools:** {SCHOOLS}"
    )
    assert words == [f"{COUNCILS}\n{MORE}", SCHOOLS]


def test_headings_that_run_in_under_others_do_not_divide() -> None:
    words, _ = read(
        f"### Councils\n\n**Borset:** {COUNCILS}\n\n**Ambridge:** {MORE}\n\n"
        f"### Schools\n\n{SCHOOLS}"
    )
    assert [len(one.split("\n")) for one in words] == [2, 1]


def test_a_run_in_heading_numbered_like_the_others_stands_beside_them() -> None:
    words, _ = read(
        f"**Impact 1: Councils**\n\n{COUNCILS}\n\n**Impact 2: Schools**\n\n{SCHOOLS}\n\n"
        f"Impact 3: Gardeners: {GARDENERS}"
    )
    assert len(words) == 3


@pytest.mark.parametrize("heading", ["Context", "Pathways to impact", "Beneficiaries", "Summary"])
def test_parts_on_other_things_are_no_impacts(heading: str) -> None:
    words, _ = read(
        f"### {heading}\n\n{GARDENERS}\n\n### Councils\n\n{COUNCILS}\n\n### Schools\n\n{SCHOOLS}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_a_part_that_only_leads_on_to_smaller_headings_is_no_impact() -> None:
    leading = "Councils benefited from the research, as their own figures confirm, in two ways:"
    words, _ = read(
        f"**4.1 Councils**\n\n{leading}\n\n**a. Borset**\n\n{COUNCILS}\n\n"
        f"**b. Schools**\n\n{SCHOOLS}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_a_short_part_without_marks_above_smaller_headings_only_introduces_them() -> None:
    words, _ = read(
        "## Changes in the county\n\nMoss is kept in many places.\n\n"
        f"### Councils\n\n{COUNCILS}\n\n### Schools\n\n{SCHOOLS}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_a_heading_with_a_colon_over_a_short_list_of_the_parts_is_no_impact() -> None:
    words, _ = read(
        "## The research changed two things:\n\n(1) what councils do; (2) what schools teach.\n\n"
        f"## Councils\n\n{COUNCILS}\n\n## Schools\n\n{SCHOOLS}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_a_part_whose_words_were_removed_is_no_impact() -> None:
    words, _ = read(
        f"### Councils\n\n{COUNCILS}\n\n### Firms\n\n[Redacted text]\n\n### Schools\n\n{SCHOOLS}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_a_further_study_begins_an_impact() -> None:
    further = f"Further research by Hale convinced the society. {GARDENERS}"
    assert read(f"{INTRODUCTION}\n\n{COUNCILS}\n\n{further}")[0] == [COUNCILS, further]


def test_a_closing_summary_and_captions_are_left_out() -> None:
    closing = "In summary, moss is now kept where it was once scraped away, all over the county."
    words, _ = read(
        f"### Councils\n\n{COUNCILS}\n\nFigure 1: Verges\n\n### Schools\n\n{SCHOOLS}\n\n{closing}"
    )
    assert words == [COUNCILS, SCHOOLS]


def test_without_headings_paragraphs_are_impacts_and_what_goes_on_joins_them() -> None:
    quote = "“We have saved a great deal, and would not go back to mowing as we did” [S1]."
    further = f"Furthermore, {MORE[0].lower()}{MORE[1:]}"
    words, impacts = read(
        f"{INTRODUCTION}\n\n{COUNCILS}\n\n{further}\n\n{quote}\n\n{SCHOOLS}\n\n{GARDENERS}"
    )
    assert words == [f"{COUNCILS}\n{further}\n{quote}", SCHOOLS, GARDENERS]
    assert all(impact.title == "" and impact.heading is None for impact in impacts)


def test_counted_paragraphs_begin_an_impact_each() -> None:
    words, _ = read(f"{INTRODUCTION}\n\nFirst, {COUNCILS}\n\nSecond, {MORE}\n\nThird, {SCHOOLS}")
    assert len(words) == 3


def test_a_part_on_impact_in_general_is_divided_by_paragraphs() -> None:
    words, _ = read(f"### Context\n\n{INTRODUCTION}\n\n### The impact\n\n{COUNCILS}\n\n{SCHOOLS}")
    assert words == [COUNCILS, SCHOOLS]


def test_marks_on_a_heading_belong_to_its_impact_but_not_to_its_title() -> None:
    _, impacts = read(f"### Councils [R2, S5]\n\n{COUNCILS}\n\n### Schools\n\n{SCHOOLS}")
    assert impacts[0].title == "Councils"
    assert (impacts[0].outputs, impacts[0].sources) == ((1, 2), (1, 5))
    assert (impacts[0].heading_outputs, impacts[0].heading_sources) == ((2,), (5,))


@pytest.mark.parametrize("four", ["", "### Context"])
def test_a_section_without_impacts_is_reported(four: str) -> None:
    impacts, warnings = read_impacts(read_sections(four=four), ())
    assert impacts == ()
    assert [warning.kind for warning in warnings] == [WarningKind.NO_IMPACTS]
