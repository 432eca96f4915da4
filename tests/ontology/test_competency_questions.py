"""The competency questions: each runs as it stands and answers what the document says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from impactgraph.chains import find_chains
from impactgraph.graph import CaseGraph, to_networkx
from impactgraph.loading import load_case_studies
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Basis
from impactgraph.store import Solutions, Store, Triples
from impactgraph.underpinnings import underpinnings
from impactgraph.vocabulary import CONCEPTS
from shipped import make_store

Row: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology" / "competency-questions"
QUESTIONS = sorted(FOLDER.glob("*.rq"))
CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
TWIN = "https://w3id.org/impactgraph/id/twin"

each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What impactgraph ships, and a second case study that shares its organisations."""
    folder = tmp_path_factory.mktemp("competency-questions")
    shipped = (ROOT / "data" / "case-studies" / "jam-and-justice.ttl").read_text(encoding="utf-8")
    twin = folder / "twin.ttl"
    twin.write_text(
        shipped.replace(CASE, TWIN).replace('"jam-and-justice"', '"twin"'), encoding="utf-8"
    )
    with make_store(folder / "store") as opened:
        load_case_studies(opened, [twin])
        yield opened


@pytest.fixture(scope="module")
def graph(store: Store) -> CaseGraph:
    return to_networkx(store, "jam-and-justice")


@pytest.fixture(scope="module")
def union(store: Store) -> Graph:
    """The union of all graphs, for rdflib's engine."""
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(triples, Triples)
    text = triples.serialize(format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def ask(store: Store, question: Path) -> dict[str, Any]:
    solutions = store.query(question.read_text(encoding="utf-8"))
    assert isinstance(solutions, Solutions)
    text = solutions.serialize(format=ox.QueryResultsFormat.JSON)
    assert text is not None
    answer: dict[str, Any] = json.loads(text)
    return answer


def expect(question: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(question.with_suffix(".srj").read_text(encoding="utf-8"))
    return answer


def rows_of(answer: dict[str, Any], case_study: str = CASE) -> list[Row]:
    rows: list[Row] = answer["results"]["bindings"]
    return [row for row in rows if row["caseStudy"]["value"] == case_study]


def values_of(question: str, *names: str) -> list[tuple[str | None, ...]]:
    """Return what is expected of a question, by its number: the values of some variables."""
    (path,) = FOLDER.glob(f"{question}-*.rq")
    rows = rows_of(expect(path))
    return [tuple(row[name]["value"] if name in row else None for name in names) for row in rows]


def count_triple_patterns(text: str) -> int:
    """Count the triple patterns of a query, a property path as one."""
    sizes: list[int] = []

    def visit(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "BGP":
            sizes.append(len(node.triples))

    traverse(translateQuery(parseQuery(text)).algebra, visitPost=visit)
    return sum(sizes)


def test_every_question_has_one_answer() -> None:
    assert len(QUESTIONS) == 21
    assert [path.stem for path in QUESTIONS] == sorted(path.stem for path in FOLDER.glob("*.srj"))
    assert {path.suffix for path in FOLDER.iterdir()} == {".rq", ".srj"}
    numbers = [int(path.stem.split("-")[1]) for path in QUESTIONS]
    assert numbers == list(range(1, 22))


@each
def test_first_line_is_the_question(question: Path) -> None:
    lines = question.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# [A-Z].*\?", lines[0])
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("question", QUESTIONS[:10], ids=lambda path: path.stem)
def test_what_users_ask_first_takes_at_most_eight_triple_patterns(question: Path) -> None:
    assert 1 <= count_triple_patterns(question.read_text(encoding="utf-8")) <= 8


@each
def test_answer_is_as_expected(question: Path, store: Store) -> None:
    expected, answer = expect(question), ask(store, question)
    assert expected["head"]["vars"][0] == "caseStudy"
    assert answer["head"] == expected["head"]
    assert rows_of(expected) == expected["results"]["bindings"]
    assert rows_of(expected)
    assert rows_of(answer) == rows_of(expected)


@each
def test_case_studies_do_not_mix(question: Path, store: Store) -> None:
    answer = ask(store, question)
    own, others = rows_of(answer), rows_of(answer, TWIN)
    assert len(own) + len(others) == len(answer["results"]["bindings"])
    renamed = json.loads(json.dumps(others).replace(TWIN, CASE))
    assert sorted(renamed, key=json.dumps) == sorted(own, key=json.dumps)


@each
def test_another_engine_answers_the_same(question: Path, union: Graph) -> None:
    expected = expect(question)
    names = expected["head"]["vars"]
    result = union.query(question.read_text(encoding="utf-8"))
    rows = [
        tuple(None if term is None else str(term) for term in row)  # type: ignore[union-attr]
        for row in result
        if str(row[0]) == CASE  # type: ignore[index]
    ]
    assert rows == [
        tuple(row[name]["value"] if name in row else None for name in names)
        for row in rows_of(expected)
    ]


def test_underpinnings_are_those_of_the_library(graph: CaseGraph) -> None:
    found = [
        (item.finding.iri, item.finding.label, item.impact.iri, item.impact.label)
        for item in underpinnings(graph, basis=Basis.INFERRED)
    ]
    assert found
    assert values_of("cq-01", "finding", "findingLabel", "impact", "impactLabel") == found


def test_matrix_is_that_of_the_library(graph: CaseGraph) -> None:
    cells = [
        (
            str(CONCEPTS[Basis][basis]),
            cell.finding,
            cell.impact,
            str(cell.chain_count),
            cell.weakest_link and cell.weakest_link.iri,
            None if cell.confidence is None else str(cell.confidence),
        )
        for basis in Basis
        for row in underpinning_matrix(graph, basis=basis).cells
        for cell in row
    ]
    assert len(cells) == 3 * 5 * 4
    names = ("level", "finding", "impact", "chains", "weakestLink", "confidence")
    assert values_of("cq-11", *names) == cells


@pytest.mark.parametrize("basis", Basis)
def test_chains_are_those_of_the_library(basis: Basis, graph: CaseGraph) -> None:
    levels = [str(CONCEPTS[Basis][level]) for level in Basis if basis.admits(level)]
    chains = {
        tuple(node.iri for node in chain.nodes)
        for impact in range(1, 5)
        for chain in find_chains(graph, basis=basis, target=f"impact/{impact}")
        if chain.nodes[0].kind.value in {"finding", "output"}
    }
    rows = values_of("cq-12", "basis", "finding", "output", "pathway", "impact")
    asked = {tuple(node for node in nodes if node) for level, *nodes in rows if level in levels}
    assert asked == chains
    assert bool(chains) is (basis is not Basis.STATED)


def test_quotes_have_at_most_twelve_words() -> None:
    quotes = [quote for (quote,) in values_of("cq-13", "quote")]
    assert quotes
    assert all(quote and len(quote.split()) <= 12 for quote in quotes)
