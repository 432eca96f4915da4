"""Files to take away: GraphML and CSV come back as they were, and nothing in them is run."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.graph import links_of, nodes_of
from impactgraph.views.comma_separated import write_csv
from impactgraph.views.graphml import write_graphml
from small_case_studies import case_graph


def test_graphml_has_every_node_and_every_link_with_its_basis() -> None:
    graph = case_graph(
        "finding a reportedIn output R1",
        "output R1 carriedBy pathway 1 curated 0.8",
        "output R1 carriedBy pathway 1 inferred 0.5",
        "claim c of 1",
        "claim c corroboratedBy source A",
        "impact 1",
    )
    read = nx.read_graphml(BytesIO(write_graphml(graph)), force_multigraph=True)
    assert set(read.nodes) == {node.iri for node in nodes_of(graph)}
    found = {
        (origin, target, key): (data["step"], data["basis"], data["confidence"])
        for origin, target, key, data in read.edges(keys=True, data=True)
    }
    assert found == {
        (link.origin, link.target, link.iri): (
            link.step.value,
            link.basis.value,
            str(link.confidence),
        )
        for link in links_of(graph)
    }
    assert read.nodes[nodes_of(graph)[0].iri]["notation"] == "a"


@given(label=st.text(st.characters(codec="utf-8"), max_size=40))
def test_graphml_is_well_formed_whatever_a_label_holds(label: str) -> None:
    from dataclasses import replace

    graph = case_graph("finding a")
    node = nodes_of(graph)[0]
    graph.nodes[node.iri]["node"] = replace(node, label=label)
    read = nx.read_graphml(BytesIO(write_graphml(graph)))
    kept = read.nodes[node.iri].get("label", "")
    assert len(kept) <= len(label)
    if label.isascii() and label.isprintable():
        assert kept == label


@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(codec="utf-8")), st.integers()), min_size=1, max_size=5
    )
)
def test_csv_comes_back_and_no_cell_is_a_formula(rows: list[tuple[str, int]]) -> None:
    text = write_csv(["Words", "Number"], rows).decode("utf-8-sig")
    head, *read = list(csv.reader(StringIO(text, newline="")))
    assert head == ["Words", "Number"]
    assert len(read) == len(rows)
    for (words, number), (cell, count) in zip(rows, read, strict=True):
        assert cell in (words, f"'{words}")
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"))
        assert int(count) == number
