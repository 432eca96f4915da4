"""Many case studies at once: each analysed for itself, in any number of processes."""

from __future__ import annotations

import pytest

from benchmarks.generator import write_case_studies
from benchmarks.service import build_store
from impactgraph.corpus import (
    Failure,
    Grouping,
    analyse_case_studies,
    analyse_case_study,
    compare,
    distribute,
    list_case_studies,
)
from impactgraph.gaps import find_gaps
from impactgraph.graph import default_basis, to_networkx
from impactgraph.model import Basis
from impactgraph.store import open_store

COUNT = 40


def make_store(folder, count):
    write_case_studies(folder / "files", count)
    build_store(folder / "store", sorted((folder / "files").glob("*.nq")))
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with make_store(tmp_path_factory.mktemp("corpus"), COUNT) as opened:
        yield opened


@pytest.fixture(scope="module")
def analyses(store):
    return tuple(analyse_case_studies(store, processes=1))


def test_every_case_study_is_analysed_in_their_order(store, analyses):
    assert [one.iri for one in analyses] == list(list_case_studies(store))
    assert len(analyses) == COUNT


def test_several_processes_find_what_one_finds(store, analyses):
    assert tuple(analyse_case_studies(store, processes=2)) == analyses


def test_the_gaps_counted_are_those_of_the_case_study(store, analyses):
    for one in analyses[:5]:
        graph = to_networkx(store, one.iri)
        found = [gap.kind for gap in find_gaps(graph, basis=default_basis(graph))]
        assert one.gaps == {kind: found.count(kind) for kind in sorted(set(found))}
        assert one == analyse_case_study(graph)


def test_what_cannot_be_read_fails_alone(tmp_path):
    basis = "<https://w3id.org/impactgraph/ontology#basis>"
    with make_store(tmp_path, 3) as store:
        spoilt = list_case_studies(store)[1]
        store.write(
            lambda transaction: transaction.update(
                f"DELETE WHERE {{ GRAPH <{spoilt}> {{ ?link {basis} ?basis }} }}"
            )
        )
        found = list(analyse_case_studies(store, processes=1))
    assert [isinstance(one, Failure) for one in found] == [False, True, False]
    assert (found[1].case_study, basis in found[1].reason) == (spoilt, True)


def test_all_are_read_from_the_generation_that_was_live_at_the_start(tmp_path):
    with make_store(tmp_path, 3) as store:
        found = analyse_case_studies(store, processes=1)
        first = next(found)
        last = list_case_studies(store)[-1]
        store.write(lambda transaction: transaction.remove_graph(last))
        assert [first.iri, *(one.iri for one in found)][-1] == last


def test_the_whole_is_the_sum_of_its_units(analyses):
    everything, *units = distribute(analyses, by=Grouping.UNIT)
    assert everything.case_studies == COUNT == sum(unit.case_studies for unit in units)
    assert len(units) > 1
    for kind, count in everything.gaps.items():
        assert count == sum(unit.gaps.get(kind, 0) for unit in units)
        assert count >= everything.with_gap[kind] > 0
    shares = [everything.share_reached(basis) for basis in Basis]
    assert shares == sorted(shares)


def test_nothing_has_no_share():
    (nothing,) = distribute(())
    assert (nothing.case_studies, nothing.share_reached(Basis.STATED)) == (0, None)


def test_a_case_study_is_compared_with_the_others_of_its_unit_alone(analyses):
    own = analyses[0]
    peers = [one for one in analyses[1:] if one.unit_of_assessment == own.unit_of_assessment]
    found = compare(own, analyses)
    assert {one.others for one in found} == {len(peers)}
    assert {one.kind for one in found} == set(own.gaps).union(*(one.gaps for one in peers))
    for one in found:
        assert one.own == own.gaps.get(one.kind, 0)
        assert one.others_with == sum(one.kind in peer.gaps for peer in peers)
