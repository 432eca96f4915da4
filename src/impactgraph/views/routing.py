"""The lines of the picture: which run together, and through which points each is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impactgraph.model import Basis, Stage

__all__ = [
    "Bar",
    "Bundle",
    "Line",
    "Point",
    "Stroke",
    "Track",
    "bundle_lines",
    "draw_strokes",
    "lane_key",
]

Point = tuple[float, float]
PORT_PITCH = 9.0
BAR_PLACE = 0.3
"""How far along its gutter a bar stands: off the middle, where other lines bear their marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A link between two cards, as the picture needs it."""

    key: str
    origin: str
    target: str
    basis: Basis
    collective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Lines of one basis that together join each of some cards to each of some others."""

    origins: tuple[str, ...]
    targets: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The box of a card or lane that lines touch at its sides."""

    left: float
    right: float
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """Something to draw for one or more lines: points joined by curves that leave level.

    `arrow` asks for a head at the last point, `mark` for the sign of the basis at that point.
    """

    lines: tuple[str, ...]
    basis: Basis
    collective: bool
    points: tuple[Point, ...]
    arrow: bool = False
    mark: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar over which a bundle runs; `y` is where its label reads best."""

    lines: tuple[str, ...]
    x: float
    y: float
    top: float
    bottom: float


def lane_key(line: Line, rank: int) -> str:
    """Return the lane of a line in the column that it skips; one origin's lines share it."""
    return f"lane {rank} {line.basis} {line.origin}"


def bundle_lines(lines: Sequence[Line], stage_of: Mapping[str, Stage]) -> tuple[Bundle, ...]:
    """Return the collective lines that join every one of several cards to every one of others.

    Args:
        lines: of the whole picture.
        stage_of: the stage of each card.

    Returns:
        Bundles of at least two origins and two targets in neighbouring stages.
    """
    targets: dict[tuple[str, Basis], list[Line]] = {}
    for line in lines:
        if line.collective and stage_of[line.target].rank == stage_of[line.origin].rank + 1:
            targets.setdefault((line.origin, line.basis), []).append(line)
    groups: dict[tuple[Stage, Basis, tuple[str, ...]], list[Line]] = {}
    for (origin, basis), own in targets.items():
        reached = tuple(sorted({line.target for line in own}))
        groups.setdefault((stage_of[origin], basis, reached), []).extend(own)
    bundles = []
    for (_, _, reached), members in groups.items():
        origins = tuple(sorted({line.origin for line in members}))
        if len(origins) > 1 and len(reached) > 1:
            bundles.append(Bundle(origins=origins, targets=reached, lines=tuple(members)))
    return tuple(bundles)


@dataclass(frozen=True, slots=True)
class _Leg:
    """A stretch of one or more lines between two neighbouring columns, before it has ports."""

    left: str
    right: str
    lines: tuple[Line, ...]
    arrow: bool


def draw_strokes(
    lines: Sequence[Line],
    bundles: Sequence[Bundle],
    tracks: Mapping[str, Track],
    stage_of: Mapping[str, Stage],
) -> tuple[tuple[Stroke, ...], tuple[Bar, ...]]:
    """Draw single lines and bundles between the tracks.

    Args:
        lines: those in no bundle.
        bundles: those that run over a bar.
        tracks: the box of every card and lane.
        stage_of: the stage of each card.

    Returns:
        The strokes, and the bars of the bundles.
    """
    legs = _legs(lines, stage_of)
    leaving: dict[str, list[tuple[float, str]]] = {}
    arriving: dict[str, list[tuple[float, str]]] = {}
    for index, leg in enumerate(legs):
        leaving.setdefault(leg.left, []).append((tracks[leg.right].y, f"leg {index}"))
        arriving.setdefault(leg.right, []).append((tracks[leg.left].y, f"leg {index}"))
    for index, bundle in enumerate(bundles):
        for key in bundle.origins:
            leaving.setdefault(key, []).append((tracks[key].y, f"bundle {index}"))
        for key in bundle.targets:
            arriving.setdefault(key, []).append((tracks[key].y, f"bundle {index}"))
    out = _ports(leaving, tracks)
    into = _ports(arriving, tracks)

    strokes: list[Stroke] = []
    bars: list[Bar] = []
    for index, bundle in enumerate(bundles):
        drawn, bar = _draw_bundle(
            bundle,
            tracks,
            out=lambda key, name=f"bundle {index}": out[key, name],  # type: ignore[misc]
            into=lambda key, name=f"bundle {index}": into[key, name],  # type: ignore[misc]
        )
        strokes.extend(drawn)
        bars.append(bar)
    for index, leg in enumerate(legs):
        name = f"leg {index}"
        start, end = tracks[leg.left], tracks[leg.right]
        from_lane, to_lane = leg.left not in stage_of, leg.right not in stage_of
        points: list[Point] = [(start.right, start.y if from_lane else out[leg.left, name])]
        points.append((end.left, end.y if to_lane else into[leg.right, name]))
        (x1, y1), (x2, y2) = points
        mark = ((x1 + x2) / 2, (y1 + y2) / 2)
        if to_lane:
            points.append((end.right, end.y))
            mark = ((end.left + end.right) / 2, end.y)
        strokes.append(
            Stroke(
                lines=tuple(line.key for line in leg.lines),
                basis=leg.lines[0].basis,
                collective=all(line.collective for line in leg.lines),
                points=tuple(points),
                arrow=leg.arrow,
                mark=None if leg.lines[0].basis is Basis.STATED else mark,
            )
        )
    return tuple(strokes), tuple(bars)


def _legs(lines: Sequence[Line], stage_of: Mapping[str, Stage]) -> list[_Leg]:
    """The lines cut at their lanes; stretches that one origin's lines share become one leg."""
    shared: dict[tuple[str, str, Basis], list[Line]] = {}
    for line in lines:
        ranks = range(stage_of[line.origin].rank + 1, stage_of[line.target].rank)
        stops = [line.origin, *(lane_key(line, rank) for rank in ranks), line.target]
        for left, right in pairwise(stops):
            shared.setdefault((left, right, line.basis), []).append(line)
    return [
        _Leg(left, right, tuple(members), arrow=right in stage_of)
        for (left, right, _), members in shared.items()
    ]


def _ports(
    touching: Mapping[str, Sequence[tuple[float, str]]], tracks: Mapping[str, Track]
) -> dict[tuple[str, str], float]:
    """The height at which each stroke touches a card, in the order of the strokes' other ends."""
    ports: dict[tuple[str, str], float] = {}
    for key, ends in touching.items():
        track = tracks[key]
        pitch = min(PORT_PITCH, max(0.0, track.height - 16) / max(1, len(ends) - 1))
        for place, (_, name) in enumerate(sorted(ends)):
            ports[key, name] = track.y + (place - (len(ends) - 1) / 2) * pitch
    return ports


def _draw_bundle(
    bundle: Bundle,
    tracks: Mapping[str, Track],
    *,
    out: Callable[[str], float],
    into: Callable[[str], float],
) -> tuple[list[Stroke], Bar]:
    """One stub for each member of a bundle, and the pieces of the bar between the stubs."""
    start, end = tracks[bundle.origins[0]].right, tracks[bundle.targets[0]].left
    x = start + (end - start) * BAR_PLACE
    keys = tuple(line.key for line in bundle.lines)
    basis = bundle.lines[0].basis
    collective = bundle.lines[0].collective
    strokes = []
    for origin in bundle.origins:
        own = tuple(line.key for line in bundle.lines if line.origin == origin)
        points: tuple[Point, ...] = ((tracks[origin].right, out(origin)), (x, out(origin)))
        strokes.append(Stroke(lines=own, basis=basis, collective=collective, points=points))
    for target in bundle.targets:
        own = tuple(line.key for line in bundle.lines if line.target == target)
        points = ((x, into(target)), (tracks[target].left, into(target)))
        strokes.append(
            Stroke(lines=own, basis=basis, collective=collective, points=points, arrow=True)
        )
    heights = sorted([*map(out, bundle.origins), *map(into, bundle.targets)])
    for top, bottom in pairwise(heights):
        # The lines that run over this piece: those that have an end on either side of it.
        over = tuple(
            line.key
            for line in bundle.lines
            if min(out(line.origin), into(line.target)) <= top
            and max(out(line.origin), into(line.target)) >= bottom
        )
        strokes.append(
            Stroke(lines=over, basis=basis, collective=collective, points=((x, top), (x, bottom)))
        )
    return strokes, Bar(
        lines=keys,
        x=x,
        y=(heights[0] + heights[-1]) / 2,
        top=heights[0],
        bottom=heights[-1],
    )
