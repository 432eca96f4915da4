"""Every engine keeps and answers the same; docs/engines.md says where they do not."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.compare import isomorphic

from impactgraph.errors import ImpactGraphError, QueryError, UpdateError
from impactgraph.store import Solutions, Store, Transaction, Triples, from_oxigraph
from store.examples import rows

EX = "https://example.org/"
G, H = EX + "g", EX + "h"
S, P, Q = URIRef(EX + "s"), URIRef(EX + "p"), URIRef(EX + "q")
OBJECTS = f"SELECT ?o {{ <{S}> <{P}> ?o }}"


def put(store: Store, graph: str, *objects: Literal | URIRef) -> None:
    store.write(lambda transaction: transaction.replace_graph(graph, [(S, P, o) for o in objects]))


def objects(store: Store, query: str = OBJECTS) -> list[object]:
    return [from_oxigraph(term) for row in rows(store, query) if (term := row["o"]) is not None]


class TestTerms:
    @pytest.mark.parametrize(
        "term",
        [
            Literal("plain"),
            Literal(""),
            Literal("change", lang="en"),
            Literal("newid", lang="cy"),
            Literal("colour", lang="en-gb"),
            Literal("2016", datatype=XSD.gYear),
            Literal("2016-05", datatype=XSD.gYearMonth),
            Literal("2016-05-01", datatype=XSD.date),
            Literal("2016-05-01T10:20:30Z", datatype=XSD.dateTime, normalize=False),
            Literal("2016-05-01T10:20:30", datatype=XSD.dateTime),
            Literal("12", datatype=XSD.integer),
            Literal("-3", datatype=XSD.integer),
            Literal("0.85", datatype=XSD.decimal),
            Literal("https://example.org/", datatype=XSD.anyURI),
            Literal("own", datatype=URIRef(EX + "datatype")),
            Literal("£1.2m – “quoted” ‘single’ é 漢字 العربية 🎓👩‍🔬 e\u0301"),
            Literal("tab\t newline\n return\r quote\" apostrophe' backslash\\ end\\"),
            Literal(r"C:\users\u0041 \U00000041 \n not escapes"),
            Literal("'''long''' \"\"\"strings\"\"\" } ; DROP ALL # "),
            Literal("\x01\x08\x0c\x1f\x7f\u0085\u2028"),
            URIRef("https://example.org/é/漢字?a=b&c=d#é"),
            URIRef("urn:x:it's(a,b)*$!~%20"),
            Literal("x" * 1_000_000),
            Literal("é漢🎓\n" * 100_000, lang="en"),
        ],
        ids=lambda term: ascii(str(term)[:24]),
    )
    def test_it_comes_back_as_it_was(self, store: Store, term: Literal | URIRef) -> None:
        put(store, G, term)
        assert objects(store) == [term]
        assert set(store.snapshot().graph(G).objects(S, P)) == {term}

    def test_a_language_tag_comes_back_in_lower_case(self, store: Store) -> None:
        put(store, G, Literal("colour", lang="en-GB"))
        (found,) = objects(store)
        assert isinstance(found, Literal)
        assert str(found.language) == "en-gb"

    @pytest.mark.parametrize(("spelt", "yes"), [("true", True), ("false", False)])
    def test_a_boolean_keeps_its_value(self, store: Store, spelt: str, yes: bool) -> None:
        put(store, G, Literal(spelt, datatype=XSD.boolean))
        (found,) = objects(store)
        assert isinstance(found, Literal)
        assert (str(found) in ("true", "1"), found.datatype) == (yes, XSD.boolean)

    def test_strings_are_told_from_numbers_and_from_words_of_a_language(self, store: Store) -> None:
        put(store, G, Literal("1"), Literal("1", lang="en"), Literal("1", datatype=XSD.integer))
        assert len(objects(store)) == 3

    def test_dates_compare(self, store: Store) -> None:
        dates = [Literal(f"{year}-01-01", datatype=XSD.date) for year in (2014, 2016, 2018)]
        put(store, G, *dates)
        query = OBJECTS.replace("?o }", '?o FILTER(?o > "2015-01-01"^^xsd:date) } ORDER BY ?o')
        results = store.query(query, prefixes={"xsd": str(XSD)})
        assert [from_oxigraph(row["o"]) for row in results] == dates[1:]  # type: ignore[index,arg-type,union-attr]

    def test_languages_match(self, store: Store) -> None:
        put(store, G, Literal("a", lang="en"), Literal("b", lang="cy"), Literal("c", lang="en-gb"))
        query = OBJECTS.replace("?o }", '?o FILTER(LANGMATCHES(LANG(?o), "en")) } ORDER BY ?o')
        assert [str(found) for found in objects(store, query)] == ["a", "c"]


class TestGraphs:
    def test_a_triple_in_two_graphs_counts_twice_in_the_union(self, store: Store) -> None:
        put(store, G, Literal("a"))
        put(store, H, Literal("a"))
        assert objects(store) == [Literal("a")] * 2
        assert objects(store, OBJECTS.replace("SELECT", "SELECT DISTINCT")) == [Literal("a")]
        count = f"SELECT (COUNT(*) AS ?o) {{ <{S}> <{P}> ?any }}"
        assert [int(row["o"].value) for row in rows(store, count)] == [2]

    def test_a_triple_in_two_graphs_is_one_in_a_graph_that_is_constructed(
        self, store: Store
    ) -> None:
        put(store, G, Literal("a"))
        put(store, H, Literal("a"))
        triples = store.query(f"CONSTRUCT {{ <{S}> <{Q}> ?o }} WHERE {{ <{S}> <{P}> ?o }}")
        assert isinstance(triples, Triples)
        assert {str(triple) for triple in triples} == {f'<{S}> <{Q}> "a"'}

    def test_graphs_are_told_apart(self, store: Store) -> None:
        put(store, G, Literal("a"))
        put(store, H, Literal("b"))
        assert objects(store, f"SELECT ?o {{ GRAPH <{H}> {{ ?s ?p ?o }} }}") == [Literal("b")]
        query = f"SELECT ?g {{ GRAPH ?g {{ <{S}> <{P}> ?o }} }} ORDER BY ?g"
        assert [row["g"].value for row in rows(store, query)] == [G, H]

    def test_from_names_the_graphs_of_a_query(self, store: Store) -> None:
        put(store, G, Literal("a"))
        put(store, H, Literal("b"))
        assert objects(store, f"SELECT ?o FROM <{G}> {{ <{S}> <{P}> ?o }}") == [Literal("a")]

    def test_a_graph_with_nothing_in_it_is_not_there(self, store: Store) -> None:
        put(store, G, Literal("a"))
        put(store, G)
        seen: list[bool] = []
        store.write(lambda transaction: seen.append(transaction.contains_graph(G)))
        assert seen == [False]
        assert len(store.snapshot().graph(G)) == 0

    def test_removing_what_is_not_there_does_nothing(self, store: Store) -> None:
        store.write(lambda transaction: transaction.remove_graph(EX + "never"))
        assert objects(store) == []

    def test_a_graph_of_several_thousand_triples_is_kept_whole(self, store: Store) -> None:
        many = [Literal(str(number)) for number in range(6_000)]
        put(store, G, *many)
        assert set(store.snapshot().graph(G).objects(S, P)) == set(many)


class TestBlankNodes:
    def test_one_node_stays_one(self, store: Store) -> None:
        node, other = BNode(), BNode()
        graph = [(S, P, node), (node, Q, Literal("a")), (S, P, other), (other, Q, Literal("b"))]
        store.write(lambda transaction: transaction.replace_graph(G, graph))
        query = f"SELECT ?n ?o {{ <{S}> <{P}> ?n . ?n <{Q}> ?o FILTER(isBlank(?n)) }} ORDER BY ?o"
        found = rows(store, query)
        assert [row["o"].value for row in found] == ["a", "b"]
        assert len({row["n"] for row in found}) == 2
        assert all(isinstance(row["n"], ox.BlankNode) for row in found)

    def test_a_graph_with_blank_nodes_comes_back_with_the_same_shape(self, store: Store) -> None:
        node = BNode()
        graph = [(S, P, node), (node, Q, Literal("a")), (node, P, S), (S, Q, Literal("b"))]
        store.write(lambda transaction: transaction.replace_graph(G, graph))
        expected = store.snapshot().graph(EX + "never")
        for triple in graph:
            expected.add(triple)
        assert isomorphic(store.snapshot().graph(G), expected)

    def test_in_a_constructed_graph_they_are_blank_too(self, store: Store) -> None:
        put(store, G, Literal("a"))
        triples = store.query(f"CONSTRUCT {{ ?s <{Q}> [ <{P}> ?o ] }} {{ ?s <{P}> ?o }}")
        assert isinstance(triples, Triples)
        kinds = {type(triple.object) for triple in triples if triple.predicate.value == str(Q)}
        assert kinds == {ox.BlankNode}


class TestQueries:
    def test_a_question_is_answered_with_yes_or_no(self, store: Store) -> None:
        put(store, G, Literal("a"))
        yes, no = (store.query(f"ASK {{ <{s}> ?p ?o }}") for s in (S, EX + "never"))
        assert isinstance(yes, ox.QueryBoolean)
        assert isinstance(no, ox.QueryBoolean)
        assert (bool(yes), bool(no)) == (True, False)

    def test_what_is_not_bound_is_none(self, store: Store) -> None:
        put(store, G, Literal("a"))
        query = f"SELECT ?o ?n {{ <{S}> <{P}> ?o OPTIONAL {{ <{S}> <{Q}> ?n }} }}"
        assert [(row["o"], row["n"]) for row in rows(store, query)] == [(ox.Literal("a"), None)]

    @pytest.mark.parametrize(
        "term",
        [
            ox.Literal("b"),
            ox.Literal('" } # \\'),
            ox.Literal("b", language="en"),
            ox.NamedNode(EX + "é"),
        ],
        ids=str,
    )
    def test_values_are_bound(self, store: Store, term: ox.Literal | ox.NamedNode) -> None:
        put(store, G, Literal("a"), from_oxigraph(term))  # type: ignore[arg-type]
        query = f"SELECT ?s ?o {{ ?s <{P}> ?o }}"
        assert [row["o"] for row in rows(store, query, {"o": term})] == [term]
        assert rows(store, query, {"o": ox.Literal("never")}) == []

    def test_values_are_bound_before_groups_are_counted(self, store: Store) -> None:
        put(store, G, Literal("a"), Literal("b"))
        put(store, H, Literal("a"))
        query = f"SELECT ?g (COUNT(?o) AS ?n) {{ GRAPH ?g {{ <{S}> <{P}> ?o }} }} GROUP BY ?g"
        found = rows(store, query, {"g": ox.NamedNode(G)})
        assert [(row["g"].value, row["n"].value) for row in found] == [(G, "2")]

    def test_prefixes_can_be_given(self, store: Store) -> None:
        put(store, G, Literal("a"))
        results = store.query("SELECT ?o { ex:s ex:p ?o }", prefixes={"ex": EX})
        assert isinstance(results, Solutions)
        assert [row["o"].value for row in results] == ["a"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("SELECT ?o { :a :next+ ?o } ORDER BY ?o", ["b", "c", "d"]),
            ("SELECT ?o { :a :next/:next ?o }", ["c"]),
            ("SELECT ?o { ?o ^:next :a }", ["b"]),
            ("SELECT ?o { ?o :next ?x MINUS { ?o :next :b } } ORDER BY ?o", ["b", "c"]),
            ("SELECT ?o { ?o :next ?x FILTER NOT EXISTS { ?x :next ?y } }", ["c"]),
            ("SELECT ?o { { :a :next ?o } UNION { :c :next ?o } } ORDER BY ?o", ["b", "d"]),
            ("SELECT ?o { ?x :next ?o } ORDER BY DESC(?o) LIMIT 2 OFFSET 1", ["c", "b"]),
            ("SELECT ?o { VALUES ?x { :a :b } ?x :next ?o } ORDER BY ?o", ["b", "c"]),
            ("SELECT ?o { { SELECT (MAX(STR(?x)) AS ?o) { ?x :next ?y } } }", ["c"]),
        ],
    )
    def test_patterns_mean_the_same(self, store: Store, query: str, found: list[str]) -> None:
        steps = [
            (URIRef(EX + a), URIRef(EX + "next"), URIRef(EX + b)) for a, b in ("ab", "bc", "cd")
        ]
        store.write(lambda transaction: transaction.replace_graph(G, steps))
        answers = objects(store, f"PREFIX : <{EX}> {query}")
        assert [str(answer).removeprefix(EX) for answer in answers] == found

    @pytest.mark.parametrize(
        "query", ["SELEKT ?o", "SELECT ?o { ?s ?p }", "SELECT * { ?s never:heard ?o }", ""]
    )
    def test_a_malformed_query_is_refused(self, store: Store, query: str) -> None:
        with pytest.raises(QueryError, match=r"malformed|refuses"):
            store.query(query)

    def test_a_query_of_another_service_is_refused(self, store: Store) -> None:
        with pytest.raises(QueryError, match="SERVICE"):
            store.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


class TestWriting:
    def test_a_write_makes_a_new_generation(self, store: Store) -> None:
        before = store.generation
        put(store, G, Literal("a"))
        assert store.generation > before

    def test_a_change_sees_itself(self, store: Store) -> None:
        put(store, G, Literal("a"))
        seen: list[object] = []

        def change(transaction: Transaction) -> None:
            transaction.add(G, [(S, P, Literal("b"))])
            seen.append(set(transaction.graph(G).objects(S, P)))
            transaction.replace_graph(G, [(S, P, Literal("c"))])
            seen.append(set(transaction.graph(G).objects(S, P)))
            seen.append(transaction.contains_graph(H))
            transaction.add(H, [(URIRef(EX + "t"), P, S)])
            seen.append(transaction.contains_graph(H))
            seen.append(transaction.subjects(H))
            transaction.remove_graph(G)
            seen.append(transaction.contains_graph(G))

        store.write(change)
        a, b, c = map(Literal, "abc")
        assert seen == [{a, b}, {c}, False, True, frozenset({EX + "t"}), False]
        assert objects(store) == []

    def test_a_change_that_fails_changes_nothing(self, store: Store) -> None:
        put(store, G, Literal("a"))

        def change(transaction: Transaction) -> None:
            transaction.remove_graph(G)
            raise KeyError("on purpose")

        with pytest.raises(KeyError, match="on purpose"):
            store.write(change)
        assert objects(store) == [Literal("a")]

    def test_what_is_no_triple_is_refused(self, store: Store) -> None:
        with pytest.raises(ImpactGraphError, match="cannot be stored"):
            store.write(lambda transaction: transaction.add(G, [(Literal("a"), P, S)]))

    def test_an_update_is_applied(self, store: Store) -> None:
        put(store, G, Literal("a"))
        text = f"DELETE {{ GRAPH <{G}> {{ ?s ?p ?o }} }} INSERT {{ GRAPH <{G}> {{ ?s ?p 'b' }} }} "
        text += f"WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}"
        store.write(lambda transaction: transaction.update(text))
        assert objects(store) == [Literal("b")]

    @pytest.mark.parametrize("text", ["INSERT DATA { nonsense", "SELECT * { ?s ?p ?o } ;"])
    def test_a_malformed_update_is_refused(self, store: Store, text: str) -> None:
        with pytest.raises(UpdateError, match=r"malformed|refuses"):
            store.write(lambda transaction: transaction.update(text))

    @pytest.mark.parametrize(
        "act",
        [
            lambda transaction: transaction.update("SELECT"),
            lambda transaction: transaction.query("ASK {}"),
            lambda transaction: transaction.add(G, [(S, P, S)]),
        ],
    )
    def test_nothing_can_be_done_with_it_afterwards(
        self, store: Store, act: Callable[[Transaction], object]
    ) -> None:
        kept: list[Transaction] = []
        store.write(kept.append)
        with pytest.raises(ImpactGraphError, match="ended"):
            act(kept[0])
