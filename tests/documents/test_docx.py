"""DOCX files are read as a word processor shows them."""

from __future__ import annotations

import pytest

from impactgraph.documents.docx import read_docx
from word_files import cell, link, paragraph, row, run, table, word_file


def text_of(*blocks: str, **others: object) -> str:
    return read_docx(word_file(*blocks, **others))  # type: ignore[arg-type]


def lists(
    *levels: tuple[str, str], nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (form, shown) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>{nums}'


class TestLabels:
    @pytest.mark.parametrize(
        ("form", "shown", "labels"),
        [
            ("decimal", "%1.", ["1.", "2."]),
            ("lowerLetter", "(%1)", ["(a)", "(b)"]),
            ("upperRoman", "%1)", ["I)", "II)"]),
            ("decimal", "R%1", ["R1", "R2"]),
            ("decimal", "[%1]", ["[1]", "[2]"]),
            ("decimal", "3.%1", ["3.1", "3.2"]),
            ("bullet", "\uf0b7", ["-", "-"]),
        ],
    )
    def test_they_are_written_as_shown(self, form: str, shown: str, labels: list[str]) -> None:
        text = text_of(
            paragraph("one", in_list="1"),
            paragraph("two", in_list="1"),
            numbering=lists((form, shown)),
        )
        assert text == f"{labels[0]} one\n{labels[1]} two\n"

    def test_deeper_levels_begin_anew(self) -> None:
        levels = [0, 1, 1, 0, 1]
        text = text_of(
            *(paragraph("x", in_list="1", level=level) for level in levels),
            numbering=lists(("decimal", "%1."), ("lowerLetter", "%1.%2")),
        )
        assert text.split("\n") == ["1. x", "    1.a x", "    1.b x", "2. x", "    2.a x", ""]

    def test_a_list_that_says_where_it_starts_begins_there(self) -> None:
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        nums = "".join(
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{more}</w:num>'
            for key, more in (("1", ""), ("2", ""), ("3", start))
        )
        text = text_of(
            *(paragraph("x", in_list=key) for key in ("1", "2", "3", "3")),
            numbering=lists(("decimal", "%1."), nums=nums),
        )
        assert text.split("\n") == ["1. x", "2. x", "1. x", "2. x", ""]

    def test_a_style_may_number_and_a_paragraph_may_not(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>"
        )
        text = text_of(
            paragraph("one", style="Item"),
            paragraph("none", style="Item", in_list="0"),
            paragraph("two", style="Item"),
            numbering=lists(("decimal", "%1.")),
            styles=styles,
        )
        assert text == "1. one\n\nnone\n\n2. two\n"


class TestWords:
    def test_bold_italic_raised_and_lowered(self) -> None:
        text = text_of(
            paragraph(
                run("bold ", "<w:b/>"),
                run("both", "<w:b/><w:i/>"),
                run(" H"),
                run("2", '<w:vertAlign w:val="subscript"/>'),
                run("O"),
                run("1", '<w:vertAlign w:val="superscript"/>'),
                run(" off", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>'),
                run(" on", '<w:rStyle w:val="Strong"/>'),
            )
        )
        assert text == "**bold *both*** H<sub>2</sub>O<sup>1</sup> off **on**\n"

    def test_headings_are_known_by_style(self) -> None:
        assert text_of(paragraph("Why", style="Heading3")) == "### Why\n"

    def test_links_by_relationship_and_by_field(self) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        text = text_of(
            paragraph("See ", link("link0", "here"), run(" and "), field, run(".")),
            paragraph(link("link0", "https://example.org/a/")),
            addresses=["https://example.org/a"],
        )
        assert text == (
            "See [here](https://example.org/a) and [there](https://example.org/b).\n\n"
            "https://example.org/a/\n"
        )

    def test_a_link_to_a_program_is_its_words(self) -> None:
        text = text_of(paragraph(link("link0", "here")), addresses=["javascript:alert(1)"])
        assert text == "here\n"

    def test_tracked_changes_comments_and_hidden_words(self) -> None:
        text = text_of(
            paragraph(
                "We ",
                '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>',
                f'<w:ins w:id="2">{run("always ")}</w:ins>',
                '<w:commentRangeStart w:id="3"/>',
                run("mend"),
                '<w:r><w:commentReference w:id="3"/></w:r>',
                run(" (hidden)", "<w:vanish/>"),
            ),
            '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>',
            paragraph("paragraph."),
        )
        assert text == "We always mend\n\nOne paragraph.\n"

    def test_mark_up_in_the_words_is_escaped(self) -> None:
        assert text_of(paragraph("2*3 <b>`\\")) == "2\\*3 \\<b>\\`\\\\\n"

    def test_text_boxes_follow_their_paragraph(self) -> None:
        box = (
            "<w:r><w:drawing><w:txbxContent>" + paragraph("in a box") + "</w:txbxContent>"
            "</w:drawing></w:r>"
        )
        assert text_of(paragraph("before ", box, run("after"))) == "before after\n\nin a box\n"

    def test_a_form_that_nobody_filled_in_is_empty(self) -> None:
        control = (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + paragraph("Click here to enter text")
            + "</w:sdtContent></w:sdt>"
        )
        assert text_of(control, paragraph("words")) == "words\n"


class TestTables:
    def test_rows_are_lines(self) -> None:
        text = text_of(table(row(cell("Name"), cell("Role")), row(cell("A. B"), cell("Reader"))))
        assert text == "| Name | Role |\n| A. B | Reader |\n"

    def test_lines_side_by_side_are_rows(self) -> None:
        text = text_of(table(row(cell("A. B", "C. D"), cell("Reader", "Fellow"))))
        assert text == "| A. B | Reader |\n| C. D | Fellow |\n"

    def test_lines_that_do_not_pair_are_put_behind_each_other(self) -> None:
        text = text_of(table(row(cell("A. B"), cell("Reader", "later Professor"))))
        assert text == "| A. B | Reader; later Professor |\n"

    def test_a_table_around_text_is_text(self) -> None:
        text = text_of(table(row(cell("First.", "Second.", span=3)), row(cell("Third."), cell())))
        assert text == "First.\n\nSecond.\n\nThird.\n"


class TestTemplate:
    @pytest.mark.parametrize(
        "blocks",
        [
            [paragraph(run("Title of case study: ", "<w:b/>"), run("Safer bridges"))],
            [paragraph(run("Title of case study:", "<w:b/>")), paragraph("Safer bridges")],
            [table(row(cell("Title of case study"), cell("Safer bridges")))],
        ],
        ids=["one paragraph", "two", "two cells"],
    )
    def test_the_header_is_written_as_in_the_template(self, blocks: list[str]) -> None:
        assert text_of(*blocks) == "Title of case study: Safer bridges\n"

    def test_titles_are_lines_of_their_own(self) -> None:
        text = text_of(
            paragraph(
                run("1. Summary of the impact (indicative maximum 100 words) ", "<w:b/>"),
                run("Much changed."),
            ),
            paragraph("Underpinning research"),
            paragraph("Details of the impact that we had"),
        )
        assert text == (
            "1. Summary of the impact\n\nMuch changed.\n\n2. Underpinning research\n\n"
            "Details of the impact that we had\n"
        )

    def test_titles_numbered_by_the_word_processor(self) -> None:
        text = text_of(
            paragraph("Summary of the impact", in_list="1"),
            paragraph("Underpinning research", in_list="1"),
            numbering=lists(("decimal", "%1.")),
        )
        assert text == "1. Summary of the impact\n\n2. Underpinning research\n"
