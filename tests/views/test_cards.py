from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from impactgraph.views.cards import (
    CARD_WIDTH,
    CHIP_WIDTH,
    FONT_SIZE,
    MAX_LINES,
    card_height,
    text_width,
    wrap_label,
)

LABELS = st.text(max_size=300)


@given(LABELS)
def test_lines_fit_the_card_whatever_the_label(label: str) -> None:
    lines = wrap_label(label, notation="a")
    assert 1 <= len(lines) <= MAX_LINES
    for place, line in enumerate(lines):
        room = CARD_WIDTH - 12 - (CHIP_WIDTH if place == 0 else 0)
        assert text_width(line.removesuffix(" …")) <= room


@given(LABELS)
def test_no_word_is_lost_but_behind_an_ellipsis(label: str) -> None:
    lines = wrap_label(label)
    shown = "".join("".join(lines).split())
    whole = "".join(label.split()) or "(nolabel)"
    if lines[-1].endswith(" …"):
        assert whole.startswith(shown.removesuffix("…"))
    else:
        assert shown == whole


def test_the_notation_takes_room_on_the_first_line_only() -> None:
    label = "Wardens who live in the street"
    assert len(wrap_label(label, notation="b")[0]) < len(wrap_label(label)[0])


def test_a_long_word_is_cut() -> None:
    assert len(wrap_label("x" * 60)) > 1


def test_the_type_is_large_enough_and_height_grows_with_the_lines() -> None:
    assert FONT_SIZE >= 12.5
    assert card_height(("a", "b")) > card_height(("a",))
