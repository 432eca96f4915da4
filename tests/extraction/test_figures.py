"""Sums, shares and counts of a sentence, and what they count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from impactgraph.documents import HEADINGS, Document, PlainText, Span, read_plain_text
from impactgraph.extraction.figures import read_figures
from impactgraph.extraction.reading import FigureMention


def read(sentence: str) -> tuple[PlainText, tuple[FigureMention, ...]]:
    text = "".join(f"{kind}. {title}\n{sentence}\n\n" for kind, title in HEADINGS.items())
    plain = read_plain_text(Document.from_text(text))
    (block,) = plain.blocks_of("4")
    marks = [
        Span(block.span.start + at, block.span.start + sentence.index("]", at) + 1)
        for at, character in enumerate(sentence)
        if character == "["
    ]
    return plain, read_figures(plain, block.span, marks)


@pytest.mark.parametrize(
    ("sentence", "value", "counted", "unit", "qualifier"),
    [
        ("It reached over 700 farmers in 2019.", "700", "farmers", None, "over"),
        ("The council spent £1.2m on buses.", "1200000", None, "money", None),
        ("An investment of GBP150,000 followed.", "150000", "investment", None, None),
        ("Waste fell by 30% in Leeds.", "30", None, "%", None),
        ("Nearly 40 per cent of schools joined.", "40", "of schools", "%", "nearly"),
        ("It trained 1,500 community nurses [3].", "1500", "community nurses", None, None),
        ("Some 2 million people saw it.", "2000000", "people saw", None, "some"),
    ],
)
def test_a_figure_has_its_value_and_what_it_counts(
    sentence: str, value: str, counted: str | None, unit: str | None, qualifier: str | None
) -> None:
    plain, (figure,) = read(sentence)
    assert figure.value == Decimal(value)
    assert (plain.words(figure.counted) if figure.counted else None) == counted
    assert (figure.unit, figure.qualifier) == (unit, qualifier)


def test_a_sum_has_its_currency() -> None:
    assert read("They saved €3,000.")[1][0].currency == "EUR"


def test_a_range_has_bounds_and_no_value() -> None:
    _, (figure,) = read("Each visit had 15-20 guests.")
    assert (figure.minimum, figure.maximum, figure.value) == (Decimal(15), Decimal(20), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2016 it began, and on 3 May 2018 it ended.",
        "As section 4 says, see page 12 and [R3, 14].",
        "Covid-19 changed all that, as R2 and S10 show.",
        "The A303 and the 4th quarter.",
    ],
)
def test_dates_labels_and_marks_are_no_figures(sentence: str) -> None:
    assert read(sentence)[1] == ()
