from __future__ import annotations

import time

import pytest

from impactgraph.errors import UpdateError
from impactgraph_api.writing.scanning import Scanner


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ex:a.b", "ex:a.b"),
        ("ex:a.b.", "ex:a.b"),
        ("e.x-1:%41.\\-b-", "e.x-1:%41.\\-b-"),
        (":", ":"),
        (":a..b", ":a..b"),
        ("ex:-a", "ex:"),
        ("ex:%4", "ex:"),
        ("<x:\\u0041>", "<x:\\u0041>"),
        ("'a''b'", "'a'"),
        ("'''a''b'''", "'''a''b'''"),
    ],
)
def test_a_term_goes_as_far_as_it_can(name: str, found: str) -> None:
    assert Scanner(f" {name} ").take().text == found


def test_keywords_and_names_are_told_apart_where_no_space_is_between() -> None:
    group = Scanner("{ ?s ?p true.GRAPH ex:g.h{ ?s ?p 1.GRAPH e.x:g{} } }").group()
    assert [token.text for token in group.graphs] == ["ex:g.h", "e.x:g"]


@pytest.mark.parametrize(
    "piece",
    ["a.", "a.-", ":a.", "a:\\-", ":%41", "a:..", "<a", "<\\u0041", "\\'", "@a-a", "_:a.", "#\n"],
)
def test_reading_takes_time_in_proportion(piece: str) -> None:
    # Were it in proportion to the square, this would take an hour.
    started = time.process_time()
    with pytest.raises(UpdateError, match="malformed"):
        Scanner("{" + piece * 100_000).group()
    assert time.process_time() - started < 60
