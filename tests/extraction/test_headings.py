"""Headings of sections 2 and 4, and the parts that they make."""

from __future__ import annotations

import pytest

from impactgraph.extraction.headings import read_parts
from marked_passages import read_sections

BODY = "The council now mows its verges once a year, and moss has come back to forty of them [S1]."
LONGER = f"{BODY} Three neighbouring councils followed in 2018, and a fourth was to follow in 2020."


def titles(four: str) -> list[str]:
    plain = read_sections(four=four)
    parts = read_parts(plain, "4")
    return [plain.words(part.heading.span) for part in parts if part.heading]


@pytest.mark.parametrize(
    "line",
    [
        "### Greener verges",
        "**Greener verges**",
        "**1. Greener verges**",
        "*Greener verges*",
        "<u>Greener verges</u>",
        "Greener verges",
        "Greener verges:",
        "a) Greener verges",
        "Impact 1: Greener verges",
        "**4.1 Greener verges**",
        "**Greener verges** [S1]",
    ],
)
def test_a_heading_is_a_short_line_over_a_paragraph(line: str) -> None:
    [title] = titles(f"{LONGER}\n\n{line}\n\n{LONGER}")
    assert title.removesuffix(" [S1]") == "Greener verges"


@pytest.mark.parametrize(
    "start",
    [
        "**Greener verges:** ",
        "**Greener verges**: ",
        "**Greener verges.** ",
        "*Greener verges* – ",
        "**1. Greener verges:** ",
        "**Greener verges [**S2**]:** ",
        "**Greener verges** [**S2**]: ",
        "2.1 Greener verges: ",
    ],
)
def test_a_heading_may_run_into_its_paragraph(start: str) -> None:
    plain = read_sections(four=f"{start}{LONGER}")
    [part] = read_parts(plain, "4")
    assert part.heading
    assert part.body
    assert plain.words(part.heading.span).removesuffix(" [S2]") == "Greener verges"
    assert plain.words(part.body) == LONGER


@pytest.mark.parametrize(
    "line",
    [
        "The head of the council confirms:",
        "“Our verges are greener”",
        "Figure 1: Greener verges",
        "| Greener | verges |",
        "**( Source 5.1 page 4)**",
        "**Greener verges are what the council says that people have asked for in**",
        "And this meant that the council’s verges",
    ],
)
def test_a_line_that_leads_on_or_quotes_is_no_heading(line: str) -> None:
    assert titles(f"{LONGER}\n\n{line}\n\n{LONGER}") == []


def test_a_name_in_bold_within_its_sentence_is_no_heading() -> None:
    assert titles(f"**The Borset Trust** grew. {LONGER}") == []


def test_leads_with_a_colon_or_glued_to_their_text_are_headings_in_company() -> None:
    assert titles(f"Economic impact: {LONGER}\n\nSocial impact: {LONGER}") == [
        "Economic impact",
        "Social impact",
    ]
    assert titles(f"Third sector bodiesThe council {LONGER}\n\nUniversity sectorMoss {LONGER}") == [
        "Third sector bodies",
        "University sector",
    ]
    assert titles(f"Third sector bodiesThe council {LONGER}\n\n{LONGER}") == []
    assert titles(f"Work by MossNet The council {LONGER}\n\nWork by MossNet {LONGER}") == []


def test_the_words_below_a_heading_are_its_part() -> None:
    plain = read_sections(
        four=f"{BODY}\n\n### One\n\n{BODY}\n\n{LONGER}\n\n### Two\n\n### Three\n\n{BODY}"
    )
    parts = read_parts(plain, "4")
    assert [len(part.blocks) for part in parts] == [1, 2, 0, 1]
    assert [part.body is None for part in parts] == [False, False, True, False]


def test_the_templates_title_within_a_section_is_left_out() -> None:
    plain = read_sections(four=f"4. Details of the impact (indicative maximum 750 words\n\n{BODY}")
    [part] = read_parts(plain, "4")
    assert part.heading is None
    assert plain.words(part.blocks[0].span) == BODY


def test_numbers_of_one_form_are_one_series() -> None:
    plain = read_sections(
        four=f"**1. One**\n\n{BODY}\n\n**2. Two**\n\n{BODY}\n\n**a. Three**\n\n{BODY}"
    )
    one, two, three = (part.heading for part in read_parts(plain, "4"))
    assert one
    assert two
    assert three
    assert (one.label, two.label, three.label) == ("1", "2", "a")
    assert one.series == two.series != three.series
