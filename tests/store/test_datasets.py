from __future__ import annotations

import time

import pytest

from impactgraph.errors import QueryError
from impactgraph.store import Store, open_store
from impactgraph.store.datasets import names_dataset
from store.examples import triples


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <http://example.org/g> { ?s ?p ?o }",
        "select * from named ex:g { ?s ?p ?o }",
        "ASKFROM<http://example.org/g>{}",
        "SELECT (?a<?b AS ?c)FROM ex:g {}",
        "SELECT(?a<1AS?c)FROM\tex:g {}",
        "SELECT (EXISTS { ?s ?p ?o } AS ?x) FROM <http://example.org/g> {}",
        "SELECT ?x # a remark\nFROM <http://example.org/g> {}",
        "SELECT ('''a'b''' AS ?x) FROM <http://example.org/g> {}",
        "SELECT ('' AS ?x)FROM<http://example.org/g>{}",
        r"SELECT * \u0046ROM <http://example.org/g> {}",
        "DESCRIBE ex:a FROM <http://example.org/g>",
        "CONSTRUCT { ?s ?p ?o } FROM <http://example.org/g> { ?s ?p ?o }",
    ],
)
def test_from_is_found(text: str) -> None:
    assert names_dataset(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?from { ?from ?p $from }",
        "SELECT * { ?s <http://example.org/from> ?o }",
        "SELECT * { ?s ex:from ?o ; from:p ?o ; ex:a.from ?o }",
        'SELECT * { ?s ?p \'FROM\', """FROM " FROM""", \'a\'@from }',
        "SELECT * { ?s ?p ?o } # FROM <http://example.org/g>",
        "SELECT * { ?s ?p ?o FILTER(?o<?p) } # from",
    ],
)
def test_the_word_elsewhere_is_not_taken_for_it(text: str) -> None:
    assert not names_dataset(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "'", "'a", "a.", "a-", "'''a ", "\\", '"""\\', "<a", ":", "%", "?a.", "#"),
        *("\\'", "'''x' \\", ":\\-"),
    ],
)
def test_reading_takes_time_in_proportion(piece: str) -> None:
    # Were it in proportion to the square, this would take hours.
    started = time.process_time()
    names_dataset(piece * 300_000 + " from")
    assert time.process_time() - started < 60


def test_from_counts_over_the_union_and_is_overridden_by_the_caller(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store: Store = open_store(tmp_path_factory.mktemp("datasets") / "store")
    one, two = "http://example.org/one", "http://example.org/two"
    store.write(lambda change: change.replace_graph(one, triples(1, 3)))
    store.write(lambda change: change.replace_graph(two, triples(2, 5)))
    with store.snapshot() as snapshot:

        def count(clause: str, **options: object) -> int:
            text = f"SELECT ?s ?g {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
            return len(list(snapshot.query(text, **options)))  # type: ignore[arg-type]

        assert count("", default_graph="strict") == 8
        assert count(f"FROM <{one}>") == 3
        assert count(f"FROM NAMED <{two}>") == 5
        assert count(f"FROM <{one}>", default=[two]) == 5
        assert count("", named=[one]) == 3
        assert count("", default=[one], named=[two]) == 8
        assert count("", default=[], named=[]) == 0
        with pytest.raises(QueryError, match="cannot name a graph"):
            count("", default=["no iri"])
