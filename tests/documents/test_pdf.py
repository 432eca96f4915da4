"""PDF files are read as paragraphs rather than lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from impactgraph.documents.pdf import read_pdf
from pdf_files import pdf_file, rule, show

FULL = "These words fill the line up to its right margin, where no other word had any room"
MORE = "left, so that the line had to break and go on below it for as long as there were any"


def page(lines: Sequence[str], *, top: float = 700, leading: float = 14, left: float = 72) -> str:
    return "".join(show(left, top - leading * at, line) for at, line in enumerate(lines))


def text_of(*pages: str, **others: object) -> str:
    return read_pdf(pdf_file(*pages, **others))  # type: ignore[arg-type]


class TestParagraphs:
    def test_full_lines_are_joined_and_a_short_one_ends(self) -> None:
        text = text_of(page([FULL, MORE, "words.", FULL, "words."]))
        assert text == f"{FULL} {MORE} words.\n\n{FULL} words.\n"

    def test_they_go_on_over_the_page(self) -> None:
        text = text_of(page([FULL, MORE], top=90), page(["words."], top=760))
        assert text == f"{FULL} {MORE} words.\n"

    def test_space_between_them_ends_them(self) -> None:
        text = text_of(page([FULL, MORE]) + page([FULL, MORE], top=640))
        assert text == f"{FULL} {MORE}\n\n{FULL} {MORE}\n"

    def test_what_every_page_has_at_head_and_foot_is_dropped(self) -> None:
        pages = [
            show(72, 800, "Impact case study (REF3)")
            + page([FULL, f"words of page {number}."])
            + show(280, 30, f"Page {number} of 3")
            for number in (1, 2, 3)
        ]
        assert (
            text_of(*pages) == "\n\n".join(f"{FULL} words of page {n}." for n in (1, 2, 3)) + "\n"
        )

    @pytest.mark.parametrize(
        ("first", "second", "whole"),
        [
            (f"{FULL[:-5]} im-", "pact had room.", "impact had room."),
            (f"{FULL[:-5]} co-", "production had room.", "co-production had room."),
            (f"{FULL[:-5]} pre-", "and post-war.", "pre- and post-war."),
        ],
    )
    def test_broken_words_are_made_whole(self, first: str, second: str, whole: str) -> None:
        known = "The impact of an impact and a co-production here."
        others = [f"{FULL[:-6]} bro-", "ken it.", "A broken word and many broken words here."]
        text = text_of(page([known, MORE, first, second, *others]))
        assert whole in text

    def test_addresses_are_made_whole(self) -> None:
        text = text_of(page([f"{FULL[:-22]} https://doi.org/10.5555/", "abc.2012.7 at last."]))
        assert "https://doi.org/10.5555/abc.2012.7 at last." in text


class TestLists:
    def test_labels_begin_items(self) -> None:
        lines = [
            f"{FULL[:-8]} as said:",
            "1. One.",
            f"2. {FULL[:-5]}",
            "words.",
            "[3] Three.",
            "(d) Four.",
        ]
        text = text_of(page([*lines, FULL]))
        assert text.split("\n")[2:6] == [
            "1. One.",
            f"2. {FULL[:-5]} words.",
            "[3] Three.",
            "(d) Four.",
        ]

    def test_a_label_may_stand_apart(self) -> None:
        text = text_of(page([FULL]) + show(72, 660, "R1.") + show(108, 660, "A. Author, Cracks."))
        assert text.endswith("R1. A. Author, Cracks.\n")


class TestWords:
    def test_bold_italic_and_raised(self) -> None:
        shown = (
            show(72, 700, "Bold", font="F2")
            + show(100, 700, "italic", font="F3")
            + show(130, 700, "and raised")
            + show(181, 704, "1", size=6)
            + show(72, 660, FULL)
        )
        assert text_of(shown).startswith("**Bold** *italic* and raised<sup>1</sup>\n")

    def test_links_lead_where_they_lead(self) -> None:
        shown = show(72, 700, "See") + show(96, 700, "here") + show(72, 660, FULL)
        text = text_of(shown, links=[((95, 697, 120, 710), "https://example.org/a")])
        assert text.startswith("See [here](https://example.org/a)\n")

    def test_footnotes_stand_at_the_end_of_their_section(self) -> None:
        titles = [
            show(72, 720, "1. Summary of the impact"),
            show(72, 600, "2. Underpinning research"),
        ]
        shown = (
            "".join(titles)
            + page([FULL], top=690)
            + show(72, 676, "words")
            + show(101.4, 680, "1", size=6)
            + page([FULL], top=580)
            + show(72, 60, "1", size=6)
            + show(76, 60, "Where the data are kept.", size=8)
        )
        assert text_of(shown) == (
            f"1. Summary of the impact\n\n{FULL} words<sup>1</sup>\n\n"
            f"<sup>1</sup> Where the data are kept.\n\n2. Underpinning research\n\n{FULL}\n"
        )


class TestTables:
    def test_columns_without_ruled_lines_are_rows(self) -> None:
        rows = [("Name(s)", "Role(s)"), ("Ada Ferry", "Professor"), ("Boris Quay", "Reader")]
        shown = "".join(
            show(72, 700 - 16 * at, name) + show(250, 700 - 16 * at, role)
            for at, (name, role) in enumerate(rows)
        )
        text = text_of(shown + page([FULL], top=600))
        assert text.startswith("| Name(s) | Role(s) |\n| Ada Ferry | Professor |\n")

    def test_ruled_lines_part_cells_and_rows(self) -> None:
        shown = (
            page(["Ada Ferry"])
            + page(["Professor of", "Rivers and other"], left=180)
            + page(["Boris Quay"], top=660)
            + page(["Reader"], top=660, left=180)
            + "".join(rule(x, 640, 1, 80) for x in (66, 174, 270))
            + "".join(rule(66, y, 204, 1) for y in (640, 676, 720))
        )
        text = text_of(shown + page([FULL], top=600))
        assert text.startswith(
            "| Ada Ferry | Professor of Rivers and other |\n| Boris Quay | Reader |\n"
        )
