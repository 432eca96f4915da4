"""Curating in a store: acts show to every reader, outlive a new encoding, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from impactgraph.chains import Chain, find_chains
from impactgraph.curating import curate, import_curation
from impactgraph.curation import (
    Act,
    ActKind,
    Decision,
    apply_decision,
    curation_graph,
    export_acts,
    read_curation,
)
from impactgraph.derivation import derive
from impactgraph.errors import GraphNotFoundError, OutdatedError, UpdateError, ValidationError
from impactgraph.gaps import find_gaps
from impactgraph.graph import links_of, to_networkx
from impactgraph.identity import case_study_iri
from impactgraph.loading import load_case_studies
from impactgraph.model import Basis, Link
from impactgraph.resources import case_study_files
from impactgraph.robustness import measure_corroboration
from impactgraph.store import Store
from impactgraph.validation import validate
from shipped import make_store

CASE = case_study_iri("jam-and-justice")
Graphs = tuple[frozenset[object], ...]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path / "store")


def read_graphs(store: Store) -> Graphs:
    with store.snapshot() as snapshot:
        return tuple(frozenset(snapshot.graph(CASE + end)) for end in ("", "/curation", "/derived"))


def spell(triples: Iterable[Any]) -> set[tuple[str, ...]]:
    """Return triples as text: the store keeps numbers under a wider datatype."""
    return {tuple(map(str, triple)) for triple in triples}


def inferred(store: Store) -> list[Link]:
    links = [link for link in links_of(to_networkx(store, CASE)) if link.basis is Basis.INFERRED]
    return sorted(links, key=lambda link: link.iri)


def decide(store: Store, kind: ActKind, target: str, who: str = "Ada", **more: str) -> Act:
    decision = Decision(kind=kind, who=who, target=target, **more)  # type: ignore[arg-type]
    return curate(store, CASE, decision)


def unsourced(store: Store) -> set[str]:
    graph = to_networkx(store, CASE)
    gaps = find_gaps(graph, basis=Basis.CURATED)
    single = [one for gap in gaps for one in gap.members or (gap,)]
    kinds = ("uncorroborated-claim", "benefit-unsourced")
    return {node.iri for gap in single if gap.kind in kinds for node in gap.nodes}


def test_a_wrong_probable_source_corrected_closes_the_gap_and_undoing_opens_it(
    store: Store,
) -> None:
    before, gaps = read_graphs(store), unsourced(store)
    link = next(link for link in inferred(store) if link.origin in gaps)
    act = decide(store, ActKind.CORRECT, link.iri, why="the letter is C", end=f"{CASE}/source/C")
    assert unsourced(store) == gaps - {link.origin}
    (kept,) = read_curation(store.snapshot(), CASE).acts
    assert kept.act == act
    assert kept.holds
    assert act.about.startswith("corrected that claim “")
    assert act.about.endswith("source C")
    decide(store, ActKind.UNDO, act.iri, who="Bo")
    after = read_graphs(store)
    assert (after[0], after[2]) == (before[0], before[2])
    assert unsourced(store) == gaps
    (undone, undoing) = read_curation(store.snapshot(), CASE).acts
    assert undone.undone_by == undoing.act


def test_what_is_derived_follows_from_what_was_decided(store: Store) -> None:
    before = read_graphs(store)
    decide(store, ActKind.REJECT, f"{CASE}/finding/a", why="no finding")
    derived = read_graphs(store)[2]
    assert spell(derived) == spell(derive(to_networkx(store, CASE)))
    assert derived != before[2]


def test_each_act_leaves_a_case_study_that_conforms(store: Store) -> None:
    acts = [
        decide(store, ActKind.ACCEPT, inferred(store)[0].iri),
        decide(store, ActKind.REJECT, f"{CASE}/output/1", why="no output"),
        decide(store, ActKind.WITHDRAW, f"{CASE}/source/A", why="lost"),
        decide(store, ActKind.CORRECT, f"{CASE}/finding/b", why="shorter", label="People decide"),
    ]
    assert len({act.when for act in acts}) == 4
    with store.snapshot() as snapshot:
        report = validate(snapshot.graph(CASE) + snapshot.graph(curation_graph(CASE)))
    assert report.conforms, str(report)


def test_a_case_study_that_is_loaded_again_keeps_what_was_decided(store: Store) -> None:
    decide(store, ActKind.ACCEPT, inferred(store)[0].iri)
    decide(store, ActKind.REJECT, f"{CASE}/finding/a", why="no finding")
    before = read_graphs(store)
    load_case_studies(store, case_study_files())
    assert read_graphs(store) == before


def test_who_decides_on_what_has_changed_learns_who_changed_it(store: Store) -> None:
    seen = read_curation(store.snapshot(), CASE).version
    first, second = inferred(store)[:2]
    made = decide(store, ActKind.ACCEPT, first.iri, who="Ada Brook")
    before = read_graphs(store)
    late = Decision(kind=ActKind.ACCEPT, who="Bo", target=second.iri)
    with pytest.raises(OutdatedError) as refused:
        curate(store, CASE, late, version=seen)
    assert "Ada Brook" in str(refused.value)
    assert made.about in str(refused.value)
    assert read_graphs(store) == before
    now = read_curation(store.snapshot(), CASE).version
    assert curate(store, CASE, late, version=now).decision.who == "Bo"


def test_an_act_is_later_than_those_before_it_whatever_the_clock_says(store: Store) -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    acts = []
    for link, now in zip(inferred(store), (late, early), strict=False):
        decision = Decision(kind=ActKind.ACCEPT, who="Ada", target=link.iri)
        version = read_curation(store.snapshot(), CASE).version
        store.write(
            lambda transaction, d=decision, v=version, n=now: acts.append(  # type: ignore[misc]
                apply_decision(transaction, CASE, d, version=v, now=n)
            )
        )
    assert acts[0].when < acts[1].when


def test_what_would_change_nothing_is_refused_and_leaves_no_trace(store: Store) -> None:
    before = read_graphs(store)
    with pytest.raises(UpdateError, match="is not there"):
        decide(store, ActKind.REJECT, f"{CASE}/link/000000000000", why="no")
    with pytest.raises(GraphNotFoundError):
        curate(store, f"{CASE}-2", Decision(kind=ActKind.UNDO, who="Ada", target=f"{CASE}-2/act/1"))
    assert read_graphs(store) == before


def test_acts_that_are_exported_come_to_the_same_elsewhere(store: Store, tmp_path: Path) -> None:
    made = [
        decide(store, ActKind.ACCEPT, inferred(store)[0].iri),
        decide(store, ActKind.WITHDRAW, f"{CASE}/source/A", why="lost"),
    ]
    content = export_acts(made).encode()
    other = make_store(tmp_path / "other")
    assert import_curation(other, CASE, content) == tuple(made)
    assert read_graphs(other) == read_graphs(store)
    assert import_curation(other, CASE, content) == ()
    assert read_graphs(other) == read_graphs(store)


def test_an_imported_act_without_a_target_is_kept_and_does_nothing(
    store: Store, tmp_path: Path
) -> None:
    rejected = decide(store, ActKind.REJECT, f"{CASE}/source/A", why="no source")
    content = export_acts([rejected]).encode()
    other = make_store(tmp_path / "other")
    decide(other, ActKind.WITHDRAW, f"{CASE}/source/A", why="lost")
    import_curation(other, CASE, content)
    lacks = [kept.lack for kept in read_curation(other.snapshot(), CASE).acts]
    assert sorted(map(bool, lacks)) == [False, True]
    assert "the node source/A is not there" in lacks


@pytest.mark.parametrize(
    "said",
    [
        f"<{CASE}/act/1> a ig:Rejection .",
        f"<{CASE}/link/1> ig:from <{CASE}/finding/a> ; ig:to <{CASE}/output/1> ; "
        "ig:step ig:nonsense ; ig:basis ig:inferred .",
    ],
)
def test_what_others_wrote_wrongly_beside_the_acts_is_refused_in_words(
    store: Store, said: str
) -> None:
    prefix = "PREFIX ig: <https://w3id.org/impactgraph/ontology#> "
    graph = curation_graph(CASE)
    store.write(
        lambda change: change.update(f"{prefix}INSERT DATA {{ GRAPH <{graph}> {{ {said} }} }}")
    )
    with pytest.raises((UpdateError, ValidationError)):
        decide(store, ActKind.REJECT, f"{CASE}/link/1", why="no")


def test_what_an_act_withdrew_is_not_believed_where_it_is_malformed(store: Store) -> None:
    act = decide(store, ActKind.REJECT, f"{CASE}/source/A", why="no")
    store.write(
        lambda change: change.update(
            "PREFIX ig: <https://w3id.org/impactgraph/ontology#> INSERT DATA { "
            f'GRAPH <{curation_graph(CASE)}> {{ <{act.iri}> ig:withdrew "no triple" }} }}'
        )
    )
    with pytest.raises(ValidationError, match="malformed"):
        decide(store, ActKind.UNDO, act.iri)


def test_a_source_of_a_claim_is_its_impact_s_in_every_answer_and_after_a_new_encoding(
    store: Store,
) -> None:
    before = read_graphs(store)
    target = f"{CASE}/link/8cbc8b33f543"
    act = decide(store, ActKind.CORRECT, target, why="so", end=f"{CASE}/source/C")
    made = read_graphs(store)
    load_case_studies(store, case_study_files())
    assert read_graphs(store) == made
    graph = to_networkx(store, CASE)
    found = measure_corroboration(graph, basis=Basis.CURATED)[1]
    assert [source.notation for source in found.attested.sources] == ["B", "C"]
    chains = find_chains(graph, basis=Basis.CURATED)
    ends = {f"{CASE}/impact/2", f"{CASE}/source/C"}
    assert any(ends <= _iris(chain) for chain in chains)
    decide(store, ActKind.UNDO, act.iri)
    after = read_graphs(store)
    assert (after[0], after[2]) == (before[0], before[2])
    assert not [triple for triple in after[1] if "/link/" in str(triple[0])]  # type: ignore[index]


def _iris(chain: Chain) -> set[str]:
    return {node.iri for node in chain.nodes}
