"""The picture of a case study as SVG, for notebooks, reports and print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from impactgraph.model import Basis, Stage
from impactgraph.views.cards import CHIP_WIDTH, FONT_SIZE, LINE_HEIGHT, PADDING
from impactgraph.views.layout import PlacedCard
from impactgraph.views.routing import Bar, Stroke
from impactgraph.views.values import CaseStudyView

__all__ = ["draw_svg"]

_COLOURS = {
    Stage.FINDING: "#0072b2",
    Stage.OUTPUT: "#00735c",
    Stage.PATHWAY: "#8a5a00",
    Stage.IMPACT: "#7a1f5c",
    Stage.SOURCE: "#4b5563",
}
"""Told apart under the common colour-vision deficiencies; the heading says the same in words."""

_INK, _LINE, _GAP = "#1b2430", "#5d6b7c", "#9c3a00"
_DASHES = {Basis.STATED: "none", Basis.CURATED: "9 4", Basis.INFERRED: "2 4"}
_FONT = "system-ui, 'DejaVu Sans', sans-serif"


def draw_svg(view: CaseStudyView) -> str:
    """Return the five columns with the links that the view's basis admits.

    Stated links are solid, curated ones dashed with a diamond, inferred ones dotted with a
    question mark; cards with gaps have a broken frame. Every text is escaped.
    """
    layout = view.layout
    shown = {link.iri for node in view.nodes for link in node.outgoing}
    gaps = {node.key for node in view.nodes if node.gaps}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width:g} '
        f'{layout.height:g}" width="{layout.width:g}" height="{layout.height:g}" '
        f'font-family="{_FONT}" font-size="{FONT_SIZE:g}" role="img">',
        f"<title>{escape(view.summary.title)}</title>",
        f'<rect width="{layout.width:g}" height="{layout.height:g}" fill="#fff"/>',
        *_draw_columns(view),
        *_draw_strokes(layout.strokes, shown),
        *_draw_bars(layout.bars, shown),
        *(_draw_card(card, card.card.key in gaps) for card in layout.cards),
        "</svg>",
    ]
    return "\n".join(parts)


def _draw_columns(view: CaseStudyView) -> Iterator[str]:
    for column in view.layout.columns:
        colour = _COLOURS[column.stage]
        yield (
            f'<rect x="{column.x:g}" y="0" width="{column.width:g}" '
            f'height="{view.layout.height:g}" fill="{colour}" fill-opacity="0.05"/>'
            f'<rect x="{column.x:g}" y="0" width="{column.width:g}" height="4" fill="{colour}"/>'
            f'<text x="{column.x + 6:g}" y="22" fill="{colour}" font-weight="650">'
            f"{column.stage.rank + 1} {column.stage.value.capitalize()} ({column.count})</text>"
        )


def _draw_strokes(strokes: Iterable[Stroke], shown: set[str]) -> Iterator[str]:
    for stroke in strokes:
        if shown.isdisjoint(stroke.lines):
            continue
        (x, y), *rest = stroke.points
        path, dash = [f"M{x:g},{y:g}"], _DASHES[stroke.basis]
        for right, down in rest:
            middle = (x + right) / 2
            path.append(f"C{middle:g},{y:g} {middle:g},{down:g} {right:g},{down:g}")
            x, y = right, down
        yield (
            f'<path d="{" ".join(path)}" fill="none" stroke="{_LINE}" stroke-width="1.4" '
            f'stroke-dasharray="{dash}"/>'
        )
        if stroke.arrow:
            yield f'<path d="M{x:g},{y:g}l-7,-3.5v7z" fill="{_LINE}"/>'
        if stroke.mark is not None:
            yield _draw_mark(stroke.basis, *stroke.mark)


def _draw_mark(basis: Basis, x: float, y: float) -> str:
    if basis is Basis.CURATED:
        return f'<path d="M{x:g},{y - 5:g}l5,5l-5,5l-5,-5z" fill="#fff" stroke="{_LINE}"/>'
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="#fff" stroke="{_LINE}"/>'
        f'<text x="{x:g}" y="{y + 3.5:g}" text-anchor="middle" font-size="10">?</text>'
    )


def _draw_bars(bars: Iterable[Bar], shown: set[str]) -> Iterator[str]:
    for bar in bars:
        if not shown.isdisjoint(bar.lines):
            yield (
                f'<text transform="translate({bar.x - 4:g},{bar.y:g}) rotate(-90)" '
                f'text-anchor="middle" font-size="10.5" fill="{_LINE}">stated together</text>'
            )


def _draw_card(placed: PlacedCard, has_gap: bool) -> str:
    colour = _COLOURS[placed.card.stage]
    left, top = placed.x - placed.width / 2, placed.y - placed.height / 2
    frame = f'stroke="{_GAP}" stroke-dasharray="5 4"' if has_gap else 'stroke="#b9c2ce"'
    parts = [
        f'<rect x="{left:g}" y="{top:g}" width="{placed.width:g}" height="{placed.height:g}" '
        f'rx="6" fill="#fff" {frame}/>',
        f'<rect x="{left:g}" y="{top:g}" width="5" height="{placed.height:g}" fill="{colour}"/>',
    ]
    for number, line in enumerate(placed.lines):
        baseline = top + PADDING + LINE_HEIGHT * number + 11.5
        indent = 12.0
        if number == 0 and placed.card.notation:
            parts.append(
                f'<text x="{left + indent:g}" y="{baseline:g}" fill="{colour}" '
                f'font-weight="700">{escape(placed.card.notation)}</text>'
            )
            indent += CHIP_WIDTH
        parts.append(
            f'<text x="{left + indent:g}" y="{baseline:g}" fill="{_INK}">{escape(line)}</text>'
        )
    return "".join(parts)
