from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.store.tokens import StringFinder, read_tokens, repeat_item

QUOTES = ["'", '"', "'''", '"""']
PIECES = st.sampled_from(["a", " ", "'", '"', "''", "\\'", '\\"', "\\n", "\\\\", "\n", "#", "<"])


@given(st.sampled_from(QUOTES), st.lists(PIECES), st.text())
def test_a_string_ends_at_the_first_mark_that_is_not_escaped(
    marks: str, pieces: list[str], rest: str
) -> None:
    inside = "".join(
        piece for piece in pieces if piece[0] != marks[0] and (len(marks) == 3 or piece != "\n")
    )
    assert StringFinder(marks + inside + marks + rest).find_end(0) == len(inside) + 2 * len(marks)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("''", 2),
        ("'' 'a'", 2),
        ("'''a'", 2),
        ("'''a''b'c'''d", 12),
        ("''''a'''", 8),
        ("'\\\\'", 4),
        ("'", None),
        ("'a\n'", None),
        ("'a\\'", None),
        ("'a\\", None),
        ("'\"", None),
    ],
)
def test_where_strings_end(text: str, end: int | None) -> None:
    assert StringFinder(text).find_end(0) == end


@pytest.mark.parametrize("escapes", [".", "[n'\"]"])
@given(st.lists(PIECES, max_size=40))
def test_what_was_found_before_changes_nothing(escapes: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    finder = StringFinder(text, escapes)
    for place in (match.start() for match in re.finditer("['\"]", text)):
        fresh = StringFinder(text, escapes)
        assert finder.find_end(place) == fresh.find_end(place)
        assert finder.find_long_end(place) == fresh.find_long_end(place)


def test_an_escape_that_is_none_ends_the_search_in_vain() -> None:
    assert StringFinder("'''\\x'''", "[n]").find_long_end(0) is None
    assert StringFinder("'''\\n'''", "[n]").find_long_end(0) == 8


def test_tokens_are_read_outside_strings() -> None:
    text = 'a \'b c\' """d " """ e \'f'
    assert [token[0] for token in read_tokens(re.compile(r"\w+|."), text) if token[0] != " "] == [
        *("a", "e", "'", "f")
    ]


@given(st.lists(st.sampled_from(["-a", "-b1", "-", "c"]), max_size=80))
def test_items_are_repeated_as_often_as_they_stand_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    item = "-[a-z0-9]++"
    expected, found = re.match(f"(?:{item})*", text), re.match(repeat_item(item), text)
    assert expected is not None
    assert found is not None
    assert found.end() == expected.end()


@pytest.mark.parametrize("piece", ["'", '"', '\\"', "'''\\", '"""x" \\', "\\'''x' ", "\\", "'\"\\"])
def test_finding_takes_time_in_proportion(piece: str) -> None:
    # Were it in proportion to the square, this would take an hour.
    text = piece * 100_000
    started = time.process_time()
    finder = StringFinder(text)
    for match in re.finditer("['\"]", text):
        finder.find_end(match.start())
    assert time.process_time() - started < 60
