from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impactgraph.catalogue.words import (
    MOST_WORDS,
    find_words,
    mark_words,
    match_words,
    split_words,
)

ANY_TEXT = st.text(max_size=120) | st.text("ab\"*^(){}:+-.,;\\'\x00%_ NEARORANDNOT", max_size=60)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, rest, content='', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO words (rowid, title, rest) VALUES (1, 'Trust', 'in schools')")
    return connection


def ask(index: sqlite3.Connection, text: str) -> list[int]:
    rows = index.execute("SELECT rowid FROM words WHERE words MATCH ?", (text,))
    return [number for (number,) in rows]


@given(text=ANY_TEXT)
@example(text='trust" OR title:*')
@example(text="NEAR(a b)")
@example(text="½ ² ǅ 漢字 กำ ẞ \U0001d49c")
@example(text="title : trust AND NOT {rest} ^x")
def test_any_text_is_a_valid_search(index: sqlite3.Connection, text: str) -> None:
    words = split_words(text)
    assert len(words) <= MOST_WORDS
    if words:
        ask(index, match_words(words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trust", True),
        ("TRUST School", True),
        ("trus", True),
        ("rust", False),
        ("in", True),
        ("sc", False),
        ("trust OR nowhere", False),
        ("title:trust", False),
        ('"in schools"', True),
    ],
)
def test_every_word_counts_and_nothing_is_syntax(
    index: sqlite3.Connection, text: str, found: bool
) -> None:
    assert ask(index, match_words(split_words(text))) == ([1] if found else [])


@given(text=st.text(max_size=200), words=st.text(max_size=40))
def test_marking_changes_no_text(text: str, words: str) -> None:
    assert "".join(piece for piece, _ in mark_words(split_words(words), text)) == text


@given(text=st.text(max_size=600), words=st.text("abc ", max_size=10), width=st.integers(20, 200))
def test_a_cut_text_is_a_part_of_it(text: str, words: str, width: int) -> None:
    pieces = mark_words(split_words(words), text, width=width)
    shown = "".join(piece for piece, _ in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text or shown in text
    assert len(shown) <= width + 4


@given(words=st.lists(st.text("abcdefghé", min_size=3, max_size=8), min_size=1, max_size=6))
def test_a_word_of_a_text_is_found_in_it(words: list[str]) -> None:
    text = " ".join(unicodedata.normalize("NFC", word) for word in words)
    (first, *_) = split_words(text)
    assert first in find_words((first,), text).values()


def test_the_first_word_looked_for_is_inside_a_cut_text() -> None:
    text = "a long way before it comes " * 20 + "the charter " + "and a long way after it " * 20
    pieces = mark_words(("charter",), text, width=120)
    assert ("charter", True) in pieces
    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)


def test_accents_and_case_are_passed_over() -> None:
    assert mark_words(split_words("CAFE"), "Une café-école") == (
        ("Une ", False),
        ("café", True),
        ("-école", False),
    )
