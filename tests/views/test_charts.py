from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from impactgraph.views.charts import draw_band, draw_histogram, shade


@given(st.dictionaries(st.integers(0, 5000), st.integers(1, 900), min_size=1))
def test_a_histogram_counts_everything_once(counted: dict[int, int]) -> None:
    drawn = draw_histogram(sorted(counted.items()))
    assert drawn is not None
    assert sum(one.count for one in drawn.bins) == sum(counted.values())
    assert len(drawn.bins) <= 18
    assert max(one.height for one in drawn.bins) == drawn.height
    assert all(one.x >= 0 and one.x + one.width <= drawn.width for one in drawn.bins)
    for one in drawn.bins:
        inside = (
            count
            for value, count in counted.items()
            if one.least <= value and (one.most is None or value <= one.most)
        )
        assert one.count == sum(inside)
    assert drawn.least == min(counted)
    assert drawn.most == max(counted)


def test_of_nothing_nothing_is_drawn() -> None:
    assert draw_histogram([]) is None
    assert draw_band(0, 0, 0, height=50).curated == 0
    assert shade(0, 0) == 0


@given(part=st.integers(0, 1000), rest=st.integers(0, 1000))
def test_a_shade_is_none_only_for_nothing_and_full_only_for_nearly_all(
    part: int, rest: int
) -> None:
    found = shade(part, part + rest)
    assert 0 <= found <= 5
    assert (found == 0) == (part == 0)
    if found == 5:
        assert part > 4 * rest / 5
