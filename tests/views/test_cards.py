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
    # Words that are cut get a hyphen, so hyphens do not count.
    shown = "".join("".join(lines).replace("-", "").split())
    whole = "".join(label.replace("-", "").split()) or ("" if "-" in label else "(nolabel)")
    if lines[-1].endswith(" …"):
        assert whole.startswith(shown.removesuffix("…"))
    else:
        assert shown == whole


def test_the_notation_takes_room_on_the_first_line_only() -> None:
    label = "Wardens who live in the street"
    assert len(wrap_label(label, notation="b")[0]) < len(wrap_label(label)[0])


def test_a_long_word_is_cut_behind_a_hyphen() -> None:
    first, *rest = wrap_label("x" * 60)
    assert first.endswith("x-")
    assert rest


def test_a_long_word_is_broken_at_its_own_hyphen_first() -> None:
    lines = wrap_label("International-Georgian partnerships/committees", notation="1")
    assert lines == ("International-", "Georgian", "partnerships/", "committees")


def test_what_fits_on_a_line_is_not_broken() -> None:
    lines = wrap_label("Findings of well-established co-production", notation="1")
    assert "co-production" in lines[-1]
    assert any("well-established" in line for line in lines)


def test_no_fewer_than_three_letters_of_a_cut_word_stand_alone() -> None:
    for length in range(10, 40):
        assert len(wrap_label("m" * length)[-1]) >= 3


def test_the_type_is_large_enough_and_height_grows_with_the_lines() -> None:
    assert FONT_SIZE >= 12.5
    assert card_height(("a", "b")) > card_height(("a",))
