"""Impacts from the weakest evidence to the strongest: ties stay ties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph

from impactgraph.encoding import decode
from impactgraph.graph import CaseGraph, GraphNode, Kind, build_graph
from impactgraph.model import Basis
from impactgraph.robustness import Tally, measure_corroboration, order_by_evidence


@pytest.fixture(scope="module")
def graph(jam_and_justice: Graph, reference: Graph) -> CaseGraph:
    return build_graph(decode(jam_and_justice + reference))


def test_what_speaks_from_outside_counts_before_numbers(graph: CaseGraph) -> None:
    found = measure_corroboration(graph, basis=Basis.STATED)
    many, outside, alike, none = (
        replace(
            found[0],
            impact=GraphNode(iri=f"i/{name}", kind=Kind.IMPACT, notation=name, label=name),
            tally=Tally(sources=sources, parties=parties, no_known_part=apart),
            weakest=None,
            unsourced=(),
        )
        for name, sources, parties, apart in (
            ("1", 9, 3, 0),
            ("2", 1, 1, 1),
            ("3", 9, 3, 0),
            ("4", 0, 0, 0),
        )
    )
    rungs = order_by_evidence((outside, many, none, alike))
    assert [rung.names for rung in rungs] == ["Impact 4", "Impacts 1 and 3", "Impact 2"]
    assert [rung.tied for rung in rungs] == [False, True, False]
    assert rungs[0].reasons == ("no source.",)
    assert "all with a part in the research" in rungs[1].reasons[0]
    assert "one speaker, with no known part in the research" in rungs[2].reasons[0]


def test_every_impact_has_one_place(graph: CaseGraph) -> None:
    found = measure_corroboration(graph, basis=Basis.CURATED)
    rungs = order_by_evidence(found)
    placed = [one.impact.iri for rung in rungs for one in rung.impacts]
    assert sorted(placed) == sorted(one.impact.iri for one in found)
    assert all(len(rung.reasons) == len(rung.impacts) for rung in rungs)
