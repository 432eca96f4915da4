"""The order of the items in each column: barycentre sweeps that keep the best order seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Segment", "count_crossings", "order_columns", "spread"]

SWEEPS = 16
PASSES = 50
EFFORT = 120_000
"""How many pairs are compared at most, in about a second: a large picture gets fewer passes."""
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
    joins = _join(segments)
    swept = _sweep(columns, segments, joins)
    candidates = [[list(column) for column in columns], swept, _in_places(swept, known)]
    return min(
        (_improve(candidate, joins, known) for candidate in candidates),
        key=lambda order: (
            count_crossings(order, segments)
            + sum(_inversions(column, known) for column in order) * INVERSION
            + _detours(order, joins, known)
        ),
    )


@dataclass(slots=True)
class _Joined:
    """What an item is joined to, with the weights: in the column before its own, and after it."""

    before: list[tuple[str, float]] = field(default_factory=list)
    after: list[tuple[str, float]] = field(default_factory=list)


def _join(segments: Iterable[Segment]) -> dict[str, _Joined]:
    joins: dict[str, _Joined] = {}
    for segment in segments:
        joins.setdefault(segment.left, _Joined()).after.append((segment.right, segment.weight))
        joins.setdefault(segment.right, _Joined()).before.append((segment.left, segment.weight))
    return joins


_ALONE = _Joined()


def _sweep(
    columns: Sequence[Sequence[str]], segments: Sequence[Segment], joins: Mapping[str, _Joined]
) -> list[list[str]]:
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
                joined = joins.get(item, _ALONE)
                pull = _pull(joined.after if backwards else joined.before, fixed)
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
    order: list[list[str]], joins: Mapping[str, _Joined], known: Mapping[str, int]
) -> list[list[str]]:
    """Swap neighbours, and move items without a rank, as long as that pays."""
    ranks = [_ranks(column) for column in order]
    position = {item: place for column in order for place, item in enumerate(column)}

    def cost(above: str, below: str) -> float:
        """What the pair costs with `above` above `below`."""
        total = 0.0
        if above in known and below in known and known[above] > known[below]:
            total += INVERSION
        one, other = joins.get(above, _ALONE), joins.get(below, _ALONE)
        for firsts, seconds in ((one.before, other.before), (one.after, other.after)):
            for first, weight in firsts:
                for second, other_weight in seconds:
                    if position[first] > position[second]:
                        total += min(weight, other_weight)
        return total

    def settle(item: str, index: int) -> bool:
        """Move an item to the place in its column where it costs least."""
        column = order[index]
        wanted = _wanted_place(item, ranks, index, joins)
        rest = [other for other in column if other != item]
        total = sum(cost(item, other) for other in rest)
        costs = [total + DETOUR * wanted]
        for place, other in enumerate(rest, start=1):
            total += cost(other, item) - cost(item, other)
            costs.append(total + DETOUR * abs(place / len(rest) - wanted))
        best = costs.index(min(costs))
        if best == column.index(item):
            return False
        column[:] = [*rest[:best], item, *rest[best:]]
        ranks[index] = _ranks(column)
        position.update({other: place for place, other in enumerate(column)})
        return True

    free = [[item for item in column if item not in known] for column in order]
    work = sum(len(column) * (1 + 2 * len(some)) for column, some in zip(order, free, strict=True))
    for _ in range(max(1, min(PASSES, EFFORT // max(1, work)))):
        moved = False
        for index, column in enumerate(order):
            for item in [item for item in column if item not in known]:
                moved |= settle(item, index)
            for place in range(len(column) - 1):
                above, below = column[place], column[place + 1]
                if cost(below, above) < cost(above, below):
                    column[place], column[place + 1] = below, above
                    position[above], position[below] = place + 1, place
                    moved = True
            ranks[index] = _ranks(column)
        if not moved:
            break
    return order


def _wanted_place(
    item: str, ranks: Sequence[Mapping[str, float]], index: int, joins: Mapping[str, _Joined]
) -> float:
    """Where in its column, 0 to 1, an item would lie straight between those it is joined to."""
    joined = joins.get(item, _ALONE)
    pulls = []
    for other, near in ((index - 1, joined.before), (index + 1, joined.after)):
        if 0 <= other < len(ranks):
            pull = _pull(near, ranks[other])
            pulls += [] if pull is None else [pull]
    return sum(pulls) / len(pulls) if pulls else 0.5


def _detours(
    order: Sequence[Sequence[str]], joins: Mapping[str, _Joined], known: Mapping[str, int]
) -> float:
    """What it costs that items without a rank do not lie straight between their neighbours."""
    ranks = [_ranks(column) for column in order]
    return sum(
        DETOUR * abs(place - _wanted_place(item, ranks, index, joins))
        for index, column in enumerate(ranks)
        for item, place in column.items()
        if item not in known
    )


def _ranks(column: Sequence[str]) -> dict[str, float]:
    return {item: place / max(1, len(column) - 1) for place, item in enumerate(column)}


def _pull(near: Iterable[tuple[str, float]], rank: Mapping[str, float]) -> float | None:
    """The weighted mean rank of an item's neighbours in the column that holds still."""
    total = weight = 0.0
    for other, part in near:
        total += rank[other] * part
        weight += part
    return total / weight if weight else None


def _inversions(column: Sequence[str], known: Mapping[str, int]) -> int:
    """How many pairs of ranked items stand the wrong way round."""
    return _count_descents([known[item] for item in column if item in known])


def count_crossings(columns: Sequence[Sequence[str]], segments: Sequence[Segment]) -> float:
    """Return the weighted number of crossings, a pair counting by its lighter segment."""
    position = {item: place for column in columns for place, item in enumerate(column)}
    column_of = {item: index for index, column in enumerate(columns) for item in column}
    between: dict[int, list[Segment]] = {}
    for segment in segments:
        between.setdefault(column_of[segment.left], []).append(segment)
    total = 0.0
    for group in between.values():
        group.sort(key=lambda segment: (position[segment.left], position[segment.right]))
        below = 0.0
        # The lighter weight of a pair is the sum of the steps that both of them reach.
        for weight in sorted({segment.weight for segment in group}):
            heights = [position[each.right] for each in group if each.weight >= weight]
            total += (weight - below) * _count_descents(heights)
            below = weight
    return total


def _count_descents(numbers: Iterable[int]) -> int:
    """How many pairs have the greater number first."""
    seen: list[int] = []
    count = 0
    for number in numbers:
        place = bisect_left(seen, number + 1)
        count += len(seen) - place
        seen.insert(place, number)
    return count


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
