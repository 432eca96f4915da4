"""Where the marks of small charts stand; templates only draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Band", "Bin", "Histogram", "draw_band", "draw_histogram", "shade"]

_WIDTH, _HEIGHT = 420.0, 120.0
_MOST_BINS = 16
_SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A bar of a histogram: for the values from `least` to `most` (None: and above)."""

    least: int
    most: int | None
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def label(self) -> str:
        """The values that it stands for.

        >>> Bin(least=4, most=5, count=1, x=0, y=0, width=1, height=1).label
        '4–5'
        """
        if self.most is None:
            return f"{self.least}+"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many things have which number of something, as bars in a box of `width` by `height`."""

    width: float
    height: float
    bins: tuple[Bin, ...]
    least: int
    median: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band between two stages: how high it is filled, by stated links and with curated ones."""

    stated: float
    curated: float
    height: float


def draw_histogram(counts: Sequence[tuple[int, int]]) -> Histogram | None:
    """Return the histogram of numbers, few outliers being put together in the last bar.

    Args:
        counts: numbers, each with how many things have it, the least first.

    Returns:
        None where there is nothing to draw.

    >>> [one.label for one in draw_histogram([(0, 3), (2, 1)]).bins]
    ['0', '1', '2']
    """
    if not counts:
        return None
    least, most = counts[0][0], counts[-1][0]
    usual = _quantile(counts, 0.98)
    step = _choose_step(usual - least + 1)
    start = least - least % step
    number = (usual - start) // step + 1
    sums = [0] * (number + 1)
    for value, count in counts:
        sums[min((value - start) // step, number)] += count
    if not sums[-1]:
        sums.pop()
    width = _WIDTH / len(sums)
    highest = max(sums)
    return Histogram(
        width=_WIDTH,
        height=_HEIGHT,
        bins=tuple(
            Bin(
                least=start + place * step,
                most=None if place == number else start + (place + 1) * step - 1,
                count=count,
                x=round(place * width + 1, 1),
                y=round(_HEIGHT - _HEIGHT * count / highest, 1),
                width=round(width - 2, 1),
                height=round(_HEIGHT * count / highest, 1),
            )
            for place, count in enumerate(sums)
        ),
        least=least,
        median=_quantile(counts, 0.5),
        most=most,
    )


def draw_band(stated: int, curated: int, whole: int, *, height: float) -> Band:
    """Return a band filled as far as members of a stage lead on.

    >>> draw_band(1, 2, 4, height=60)
    Band(stated=15.0, curated=30.0, height=60)
    """
    share = height / whole if whole else 0
    return Band(stated=round(stated * share, 1), curated=round(curated * share, 1), height=height)


def shade(part: int, whole: int) -> int:
    """Return how dark the cell of a share is, from 0 (nothing) to 5.

    >>> shade(0, 10), shade(1, 100), shade(10, 10)
    (0, 1, 5)
    """
    return -(-_SHADES * part // whole) if whole else 0


def _quantile(counts: Sequence[tuple[int, int]], share: float) -> int:
    total = sum(count for _, count in counts)
    seen = 0
    for value, count in counts:
        seen += count
        if seen >= share * total:
            return value
    return counts[-1][0]


def _choose_step(span: int) -> int:
    """Return how many numbers one bar stands for: 1, 2, 5, 10, 20 and so on."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if span <= _MOST_BINS * step * factor:
                return step * factor
        step *= 10
