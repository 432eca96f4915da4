"""Quotations and their speakers in invented impacts."""

from __future__ import annotations

import pytest

from impactgraph.documents import Span
from impactgraph.extraction.quotations import find_quoted, read_quotations
from marked_passages import find_marks, read_sections

SAID = "moss has changed how we look after our verges"


def read(four: str) -> list[tuple[str, str | None, tuple[int, ...]]]:
    plain = read_sections(four=four)
    stretches = [block.span for block in plain.blocks_of("4")]
    return [
        (
            plain.words(quotation.span),
            plain.words(quotation.speaker) if quotation.speaker else None,
            quotation.sources,
        )
        for quotation in read_quotations(plain, stretches, find_marks(plain))
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Mary Hale, Head of Roads at Borset Council, said: “{SAID}” [S1].", "Mary Hale"),
        (f"As Dr Mary Hale (Borset Council) reported, “{SAID}” [S1].", "Dr Mary Hale"),
        (f"According to Lord Penny, “{SAID}” [S1].", "Lord Penny"),
        (f"“{SAID}” (Mary Hale, head of roads) [S1].", "Mary Hale"),
        (f"The Head of Roads states: “{SAID}” [S1].", "Head of Roads"),
        (f"A teacher from Borset Park School reflected that “{SAID}” [S1].", None),
        (f"It was said that “{SAID}” [S1].", None),
    ],
)
def test_who_says_it_is_named_where_the_text_does(text: str, speaker: str | None) -> None:
    assert read(text) == [(SAID, speaker, (1,))]


def test_the_sentence_before_announces_a_quotation_on_its_own_line() -> None:
    assert read(f"Mary Hale, the council’s leader, wrote:\n\n“{SAID}” [S2]") == [
        (SAID, "Mary Hale", (2,))
    ]


def test_a_title_or_a_term_in_quotation_marks_is_no_quotation() -> None:
    assert read("Her book ‘Moss in the Town’ and the term ‘moss economy’ are widely known.") == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said ‘it’s the farmers’ own moss’, and left.", ["it’s the farmers’ own moss"]),
        ("He said 'it's our moss' twice.", ["it's our moss"]),
        ("“One,” he said, “two.”", ["One,", "two."]),
        ("“A paragraph that goes on in the next", ["A paragraph that goes on in the next"]),
        ("The farmers’ moss and 5’ of rain", []),
        ("An opening “ that nothing closes", []),
    ],
)
def test_apostrophes_close_nothing(text: str, quoted: list[str]) -> None:
    found = find_quoted(text, Span(0, len(text)))
    assert [text[span.start : span.end] for span in found] == quoted
