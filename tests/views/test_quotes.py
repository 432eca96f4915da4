from __future__ import annotations

import pytest

from impactgraph.views.quotes import Passage, Quoted, put_in_quotes, strip_markup

STRIPPED = [
    ("many **challenges with coproduction**", "many challenges with coproduction"),
    ("From this directly flowed a **commitment", "From this directly flowed a commitment"),
    ("as a key driver** [A]", "as a key driver [A]"),
    ('to aid easy commissioning*" [G]', 'to aid easy commissioning" [G]'),
    ("shaped the *Age Friendly* portfolio", "shaped the Age Friendly portfolio"),
    ("<i>Nature</i> and <a href='x'>more</a><br/>", "Nature and more"),
    ("a __strong__ and _soft_ word", "a strong and soft word"),
    ("see [the report](https://example.org/a) [1,2]", "see the report [1,2]"),
    ("## A heading", "A heading"),
    ("`code` &amp; 5 \\* 3", "code & 5 * 3"),
    ("2 * 3, 2*3, snake_case, 1 < 2 and 3 > 2", "2 * 3, 2*3, snake_case, 1 < 2 and 3 > 2"),
    ("plain words", "plain words"),
]


@pytest.mark.parametrize(("text", "words"), STRIPPED)
def test_markup_goes_and_words_stay(text: str, words: str) -> None:
    assert strip_markup(text) == words
    assert strip_markup(words) == words


def test_text_that_is_nothing_but_markup_stays_as_it_is() -> None:
    assert strip_markup("<i></i>") == "<i></i>"
    assert strip_markup("") == ""


QUOTED = [
    ("words", "“words”"),
    ('"words of their own"', "“words of their own”"),
    ("“words of their own”", "“words of their own”"),
    ('"a part" of the words', "“‘a part’ of the words”"),
    ('of "a part", and "another"', "“of ‘a part’, and ‘another’”"),
    ('"cut in the middle', "“cut in the middle”"),
    ('cut in the middle" [B]', "“‘cut in the middle’ [B]”"),
    ('changed "what is cut', "“changed ‘what is cut’”"),
    ("affect 'deeper change'", "“affect 'deeper change'”"),
    ("", "“”"),
    ('"', "“”"),
]


@pytest.mark.parametrize(("text", "quote"), QUOTED)
def test_a_quote_has_one_pair_of_quotation_marks(text: str, quote: str) -> None:
    assert put_in_quotes(text) == quote


def test_a_passage_keeps_its_words_and_positions() -> None:
    passage = Passage(exact="a **commitment", section="4", start=10, end=24)
    assert passage.quote == "“a commitment”"
    assert (passage.exact, passage.end - passage.start) == ("a **commitment", 14)
    assert passage.place == "section 4"
    assert passage.characters == "characters 10–24 of the document"
    assert Passage(exact="x", section="A", start=0, end=1).place == "the header"
    assert Quoted(words='"so *be* it"').quote == "“so be it”"
