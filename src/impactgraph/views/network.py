"""The picture as a pyvis network: our own template and positions, none of pyvis' page or physics.

pyvis 0.3.2 is the graph model, and brings vis-network 9.1.2, which draws it in the browser. Its own
template loads from a CDN and runs scripts that come in with labels, so it is never used here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from impactgraph.model import Stage
from impactgraph.views.layout import Layout
from impactgraph.views.routing import Bar, Stroke
from impactgraph.views.values import CaseStudyView
from impactgraph.wording import describe_confidence

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["Template", "build_network", "picture_of", "render_network", "vis_network_folder"]

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "hover": False,
        "keyboard": False,
        "navigationButtons": False,
        "selectable": False,
        "tooltipDelay": 0,
        "zoomView": False,
    },
    "layout": {"randomSeed": 1, "improvedLayout": False},
}


class Template(Protocol):
    """A compiled template, such as one of Jinja2's, that escapes what it is given."""

    def render(self, *args: Any, **context: Any) -> str:
        """Return the page."""


def build_network(view: CaseStudyView) -> Network:
    """Return the case study as a pyvis network with fixed positions.

    Nodes are the cards; edges are the links between cards that the view's basis admits. Neither has
    a `title`, from which pyvis would make HTML.
    """
    from pyvis.network import Network  # brings IPython: imported where a picture is drawn

    network = Network(directed=True, height="100%", width="100%", cdn_resources="local")
    nodes = {node.key: node for node in view.nodes}
    for placed in view.layout.cards:
        network.add_node(
            placed.card.key,
            label=placed.card.label,
            shape="custom",
            x=placed.x,
            y=placed.y,
            stage=placed.card.stage.value,
            name=nodes[placed.card.key].name,
            notation=placed.card.notation,
            lines=list(placed.lines),
            width=placed.width,
            height=placed.height,
            gaps=len(nodes[placed.card.key].all_gaps),
            grave=nodes[placed.card.key].grave,
        )
    for node in view.nodes:
        for link in node.outgoing:
            if link.other in nodes:
                network.add_edge(
                    node.key,
                    link.other,
                    id=link.iri,
                    basis=link.basis.value,
                    collective=link.collective,
                    words=link.words,
                    sure=describe_confidence(link.confidence),
                    method=link.method or "",
                    hidden=True,
                )
    network.options = OPTIONS  # a dict: Network.set_options() strips every space from its JSON
    return network


def picture_of(layout: Layout, links: Sequence[str]) -> dict[str, Any]:
    """Return what of the layout pyvis has no place for: columns, strokes, bars and breaks.

    Args:
        layout: of all links.
        links: those that are shown; strokes and bars name them by their places in this.
    """
    place = {link: number for number, link in enumerate(links)}

    def shown(part: Stroke | Bar) -> list[int]:
        return [place[link] for link in part.lines if link in place]

    return {
        "width": layout.width,
        "height": layout.height,
        "columns": [
            {
                "stage": column.stage.value,
                "x": column.x,
                "width": column.width,
                "count": column.count,
            }
            for column in layout.columns
        ],
        "strokes": [
            {
                "links": shown(stroke),
                "basis": stroke.basis.value,
                "collective": stroke.collective,
                "points": stroke.points,
                "arrow": stroke.arrow,
                "mark": stroke.mark,
            }
            for stroke in layout.strokes
            if shown(stroke)
        ],
        "bars": [
            {"links": shown(bar), "x": bar.x, "y": bar.y, "top": bar.top, "bottom": bar.bottom}
            for bar in layout.bars
            if shown(bar)
        ],
        "breaks": [{"after": gap.after.value, "x": gap.x} for gap in layout.breaks],
        "stages": [stage.value for stage in Stage],
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """What pyvis takes for its template environment: one template, with what else it shows."""

    template: Template
    context: Mapping[str, Any]

    def get_template(self, _: str) -> _Page:
        return self

    def render(self, **drawing: Any) -> str:
        options = drawing["options"]
        # pyvis hands a dict on as it is in some versions and as JSON in others.
        drawing["options"] = json.loads(options) if isinstance(options, str) else options
        return self.template.render({**drawing, **self.context})


def render_network(view: CaseStudyView, template: Template, **context: Any) -> str:
    """Return the page that `template` makes of the network.

    Args:
        view: what to draw.
        template: gets pyvis' own variables (nodes, edges, options), `view` and `picture`.
        context: further variables for it.
    """
    network = build_network(view)
    picture = picture_of(view.layout, [edge["id"] for edge in network.edges])
    network.templateEnv = _Page(template, {"view": view, "picture": picture, **context})
    page: str = network.generate_html("page.html")
    return page


def vis_network_folder() -> Path:
    """Return the folder in which pyvis keeps vis-network, found without importing pyvis."""
    from importlib.util import find_spec

    spec = find_spec("pyvis")
    if spec is None or not spec.submodule_search_locations:
        message = "pyvis is not installed, so there is no vis-network; install impactgraph whole"
        raise ModuleNotFoundError(message)
    return Path(spec.submodule_search_locations[0]) / "templates" / "lib" / "vis-9.1.2"
