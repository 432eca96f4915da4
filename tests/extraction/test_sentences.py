"""Sentences of plain text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.documents import Span
from impactgraph.extraction.sentences import split_sentences


def split(text: str, *marks: str) -> list[str]:
    spans = [Span(text.index(mark), text.index(mark) + len(mark)) for mark in marks]
    found = split_sentences(text, Span(0, len(text)), spans)
    return [text[part.start : part.end] for part in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Prof. Hale and Dr. J. K. Moss et al. found three kinds of moss.",
        "It grows, e.g. in Borsetshire, i.e. everywhere, by approx. 3.5 mm a year.",
        "See No. 4, vol. 12, pp. 3–9 and Fig. 2 for the figures.",
        "Hale (Univ. of Borset) spoke at 9 a.m. in the U.K. parliament.",
        "The page is www.moss.org.uk/page.html in version 2.0.1 of the site.",
        "She said “it works! it really works” to the council.",
        "Moss Ltd. and Fern Inc. are partners.",
    ],
)
def test_a_stop_inside_a_sentence_ends_none(sentence: str) -> None:
    assert split(sentence) == [sentence]


def test_each_stop_before_a_new_sentence_ends_one() -> None:
    text = "Moss grew. Did it rain? It did! ‘Rain helps.’ So the council said."
    assert split(text) == [
        "Moss grew.",
        "Did it rain?",
        "It did!",
        "‘Rain helps.’",
        "So the council said.",
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Moss grew. [R1] The council knew.", "[R1]"),
        ("Moss grew.[R1] The council knew.", "[R1]"),
        ("He said ‘moss grew.’ (S2) The council knew.", "(S2)"),
        ("Moss grew.3 The council knew.", "3"),
        ("Moss grew. [Hale, personal letter] The council knew.", ""),
    ],
)
def test_what_stands_behind_a_stop_belongs_to_its_sentence(text: str, mark: str) -> None:
    first, second = split(text, *([mark] if mark else []))
    assert second == "The council knew."
    assert mark in first


def test_a_mark_that_a_sentence_begins_with_stays_with_it() -> None:
    assert split("It rained. [R1] showed that moss grew.", "[R1]") == [
        "It rained.",
        "[R1] showed that moss grew.",
    ]


def test_a_stop_inside_a_mark_ends_nothing() -> None:
    text = "Moss grew [3. 1, p. 4. And more] in the park. It rained."
    assert split(text, "[3. 1, p. 4. And more]")[1:] == ["It rained."]


def test_a_line_ends_a_sentence() -> None:
    assert split("Growing moss\nMoss grew") == ["Growing moss", "Moss grew"]


@given(st.text(alphabet="aA .!?…“”‘’'\"()[]1,;:\n", max_size=200))
def test_sentences_hold_every_letter_once_in_order(text: str) -> None:
    spans = split_sentences(text, Span(0, len(text)))
    assert all(one.end <= two.start for one, two in pairwise(spans))
    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
