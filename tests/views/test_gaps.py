"""Gaps as the page shows them: grouped, counted, filtered; and what would mend most."""

from __future__ import annotations

import pytest

from impactgraph.errors import NotFoundError
from impactgraph.gaps import KINDS, Severity, find_gaps
from impactgraph.graph import CaseGraph, to_networkx
from impactgraph.model import Basis
from impactgraph.store import Store
from impactgraph.views.gaps import list_gaps
from shipped import make_store


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> CaseGraph:
    store: Store = make_store(tmp_path_factory.mktemp("gaps") / "store")
    return to_networkx(store, "jam-and-justice")


@pytest.mark.parametrize("basis", list(Basis))
def test_every_gap_is_listed_once_gravest_first(graph: CaseGraph, basis: Basis) -> None:
    gaps = find_gaps(graph, basis=basis)
    found = list_gaps(graph, basis=basis)
    assert len(gaps) > 10
    listed = [gap.reason for group in found.groups for gap in group.gaps]
    assert sorted(listed) == sorted(gap.reason for gap in gaps)
    ranks = [Severity(group.severity).rank for group in found.groups]
    assert ranks == sorted(ranks)
    assert sum(number for _, number in found.severities) == found.shown == len(gaps)
    assert sum(kind.count or 0 for kind in found.kinds) == len(gaps)
    assert {kind.kind for kind in found.kinds} == set(KINDS)


def test_a_kind_and_a_severity_narrow_what_is_listed_but_not_what_is_counted(
    graph: CaseGraph,
) -> None:
    every = list_gaps(graph, basis=Basis.CURATED)
    for kind in (kind for kind in every.kinds if kind.count):
        some = list_gaps(graph, basis=Basis.CURATED, kind=kind.kind)
        assert {group.kind for group in some.groups} == {kind.kind}
        assert some.severities == every.severities
    grave = list_gaps(graph, basis=Basis.CURATED, severity=Severity.MEDIUM)
    assert {group.severity for group in grave.groups} == {"medium"}
    assert grave.shown == dict(every.severities)["medium"]


def test_a_kind_that_is_not_on_by_default_is_looked_for_when_chosen(graph: CaseGraph) -> None:
    unusual = [kind.id for kind in KINDS.values() if not kind.default_on]
    assert unusual
    usual = list_gaps(graph, basis=Basis.STATED)
    assert {kind.kind for kind in usual.kinds if kind.count is None} == set(unusual)
    for kind in unusual:
        gaps = find_gaps(graph, basis=Basis.STATED, kinds=[kind])
        assert list_gaps(graph, basis=Basis.STATED, kind=kind).shown == len(gaps)
    with pytest.raises(NotFoundError, match="no kind of gap 'nonsense'"):
        list_gaps(graph, basis=Basis.STATED, kind="nonsense")


def test_what_is_the_same_for_a_whole_group_is_said_once(graph: CaseGraph) -> None:
    for group in list_gaps(graph, basis=Basis.CURATED).groups:
        remedies = {gap.remedy for gap in group.gaps}
        assert group.remedy == (remedies.pop() if len(remedies) == 1 else "")
        assert group.meaning.endswith(".")
        assert group.concept.startswith("gap")
