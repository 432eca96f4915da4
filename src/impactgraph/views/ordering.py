"""The order of the items in each column: barycentre sweeps that keep the best order seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

__all__ = ["Segment", "count_crossings", "order_columns", "spread"]

SWEEPS = 16
PASSES = 50
INVERSION = 25.0
"""What it costs that two ranked items stand the wrong way round: as much as 25 light crossings."""
DETOUR = 9.0
"""What a detour over the whole height of the picture costs."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A line between neighbouring columns, and how much it counts."""

    left: str
    right: str
    weight: float = 1.0


def order_columns(
    columns: Sequence[Sequence[str]],
    segments: Sequence[Segment],
    *,
    ranked: Collection[str] = (),
) -> list[list[str]]:
    """Return the columns reordered so that few segments cross, and few ranked items change places.

    Args:
        columns: of items; the given order is the one that readers expect.
        segments: between neighbouring columns.
        ranked: the items whose order readers know (cards); a pair of them out of order costs
            `INVERSION`, as much as a crossing of two segments of that weight.

    >>> order_columns([["a", "b"], ["1", "2"]], [Segment("a", "2"), Segment("b", "1")])
    [['b', 'a'], ['1', '2']]
    """
    place = {item: rank for column in columns for rank, item in enumerate(column)}
    known = {item: place[item] for item in ranked}
    swept = _sweep(columns, segments)
    candidates = [[list(column) for column in columns], swept, _in_places(swept, known)]
    return min(
        (_improve(candidate, segments, known) for candidate in candidates),
        key=lambda order: (
            count_crossings(order, segments)
            + _inversions(order, known) * INVERSION
            + sum(_detours(order, segments, known).values())
        ),
    )


def _sweep(columns: Sequence[Sequence[str]], segments: Sequence[Segment]) -> list[list[str]]:
    """Barycentre sweeps, to and fro; the order with the fewest crossings is kept."""
    best = [list(column) for column in columns]
    fewest = count_crossings(best, segments)
    order = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        backwards = sweep % 2 == 0
        for index in range(len(order) - 2, -1, -1) if backwards else range(1, len(order)):
            fixed = _ranks(order[index + 1] if backwards else order[index - 1])
            keys = _ranks(order[index])
            for item in order[index]:
                pull = _pull(item, segments, fixed, backwards=backwards)
                keys[item] = keys[item] if pull is None else pull
            order[index].sort(key=keys.__getitem__)
        crossings = count_crossings(order, segments)
        if crossings < fewest:
            fewest, best = crossings, [list(column) for column in order]
    return best


def _in_places(order: Sequence[Sequence[str]], known: Mapping[str, int]) -> list[list[str]]:
    """The ranked items back in their order; the others stay between them where they are."""
    restored = []
    for column in order:
        ranked = iter(sorted((item for item in column if item in known), key=known.__getitem__))
        restored.append([next(ranked) if item in known else item for item in column])
    return restored


def _improve(
    order: list[list[str]], segments: Sequence[Segment], known: Mapping[str, int]
) -> list[list[str]]:
    """Swap neighbours as long as that pays."""
    touching: dict[str, list[Segment]] = {}
    for segment in segments:
        touching.setdefault(segment.left, []).append(segment)
        touching.setdefault(segment.right, []).append(segment)
    position = {item: place for column in order for place, item in enumerate(column)}

    def cost(above: str, below: str) -> float:
        """What the pair costs with `above` above `below`."""
        total = 0.0
        if above in known and below in known and known[above] > known[below]:
            total += INVERSION
        for first in touching.get(above, ()):
            for second in touching.get(below, ()):
                if (first.left == above) == (second.left == below):
                    ends = (first.right, second.right)
                    if first.right == above:
                        ends = (first.left, second.left)
                    if position[ends[0]] > position[ends[1]]:
                        total += min(first.weight, second.weight)
        return total

    for _ in range(PASSES):
        moved = False
        for index, column in enumerate(order):
            for item in [item for item in column if item not in known]:
                wanted = _wanted_place(item, order, index, segments)
                rest = [other for other in column if other != item]
                best = min(
                    range(len(column)),
                    key=lambda place, item=item, rest=rest, wanted=wanted: (  # type: ignore[misc]
                        sum(cost(other, item) for other in rest[:place])
                        + sum(cost(item, other) for other in rest[place:])
                        + DETOUR * abs(place / max(1, len(rest)) - wanted)
                    ),
                )
                if best != column.index(item):
                    column[:] = [*rest[:best], item, *rest[best:]]
                    position.update({other: place for place, other in enumerate(column)})
                    moved = True
            for place in range(len(column) - 1):
                above, below = column[place], column[place + 1]
                if cost(below, above) < cost(above, below):
                    column[place], column[place + 1] = below, above
                    position[above], position[below] = place + 1, place
                    moved = True
        if not moved:
            break
    return order


def _wanted_place(
    item: str, order: Sequence[Sequence[str]], index: int, segments: Sequence[Segment]
) -> float:
    """Where in its column, 0 to 1, an item would lie straight between those it is joined to."""
    pulls = []
    for other, backwards in ((index - 1, False), (index + 1, True)):
        if 0 <= other < len(order):
            pull = _pull(item, segments, _ranks(order[other]), backwards=backwards)
            pulls += [] if pull is None else [pull]
    return sum(pulls) / len(pulls) if pulls else 0.5


def _detours(
    order: Sequence[Sequence[str]], segments: Sequence[Segment], known: Mapping[str, int]
) -> dict[str, float]:
    """What it costs that items without a rank do not lie straight between their neighbours."""
    return {
        item: DETOUR * abs(place - _wanted_place(item, order, index, segments))
        for index, column in enumerate(order)
        for item, place in _ranks(column).items()
        if item not in known
    }


def _inversions(order: Sequence[Sequence[str]], known: Mapping[str, int]) -> int:
    return sum(
        known[above] > known[below]
        for column in order
        for above, below in combinations([item for item in column if item in known], 2)
    )


def _ranks(column: Sequence[str]) -> dict[str, float]:
    return {item: place / max(1, len(column) - 1) for place, item in enumerate(column)}


def count_crossings(columns: Sequence[Sequence[str]], segments: Sequence[Segment]) -> float:
    """Return the weighted number of crossings, a pair counting by its lighter segment."""
    position = {item: place for column in columns for place, item in enumerate(column)}
    column_of = {item: index for index, column in enumerate(columns) for item in column}
    total = 0.0
    for first, second in combinations(segments, 2):
        if column_of[first.left] != column_of[second.left]:
            continue
        left = position[first.left] - position[second.left]
        right = position[first.right] - position[second.right]
        if left * right < 0:
            total += min(first.weight, second.weight)
    return total


def spread(
    heights: Sequence[float], wanted: Sequence[float], *, gap: Sequence[float], total: float
) -> list[float]:
    """Place items of these heights in one column, in order, near where they want to be.

    Args:
        heights: of each item, top to bottom.
        wanted: the centre that each item would like.
        gap: the least room before each item (the first counts from the top).
        total: the height of the column.

    Returns:
        The centre of each item: the least-squares solution under the order and the gaps
        (pool adjacent violators), moved inside the column.

    >>> spread([10, 10], [50, 50], gap=[0, 4], total=100)
    [43.0, 57.0]
    """
    offsets: list[float] = []
    edge = 0.0
    for height, room in zip(heights, gap, strict=True):
        offsets.append(edge + room + height / 2)
        edge += room + height
    slack = max(0.0, total - edge)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while pools and pools[-1][0] > mean:
            last, count = pools.pop()
            mean = (mean * size + last * count) / (size + count)
            size += count
        pools.append((mean, size))
    shifts = [mean for mean, size in pools for _ in range(size)]
    return [
        round(offset + min(max(shift, 0.0), slack), 1)
        for offset, shift in zip(offsets, shifts, strict=True)
    ]


def _pull(
    item: str, segments: Sequence[Segment], rank: Mapping[str, float], *, backwards: bool
) -> float | None:
    """The weighted mean rank of the item's neighbours in the column that holds still."""
    total = weight = 0.0
    for segment in segments:
        own, other = (segment.left, segment.right) if backwards else (segment.right, segment.left)
        if own == item and other in rank:
            total += rank[other] * segment.weight
            weight += segment.weight
    return total / weight if weight else None
