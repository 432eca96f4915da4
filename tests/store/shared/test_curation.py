"""Acts of curation come to the same over every engine."""

from __future__ import annotations

import pytest

from impactgraph.curating import curate
from impactgraph.curation import ActKind, Decision, read_curation
from impactgraph.errors import OutdatedError
from impactgraph.graph import links_of, to_networkx
from impactgraph.identity import case_study_iri
from impactgraph.loading import load_case_studies, load_shipped
from impactgraph.model import Basis
from impactgraph.resources import case_study_files
from impactgraph.store import Store

CASE = case_study_iri("jam-and-justice")


def describe(store: Store) -> tuple[object, ...]:
    graph = to_networkx(store, CASE)
    return sorted(graph), sorted(link.iri for link in links_of(graph))


def test_acts_are_made_kept_replayed_and_undone(store: Store) -> None:
    load_shipped(store)
    before = describe(store)
    inferred = [link for link in links_of(to_networkx(store, CASE)) if link.basis is Basis.INFERRED]
    seen = read_curation(store.snapshot(), CASE).version
    accept = Decision(kind=ActKind.ACCEPT, who="Ada", target=inferred[0].iri)
    made = [curate(store, CASE, accept, version=seen)]
    source = Decision(kind=ActKind.WITHDRAW, who="Bo", why="lost", target=f"{CASE}/source/A")
    with pytest.raises(OutdatedError, match="Ada"):
        curate(store, CASE, source, version=seen)
    made.append(curate(store, CASE, source))
    after = describe(store)
    assert after != before
    load_case_studies(store, case_study_files())
    assert describe(store) == after
    assert [kept.act for kept in read_curation(store.snapshot(), CASE).acts] == made
    for act in made:
        curate(store, CASE, Decision(kind=ActKind.UNDO, who="Cy", target=act.iri))
    assert describe(store) == before
