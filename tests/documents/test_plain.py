"""What a reader sees of a document, and where each character stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.documents import (
    BlockKind,
    Document,
    PlainText,
    Span,
    StyleKind,
    read_plain_text,
)

TITLES = (
    "1. Summary of the impact",
    "2. Underpinning research",
    "3. References to the research",
    "4. Details of the impact",
    "5. Sources to corroborate the impact",
)


def read(*sections: str) -> PlainText:
    filled = [*sections, *["Nothing."] * (len(TITLES) - len(sections))]
    text = "Institution: Borsetshire\n" + "".join(
        f"{title}\n{words}\n\n" for title, words in zip(TITLES, filled, strict=True)
    )
    return read_plain_text(Document.from_text(text))


def seen(plain: PlainText, section: str = "1") -> list[str]:
    return [plain.words(block.span) for block in plain.blocks_of(section)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**Smith** and *Jones*", "Smith and Jones"),
        (r"\[R1\] shows 3\-fold growth \(p. 4\)", "[R1] shows 3-fold growth (p. 4)"),
        ("<p>A <i>new</i> law &amp; order</p>", "A new law & order"),
        ("see [the page](https://example.org/a_(b)) now", "see the page now"),
        ("[a](https://example.org)[R1](R2)", "a[R1](R2)"),
        ("<https://example.org/x_y_z>", "https://example.org/x_y_z"),
        ("snake_case stays, _set_ goes", "snake_case stays, set goes"),
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("less than <1m or < 2", "less than <1m or < 2"),
        ("water, H<sub>2</sub>O<sup>1,2</sup>", "water, H2O1,2"),
        ("two   spaces\tand\xa0more", "two spaces and more"),
        ("[ **A**] and [**B**]", "[ A] and [B]"),
        ("zero\u200bwidth", "zerowidth"),
        ("shown before^1,2^ and 10^6 or x^y", "shown before1,2 and 10^6 or x^y"),
    ],
)
def test_mark_up_is_taken_away_and_words_are_kept(source: str, words: str) -> None:
    assert seen(read(source)) == [words]


def test_lines_are_blocks_with_their_kinds_and_markers() -> None:
    plain = read(
        "### A heading\nA paragraph.\n\n1. one\n1.  two\n- three\n(a) four\n| x | y |\n|---|---|"
    )
    assert [(b.kind, b.marker) for b in plain.blocks_of("1")] == [
        (BlockKind.HEADING, ""),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.ITEM, "1."),
        (BlockKind.ITEM, "1."),
        (BlockKind.ITEM, "-"),
        (BlockKind.ITEM, "(a)"),
        (BlockKind.ROW, ""),
    ]
    assert seen(plain)[:4] == ["A heading", "A paragraph.", "one", "two"]


def test_a_section_title_inside_its_section_is_left_out() -> None:
    plain = read("### 1. Summary of the impact (indicative maximum 100 words)\nWhat changed.")
    assert seen(plain) == ["What changed."]


def test_hard_wrapped_lines_make_one_paragraph() -> None:
    line = "The council took up the method that the team had worked out in"
    plain = read("\n".join([line] * 12), "\n".join([line] * 12))
    assert seen(plain) == [" ".join([line] * 12)]


def test_a_sentence_broken_by_a_page_is_one_again() -> None:
    first = "Best practice was shared with councils in the north of the country, and"
    plain = read(f"{first}\n\nacross Europe.\n\nA heading\n\nand small letters.")
    assert seen(plain) == [f"{first} across Europe.", "A heading", "and small letters."]


def test_styles_and_addresses_are_kept_beside_the_words() -> None:
    plain = read(
        "**Bold** words<sup>1</sup> and [a link](https://example.org/a) or www.example.com."
    )
    (block,) = plain.blocks_of("1")
    assert [(style.kind, plain.text[style.start : style.end]) for style in plain.styles] == [
        (StyleKind.BOLD, "Bold"),
        (StyleKind.SUPERSCRIPT, "1"),
        (StyleKind.LINK, "a link"),
        (StyleKind.LINK, "www.example.com"),
    ]
    assert plain.addresses(block.span) == ("https://example.org/a", "www.example.com")
    start = block.span.start
    assert plain.share(Span(start, start + 4), StyleKind.BOLD) == 1.0
    assert plain.share(Span(start + 5, start + 10), StyleKind.BOLD) == 0.0


def test_a_place_points_to_the_words_in_the_document() -> None:
    plain = read(r"A \[R1\] **bold** [link](https://example.org)!")
    at = plain.text.index("[R1]")
    start, end = plain.place(Span(at, at + 4))
    assert plain.document.text[start:end] == r"\[R1\]"
    at = plain.text.index("link")
    start, end = plain.place(Span(at, at + 4))
    assert plain.document.text[start:end] == "link"


def test_an_empty_stretch_has_a_place_too() -> None:
    plain = read("Words.")
    end = len(plain.text)
    assert plain.place(Span(0, 0)) == (0, 0)
    assert plain.place(Span(end, end)) == (len(plain.document.text),) * 2


MARKUP = st.lists(
    st.sampled_from(
        [*"ab1 .*_[]()<>\\`#|-\n&;", "**", "](", "http://x", "<b>", "</b>", "<sup>", "&amp;", "é"]
    ),
    max_size=60,
).map("".join)


@given(MARKUP)
def test_places_rise_and_lie_in_the_document_whatever_the_mark_up(source: str) -> None:
    plain = read(source.replace("|", "") + " end")
    places = [plain.place(Span(at, at + 1)) for at in range(len(plain.text))]
    assert all(0 <= start < end <= len(plain.document.text) for start, end in places)
    assert places == sorted(places)
    for style in plain.styles:
        assert 0 <= style.start <= style.end <= len(plain.text)
    letters = [character for character in plain.text if character in "ab1é"]
    kept = [
        plain.document.text[plain.place(Span(at, at + 1))[0]]
        for at, character in enumerate(plain.text)
        if character in "ab1é"
    ]
    assert letters == kept


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "](",
        "](http:",
        "*",
        "_",
        "_a ",
        "<",
        "<a ",
        "&",
        "\\",
        "|",
        "www.",
        "(",
        "[a](http://b) ",
    ],
)
def test_long_runs_of_one_mark_are_read(unit: str) -> None:
    plain = read(unit * (100_000 // len(unit)))
    assert plain.sections["1"].end <= len(plain.text)


def test_the_head_and_foot_of_printed_pages_are_left_out() -> None:
    plain = read("Much.\n\nPage 3 of 5\n\nImpact case study (REF3)\nMore on page 3.\n")
    assert seen(plain) == ["Much.", "More on page 3."]


def test_a_title_may_stand_before_its_text_in_one_line() -> None:
    glued = "\n".join(f"{title} (indicative maximum 500 words) The {title[0]}." for title in TITLES)
    document = Document.from_text(f"Institution: Borsetshire\n{glued}\n")
    plain = read_plain_text(document)
    assert [section.heading for section in document.sections] == ["", *TITLES]
    assert [seen(plain, kind) for kind in "12345"] == [[f"The {kind}."] for kind in "12345"]


def test_a_line_that_only_begins_like_a_title_is_none() -> None:
    plain = read("Much.\n\n2. Underpinning research It was long.")
    assert seen(plain, "1") == ["Much.", "Underpinning research It was long."]


def test_a_label_begins_an_entry_among_hard_wrapped_lines() -> None:
    first = "S%d. A letter from the engineer of a council beside a slow river,"
    entry = f"{first}\nwhich is about all of the bridges that it has inspected."
    entries = "\n".join(entry % number for number in range(1, 13))
    plain = read("Much.", "Much.", "Much.", "Much.", entries)
    assert [words[:4] for words in seen(plain, "5")] == [f"S{n}. "[:4] for n in range(1, 13)]
