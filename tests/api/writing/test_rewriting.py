"""Updates are cut into operations as the engine does, and rewritten without changing the rest."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.writing.example_updates import USING, Example, updates
from impactgraph.errors import UpdateError
from impactgraph_api.writing.operations import Load, parse_update
from impactgraph_api.writing.rewriting import Plan, plan_update

U, N = "http://example.org/u", "http://example.org/n"
BASE = "http://example.org/base/"
FUNCTIONS = {ox.NamedNode("http://example.org/f"): lambda *_: ox.Literal(True)}
DATA = """
@prefix ex: <http://example.org/> .
ex:a ex:a 1 , 2 , "}" , ex:WHERE .
ex:u { ex:a ex:a 1 , "}" . ex:WHERE ex:a ex:b . }
ex:n { ex:a ex:a 2 , ex:a . }
ex:g { ex:a ex:a 3 . }
"""


def apply(*steps: str | Load) -> set[str]:
    """Return what a store holds after the steps; their blank nodes are not compared."""
    store = ox.Store()
    store.load(DATA, ox.RdfFormat.TRIG)
    for step in steps:
        assert isinstance(step, str)
        store.update(step, base_iri=BASE, custom_functions=FUNCTIONS)
    return {str(quad) for quad in store if not isinstance(quad.object, ox.BlankNode)}


def plan(text: str, *, using: bool = False) -> Plan:
    graphs = {"using": [U], "using_named": [N]} if using else {}
    return plan_update(text, base=BASE, **graphs)


def can_apply(text: str) -> bool:
    try:
        apply(text)
    except SyntaxError:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(updates())
def test_using_goes_where_the_protocol_wants_it(example: Example) -> None:
    assert len(parse_update(example.plain, BASE)) >= 1
    assert plan(example.plain).steps == (example.plain,)
    if can_apply(example.plain):
        assert apply(*plan(example.plain, using=True).steps) == apply(example.using)


def test_most_of_the_made_up_updates_are_well_formed() -> None:
    seen: list[bool] = []

    @settings(max_examples=100, deadline=None, database=None)
    @given(updates())
    def look(example: Example) -> None:
        seen.append(can_apply(example.plain))

    look()
    assert sum(seen) > len(seen) / 2


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("INSERTDELWHAOU {}<>\"'#;:?a\\\n()"), max_size=60))
def test_any_text_is_read_to_its_end_or_refused(text: str) -> None:
    try:
        operations = parse_update(text, BASE)
    except UpdateError:
        return
    assert all(operation.end <= len(text) for operation in operations)


@settings(max_examples=200, deadline=None)
@given(updates())
def test_the_graphs_that_an_update_writes_are_known(example: Example) -> None:
    """Where the text tells which graphs are written, no other changes."""
    written = plan(example.plain).written
    if written is None or not can_apply(example.plain):
        return
    store = ox.Store()
    store.load(DATA, ox.RdfFormat.TRIG)

    def graphs() -> dict[str | None, set[str]]:
        held: dict[str | None, set[str]] = {}
        for quad in store:
            name = quad.graph_name
            key = name.value if isinstance(name, ox.NamedNode) else None
            held.setdefault(key, set()).add(str(quad))
        return held

    before = graphs()
    store.update(example.plain, base_iri=BASE, custom_functions=FUNCTIONS)
    after = graphs()
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert changed <= written


class TestUsing:
    @pytest.mark.parametrize(
        "text",
        [
            "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p 1 } USING <x:g> WHERE { ?s ?p ?o }",
            "INSERT DATA { <x:s> <x:p> 1 } ; INSERT { ?s ?p 1 } USING NAMED <x:g> WHERE { }",
        ],
    )
    def test_an_update_with_a_dataset_of_its_own_is_refused(self, text: str) -> None:
        assert plan(text).steps == (text,)
        with pytest.raises(UpdateError, match=r"using-graph-uri.*USING or WITH"):
            plan(text, using=True)

    def test_named_graphs_alone_leave_the_default_graph_empty(self) -> None:
        text = "INSERT { <x:s> <x:p> ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        (step,) = plan_update(text, using_named=[N]).steps
        added = apply(step) - apply("")
        assert added == {'<x:s> <x:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer>'} | {
            "<x:s> <x:p> <http://example.org/a>"
        }

    def test_delete_where_deletes_only_what_the_dataset_shows(self) -> None:
        removed = apply("") - apply(*plan("DELETE WHERE { ?s ?p ?o }", using=True).steps)
        # What stands in the graph of using-graph-uri goes from the store's default graph.
        assert removed == {
            '<http://example.org/a> <http://example.org/a> "}"',
            "<http://example.org/a> <http://example.org/a> "
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        }

    @pytest.mark.parametrize("iri", ["", "a b", "x:>", "x:\n", "x:{"])
    def test_what_cannot_be_an_iri_is_refused(self, iri: str) -> None:
        with pytest.raises(UpdateError, match="cannot name a graph"):
            plan_update("DELETE WHERE { ?s ?p ?o }", using=[iri])


class TestSteps:
    def test_declarations_between_operations_count_from_there_on(self) -> None:
        text = (
            "PREFIX a: <x:1/> INSERT DATA { a:s a:p a:o } ;\n"
            "PREFIX a: <x:2/> BASE <x:b/> INSERT DATA { a:s a:p <o> } ;"
            "DELETE DATA { a:s a:p 1 }"
        )
        added = apply(*plan(text).steps) - apply("")
        assert added == {"<x:1/s> <x:1/p> <x:1/o>", "<x:2/s> <x:2/p> <x:b/o>"}

    def test_loads_are_taken_out(self) -> None:
        text = (
            "PREFIX l: <http://example.org/load#> INSERT DATA { l:load l:LOAD 'LOAD <x:y>' } ;"
            "LOAD <http://example.org/1> ; load silent l:2 into graph <g> ; CLEAR DEFAULT"
        )
        found = plan(text)
        first, *loads, last = found.steps
        assert loads == [
            Load(source="http://example.org/1", target=None, silent=False),
            Load(source="http://example.org/load#2", target=f"{BASE}g", silent=True),
        ]
        assert isinstance(first, str)
        assert first.endswith("INSERT DATA { l:load l:LOAD 'LOAD <x:y>' } ;"[:-2])
        assert str(last).endswith("CLEAR DEFAULT")
        assert found.written == {None, f"{BASE}g"}

    @pytest.mark.parametrize(
        "text",
        [
            "LOAD",
            "LOAD <x:a> INTO <x:b>",
            "LOAD <x:a> <x:b>",
            "LOAD ex:a",
            "LOAD<x:a>INTO GRAPH ?g",
            "LOAD <>",
            "INSERT DATA { ( } ) ; LOAD <x:a>",
            "INSERT DATA { ' } ; LOAD <x:a>",
        ],
    )
    def test_a_malformed_text_that_may_load_never_reaches_the_engine(self, text: str) -> None:
        with pytest.raises(UpdateError, match="malformed"):
            plan_update(text)

    def test_any_other_malformed_text_is_for_the_engine_to_refuse(self) -> None:
        assert plan("INSERT { ?s ").steps == ("INSERT { ?s ",)

    def test_the_example_of_the_using_clauses_is_one(self) -> None:
        assert plan_update("INSERT {} WHERE {}", using=[U], using_named=[N]).steps == (
            f"INSERT {{}} {USING}WHERE {{}}",
        )
