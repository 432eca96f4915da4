from __future__ import annotations

import random
from itertools import combinations, pairwise

from impactgraph.model import Basis, Stage
from impactgraph.views.cards import Card
from impactgraph.views.case_study import view_case_study
from impactgraph.views.layout import Layout, PlacedCard, lay_out
from impactgraph.views.routing import Line
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


def test_five_hundred_cards_are_laid_out_in_seconds() -> None:
    import time

    cards = [
        Card(key=f"{stage.value}/{n}", stage=stage, notation=str(n), label=f"Card {n}")
        for stage in Stage
        for n in range(100)
    ]
    stages = list(Stage)
    lines = [
        Line(
            key=f"{stage.value}{n}",
            origin=f"{stage.value}/{n}",
            target=f"{stages[stage.rank + 1].value}/{(n * 37) % 100}",
            basis=Basis.STATED,
        )
        for stage in stages[:-1]
        for n in range(100)
    ]
    started = time.perf_counter()
    assert len(lay_out(cards, lines).cards) == 500
    assert time.perf_counter() - started < 10
