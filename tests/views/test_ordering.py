from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from impactgraph.views.ordering import Segment, count_crossings, order_columns, spread


def test_crossings_are_weighed_by_the_lighter_line() -> None:
    columns = [["a", "b"], ["1", "2"]]
    crossing = [Segment("a", "2", 4.0), Segment("b", "1", 1.0)]
    assert count_crossings(columns, crossing) == 1.0
    assert count_crossings(columns, [Segment("a", "1"), Segment("b", "2")]) == 0


def test_items_without_a_rank_move_out_of_the_way() -> None:
    columns = [["a", "b"], ["1", "lane"]]
    segments = [Segment("a", "lane"), Segment("b", "1")]
    ordered = order_columns(columns, segments, ranked={"a", "b", "1"})
    assert ordered == [["a", "b"], ["lane", "1"]]


def test_cards_keep_the_documents_order_where_little_would_be_won() -> None:
    columns = [["a", "b"], ["1", "2"]]
    segments = [Segment("a", "2"), Segment("b", "1")]
    assert order_columns(columns, segments, ranked={"a", "b", "1", "2"}) == columns


@given(st.data())
def test_ordering_only_reorders(data: st.DataObject) -> None:
    columns = [[f"{c}{n}" for n in range(data.draw(st.integers(0, 5)))] for c in "abc"]
    pairs = [
        Segment(left, right)
        for first, second in pairwise(columns)
        for left in first
        for right in second
        if data.draw(st.booleans())
    ]
    ranked = {item for column in columns for item in column if data.draw(st.booleans())}
    ordered = order_columns(columns, pairs, ranked=ranked)
    assert [sorted(column) for column in ordered] == columns
    assert count_crossings(ordered, pairs) <= count_crossings(columns, pairs) + 10 * len(ranked)


@given(st.lists(st.tuples(st.floats(5, 50), st.floats(-100, 700)), min_size=1, max_size=12))
def test_spread_keeps_order_gaps_and_bounds(items: list[tuple[float, float]]) -> None:
    heights = [height for height, _ in items]
    gap = [3.0] * len(items)
    total = sum(heights) + sum(gap) + 40
    centres = spread(heights, [want for _, want in items], gap=gap, total=total)
    edge = 0.0
    for centre, height in zip(centres, heights, strict=True):
        assert centre - height / 2 >= edge + 3 - 0.2
        edge = centre + height / 2
    assert edge <= total + 0.2
