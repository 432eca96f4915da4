from __future__ import annotations

import pytest

from impactgraph.extraction.entries import split_entries
from impactgraph.extraction.units import Role
from plain_sections import plain_sections

MOSS = "Moss, A. (2014) ‘Mosses of the moor’, Journal of Bogs, 3(2), 11–19."
FERN = "Fern, B. (2015) ‘Ferns of the fen’, Journal of Bogs, 4(1), 21–29."
REED = "Reed, C. (2016) ‘Reeds of the river’, Journal of Bogs, 5(3), 31–39."


def outputs(text: str) -> list[tuple[str | None, str]]:
    return entries("3", three=text)


def sources(text: str, **sections: str) -> list[tuple[str | None, str]]:
    return entries("5", five=text, **sections)


def entries(section: str, **sections: str) -> list[tuple[str | None, str]]:
    plain = plain_sections(**sections)
    return [
        (item.entry.label, plain.words(item.entry.span)[:12])
        for item in split_entries(plain, section)
        if item.role is Role.ENTRY
    ]


def roles(text: str) -> list[Role]:
    return [item.role for item in split_entries(plain_sections(three=text), "3")]


@pytest.mark.parametrize("shape", ["[R{}] ", "R{}. ", "(R{}) ", "3.{} ", "[3.{}] ", "[{}] ", "{} "])
def test_labelled_paragraphs_are_entries(shape: str) -> None:
    text = "\n\n".join(shape.format(n) + words for n, words in enumerate((MOSS, FERN, REED), 1))
    assert len(outputs(text)) == 3
    assert all(label and label.endswith(str(n)) for n, (label, _) in enumerate(outputs(text), 1))


def test_lost_labels_leave_entries_without_label() -> None:
    plain = plain_sections(three=f"1. {MOSS}\n\n1. {FERN}\n\n1. {REED}")
    found = split_entries(plain, "3")
    assert [(item.entry.label, item.entry.lost) for item in found] == [(None, True)] * 3


def test_numbers_that_count_are_labels() -> None:
    assert [label for label, _ in outputs(f"1. {MOSS}\n2. {FERN}\n3. {REED}")] == ["1", "2", "3"]


def test_lost_labels_before_printed_ones_are_entries_of_the_same_list() -> None:
    found = outputs(f"1. {MOSS}\n\n1. {FERN}\n\n3.3 {REED}\n\n3.4 {MOSS}")
    assert [label for label, _ in found] == [None, None, "3.3", "3.4"]


def test_unlabelled_paragraphs_are_entries() -> None:
    assert len(outputs(f"{MOSS}\n\n{FERN}\n\n{REED}")) == 3


def test_an_address_and_an_annotation_belong_to_the_entry_before() -> None:
    plain = plain_sections(
        three=f"R1. {MOSS}\n\nhttps://doi.org/10.1000/1\n\nMaps mosses for the first time.\n\n"
        f"R2. {FERN}"
    )
    first, second = split_entries(plain, "3")
    assert plain.words(first.entry.span).endswith("first time.")
    assert plain.words(second.entry.span).startswith("R2. Fern")


def test_a_remark_on_the_list_is_no_entry() -> None:
    text = f"All outputs were peer reviewed.\n\n{MOSS}\n\n{FERN}\n\nR1 to R2 are in journals."
    assert len(outputs(text)) == 2


def test_several_entries_in_one_paragraph_are_divided() -> None:
    found = outputs(f"[R1] {MOSS} [R2] {FERN}\n\n[R3] {REED}")
    assert found == [("R1", "[R1] Moss, A"), ("R2", "[R2] Fern, B"), ("R3", "[R3] Reed, C")]


def test_a_section_that_is_one_paragraph_is_divided() -> None:
    found = sources("5.1 A letter; 5.2 Report: a bog; 5.3 Film: a moor")
    assert [label for label, _ in found] == ["5.1", "5.2", "5.3"]


def test_a_title_that_runs_into_the_first_entry_is_left_out() -> None:
    assert outputs(f"3. References to the research R1. {MOSS}\n\nR2. {FERN}")[0] == (
        "R1",
        "R1. Moss, A.",
    )


def test_lettered_paragraphs_are_entries_though_no_stop_ends_them() -> None:
    long = "List of all the moors that were mapped, highlighted in green on the map of Fen"
    assert [label for label, _ in sources(f"a. {long}\n\n**b.** {long}\n\nc. {long}")] == [
        "a",
        "b",
        "c",
    ]


def test_entries_in_headings_and_rows_are_entries() -> None:
    found = sources("| S1 | A letter |\n| --- | --- |\n| S2 | A report |\n\n### S3 A film")
    assert [label for label, _ in found] == ["S1", "S2", "S3"]


@pytest.mark.parametrize(
    "grant",
    ["G1. ESRC, ‘Of bogs’, 2012–14, £100,000", "ESRC ES/X000000/1, PI: Moss, GBP100,000, 2012-14"],
)
def test_grants_after_outputs_are_none(grant: str) -> None:
    text = f"R1. {MOSS}\n\nR2. {FERN}\n\n{{}}{grant}"
    assert roles(text.format("")) == [Role.ENTRY, Role.ENTRY, Role.GRANT]
    assert roles(text.format("**Key grants**\n\n")) == [Role.ENTRY, Role.ENTRY, Role.GRANT]


def test_numbering_may_run_on_into_grants() -> None:
    text = (
        f"3.1 {MOSS}\n\n3.2 {FERN}\n\n#### Associated funding\n\n"
        "3.3 Bogs of the North: Fen Trust: Award: GBP8,000 (PI: Moss)"
    )
    assert roles(text) == [Role.ENTRY, Role.ENTRY, Role.GRANT]


def test_patents_are_outputs_though_they_have_labels_of_their_own() -> None:
    text = f"R1. {MOSS}\n\nR2. {FERN}\n\nSelected patents\n\nP1. Moss, A. A bog pump. EP3000001."
    assert [label for label, _ in outputs(text)] == ["R1", "R2", "P1"]


def test_prizes_below_evidence_of_quality_are_no_outputs() -> None:
    text = (
        f"[3.1] {MOSS}\n\n[3.2] {FERN}\n\n### Evidence of quality\n\n"
        "[EQR.1] Moss, A. (2016). Best Bog Paper. Society of Bogs."
    )
    assert [label for label, _ in outputs(text)] == ["3.1", "3.2"]


def test_the_parts_of_an_output_belong_to_it() -> None:
    text = f"Moss, multi-component output. It includes:\n\n- {FERN}\n- {REED}\n\n{MOSS}"
    assert [words for _, words in outputs(text)] == ["Moss, multi-", "Moss, A. (20"]


def test_parts_belong_to_the_source_that_stands_before_them() -> None:
    plain = plain_sections(five="S1. Letters:\n\nS1a. A bog\n\nS1b. A fen\n\nS2. A report")
    first, second = split_entries(plain, "5")
    assert (first.entry.label, first.entry.sublabels) == ("S1", ("S1a", "S1b"))
    assert second.entry.label == "S2"


def test_parts_that_are_listed_like_entries_are_entries() -> None:
    found = sources("S1. A letter\n\nS2a. A bog\n\nS2b. A fen\n\nS3. A report\n\nS3a. A map")
    assert [label for label, _ in found] == ["S1", "S2a", "S2b", "S3", "S3a"]


def test_a_part_that_opens_its_entry_is_not_its_label() -> None:
    found = sources("[5.1] A letter\n\n[5.2.a] A bog. [5.2.b] A fen.\n\n[5.3] A report")
    assert [label for label, _ in found] == ["5.1", "5.2", "5.3"]


@pytest.mark.parametrize("part", ["- A letter", "a) A letter", "(i) A letter", "1. A letter"])
def test_items_below_a_labelled_source_belong_to_it(part: str) -> None:
    found = sources(f"[S1] Letters\n\n{part}\n{part}\n\n[S2] Reports\n\n{part}\n\n[S3] A film")
    assert [label for label, _ in found] == ["S1", "S2", "S3"]


def test_lost_items_that_are_indented_and_return_are_parts() -> None:
    text = "1. Letters from the fen\n  1. A bog\n  1. A fen\n\n1. A report\n\n1. A film"
    assert len(sources(text)) == 3


def test_headings_inside_a_list_are_no_entries() -> None:
    text = "**Letters**\n\n[S1] A bog\n\n**Reports**\n\n[S2] A fen"
    assert [label for label, _ in sources(text)] == ["S1", "S2"]


def test_labels_that_the_text_cites_come_before_others() -> None:
    text = "1) The first impact\n\n[S1a] A letter\n\n2) The second impact\n\n[S2a] A report"
    found = sources(text, four="A bog [S1a] and a fen (see S2a).")
    assert [words for _, words in found] == ["[S1a] A lett", "[S2a] A repo"]


def test_groups_that_letters_tell_apart_are_one_list() -> None:
    text = "A1. A letter\n\nA2. A report\n\nB1. A code\n\nB2. Minutes\n\n[C] A survey"
    cited = "A bog [A1]. A fen [B1; B2]. A moor [C]."
    assert [label for label, _ in sources(text, four=cited)] == ["A1", "A2", "B1", "B2", "C"]


def test_initials_are_no_label_of_a_group() -> None:
    text = "A1. A letter\n\nA2. A report\n\nB. Fern, the head of an agency"
    assert [label for label, _ in sources(text)] == ["A1", "A2"]


def test_unlabelled_sources_are_paragraphs_or_items() -> None:
    assert len(sources("A letter from Fen Trust\n\nhttps://fen.example\n\nA report, 2015")) == 2
    assert len(sources("- A letter from Fen Trust\n- A report, 2015\n- A film")) == 3


def test_an_empty_section_has_no_entries() -> None:
    assert sources("") == []


def test_labels_run_in_behind_a_number_that_counts() -> None:
    text = f"1. {MOSS} 2.{FERN}\n\n3.{REED} 4.{MOSS} 5.{FERN}"
    assert [label for label, _ in outputs(text)] == ["1", "2", "3", "4", "5"]


def test_an_output_may_stand_behind_the_grants_of_the_one_before() -> None:
    grants = "The fieldwork was paid for by these grants:\n\nBog Trust. GBP45,000. 2013-2016."
    text = f"[3.1] {MOSS}\n\n{grants}\n\n[3.2] {FERN}\n\n[3.3] {REED}"
    assert [label for label, _ in outputs(text)] == ["3.1", "3.2", "3.3"]
