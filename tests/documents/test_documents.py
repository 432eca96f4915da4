"""Documents are read as they are, and their sections found by the headings of the template."""

from __future__ import annotations

import hashlib
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.documents import (
    Document,
    count_words,
    normalise_text,
    parse_sections,
    read_document,
)
from impactgraph.encoding import decode
from impactgraph.errors import DocumentError
from impactgraph.resources import case_study_files
from impactgraph.validation import parse_file

REAL = Path(__file__).parents[2] / "../shared/case-studies/jam-and-justice.txt"

BRIDGES = """\
Institution: University of Nowhere
Title of case study: Safer bridges

1. Summary of the impact (indicative maximum 100 words)
Two councils changed how they inspect bridges.

2. Underpinning research (indicative maximum 500 words)
1. Cracks grow in winter.
2. Underpinning research of this kind is rare.

3. References to the research (indicative maximum of six references)
1. A. Author, Cracks, 2015.

4. Details of the impact (indicative maximum 750 words)
1. Summary of the impact on councils: inspections fell.
See 5. Sources to corroborate the impact, below.

5. Sources to corroborate the impact (indicative maximum of 10 references)
1. A letter.
"""
KINDS = ["A", "1", "2", "3", "4", "5"]


def kinds(text: str) -> list[str]:
    return [section.kind for section in parse_sections(text)]


class TestReading:
    def test_a_file_is_read_with_its_digest_and_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "bridges.txt"
        path.write_text(BRIDGES, encoding="utf-8")
        document = read_document(path)
        assert document.text == BRIDGES
        assert document.media_type == "text/plain"
        digest = hashlib.sha256(BRIDGES.encode()).hexdigest()
        assert document.digest == f"sha256:{digest}"

    def test_markdown_is_known_by_its_name(self, tmp_path: Path) -> None:
        path = tmp_path / "bridges.MD"
        path.write_text(BRIDGES)
        assert read_document(str(path)).media_type == "text/markdown"

    def test_the_same_text_in_another_guise_has_the_same_digest(self, tmp_path: Path) -> None:
        text = BRIDGES + "Café\n"
        plain, other = tmp_path / "a.txt", tmp_path / "b.txt"
        plain.write_bytes(text.encode())
        guise = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
        other.write_bytes(b"\xef\xbb\xbf" + guise.encode())
        assert read_document(other) == read_document(plain)

    def test_nothing_else_is_changed(self) -> None:
        text = "  \tspaces \u00a0 and\u200b “quotes” \x0c \u2028 stay \n\n"
        assert normalise_text(text) == text

    @given(st.text())
    def test_normalising_twice_changes_nothing(self, text: str) -> None:
        assert normalise_text(normalise_text(text)) == normalise_text(text)

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_bytes_that_are_no_utf8_are_named_by_offset(self, tmp_path: Path, mark: bytes) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(mark + b"caf\xe9 au lait")
        with pytest.raises(DocumentError, match=rf"a\.txt: byte {len(mark) + 3} \(0xe9\)"):
            read_document(path)

    def test_other_kinds_of_file_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.odp"
        path.write_text(BRIDGES)
        with pytest.raises(DocumentError, match=r"a\.odp: this is of a kind .* \.txt, .*\.md"):
            read_document(path)

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match=r"none\.txt cannot be read: No such file"):
            read_document(tmp_path / "none.txt")

    def test_a_file_beyond_all_measure_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as file:
            file.truncate(50_000_001)
        with pytest.raises(DocumentError, match="more than 50000000 bytes"):
            read_document(path)


class TestSections:
    def test_they_cover_the_text_from_heading_to_heading(self) -> None:
        sections = parse_sections(BRIDGES)
        assert [section.kind for section in sections] == KINDS
        assert sections[0].start == 0
        assert sections[-1].end == len(BRIDGES)
        assert all(a.end == b.start for a, b in pairwise(sections))
        assert BRIDGES[sections[3].start :].startswith("3. References")
        assert [section.heading for section in sections][:2] == ["", "1. Summary of the impact"]

    def test_lists_and_mentions_are_no_headings(self) -> None:
        sections = parse_sections(BRIDGES)
        assert (
            "2. Underpinning research of this kind" in BRIDGES[sections[2].start : sections[2].end]
        )
        assert "See 5. Sources" in BRIDGES[sections[4].start : sections[4].end]

    @pytest.mark.parametrize(
        "heading",
        [
            "## 4. DETAILS OF THE IMPACT",
            "**4. Details of the impact**",
            "**4.** Details  of the\u00a0impact\t\t",
            "### **4. Details of the impact** (indicative maximum 750 words) ###",
            "**4. Details of the impact (Indicative Maximum 750 words):**",
            "4) details of the impact",
            "4 Details of the impact:",
            "  4.Details of the Impact",
            "Section 4: Details of the impact",
            "4\\. Details of the impact (maximum 750 words)",
            "<b>4. Details of the impact.</b>",
            "| **4. Details of impact** |",
            "4.\nDetails of the impact",
            "**4**\n\n### Details of the impact (indicative maximum 750 words)",
            "DETAILS OF THE IMPACT",
            "1. Details of the impact",
        ],
    )
    def test_headings_are_known_in_many_dresses(self, heading: str) -> None:
        text = BRIDGES.replace("4. Details of the impact (indicative maximum 750 words)", heading)
        assert heading in text
        assert kinds(text) == KINDS

    def test_a_heading_whose_number_stands_above_begins_there(self) -> None:
        text = BRIDGES.replace("4. Details of the impact (", "4.\nDetails of the impact (")
        section = parse_sections(text)[4]
        assert text[section.start :].startswith("4.\nDetails")
        assert section.heading == "4. Details of the impact"

    def test_a_line_without_the_number_is_no_heading_where_one_has_it(self) -> None:
        text = BRIDGES.replace("1. Cracks grow", "Details of the impact\n1. Cracks grow")
        starts = [section.heading for section in parse_sections(text)]
        assert starts[4] == "4. Details of the impact"

    def test_a_table_of_contents_is_passed_over(self) -> None:
        lines = [line for line in BRIDGES.split("\n") if "(indicative" in line]
        assert len(lines) == 5
        text = "\n".join(lines) + "\n\n" + BRIDGES
        sections = parse_sections(text)
        assert sections[1].start == text.rindex("1. Summary of the impact (indicative")

    def test_a_heading_repeated_on_a_later_page_changes_nothing(self) -> None:
        text = BRIDGES + "\n5. Sources to corroborate the impact\n2. Another letter.\n"
        assert parse_sections(text)[5].start == parse_sections(BRIDGES)[5].start

    def test_an_empty_section_is_still_a_section(self) -> None:
        text = BRIDGES.replace("1. A. Author, Cracks, 2015.\n", "")
        assert kinds(text) == KINDS

    @pytest.mark.parametrize("text", ["", "A shopping list\n1. Milk\n2. Eggs\n"])
    def test_what_is_no_case_study_is_refused(self, text: str) -> None:
        with pytest.raises(DocumentError, match=r'"1\. Summary of the impact".*found none of them'):
            parse_sections(text)

    def test_what_was_found_and_what_is_lacking_is_said(self) -> None:
        text = BRIDGES.replace("3. References to the research", "References")
        with pytest.raises(DocumentError, match=r"found .*\(line 4\).*section 3 is lacking"):
            parse_sections(text)

    def test_sections_out_of_order_are_refused(self) -> None:
        text = BRIDGES.replace("1. Summary of the impact (", "x. (") + "1. Summary of the impact\n."
        with pytest.raises(DocumentError, match="in this order"):
            parse_sections(text)

    def test_a_position_lies_in_its_section(self) -> None:
        document = Document.from_text(BRIDGES)
        assert document.section_at(0).kind == "A"
        for section in document.sections:
            assert document.section_at(section.start) == section
            assert document.section_at(section.end - 1) == section

    @pytest.mark.parametrize("position", [-1, len(BRIDGES)])
    def test_a_position_outside_is_refused(self, position: int) -> None:
        with pytest.raises(DocumentError, match="outside the document"):
            Document.from_text(BRIDGES).section_at(position)


@pytest.mark.skipif(not REAL.is_file(), reason="the Jam and Justice document is not here")
def test_a_real_case_study_is_read() -> None:
    document = read_document(REAL)
    assert [section.kind for section in document.sections] == KINDS
    starts = {section.kind: section.start for section in document.sections}
    lines = {kind: document.text.count("\n", 0, start) + 1 for kind, start in starts.items()}
    assert lines == {"A": 1, "1": 13, "2": 15, "3": 26, "4": 42, "5": 93}
    assert document.section_at(document.text.index("mPOWER")).kind == "4"


class TestWords:
    def test_words_are_counted_under_the_heading(self) -> None:
        counts = {one.kind: count_words(BRIDGES, one) for one in parse_sections(BRIDGES)}
        assert counts == {"A": 10, "1": 7, "2": 13, "3": 5, "4": 17, "5": 3}

    def test_a_word_has_a_letter_or_a_digit(self) -> None:
        text = BRIDGES.replace("Two councils", "Two - ** councils & 3")
        (first,) = (one for one in parse_sections(text) if one.kind == "1")
        assert count_words(text, first) == 8

    @pytest.mark.skipif(not REAL.exists(), reason="the documents themselves are not shipped")
    def test_the_shipped_counts_are_those_of_the_document(self) -> None:
        document = read_document(REAL)
        (file,) = case_study_files()
        kept = decode(parse_file(file)).document
        assert kept.digest == document.digest
        assert {one.section: one.word_count for one in kept.sections} == {
            one.kind: count_words(document.text, one) for one in document.sections if one.heading
        }
