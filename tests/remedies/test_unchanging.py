"""Claims in which a reader saw no change: a program's silence is no such reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from impactgraph.graph import build_graph, model_of
from impactgraph.model import Basis, Maturity, Reference, Software
from impactgraph.remedies import find_unchanging
from small_case_studies import CASE, case_graph

PROGRAM = Software(
    iri="https://w3id.org/impactgraph/id/agent/program", label="A program", version="1"
)


@pytest.mark.parametrize("read_by_program", [False, True])
def test_a_person_who_decides_one_link_has_not_read_every_claim(read_by_program: bool) -> None:
    model = model_of(
        case_graph(
            "claim a of 1",
            "claim b of 1",
            "claim a corroboratedBy source A",
            "claim b corroboratedBy source A curated 0.8",
        )
    )
    first, *others = model.claims
    claims = (replace(first, maturity=Maturity.ADOPTION), *others)
    reader = PROGRAM.iri if read_by_program else f"{CASE}/person/reader"
    links = tuple(
        replace(link, attributed_to=reader) if link.basis is Basis.STATED else link
        for link in model.links
    )
    reference = Reference(software=(PROGRAM,))
    graph = build_graph(replace(model, claims=claims, links=links, reference=reference))
    still = frozenset() if read_by_program else frozenset({f"{CASE}/claim/b"})
    assert find_unchanging(graph) == still
