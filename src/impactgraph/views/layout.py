"""Where everything in the picture stands: five columns of cards, and the lines between them.

Pure and deterministic: the same cards and lines give the same picture, whichever of the lines are
shown, so nothing jumps when the basis is switched and no physics runs in a browser.
A line that skips a stage runs in a lane between that stage's cards; lines that the document states
of enumerated members together run over one bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impactgraph.model import Basis, Stage
from impactgraph.views.cards import CARD_WIDTH, Card, card_height, wrap_label
from impactgraph.views.ordering import Segment, order_columns, spread
from impactgraph.views.routing import (
    Bar,
    Line,
    Stroke,
    Track,
    bundle_lines,
    draw_strokes,
    lane_key,
)

__all__ = ["Break", "Column", "Layout", "PlacedCard", "lay_out"]

MARGIN = 8.0
HEADER = 34.0
FOOT = 8.0
GUTTER = 44.0
BREAK_GUTTER = 60.0
BUNDLE_GUTTER = 86.0
CARD_GAP = 9.0
LANE_HEIGHT = 8.0
LEAST_HEIGHT = 596.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCard:
    """A card and its place: the centre, in pixels from the picture's upper left corner."""

    card: Card
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage's column: its left edge, and how many cards it holds."""

    stage: Stage
    x: float
    width: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A gutter that no stated line crosses, and the lines of other bases that do."""

    after: Stage
    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole picture, in pixels at scale 1."""

    width: float
    height: float
    columns: tuple[Column, ...]
    cards: tuple[PlacedCard, ...]
    strokes: tuple[Stroke, ...]
    bars: tuple[Bar, ...]
    breaks: tuple[Break, ...]


def lay_out(cards: Sequence[Card], lines: Iterable[Line]) -> Layout:
    """Place cards and lines.

    Args:
        cards: of all stages; within a stage in the document's order.
        lines: between cards, from an earlier stage to a later one; others are left out.

    Returns:
        The same layout for the same cards and lines, whatever the order of the lines.

    >>> a = Card(key="finding/a", stage=Stage.FINDING, notation="a", label="A finding")
    >>> layout = lay_out([a], [])
    >>> [column.count for column in layout.columns], layout.cards[0].lines
    ([1, 0, 0, 0, 0], ('A finding',))
    """
    stage_of = {card.key: card.stage for card in cards}
    drawn = sorted(
        (
            line
            for line in lines
            if line.origin in stage_of
            and line.target in stage_of
            and stage_of[line.origin].rank < stage_of[line.target].rank
        ),
        key=lambda line: line.key,
    )
    bundles = bundle_lines(drawn, stage_of)
    bundled = {line.key for bundle in bundles for line in bundle.lines}
    single = [line for line in drawn if line.key not in bundled]

    columns: list[list[str]] = [[] for _ in Stage]
    for card in cards:
        columns[card.stage.rank].append(card.key)
    lanes = _lanes(single, stage_of)
    for lane, rank in lanes.items():
        columns[rank].append(lane)
    segments = _segments(single, stage_of)
    columns = order_columns(columns, segments, ranked=stage_of)

    wrapped = {card.key: wrap_label(card.label, notation=card.notation) for card in cards}
    heights = {key: card_height(lines) for key, lines in wrapped.items()}
    heights |= dict.fromkeys(lanes, LANE_HEIGHT)
    body = max(LEAST_HEIGHT, *(_needed(column, heights) for column in columns))
    centres = _settle(columns, heights, segments, body)

    stated_free = _unstated_gutters(drawn, stage_of)
    bundle_gutters = {stage_of[bundle.lines[0].origin].rank for bundle in bundles}
    lefts = [MARGIN]
    for rank in range(len(Stage) - 1):
        gutter = BREAK_GUTTER if rank in stated_free else GUTTER
        gutter = BUNDLE_GUTTER if rank in bundle_gutters else gutter
        lefts.append(lefts[-1] + CARD_WIDTH + gutter)

    tracks = {
        key: Track(
            left=lefts[rank], right=lefts[rank] + CARD_WIDTH, y=HEADER + y, height=heights[key]
        )
        for rank, column in enumerate(columns)
        for key in column
        for y in (centres[key],)
    }
    strokes, bars = draw_strokes(single, bundles, tracks, stage_of)
    by_key = {card.key: card for card in cards}
    return Layout(
        width=lefts[-1] + CARD_WIDTH + MARGIN,
        height=HEADER + body + FOOT,
        columns=tuple(
            Column(
                stage=stage,
                x=lefts[stage.rank],
                width=CARD_WIDTH,
                count=sum(card.stage is stage for card in cards),
            )
            for stage in Stage
        ),
        cards=tuple(
            PlacedCard(
                card=by_key[key],
                x=tracks[key].left + CARD_WIDTH / 2,
                y=tracks[key].y,
                width=CARD_WIDTH,
                height=heights[key],
                lines=wrapped[key],
            )
            for column in columns
            for key in column
            if key in by_key
        ),
        strokes=strokes,
        bars=bars,
        breaks=tuple(
            Break(
                after=list(Stage)[rank],
                x=(lefts[rank] + CARD_WIDTH + lefts[rank + 1]) / 2,
                lines=tuple(line.key for line in drawn if _crosses(line, rank, stage_of)),
            )
            for rank in sorted(stated_free)
        ),
    )


def _lanes(lines: Iterable[Line], stage_of: Mapping[str, Stage]) -> dict[str, int]:
    """The lanes that lines need in the columns that they skip, with the rank of each column."""
    return {
        lane_key(line, rank): rank
        for line in lines
        for rank in range(stage_of[line.origin].rank + 1, stage_of[line.target].rank)
    }


def _segments(lines: Iterable[Line], stage_of: Mapping[str, Stage]) -> list[Segment]:
    """The lines cut at their lanes; what lines share counts once, stated lines count most."""
    weights: dict[tuple[str, str], float] = {}
    for line in lines:
        ranks = range(stage_of[line.origin].rank + 1, stage_of[line.target].rank)
        stops = [line.origin, *(lane_key(line, rank) for rank in ranks), line.target]
        for pair in pairwise(stops):
            weight = 4.0 if line.basis is Basis.STATED else 1.0
            weights[pair] = max(weight, weights.get(pair, 0.0))
    return [Segment(left, right, weight) for (left, right), weight in weights.items()]


def _gaps(column: Sequence[str], heights: Mapping[str, float]) -> list[float]:
    """The least room before each item: cards need air, lanes may run side by side."""
    gaps = [2.0]
    for above, below in pairwise(column):
        lanes = (heights[above] == LANE_HEIGHT) + (heights[below] == LANE_HEIGHT)
        gaps.append((CARD_GAP, 5.0, 1.0)[lanes])
    return gaps[: len(column)]


def _needed(column: Sequence[str], heights: Mapping[str, float]) -> float:
    return sum(heights[key] for key in column) + sum(_gaps(column, heights))


def _settle(
    columns: Sequence[Sequence[str]],
    heights: Mapping[str, float],
    segments: Sequence[Segment],
    body: float,
) -> dict[str, float]:
    """The centre of each item: between an even spacing and the middle of what it is joined to."""
    even: dict[str, float] = {}
    for column in columns:
        spare = (body - _needed(column, heights)) / (len(column) + 1)
        edge = 0.0
        for key, gap in zip(column, _gaps(column, heights), strict=True):
            edge += gap + spare
            even[key] = edge + heights[key] / 2
            edge += heights[key]
    neighbours: dict[str, list[tuple[str, float]]] = {}
    for segment in segments:
        neighbours.setdefault(segment.left, []).append((segment.right, segment.weight))
        neighbours.setdefault(segment.right, []).append((segment.left, segment.weight))
    centres = dict(even)
    for _ in range(8):
        for column in columns:
            wanted = []
            for key in column:
                near = neighbours.get(key, [])
                weight = sum(weight for _, weight in near)
                pull = sum(centres[other] * part for other, part in near)
                # A lane goes where its line goes; a card also keeps to the even spacing.
                anchor = 0.5 if heights[key] == LANE_HEIGHT else 14.0
                wanted.append((pull + anchor * even[key]) / (weight + anchor))
            placed = spread(
                [heights[key] for key in column],
                wanted,
                gap=_gaps(column, heights),
                total=body,
            )
            centres.update(zip(column, placed, strict=True))
    return centres


def _crosses(line: Line, rank: int, stage_of: Mapping[str, Stage]) -> bool:
    return stage_of[line.origin].rank <= rank < stage_of[line.target].rank


def _unstated_gutters(lines: Sequence[Line], stage_of: Mapping[str, Stage]) -> set[int]:
    """The gutters, by the rank of the stage before them, that no stated line crosses."""
    return {
        rank
        for rank in range(len(Stage) - 1)
        if not any(line.basis is Basis.STATED and _crosses(line, rank, stage_of) for line in lines)
    }
