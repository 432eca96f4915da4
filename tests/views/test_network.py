from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from impactgraph.model import Basis
from impactgraph.views.network import build_network, picture_of, render_network, vis_network_folder
from views.test_case_study import view


def test_the_network_holds_every_card_and_every_link_that_counts() -> None:
    for basis, links in ((Basis.STATED, 27), (Basis.CURATED, 37), (Basis.INFERRED, 38)):
        network = build_network(view(basis))
        assert len(network.nodes) == 24
        assert len(network.edges) == links
        assert {edge["basis"] for edge in network.edges} == {
            other.value for other in Basis if basis.admits(other)
        }


def test_nothing_in_the_network_becomes_html() -> None:
    network = build_network(view(Basis.CURATED))
    assert not any("title" in item for item in (*network.nodes, *network.edges))
    assert network.heading == ""


def test_physics_is_off_and_positions_are_ours() -> None:
    network = build_network(view(Basis.CURATED))
    assert network.options["physics"] == {"enabled": False}
    places = {card.card.key: (card.x, card.y) for card in view(Basis.CURATED).layout.cards}
    assert {node["id"]: (node["x"], node["y"]) for node in network.nodes} == places


def test_the_page_comes_from_the_template_given_and_touches_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    template = Environment(autoescape=True).from_string(
        '{{ title }}|{{ {"nodes": nodes, "options": options, "picture": picture}|tojson }}'
    )
    page = render_network(view(Basis.CURATED), template, title="</script>")
    title, _, data = page.partition("|")
    assert title == "&lt;/script&gt;"
    assert "<" not in data
    assert len(json.loads(data)["nodes"]) == 24
    assert json.loads(data)["options"]["physics"] == {"enabled": False}
    assert list(tmp_path.iterdir()) == []


def test_vis_network_lies_in_pyvis_own_folder() -> None:
    assert (vis_network_folder() / "vis-network.min.js").is_file()


def test_pyvis_is_imported_only_where_a_picture_is_drawn() -> None:
    code = (
        "import sys, impactgraph.views, impactgraph_api; "
        "print({'pyvis', 'IPython'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_lines_name_the_links_that_are_shown_by_their_places() -> None:
    shown = view(Basis.STATED)
    network = build_network(shown)
    links = [edge["id"] for edge in network.edges]
    picture = picture_of(shown.layout, links)
    named = {place for stroke in picture["strokes"] for place in stroke["links"]}
    assert named == set(range(len(links)))
    assert all(stroke["links"] for stroke in picture["strokes"])
