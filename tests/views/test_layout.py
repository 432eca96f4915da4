from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.model import Basis, Stage
from impactgraph.views.cards import CARD_WIDTH, Card
from impactgraph.views.case_study import view_case_study
from impactgraph.views.layout import Layout, PlacedCard, lay_out
from impactgraph.views.routing import Line, Point, Stroke
from views import sample


def layout(basis: Basis = Basis.CURATED) -> Layout:
    return view_case_study(
        sample.graph(),
        basis=basis,
        summary=sample.summary(),
        details=sample.details(),
        gaps=sample.gaps(),
    ).layout


def overlap(first: PlacedCard, second: PlacedCard) -> bool:
    return (
        abs(first.x - second.x) < (first.width + second.width) / 2
        and abs(first.y - second.y) < (first.height + second.height) / 2
    )


def test_every_card_has_a_place_of_its_own_inside_the_picture() -> None:
    placed = layout()
    assert len(placed.cards) == 24
    assert not any(overlap(*pair) for pair in combinations(placed.cards, 2))
    for card in placed.cards:
        assert card.x - card.width / 2 >= 0
        assert card.x + card.width / 2 <= placed.width
        assert card.y - card.height / 2 >= 0
        assert card.y + card.height / 2 <= placed.height


def test_the_picture_fits_the_room_that_the_page_has() -> None:
    placed = layout()
    assert placed.width <= 1056
    assert placed.height <= 690


def test_columns_are_the_five_stages_in_order() -> None:
    placed = layout()
    assert [column.stage for column in placed.columns] == list(Stage)
    assert [column.count for column in placed.columns] == [5, 5, 3, 4, 7]
    lefts = {column.stage: column.x for column in placed.columns}
    assert all(card.x - card.width / 2 == lefts[card.card.stage] for card in placed.cards)


def test_the_layout_is_the_same_at_every_basis() -> None:
    assert layout(Basis.STATED) == layout(Basis.CURATED) == layout(Basis.INFERRED)


def test_the_layout_does_not_depend_on_the_order_of_the_lines() -> None:
    cards = [
        Card(key=f"{stage.value}/{n}", stage=stage, notation=str(n), label=f"{stage.value} {n}")
        for stage in Stage
        for n in range(4)
    ]
    dice = random.Random(7)
    lines = []
    for number in range(40):
        origin, target = sorted(dice.sample(cards, 2), key=lambda card: card.stage.rank)
        basis = dice.choice(list(Basis))
        line = Line(key=f"l{number}", origin=origin.key, target=target.key, basis=basis)
        lines.append(line)
    once = lay_out(cards, lines)
    dice.shuffle(lines)
    assert lay_out(cards, lines) == once


def test_a_line_that_skips_a_stage_runs_between_the_cards() -> None:
    placed = layout()
    for stroke in placed.strokes:
        for (x1, y1), (x2, y2) in pairwise(stroke.points):
            for card in placed.cards:
                inside = x1 <= card.x - card.width / 2 and card.x + card.width / 2 <= x2
                if inside and y1 == y2:
                    assert abs(y1 - card.y) >= card.height / 2


def test_every_line_is_drawn_and_ends_at_its_card() -> None:
    placed = layout()
    drawn = {key for stroke in placed.strokes for key in stroke.lines}
    assert len(drawn) == 7 + 12 + 8 + 10 + 1
    edges = {(card.x - card.width / 2, card.card.stage) for card in placed.cards}
    lefts = {x for x, _ in edges}
    for stroke in placed.strokes:
        if stroke.arrow:
            assert stroke.points[-1][0] in lefts


def test_what_is_stated_together_runs_over_one_bar() -> None:
    placed = layout()
    (bar,) = placed.bars
    assert len(bar.lines) == 12
    stubs = [
        stroke
        for stroke in placed.strokes
        if stroke.collective
        and bar.x in (stroke.points[0][0], stroke.points[-1][0])
        and stroke.points[0][0] != stroke.points[-1][0]
    ]
    assert sorted(len(stroke.lines) for stroke in stubs) == [3, 3, 3, 3, 4, 4, 4]


def test_the_pieces_of_a_bar_carry_the_lines_that_pass_over_them() -> None:
    placed = layout()
    (bar,) = placed.bars
    pieces = [s for s in placed.strokes if {x for x, _ in s.points} == {bar.x}]
    assert len(pieces) == 6
    assert all(piece.lines and set(piece.lines) <= set(bar.lines) for piece in pieces)


def test_the_gutter_that_no_stated_line_crosses_is_a_break() -> None:
    (gap,) = layout().breaks
    assert gap.after is Stage.OUTPUT
    assert len(gap.lines) == 11


def test_only_lines_that_are_not_stated_bear_a_mark() -> None:
    strokes = layout().strokes
    assert all((stroke.mark is None) == (stroke.basis is Basis.STATED) for stroke in strokes)


def test_an_empty_case_study_has_an_empty_picture() -> None:
    placed = lay_out([], [])
    assert len(placed.cards) + len(placed.strokes) + len(placed.bars) == 0
    assert placed.width > 0


def test_lines_that_lead_nowhere_or_backwards_are_left_out() -> None:
    cards = [
        Card(key="output/1", stage=Stage.OUTPUT, notation="1", label="One"),
        Card(key="impact/1", stage=Stage.IMPACT, notation="1", label="Two"),
    ]
    lines = [
        Line(key="back", origin="impact/1", target="output/1", basis=Basis.STATED),
        Line(key="gone", origin="output/1", target="impact/9", basis=Basis.STATED),
    ]
    assert lay_out(cards, lines).strokes == ()


def invented(count: int, lines: int, seed: int) -> tuple[list[Card], list[Line]]:
    """Cards in all stages and lines between any two of them, many of which skip stages."""
    dice = random.Random(seed)
    cards = [
        Card(
            key=f"{stage.value}/{n}",
            stage=stage,
            notation=str(n),
            label=" ".join(["words"] * dice.randint(1, 12)),
        )
        for n in range(count)
        for stage in (dice.choice(list(Stage)),)
    ]
    pairs = [sorted(dice.sample(cards, 2), key=lambda card: card.stage.rank) for _ in range(lines)]
    return cards, [
        Line(
            key=f"line {number}",
            origin=origin.key,
            target=target.key,
            basis=dice.choice(list(Basis)),
            collective=dice.random() < 0.4,
        )
        for number, (origin, target) in enumerate(pairs)
    ]


def follow(stroke: Stroke) -> list[Point]:
    """Points along a stroke as the page draws it: curves that leave and arrive level."""
    points = [stroke.points[0]]
    for (x1, y1), (x2, y2) in pairwise(stroke.points):
        for step in range(1, 13):
            t = step / 12
            across = 1.5 * t - 1.5 * t * t + t**3 if x1 != x2 and y1 != y2 else t
            down = t * t * (3 - 2 * t) if x1 != x2 and y1 != y2 else t
            points.append((x1 + (x2 - x1) * across, y1 + (y2 - y1) * down))
    return points


def assert_no_stroke_crosses_a_card(placed: Layout) -> None:
    columns: dict[float, list[PlacedCard]] = {}
    for card in placed.cards:
        columns.setdefault(card.x, []).append(card)
    for stroke in placed.strokes:
        for x, y in follow(stroke):
            for middle, cards in columns.items():
                if abs(x - middle) < CARD_WIDTH / 2 - 0.01:
                    assert all(abs(y - card.y) > card.height / 2 for card in cards)


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(2, 40),
    lines=st.integers(0, 80),
    seed=st.integers(0, 2**32),
)
def test_no_stroke_crosses_a_card(count: int, lines: int, seed: int) -> None:
    assert_no_stroke_crosses_a_card(lay_out(*invented(count, lines, seed)))


def test_no_stroke_crosses_one_of_five_hundred_cards() -> None:
    placed = lay_out(*invented(500, 600, 5))
    assert len(placed.cards) == 500
    assert any(len(stroke.points) > 2 for stroke in placed.strokes)
    assert_no_stroke_crosses_a_card(placed)
